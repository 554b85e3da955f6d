"""Health, readiness and figures, as load balancers and Prometheus see them."""

import httpx
import pytest
from starlette.applications import Starlette

from app.asgi import create_app
from app.lifespan import Platform
from app.version import VERSION
from persistence.mongo import open_mongo
from tests.support.outages import without_redis

# A port of the reserved range, where nobody listens.
NOWHERE = "mongodb://127.0.0.1:1/?directConnection=true"


async def get(app: Starlette, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as client:
        return await client.get(path)


@pytest.fixture
def without_mongodb(platform: Platform) -> Platform:
    platform.mongo = open_mongo(NOWHERE, "none", timeout_ms=100)
    return platform


async def test_all_is_well(http: httpx.AsyncClient) -> None:
    answer = await http.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "version": VERSION,
        "checks": {"mongodb": "ok", "redis": "ok"},
    }
    assert answer.headers["cache-control"] == "no-store"
    assert (await http.get("/health/ready")).status_code == 200


async def test_without_mongodb_it_is_alive_but_not_ready(
    without_mongodb: Platform,
) -> None:
    app = create_app(without_mongodb.settings, platform=without_mongodb)

    alive, ready = await get(app, "/health"), await get(app, "/health/ready")

    assert (alive.status_code, alive.json()["status"]) == (200, "degraded")
    assert alive.json()["checks"] == {"mongodb": "unavailable", "redis": "ok"}
    assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
    without_mongodb.mongo.close()


async def test_without_redis_it_is_degraded_but_ready(platform: Platform) -> None:
    platform.services = without_redis(platform.services)
    app = create_app(platform.settings, platform=platform)

    alive, ready = await get(app, "/health"), await get(app, "/health/ready")

    assert (alive.status_code, alive.json()["status"]) == (200, "degraded")
    assert alive.json()["checks"] == {"mongodb": "ok", "redis": "unavailable"}
    assert ready.status_code == 200


async def test_a_process_about_to_stop_is_alive_but_not_ready(
    platform: Platform, http: httpx.AsyncClient
) -> None:
    platform.draining = True

    assert (await http.get("/health")).status_code == 200
    answer = await http.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "draining")


async def test_figures_are_in_the_text_format_of_prometheus(
    http: httpx.AsyncClient,
) -> None:
    await http.get("/api/v1/users/u_nobody")

    answer = await http.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    route = 'route="/api/v1/users/{id}"'
    assert f'dashboard_http_requests_total{{{route},status="401"}}' in answer.text
    assert f'dashboard_http_request_seconds_bucket{{{route},le="0.5"}}' in answer.text
    assert "dashboard_redis_failures_total 0" in answer.text
    assert "dashboard_loop_lag_seconds " in answer.text


async def test_the_front_page_names_the_ways_in(http: httpx.AsyncClient) -> None:
    answer = await http.get("/")

    assert answer.status_code == 200
    assert "POST /graphql" in answer.text
    for path in ("/api/v1/docs", "/health", "/metrics"):
        assert f'href="{path}"' in answer.text
