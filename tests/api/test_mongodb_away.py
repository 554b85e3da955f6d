"""The service while MongoDB is away, at both doors, and once it is back."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pymongo
import pytest

from app.lifespan import Platform, open_platform
from app.settings.settings import Settings
from domain.principal import Role
from tests.support.both import Both, signed_in
from tests.support.clock import ManualClock
from tests.support.factories import make_user
from tests.support.live import until
from tests.support.relay import Relay
from tests.support.rest import error_of

FIGURE = "dashboard_mongodb_breaker_open"


@pytest.fixture
async def wire(settings: Settings) -> AsyncIterator[Relay]:
    """To MongoDB; it can be taken away and laid again."""
    nodes = pymongo.uri_parser.parse_uri(settings.mongodb_uri or "")["nodelist"]
    host, port = nodes[0]
    async with Relay((host, port or 27_017)) as relay:
        yield relay


@pytest.fixture
async def platform(
    settings: Settings, wire: Relay, clock: ManualClock
) -> AsyncIterator[Platform]:
    address = f"mongodb://127.0.0.1:{wire.port}/?directConnection=true"
    wired = settings.model_copy(
        update={"mongodb_uri": address, "mongodb_timeout_ms": 200}
    )
    async with open_platform(wired, clock=clock, background=False) as platform:
        yield platform


@pytest.fixture
async def ana(http: httpx.AsyncClient, platform: Platform) -> Both:
    services = platform.services
    return await signed_in(http, services, await make_user(services, role=Role.ADMIN))


async def test_away_it_is_503_at_once_and_back_everything_goes_on(
    wire: Relay, http: httpx.AsyncClient, ana: Both, platform: Platform
) -> None:
    bodies = [_person(number) for number in range(20)]
    await wire.__aexit__(None, None, None)
    calls = [ana.rest("POST", "/users", body) for body in bodies]
    refused = [answer.status_code for answer in await asyncio.gather(*calls)]

    page = await ana.rest("GET", "/users")
    answer = await ana.graphql.ask("{ users { totalCount } }")
    figures = (await http.get("/metrics")).text
    health = (await http.get("/health")).json()

    assert refused == [503] * len(bodies)
    error_of(page, 503, "UNAVAILABLE")
    assert int(page.headers["Retry-After"]) >= 1
    assert answer.codes == ["UNAVAILABLE"]
    assert f"{FIGURE} 1" in figures
    assert health["checks"] == {"mongodb": "unavailable", "redis": "ok"}

    async with wire:
        await until(lambda: not platform.mongo.is_left_alone)
        data = await ana.graphql.data("{ users { totalCount } }")
        made = await ana.rest("POST", "/users", bodies[0])

        assert data["users"]["totalCount"] == 1  # what was refused was not done
        assert made.status_code == 201
        assert f"{FIGURE} 0" in (await http.get("/metrics")).text
        await asyncio.to_thread(platform.mongo.close)


def _person(number: int) -> dict[str, str]:
    return {
        "email": f"u{number}@example.com",
        "name": f"User {number}",
        "password": "a long enough test password",
    }
