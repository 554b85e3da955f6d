"""A GraphQL client that speaks HTTP and takes answers apart."""

from dataclasses import dataclass
from typing import Any

import httpx

from domain.users import User
from kit.jsonio import dumps
from resolvers.context import Services
from tests.support.factories import bearer, open_session

PATH = "/graphql"
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"


@dataclass(frozen=True)
class Answer:
    """`errors` is empty where there were none; `data` None where there is none."""

    response: httpx.Response
    data: Any
    errors: list[dict[str, Any]]

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.errors]


@dataclass(frozen=True)
class GraphQLClient:
    """Operations of one caller; `headers` say who that is."""

    http: httpx.AsyncClient
    headers: dict[str, str]

    async def ask(self, text: str, **variables: Any) -> Answer:
        """The answer to the operation, whatever it is."""
        response = await self.http.post(
            PATH,
            json={"query": text, "variables": variables},
            headers={"Accept": GRAPHQL_JSON, **self.headers},
        )
        body = response.json()
        return Answer(response, body.get("data"), body.get("errors", []))

    async def data(self, text: str, **variables: Any) -> Any:
        """The data of an operation that must not fail."""
        answer = await self.ask(text, **variables)
        assert not answer.errors, answer.errors
        assert answer.response.status_code == httpx.codes.OK
        return answer.data

    async def error(self, text: str, **variables: Any) -> dict[str, Any]:
        """The only error of an operation that must fail."""
        answer = await self.ask(text, **variables)
        assert len(answer.errors) == 1, (answer.errors, answer.data)
        return answer.errors[0]


async def post(http: httpx.AsyncClient, body: Any, **headers: str) -> httpx.Response:
    """Sends `body` as it is if it is bytes, else as JSON."""
    sent = body if isinstance(body, bytes) else dumps(body)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return await http.post(PATH, content=sent, headers={"Content-Type": JSON, **names})


def only_code(response: httpx.Response) -> str:
    """The code of the only error."""
    (error,) = response.json()["errors"]
    code: str = error["extensions"]["code"]
    return code


def nobody(http: httpx.AsyncClient) -> GraphQLClient:
    return GraphQLClient(http, {})


def machine(http: httpx.AsyncClient, secret: str) -> GraphQLClient:
    """A caller with an API key."""
    return GraphQLClient(http, bearer(secret))


async def signed_in(
    http: httpx.AsyncClient, services: Services, user: User
) -> GraphQLClient:
    """A caller with a session of `user`'s, which is already known to the cache."""
    client = GraphQLClient(
        http, bearer((await open_session(services, user)).access_token)
    )
    await client.data("{ me { id } }")
    return client
