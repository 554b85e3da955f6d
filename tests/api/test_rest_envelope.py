"""Every answer under /api/v1 has the documented shape, whatever went wrong."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from app.rest.operation import Access, Answer, Call, NoBody, Operation
from app.rest.queries import NoQuery
from app.rest.resource import Resource
from domain.errors import Unavailable
from resolvers.context import Services
from tests.support.factories import make_admin, make_api_key, sign_in
from tests.support.rest import API, Rest, data_of, error_of


@pytest.fixture
async def admin(services: Services, http: httpx.AsyncClient) -> Rest:
    return Rest(http, await sign_in(http, await make_admin(services)))


@pytest.fixture
def anyone(http: httpx.AsyncClient) -> Rest:
    return Rest(http, None)


async def test_a_success_has_data_and_meta(admin: Rest) -> None:
    answer = await admin("GET", "/auth/me")

    assert data_of(answer)["role"] == "ADMIN"
    assert answer.json()["meta"]["timestamp"] == "2025-06-21T10:00:00.000Z"


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/users/a/b", "/users/", "/docs/x.js", "/../health"]
)
async def test_an_unknown_route_is_not_found(anyone: Rest, path: str) -> None:
    error_of(await anyone("GET", path), 404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/auth/login", ["POST"]),
        ("/auth/me", ["GET", "HEAD"]),
        ("/users", ["GET", "HEAD", "POST"]),
        ("/users/u_1", ["DELETE", "GET", "HEAD", "PUT"]),
        ("/dashboard/metrics", ["GET", "HEAD", "POST"]),
        ("/openapi.json", ["GET", "HEAD"]),
        ("/docs", ["GET", "HEAD"]),
    ],
)
@pytest.mark.parametrize("method", ["PATCH", "TRACE", "OPTIONS", "FOO"])
async def test_another_method_is_told_which_are_allowed(
    anyone: Rest, path: str, allowed: list[str], method: str
) -> None:
    answer = await anyone(method, path)

    error = error_of(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == ", ".join(allowed)
    assert error["details"] == {"allowed": allowed}


async def test_head_is_get_without_its_body(admin: Rest) -> None:
    got = await admin("GET", "/auth/me")
    head = await admin("HEAD", "/auth/me")

    assert head.status_code == 200
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("accept", ["text/html", "application/xml, image/*", "*/*;q=0"])
async def test_who_accepts_no_json_is_told(anyone: Rest, accept: str) -> None:
    answer = await anyone("GET", "/auth/me", headers={"Accept": accept})

    error_of(answer, 406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "text/html, application/json;q=0.1", ""]
)
async def test_who_accepts_json_gets_it(admin: Rest, accept: str) -> None:
    data_of(await admin("GET", "/auth/me", headers={"Accept": accept}))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/auth/me"),
        ("POST", "/auth/logout"),
        ("GET", "/users"),
        ("GET", "/users/u_1"),
        ("POST", "/users"),
        ("PUT", "/users/u_1"),
        ("DELETE", "/users/u_1"),
        ("GET", "/dashboard/stats"),
        ("GET", "/dashboard/metrics"),
        ("GET", "/dashboard/activity"),
        ("POST", "/dashboard/metrics"),
        ("POST", "/dashboard/activity"),
    ],
)
@pytest.mark.parametrize("token", [None, "nonsense", "a.b.c", "udk_x"])
async def test_nobody_gets_past_the_door(
    http: httpx.AsyncClient, method: str, path: str, token: str | None
) -> None:
    answer = await Rest(http, token)(method, path)

    error_of(answer, 401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_in_the_query_is_no_token(
    services: Services, http: httpx.AsyncClient
) -> None:
    tokens = await sign_in(http, await make_admin(services))
    answer = await http.get(f"{API}/auth/me", params={"access_token": tokens.access})

    error_of(answer, 401, "UNAUTHENTICATED")


async def test_an_expired_token_says_so(
    services: Services, http: httpx.AsyncClient, clock: Any
) -> None:
    rest = Rest(http, await sign_in(http, await make_admin(services)))
    clock.advance(seconds=1_801)

    answer = await rest("GET", "/auth/me")

    error_of(answer, 401, "TOKEN_EXPIRED")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_machine_may_only_record(
    services: Services, http: httpx.AsyncClient
) -> None:
    key = await make_api_key(services, await make_admin(services))
    machine = Rest(http, key)

    for path in ("/auth/me", "/users", "/users/u_1", "/dashboard/stats"):
        error_of(await machine("GET", path), 403, "FORBIDDEN")
    body = {"events": [{"action": "report.exported"}]}
    answer = await machine("POST", "/dashboard/activity", body)
    assert data_of(answer, 201) == {"accepted": 1, "rejected": []}


async def test_a_request_id_is_echoed_or_made(anyone: Rest) -> None:
    named = await anyone("GET", "/nothing", headers={"X-Request-ID": "mine-1"})
    unnamed = await anyone("GET", "/nothing")

    assert named.headers["x-request-id"] == "mine-1"
    assert unnamed.headers["x-request-id"]


async def test_a_bug_tells_nothing_but_the_request_id(
    app: Starlette, anyone: Rest, caplog: pytest.LogCaptureFixture
) -> None:
    async def buggy(call: Call[NoQuery, NoBody]) -> Answer[None]:
        raise RuntimeError("the secret is 42")

    _add(app, Operation("GET", "/bug", buggy, "Fails", access=Access.ANYONE))

    answer = await anyone("GET", "/bug", headers={"X-Request-ID": "r-7"})

    error = error_of(answer, 500, "INTERNAL_ERROR")
    assert error["message"] == "Internal server error"
    assert error["details"] == {"request_id": "r-7"}
    assert "the secret is 42" not in answer.text
    assert "the secret is 42" in caplog.text


async def test_what_is_down_says_when_to_come_back(
    app: Starlette, anyone: Rest
) -> None:
    async def down(call: Call[NoQuery, NoBody]) -> Answer[None]:
        raise Unavailable(retry_after_s=3)

    _add(app, Operation("GET", "/down", down, "Waits", access=Access.ANYONE))

    answer = await anyone("GET", "/down")

    error_of(answer, 503, "UNAVAILABLE")
    assert answer.headers["retry-after"] == "3"


async def test_what_takes_too_long_is_stopped_and_says_so(
    app: Starlette, anyone: Rest
) -> None:
    stopped = False

    async def hang(call: Call[NoQuery, NoBody]) -> Answer[None]:
        nonlocal stopped
        try:
            await asyncio.Event().wait()
        finally:
            stopped = True
        return Answer(None)

    operation = Operation("GET", "/hang", hang, "Hangs", access=Access.ANYONE)
    _add(app, operation, timeout_s=0.05)

    error_of(await anyone("GET", "/hang"), 504, "TIMEOUT")
    assert stopped


def _add(app: Starlette, operation: Operation, *, timeout_s: float = 5) -> None:
    """One more route before the one that answers everything."""
    (mount,) = (route for route in app.routes if isinstance(route, Mount))
    resource = Resource([operation], timeout_s=timeout_s)
    mount.routes.insert(0, Route(operation.path, resource))
