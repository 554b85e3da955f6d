"""The answer to a request that failed at the edge, in the shape its caller reads."""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from app.context import request_id_of
from app.graphql.answer import refused
from app.graphql.http import JSON
from app.rest.envelope import error_response
from domain.errors import INTERNAL_ERROR, DashboardError

GRAPHQL_PATH = "/graphql"


class Bug(DashboardError):
    """Stands for an exception nobody expected; says nothing of it."""

    code = INTERNAL_ERROR
    http_status = 500
    default_message = "Internal server error"

    def __init__(self, request_id: str) -> None:
        super().__init__()
        self.request_id = request_id

    @property
    def details(self) -> dict[str, str]:
        return {"request_id": self.request_id}


def refusal(scope: Scope, error: Exception) -> Response:
    """GraphQL's `errors` at `/graphql`, the documented envelope everywhere else.

    An error that is none of `domain.errors` shows only the request's id.
    """
    request_id = request_id_of(HTTPConnection(scope))
    if scope["path"] != GRAPHQL_PATH:
        return error_response(error, request_id)
    known = error if isinstance(error, DashboardError) else Bug(request_id)
    return refused(known, JSON)
