"""The documented shape of every answer under `/api/v1`."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from typing_extensions import TypedDict

from app.http.error_headers import headers_of
from app.rest.values import Time
from domain.errors import (
    INTERNAL_ERROR,
    DashboardError,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
)
from kit.jsonio import dumps
from kit.times import rfc3339

API_VERSION = "1.0.0"
INTERNAL_MESSAGE = "Internal server error"
MEDIA_TYPE = "application/json"


class Meta(TypedDict):
    timestamp: Time
    version: Annotated[str, Field(examples=["1.0.0"])]


class Error(TypedDict):
    code: str
    message: str
    details: Annotated[
        dict[str, Any],
        Field(
            description="Of VALIDATION_ERROR: the first problem's `field` and "
            "`reason`, and all of them (100 at most) in `errors`."
        ),
    ]


class Failure(TypedDict):
    success: Literal[False]
    error: Error


def success(
    data: Any,
    *,
    now_ms: int,
    pagination: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`{"success": true, "data": …, "meta": …}`; lists have `meta.pagination`."""
    meta: dict[str, Any] = {"timestamp": rfc3339(now_ms), "version": API_VERSION}
    if pagination is not None:
        meta["pagination"] = pagination
    body = {"success": True, "data": data, "meta": meta}
    return Response(dumps(body), status, headers, MEDIA_TYPE)


def error_response(exc: Exception, request_id: str) -> Response:
    """`{"success": false, "error": {"code", "message", "details"}}` for any error.

    What is no `DashboardError` is a bug: the answer tells its request id alone,
    and whoever calls this logs the rest.
    """
    known = _known(exc)
    if known is None:
        return failure(
            500, INTERNAL_ERROR, INTERNAL_MESSAGE, {"request_id": request_id}
        )
    # The document's own words for input; which field it is stands in the details.
    message = (
        known.default_message if isinstance(known, InvalidInput) else known.message
    )
    return failure(
        known.http_status, known.code, message, known.details or {}, headers_of(known)
    )


def failure(
    status: int,
    code: str,
    message: str,
    details: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer itself. No cache may keep it: the next try may do better."""
    error = {"code": code, "message": message, "details": details}
    body = dumps({"success": False, "error": error})
    return Response(
        body, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE
    )


def _known(exc: Exception) -> DashboardError | None:
    if isinstance(exc, DashboardError):
        return exc
    if isinstance(exc, HTTPException):
        if exc.status_code == MethodNotAllowed.http_status:
            return MethodNotAllowed((exc.headers or {}).get("Allow", "").split(", "))
        if exc.status_code == NotFound.http_status:
            return NotFound()
    return None
