"""One caller at both doors: GraphQL and REST."""

from typing import Any

import httpx

from app.rest.names import snake_case
from domain.users import User
from resolvers.context import Services
from tests.support.clients import GraphQLClient
from tests.support.factories import bearer, open_session
from tests.support.rest import Rest

USER = """id email name avatarUrl role status presence lastSeenAt createdAt updatedAt
    version"""


class Both:
    def __init__(self, http: httpx.AsyncClient, token: str | None = None) -> None:
        self.graphql = GraphQLClient(http, bearer(token) if token else {})
        self.rest = Rest(http, token)


async def signed_in(http: httpx.AsyncClient, services: Services, user: User) -> Both:
    return Both(http, (await open_session(services, user)).access_token)


def in_snake_case(value: Any) -> Any:
    """The same with its keys as REST writes them; tags keep theirs."""
    if isinstance(value, list):
        return [in_snake_case(one) for one in value]
    if isinstance(value, dict):
        return {
            snake_case(key): one if key == "tags" else in_snake_case(one)
            for key, one in value.items()
        }
    return value
