"""From a request's bytes to checked models; what is wrong is named and explained."""

import re
from collections.abc import Collection, Mapping
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request

from app.rest.names import printable
from domain.errors import (
    InvalidInput,
    InvalidJson,
    NotAcceptable,
    Problem,
    UnsupportedMediaType,
)
from kit.strict_json import loads

PROBLEMS_MAX = 100  # a body of thousands of wrong points says enough with these
_REASONS = {
    "missing": "is required",
    "extra_forbidden": "is not known here",
    "string_type": "must be a string",
    "string_unicode": "must be valid Unicode",
    "model_type": "must be an object",
}
_SHOULD = re.compile(r"^\w+ should ")
M = TypeVar("M", bound=BaseModel)


def query(model: type[M], sent: QueryParams) -> M:
    """The parameters of `sent`, of which no scalar one may come twice.

    Raises:
        InvalidInput: names each parameter that is wrong, missing or not known.
    """
    values: dict[str, Any] = {}
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for name in dict.fromkeys(sent):
        given = [value for value in sent.getlist(name) if value]
        if name not in fields:
            values[name] = given  # refused with all else that is wrong
        elif given and get_origin(fields[name].annotation) is tuple:
            values[name] = given
        elif len(given) > 1:
            raise InvalidInput.of(name, "must be given once")
        elif given:
            values[name] = given[0]
    return _checked(model, values, whole="query", depth=1)


async def body(model: type[M], request: Request) -> M:
    """The JSON body, which has all arrived. One whose fields are all optional may
    be left out altogether.

    Raises:
        UnsupportedMediaType: it calls itself something else than JSON.
        InvalidJson: it is not JSON; see `kit.strict_json`.
        InvalidInput: names each field that is wrong, missing or not known.
    """
    fields = model.model_fields.values()
    sent = await request.body() if fields else b""
    if not sent and not any(field.is_required() for field in fields):
        return model()
    _check_media_type(request.headers)
    try:
        value = loads(sent)
    except ValueError as err:
        raise InvalidJson(f"The body is not valid JSON: {err}") from err
    return _checked(model, value, whole="body")


def idempotency_key(request: Request) -> str | None:
    """The `Idempotency-Key` header; an empty one is refused, not taken for none."""
    return request.headers.get("idempotency-key")


def check_accept(headers: Headers, media_type: str) -> None:
    """Raises `NotAcceptable` when the `Accept` header leaves `media_type` out."""
    accepted = ",".join(headers.getlist("accept")).strip()
    ours = {media_type, f"{media_type.partition('/')[0]}/*", "*/*"}
    if accepted and not any(_accepts(one, ours) for one in accepted.split(",")):
        raise NotAcceptable


def _accepts(media_range: str, ours: Collection[str]) -> bool:
    kind, *parameters = (part.strip().lower() for part in media_range.split(";"))
    refused = any(re.fullmatch(r"q\s*=\s*0(\.0*)?", one) for one in parameters)
    return kind in ours and not refused


def _check_media_type(headers: Headers) -> None:
    kind, *parameters = (
        part.strip().lower() for part in headers.get("content-type", "").split(";")
    )
    charset = dict(one.split("=", 1) for one in parameters if "=" in one).get("charset")
    if kind != "application/json" or (charset or "utf-8").strip('"') != "utf-8":
        raise UnsupportedMediaType


def _checked(
    model: type[M], value: object, *, whole: str, depth: int | None = None
) -> M:
    try:
        return model.model_validate(value)
    except ValidationError as err:
        found = err.errors(include_url=False, include_input=False)[:PROBLEMS_MAX]
        problems = [
            Problem(_path(one["loc"][:depth]) or whole, _reason(one)) for one in found
        ]
        raise InvalidInput(problems) from err


def _path(location: tuple[int | str, ...]) -> str:
    """`points.0.value`; empty when the whole is wrong."""
    return printable(".".join(str(step) for step in location))


def _reason(error: Mapping[str, Any]) -> str:
    """A clause to follow the field's name: "must be a valid number"."""
    if error["type"] in _REASONS:
        return _REASONS[error["type"]]
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return _SHOULD.sub("must ", str(error["msg"]))
