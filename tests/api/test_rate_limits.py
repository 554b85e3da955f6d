"""Nobody may ask too often."""

from dataclasses import asdict, replace

import httpx
import pytest
from starlette.applications import Starlette

from app.asgi import create_app
from app.lifespan import Platform
from app.settings.settings import Settings
from domain.rates import RateLimits
from resolvers.context import Services
from tests.support.addresses import at
from tests.support.clients import post
from tests.support.clock import ManualClock
from tests.support.factories import (
    Tokens,
    bearer,
    make_admin,
    make_api_key,
    make_user,
    open_session,
    sign_in,
)
from tests.support.trail import trail

ME = "/api/v1/auth/me"
FEW = {"requests_per_user_per_min": 5, "requests_per_address_per_min": 3}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update=asdict(RateLimits()))


@pytest.fixture
def few(platform: Platform) -> Starlette:
    """The service with small limits."""
    rates = replace(platform.services.rates, **FEW)
    few = replace(platform, services=replace(platform.services, rates=rates))
    return create_app(platform.settings, platform=few)


def test_the_figures_are_those_that_are_promised() -> None:
    rates = RateLimits()

    promised = [
        (rates.sign_in, 5, 900),
        (rates.sign_in_address, 20, 900),
        (rates.sign_in_account, 100, 3_600),
        (rates.refresh, 30, 300),
        (rates.user, 600, 60),
        (rates.address, 120, 60),
        (rates.handshake, 30, 60),
    ]
    assert [(rate.count, rate.window_s) for rate, _, _ in promised] == [
        (count, window_s) for _, count, window_s in promised
    ]


async def test_an_address_may_refresh_thirty_times_in_five_minutes(
    services: Services, http: httpx.AsyncClient, clock: ManualClock
) -> None:
    tokens = await sign_in(http, await make_user(services))
    body = {"refresh_token": tokens.refresh}
    path = "/api/v1/auth/refresh"

    statuses = [(await http.post(path, json=body)).status_code for _ in range(31)]

    assert statuses == [200] * 30 + [429]
    clock.advance(10)
    assert (await http.post(path, json=body)).status_code != 429


async def test_each_user_each_key_and_each_address_has_requests_of_its_own(
    services: Services, few: Starlette
) -> None:
    admin = await make_admin(services)
    users = [admin, await make_user(services)]
    tokens = [(await open_session(services, user)).access_token for user in users]
    key = await make_api_key(services, admin)
    point = {"points": [{"name": "shop.orders", "value": 1}]}
    async with at(few) as http:
        for token in tokens:
            answers = [await http.get(ME, headers=bearer(token)) for _ in range(6)]
            assert [one.status_code for one in answers] == [200] * 5 + [429]
        answers = [
            await http.post(
                "/api/v1/dashboard/metrics", json=point, headers=bearer(key)
            )
            for _ in range(6)
        ]
        assert [one.status_code for one in answers] == [201] * 5 + [429]
        # A token that does not do is nobody's.
        for headers in ({}, bearer("nonsense"), {}):
            assert (await http.get(ME, headers=headers)).status_code == 401
        assert (await http.get("/api/v1/nothing")).status_code == 429
        refused = await post(http, {"query": "{ __typename }"})
        assert refused.status_code == 429
        (error,) = refused.json()["errors"]
        assert error["extensions"]["code"] == "RATE_LIMITED"
    async with at(few, "192.0.2.2") as elsewhere:
        assert (await elsewhere.get(ME)).status_code == 401


async def test_what_is_left_is_told_in_headers(
    services: Services, few: Starlette
) -> None:
    token = (await open_session(services, await make_user(services))).access_token
    async with at(few) as http:
        answers = [await http.get(ME, headers=bearer(token)) for _ in range(6)]

    assert {one.headers["RateLimit-Policy"] for one in answers} == {'"user";q=5;w=60'}
    assert [one.headers["RateLimit"] for one in answers] == [
        '"user";r=4;t=12',
        '"user";r=3;t=24',
        '"user";r=2;t=36',
        '"user";r=1;t=48',
        '"user";r=0;t=60',
        '"user";r=0;t=12',
    ]
    assert answers[-1].headers["Retry-After"] == "12"


async def test_health_figures_and_pages_are_never_limited(few: Starlette) -> None:
    async with at(few) as http:
        for path in ("/health", "/health/ready", "/metrics", "/client.json") * 5:
            assert (await http.get(path)).status_code == 200


async def test_spoofed_addresses_do_not_escape(few: Starlette) -> None:
    async with at(few) as http:
        statuses = [
            (
                await http.get(ME, headers={"X-Forwarded-For": f"203.0.113.{number}"})
            ).status_code
            for number in range(30)
        ]

    assert statuses == [401] * 3 + [429] * 27


@pytest.mark.parametrize(
    ("mine", "same"),
    [
        ("2001:db8:1:2::1", ["2001:db8:1:2:ffff::9", "2001:db8:1:2:3:4:5:6"]),
        ("192.0.2.1", ["::ffff:192.0.2.1"]),
    ],
)
async def test_a_block_of_ipv6_is_one_caller(
    few: Starlette, mine: str, same: list[str]
) -> None:
    async with at(few, mine) as http:
        for _ in range(3):
            await http.get(ME)
    for address in same:
        async with at(few, address) as http:
            assert (await http.get(ME)).status_code == 429
    async with at(few, "2001:db8:1:3::1") as http:
        assert (await http.get(ME)).status_code == 401


async def test_a_limit_leaves_one_entry_for_each_caller_and_window(
    services: Services, few: Starlette, clock: ManualClock
) -> None:
    user = await make_user(services, name="Ana")
    token = (await open_session(services, user)).access_token

    async def insist() -> None:
        async with at(few) as http:
            for _ in range(9):
                await http.get(ME, headers=bearer(token))

    await insist()
    (entry,) = await trail(services, "access.rate_limited")
    assert entry.actor_id == user.id
    assert entry.summary == "Ana reached the limit of 5 requests in 1 min"
    assert (entry.severity, entry.result) == ("NOTICE", "REFUSED")
    assert entry.address == "192.0.2.1"

    clock.advance(60)
    await insist()
    async with at(few) as http:
        for _ in range(9):
            await http.get(ME)
    told = {one.actor_label for one in await trail(services, "access.rate_limited")}
    assert told == {"Ana", "anonymous"}
    assert len(await trail(services, "access.rate_limited")) == 3


async def test_a_web_page_s_own_traffic_fits(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)
    tokens: Tokens = await sign_in(http, user)
    for _ in range(10):  # times the page is loaded in a minute
        for _ in range(12):
            answer = await http.get(ME, headers=tokens.headers)
            assert answer.status_code == 200
