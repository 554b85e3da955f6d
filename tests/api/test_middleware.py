"""What holds for every request, whatever it asks for."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.asgi import create_app
from app.http.bodies import INGEST_PATHS
from app.lifespan import Platform
from domain.metrics import MetricsQuery
from resolvers.series import metrics
from tests.support.factories import acting, bearer, make_admin, sign_in
from tests.support.rest import error_of

PATHS = ("/", "/health", "/nothing", "/api/v1/nothing", "/api/v1/users", "/graphql")
KIB = 1_024


async def crash(_: Request) -> Response:
    raise LookupError("a detail nobody should see")


async def address(request: Request) -> Response:
    assert request.client is not None
    return JSONResponse([request.client.host, request.url.scheme])


def preflight() -> dict[str, str]:
    return {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }


def client_of(app: Starlette, peer: str = "127.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, client=(peer, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


def app_with(platform: Platform, *routes: Route, **changes: Any) -> Starlette:
    app = create_app(platform.settings.model_copy(update=changes), platform=platform)
    app.router.routes[:0] = routes
    return app


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_named_and_guarded(
    http: httpx.AsyncClient, path: str
) -> None:
    answer = await http.get(path)

    assert answer.headers["x-request-id"].startswith("r_")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers


async def test_a_sane_request_id_is_echoed(http: httpx.AsyncClient) -> None:
    answer = await http.get("/health", headers={"X-Request-ID": "deploy-7.check_1"})

    assert answer.headers["x-request-id"] == "deploy-7.check_1"


@pytest.mark.parametrize("odd", [b"", b"a b", b"x" * 65, "é".encode(), b"a,b"])
async def test_an_odd_request_id_is_replaced(
    http: httpx.AsyncClient, odd: bytes
) -> None:
    answer = await http.get("/health", headers={b"X-Request-ID": odd})

    assert answer.headers["x-request-id"].startswith("r_")


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/graphql", 256 * KIB),
        ("/api/v1/auth/login", 64 * KIB),
        *((path, 4_096 * KIB) for path in INGEST_PATHS),
    ],
)
async def test_a_body_over_the_limit_of_its_path_is_refused(
    http: httpx.AsyncClient, path: str, limit: int
) -> None:
    answer = await http.post(path, content=b" " * (limit + 1))

    assert answer.status_code == 413
    assert "PAYLOAD_TOO_LARGE" in answer.text
    assert str(limit) in answer.text


async def test_a_body_over_the_limit_is_refused_when_it_comes_in_chunks_too(
    http: httpx.AsyncClient,
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(65):
            yield b" " * KIB

    answer = await http.post("/api/v1/auth/login", content=chunks())

    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "PAYLOAD_TOO_LARGE"


async def test_a_body_of_just_the_limit_is_read(http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/v1/auth/login", content=b" " * 64 * KIB)

    assert answer.status_code in (400, 415)


async def test_a_compressed_body_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post(
        "/api/v1/auth/login", content=b"x", headers={"Content-Encoding": "gzip"}
    )

    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


async def test_a_bug_is_logged_once_and_told_without_its_words(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    async with client_of(app_with(platform, Route("/crash", crash))) as client:
        answer = await client.get("/crash", headers={"X-Request-ID": "find-me"})

    assert answer.status_code == 500
    assert answer.json() == {
        "success": False,
        "error": {
            "code": "INTERNAL_ERROR",
            "message": "Internal server error",
            "details": {"request_id": "find-me"},
        },
    }
    assert answer.headers["x-content-type-options"] == "nosniff"
    errors = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "a detail nobody should see" in str(errors[0].exc_info)


async def test_the_access_log_tells_the_route_and_no_query(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "access")

    await http.get("/api/v1/users/u_1?token=hush", headers=bearer("hush"))

    (record,) = [r for r in caplog.records if r.name == "access"]
    fields: dict[str, Any] = record.fields  # type: ignore[attr-defined]
    assert fields.pop("ms") >= 0
    assert fields == {
        "method": "GET",
        "route": "/api/v1/users/{id}",
        "status": 401,
        "user_id": None,
    }


async def test_the_access_log_tells_who_asked(
    platform: Platform, http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    admin = await make_admin(platform.services)
    tokens = await sign_in(http, admin)
    caplog.set_level(logging.INFO, "access")

    await http.get("/api/v1/auth/me", headers=tokens.headers)

    (record,) = [r for r in caplog.records if r.name == "access"]
    assert record.fields["user_id"] == admin.id  # type: ignore[attr-defined]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
async def test_a_name_of_ours_is_answered(http: httpx.AsyncClient, host: str) -> None:
    answer = await http.get("/health", headers={"Host": host})

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
async def test_a_probe_may_ask_by_any_name(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path, headers={"Host": "10.0.0.7:8000"})

    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
@pytest.mark.parametrize("path", ["/metrics", "/api/v1/users", "/graphql"])
async def test_a_name_that_is_not_ours_is_refused(
    http: httpx.AsyncClient, host: str, path: str
) -> None:
    answer = await http.get(path, headers={"Host": host})

    assert answer.status_code == 400
    assert "VALIDATION_ERROR" in answer.text


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", "203.0.113.9", "127.0.0.1"),  # the peer is no proxy of ours
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the rest is said
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9:5678, [10.0.0.2]:80", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::9]:443", "2001:db8::9"),
        ("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9, ::ffff:10.0.0.2", "203.0.113.9"),
        ("::ffff:127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("10.0.0.1", "203.0.113.9, 1.2.3.4:x", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
async def test_only_a_trusted_proxy_is_believed_about_the_address(
    platform: Platform, peer: str, forwarded: str, expected: str
) -> None:
    app = app_with(
        platform, Route("/address", address), trusted_proxies=("10.0.0.0/8",)
    )
    async with client_of(app, peer) as client:
        answer = await client.get("/address", headers={"X-Forwarded-For": forwarded})

    assert answer.json() == [expected, "http"]


async def test_behind_a_proxy_with_tls_browsers_are_told_to_keep_to_it(
    platform: Platform,
) -> None:
    app = app_with(platform, trusted_proxies=("10.0.0.1",))
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    async with client_of(app, "10.0.0.1") as client:
        answer = await client.get("/health", headers=headers)

    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_an_origin_of_the_list_may_read_answers(
    http: httpx.AsyncClient,
) -> None:
    origin = {"Origin": "http://localhost:3000"}

    answer = await http.get("/api/v1/users", headers=origin)

    assert answer.headers["access-control-allow-origin"] == origin["Origin"]
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:3000.evil.example", "https://evil.example", "null", "*"],
)
async def test_no_other_origin_may(http: httpx.AsyncClient, origin: str) -> None:
    answer = await http.get("/api/v1/users", headers={"Origin": origin})

    assert "access-control-allow-origin" not in answer.headers


async def test_a_preflight_of_a_listed_origin_says_what_may_be_sent(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.options("/api/v1/users", headers=preflight())

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "Idempotency-Key" in answer.headers["access-control-allow-headers"]
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "http://localhost:3000.evil.example"},
        {"Access-Control-Request-Method": "PATCH"},
        {"Access-Control-Request-Headers": "X-Evil"},
    ],
)
async def test_any_other_preflight_is_refused_in_the_envelope(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await http.options("/api/v1/users", headers=preflight() | headers)

    error_of(answer, 403, "FORBIDDEN")
    if headers.get("Origin"):
        assert "access-control-allow-origin" not in answer.headers


async def test_options_that_are_no_preflight_are_a_method_like_others(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.options("/api/v1/users")

    error_of(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, HEAD, POST"
    error_of(await http.options("/api/v1/nothing"), 404, "NOT_FOUND")


async def test_the_service_counts_its_own_traffic(
    platform: Platform, http: httpx.AsyncClient
) -> None:
    services = platform.services
    admin = await make_admin(services)
    await http.get("/api/v1/users/u_1")
    await http.get("/api/v1/users/u_2")
    asked = {"query": "query Who { me { id } }"}
    tokens = await sign_in(http, admin)
    await http.post("/graphql", json=asked, headers=tokens.headers)
    await http.post("/graphql", json=asked)  # a stranger, whose words we do not keep
    await http.get("/health")

    await services.traffic.flush()

    query = MetricsQuery(names=("api.requests",), group_by=("route",))
    result = await metrics(acting(services, admin), query)
    counts = {(s.tags or {})["route"]: s.summary.sum for s in result.series}
    assert counts == {
        "/api/v1/users/{id}": 2,
        "/api/v1/auth/login": 1,
        "graphql:Who": 1,
        "graphql:anonymous": 1,
    }
