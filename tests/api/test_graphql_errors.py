"""What went wrong is told by code; what is a bug is told by number only."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from app.graphql.endpoint import GraphQLApp
from app.graphql.live import Subscriptions
from app.graphql.operations import Operations
from app.graphql.sse import GraphQLStream
from domain.errors import RateLimited, Unavailable
from domain.operation_limits import OperationLimits
from resolvers.context import Services
from schema.build import build_schema
from tests.support.clients import GRAPHQL_JSON, JSON, PATH, nobody, signed_in
from tests.support.factories import make_admin, make_user

LOGIN = 'mutation { login(email: "a@example.com", password: "x") { tokenType } }'
Fail = Callable[[], Awaitable[Any]]


class Failing:
    """Stands for a repository of which every question ends the same way."""

    def __init__(self, fail: Fail) -> None:
        self._fail = fail

    def __getattr__(self, _: str) -> Callable[..., Awaitable[Any]]:
        async def ask(*_: object, **__: object) -> Any:
            return await self._fail()

        return ask


def served(services: Services, fail: Fail, *, timeout_s: float = 5) -> ASGIApp:
    """The endpoint over services whose users cannot be read."""
    broken: Any = Failing(fail)
    broken_services = replace(services, repos=replace(services.repos, users=broken))
    operations = Operations(build_schema(limits=OperationLimits(seconds=timeout_s)))
    stream = GraphQLStream(operations, Subscriptions(operations))
    endpoint = GraphQLApp(operations, stream, has_explorer=False)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"services": broken_services, "request_id": "r-7"}
        await endpoint(scope, receive, send)

    return serve


async def login(app: ASGIApp, accept: str = GRAPHQL_JSON) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
        headers = {"Accept": accept}
        return await http.post(PATH, json={"query": LOGIN}, headers=headers)


async def bug() -> None:
    raise RuntimeError("mongodb://user:hunter2@10.0.0.1 said something")


async def test_a_bug_shows_its_number_and_none_of_its_words(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        response = await login(served(services, bug))

    assert response.json() == {
        "errors": [
            {
                "message": "Internal server error",
                "locations": [{"line": 1, "column": 12}],
                "path": ["login"],
                "extensions": {
                    "code": "INTERNAL_ERROR",
                    "details": {"requestId": "r-7"},
                },
            }
        ],
        "data": None,
    }
    (logged,) = caplog.records
    assert logged.getMessage() == "a field failed: login"
    assert logged.fields == {"request_id": "r-7"}  # type: ignore[attr-defined]
    assert logged.exc_info is not None
    assert isinstance(logged.exc_info[1], RuntimeError)


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (Unavailable(retry_after_s=3), 503, "UNAVAILABLE"),
        (RateLimited(retry_after_s=3), 429, "RATE_LIMITED"),
    ],
)
async def test_a_service_that_cannot_just_now_says_so_to_proxies_too(
    services: Services, raised: Exception, status: int, code: str, accept: str
) -> None:
    async def fail() -> None:
        raise raised

    response = await login(served(services, fail), accept)

    assert response.status_code == status
    assert response.headers["Retry-After"] == "3"
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": code, "details": {"retryAfterS": 3}}


async def test_an_operation_that_takes_too_long_is_stopped(
    services: Services,
) -> None:
    stopped = False

    async def hang() -> None:
        nonlocal stopped
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            stopped = True
            raise

    response = await login(served(services, hang, timeout_s=0.05))

    assert response.status_code == 504
    assert response.json() == {
        "errors": [
            {
                "message": "The operation ran longer than it may",
                "extensions": {"code": "TIMEOUT"},
            }
        ]
    }
    assert stopped


async def test_what_was_sent_is_neither_logged_nor_echoed(
    http: httpx.AsyncClient, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    admin = await signed_in(http, services, await make_admin(services))
    query = "mutation ($i: CreateUserInput!) { createUser(input: $i) { id } }"
    with caplog.at_level(logging.DEBUG):
        answer = await admin.ask(query, i={"password": "hunter2 hunter2", "name": 7})

    assert answer.codes == ["VALIDATION_ERROR"]
    assert "hunter2" not in answer.response.text
    assert "hunter2" not in caplog.text


async def test_details_speak_the_language_of_the_schema(
    http: httpx.AsyncClient, services: Services
) -> None:
    user = await make_user(services)
    member = await signed_in(http, services, user)

    error = await member.error(
        "mutation ($id: ID!, $i: UpdateUserInput!) "
        "{ updateUser(id: $id, input: $i) { id } }",
        id=user.id,
        i={"avatarUrl": "javascript:alert(1)"},
    )

    problem = {"field": "avatarUrl", "reason": "must be an https:// address"}
    assert error["message"] == "avatarUrl: must be an https:// address"
    assert error["extensions"] == {
        "code": "VALIDATION_ERROR",
        "details": {**problem, "errors": [problem]},
    }


async def test_the_endpoint_leaves_what_it_ran_for_the_record(
    services: Services,
) -> None:
    states: list[dict[str, Any]] = []
    app = served(services, bug)

    async def spy(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        states.append(scope["state"])

    transport = httpx.ASGITransport(app=spy)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
        client = nobody(http)
        await client.ask(f"query {'Long' * 50} {{ __typename }}")
        await client.ask(LOGIN.replace("mutation", "mutation SignIn"))

    assert [(s["operation"], s["failed"]) for s in states] == [
        (("Long" * 50)[:50], False),
        ("SignIn", True),
    ]
