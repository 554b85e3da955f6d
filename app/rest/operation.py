"""One row of the table of `/api/v1`: how a request becomes a call and an answer."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from starlette.requests import Request

from app.rest.envelope import MEDIA_TYPE, Meta
from app.rest.values import Strict
from domain.errors import DashboardError
from domain.principal import Principal
from resolvers.context import Context

Q = TypeVar("Q", bound=Strict)
B = TypeVar("B", bound=Strict)
D = TypeVar("D")


class NoBody(Strict):
    """A route that takes no body."""


@dataclass(frozen=True)
class Call(Generic[Q, B]):
    """A checked request: who asks, and what for."""

    ctx: Context
    request: Request
    query: Q
    body: B


@dataclass(frozen=True)
class Answer(Generic[D]):
    """What goes into the envelope.

    The ETag speaks of `data` and `pagination`, or of `tagged` instead where parts
    of the data change without meaning anything; `version` goes before its hash.
    """

    data: D
    pagination: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    tagged: Any = None
    version: int | None = None


@dataclass(frozen=True)
class File:
    """What is sent without an envelope, as it is made, to be kept as `name`."""

    name: str
    pieces: AsyncGenerator[bytes, None]


class Access(Enum):
    """Who may call; the use cases decide again, of the thing itself."""

    ANYONE = "anyone"
    USER = "anyone signed in"
    ADMIN = "administrators"
    RECORDER = "administrators and API keys"

    def check(self, principal: Principal) -> None:
        """Refuses before a body is read."""
        if self is Access.USER:
            principal.require_user()
        elif self is Access.ADMIN:
            principal.require_admin()
        elif self is Access.RECORDER:
            principal.require_recorder()


Handler = Callable[[Call[Any, Any]], Awaitable[Answer[Any] | File]]


@dataclass(frozen=True)
class Operation:
    """Its models and the shape of its data are those its handler is annotated with.
    A handler that answers a `File` has another `media_type`, and no shape.

    `errors` are those of its own, beside what any route may answer. `parameters`
    say which input of the use case is which parameter: see `names.in_our_words`.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    access: Access = Access.USER
    status: int = 200
    media_type: str = MEDIA_TYPE
    meta: Any = Meta
    errors: Sequence[type[DashboardError]] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    # Headers of its own: how the document has those asked, what those answered say.
    headers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    answer_headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def query(self) -> type[Strict]:
        return self._models[0]

    @property
    def body(self) -> type[Strict]:
        return self._models[1]

    @property
    def is_file(self) -> bool:
        return self.media_type != MEDIA_TYPE

    @property
    def shape(self) -> Any:
        """The type of `data`."""
        (shape,) = get_args(get_type_hints(self.handler)["return"])
        return shape

    @cached_property
    def _models(self) -> tuple[type[Strict], type[Strict]]:
        query, body = get_args(get_type_hints(self.handler)["call"])
        return query, body
