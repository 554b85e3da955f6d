"""GraphQL over HTTP: what a request says, and the media type of its answer.

The draft at graphql.github.io/graphql-over-http, as audited by graphql-http 1.23.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request

from app.http.accept import likes
from domain.errors import (
    InvalidInput,
    InvalidJson,
    MethodNotAllowed,
    NotAcceptable,
    UnsupportedMediaType,
)
from kit import jsonio, strict_json

METHODS = ("GET", "POST")
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"


class BadParameter(InvalidInput):
    """The request is no GraphQL request: there is nothing to execute."""

    http_status = 400


@dataclass(frozen=True)
class GraphQLRequest:
    """What is to be executed; nothing of it is checked against the schema yet."""

    query: str
    operation_name: str | None
    variables: dict[str, Any] | None
    may_change: bool = True
    extensions: dict[str, Any] | None = None


async def read_request(request: Request) -> GraphQLRequest:
    """The parameters of a GET's query string or of a POST's JSON.

    Raises:
        MethodNotAllowed, UnsupportedMediaType, InvalidJson: see `domain.errors`.
        BadParameter: one of them is missing or of the wrong type.
    """
    if request.method == "GET":
        return _checked(_from_query(request.query_params), may_change=False)
    if request.method != "POST":
        raise MethodNotAllowed(METHODS)
    _check_media_type(request.headers)
    sent = read_json(await request.body())
    if not isinstance(sent, dict):
        raise InvalidJson("The body must be a JSON object: batches are not taken")
    return _checked(sent, may_change=True)


def takes_stream(headers: Headers, *, at_best: bool) -> bool:
    """Whether server-sent events, which `Accept` must name, will do for an answer; or
    do `at_best`: some clients name all they can read, for whatever they ask.
    """
    liked = likes(headers)
    liking = liked.get(EVENT_STREAM, 0)
    better = max(liked.get(GRAPHQL_JSON, 0), liked.get(JSON, 0))
    return liking > 0 and not (at_best and better >= liking)


def answer_media_type(headers: Headers) -> str:
    """What the `Accept` header likes best of the two we send.

    `application/json` for a client that does not care: it may be an old one.

    Raises:
        NotAcceptable: neither will do.
    """
    liked = likes(headers)
    if not liked:
        return JSON
    modern, old = _liked(GRAPHQL_JSON, liked), _liked(JSON, liked)
    if modern is None and old is None:
        raise NotAcceptable
    named = modern is not None and GRAPHQL_JSON in liked
    if old is None or (named and modern is not None and modern >= old):
        return GRAPHQL_JSON
    return JSON


def _liked(kind: str, liked: Mapping[str, float]) -> tuple[float, int] | None:
    """How much, then how precisely it was named; None when it is not to be sent."""
    for vagueness, pattern in enumerate((kind, "application/*", "*/*")):
        if pattern in liked:
            return (liked[pattern], -vagueness) if liked[pattern] > 0 else None
    return None


def _from_query(sent: QueryParams) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("query", "operationName", "variables", "extensions"):
        given = sent.getlist(name)
        if len(given) > 1:
            raise BadParameter.of(name, "must be given once")
        if given and given[0]:
            is_json = name in ("variables", "extensions")
            found[name] = read_json(given[0].encode()) if is_json else given[0]
    return found


def read_json(data: bytes) -> Any:
    """What clients send, strictly.

    Raises:
        InvalidJson: says what is wrong, and where.
    """
    try:
        value = strict_json.loads(data)
        if b"\\u" in data:
            jsonio.loads(data)  # the stricter one about halves of surrogate pairs
    except ValueError as err:
        raise InvalidJson(f"This is not valid JSON: {err}") from err
    return value


def _checked(sent: Mapping[str, Any], *, may_change: bool) -> GraphQLRequest:
    query, name = sent.get("query"), sent.get("operationName")
    if not isinstance(query, str) or not query:
        raise BadParameter.of("query", "must be a GraphQL document in a string")
    if name is not None and not isinstance(name, str):
        raise BadParameter.of("operationName", "must be a string")
    for parameter in ("variables", "extensions"):
        if not isinstance(sent.get(parameter), dict | None):
            raise BadParameter.of(parameter, "must be an object")
    return GraphQLRequest(
        query, name, sent.get("variables"), may_change, sent.get("extensions")
    )


def _check_media_type(headers: Headers) -> None:
    kind, *parameters = headers.get("content-type", "").lower().split(";")
    if kind.strip() != JSON:
        raise UnsupportedMediaType
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise UnsupportedMediaType("Send application/json in UTF-8")
