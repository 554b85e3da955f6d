"""The routes below `/api/v1`."""

from itertools import groupby

from starlette.routing import BaseRoute, Route

from app.rest import docs
from app.rest.resource import Resource
from app.rest.table import OPERATIONS


def routes(timeout_s: float) -> list[BaseRoute]:
    """The table's and the document's; the last one answers whatever no other does."""
    by_path = groupby(OPERATIONS, key=lambda operation: operation.path)
    paths = [Route(path, Resource(list(group), timeout_s)) for path, group in by_path]
    return [*paths, *docs.ROUTES, Route("/{path:path}", Resource([], timeout_s))]
