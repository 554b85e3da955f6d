"""From the result of an operation, or what hindered it, to an HTTP answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError
from starlette.responses import Response

from app.graphql.http import GRAPHQL_JSON
from app.graphql.operations import OUR_FAULT, Outcome
from app.http.error_headers import headers_of
from domain.errors import (
    DashboardError,
    QueryTooComplex,
    RetryLater,
    TimedOut,
)
from kit.jsonio import dumps
from schema.errors import extensions_of

OK, BAD_REQUEST, SERVER_ERROR = 200, 400, 500


def answered(outcome: Outcome, media_type: str) -> Response:
    """A GraphQL response. Errors beside data keep the status 200.

    Without data, an operation that never started is 400, or 200 for clients that
    take only `application/json`, unless it asked for too much; and when the service
    is what failed, 503, 504 or 429 tell the proxies on the way, too.
    """
    data, errors = outcome.data, outcome.errors
    body: dict[str, Any] = {}
    if errors:
        body["errors"] = [error.formatted for error in errors]
    if not errors or errors[0].path is not None:
        body["data"] = data
    if outcome.extensions:
        body["extensions"] = outcome.extensions
    if data is not None or not errors:
        return _response(body, OK, media_type)
    cause = errors[0].original_error
    if isinstance(cause, RetryLater | TimedOut):
        return _response(body, cause.http_status, media_type, headers_of(cause))
    if errors[0].path is not None:
        return _response(body, OK, media_type)
    if isinstance(cause, QueryTooComplex):
        return _response(body, cause.http_status, media_type)
    if is_our_fault(errors):
        return _response(body, SERVER_ERROR, media_type)
    status = BAD_REQUEST if media_type == GRAPHQL_JSON else OK
    return _response(body, status, media_type)


def refused(error: DashboardError, media_type: str) -> Response:
    """The answer to what is no GraphQL request we take, with the error's status."""
    told = {"message": error.message, "extensions": extensions_of(error)}
    body = {"errors": [told]}
    return _response(body, error.http_status, media_type, headers_of(error))


def is_our_fault(errors: Sequence[GraphQLError] | None) -> bool:
    """Whether any of them is a failure of the service, not of what was asked."""
    return any(e.extensions and e.extensions["code"] in OUR_FAULT for e in errors or ())


def _response(
    body: Mapping[str, Any],
    status: int,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    return Response(
        dumps(body),
        status,
        {
            "Cache-Control": "no-store",
            "Content-Type": f"{media_type}; charset=utf-8",
            **(headers or {}),
        },
    )
