"""Nobody may guess passwords, and nobody learns anything by being refused."""

import asyncio
from dataclasses import asdict, replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from app.settings.settings import Settings
from domain.activity import Origin
from domain.errors import BadCredentials, RateLimited
from domain.rates import RateLimits
from resolvers import auth
from resolvers.context import Context, Services
from tests.support.addresses import at
from tests.support.clients import post
from tests.support.clock import ManualClock
from tests.support.factories import (
    PASSWORD,
    acting,
    make_user,
    sign_in,
)
from tests.support.outages import without_redis
from tests.support.rest import error_of
from tests.support.trail import trail

LOGIN = "/api/v1/auth/login"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update=asdict(RateLimits()))


async def wrong(
    http: httpx.AsyncClient, email: str = "nobody@example.com"
) -> httpx.Response:
    return await http.post(LOGIN, json={"email": email, "password": "wrong, alas"})


def from_address(services: Services, address: str) -> Context:
    origin = Origin(request_id="test", address=address, user_agent=None)
    return Context(services, origin=origin)


async def guess(services: Services, address: str, email: str) -> None:
    with pytest.raises(BadCredentials):
        await auth.login(from_address(services, address), email, "wrong, alas")


async def test_after_five_wrong_passwords_the_right_one_is_refused_too(
    services: Services, http: httpx.AsyncClient, clock: ManualClock
) -> None:
    user = await make_user(services)
    statuses = [(await wrong(http, user.email)).status_code for _ in range(6)]
    right = await http.post(LOGIN, json={"email": user.email, "password": PASSWORD})

    assert statuses == [401] * 5 + [429]
    details = error_of(right, 429, "RATE_LIMITED")["details"]
    assert details == {"retry_after_s": 180}
    assert right.headers["Retry-After"] == "180"
    clock.advance(180)
    assert await sign_in(http, user)


async def test_aliases_of_graphql_and_requests_of_rest_share_the_five(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)
    for _ in range(3):
        await wrong(http, user.email)
    field = f'login(email: "{user.email}", password: "wrong, alas") {{ tokenType }}'
    fields = " ".join(f"try{number}: {field}" for number in range(4))

    answers = [
        await post(http, {"query": f"mutation {{ {one} }}"})
        for one in (fields, "login" + field.removeprefix("login"))
    ]

    # The first error of a field that must not be null ends the mutation.
    codes = [e["extensions"]["code"] for a in answers for e in a.json()["errors"]]
    assert codes[0] == "INVALID_CREDENTIALS"
    assert (await wrong(http, user.email)).status_code in (401, 429)
    for _ in range(3):
        last = await post(http, {"query": f"mutation {{ {field} }}"})
    (error,) = last.json()["errors"]
    assert error["extensions"] == {
        "code": "RATE_LIMITED",
        "details": {"retryAfterS": 180},
    }
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "180"
    assert len(await trail(services, "auth.login_failed")) == 5


async def test_an_unknown_address_is_answered_as_a_wrong_password_is_and_as_often(
    services: Services, app: Starlette
) -> None:
    user = await make_user(services, email="known@example.com")
    answers: dict[str, list[Any]] = {}
    for email in (user.email, "stranger@example.com"):
        async with at(app, f"192.0.2.{len(answers)}") as http:
            said = [await wrong(http, email) for _ in range(7)]
        answers[email] = [(one.status_code, one.json()) for one in said]

    known, unknown = answers.values()
    assert known == unknown
    assert [status for status, _ in known] == [401] * 5 + [429] * 2


async def test_an_address_has_twenty_wrong_passwords_for_all_accounts(
    http: httpx.AsyncClient, app: Starlette
) -> None:
    statuses = [
        (await wrong(http, f"nobody{number}@example.com")).status_code
        for number in range(21)
    ]

    assert statuses == [401] * 20 + [429]
    async with at(app, "192.0.2.99") as elsewhere:
        assert (await wrong(elsewhere)).status_code == 401


async def test_under_attack_the_owner_signs_in_from_another_address(
    services: Services, http: httpx.AsyncClient, app: Starlette
) -> None:
    user = await make_user(services)
    for _ in range(8):
        await wrong(http, user.email)

    async with at(app, "198.51.100.7") as home:
        assert await sign_in(home, user)


async def test_an_account_tried_from_everywhere_is_still_open_to_where_its_owner_was(
    services: Services,
) -> None:
    rates = replace(services.rates, sign_in_failures_per_account_per_h=3)
    services = replace(services, rates=rates)
    user = await make_user(services)
    at_home = from_address(services, "198.51.100.7")
    await auth.login(at_home, user.email, PASSWORD)
    await auth.logout(at_home)
    for number in range(3):
        await guess(services, f"192.0.2.{number}", user.email)

    for email in (user.email, user.email):
        with pytest.raises(RateLimited):
            await auth.login(from_address(services, "192.0.2.8"), email, PASSWORD)
    assert await auth.login(
        from_address(services, "198.51.100.7"), user.email, PASSWORD
    )
    for _ in range(5):
        await guess(services, "198.51.100.7", user.email)
    with pytest.raises(RateLimited):
        await auth.login(from_address(services, "198.51.100.7"), user.email, PASSWORD)


async def test_of_wrong_passwords_sent_at_once_only_five_are_checked(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)

    answers = await asyncio.gather(*(wrong(http, user.email) for _ in range(20)))

    statuses = sorted(one.status_code for one in answers)
    assert statuses == [401] * 5 + [429] * 15
    assert len(await trail(services, "auth.login_failed")) == 5


async def test_however_many_sign_in_at_once_who_is_right_is_let_in(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)

    assert len(await asyncio.gather(*(sign_in(http, user) for _ in range(12)))) == 12


async def test_guessing_the_current_password_counts_as_well(
    services: Services,
) -> None:
    user = await make_user(services)
    ctx = acting(services, user)
    for _ in range(5):
        with pytest.raises(BadCredentials):
            await auth.change_password(ctx, "wrong, alas", "another long password")

    with pytest.raises(RateLimited):
        await auth.change_password(ctx, PASSWORD, "another long password")


async def test_without_redis_nobody_may_guess_more_often(services: Services) -> None:
    services = without_redis(services)
    user = await make_user(services)
    for _ in range(5):
        await guess(services, "192.0.2.1", user.email)

    with pytest.raises(RateLimited):
        await auth.login(from_address(services, "192.0.2.1"), user.email, PASSWORD)
    assert await auth.login(
        from_address(services, "198.51.100.7"), user.email, PASSWORD
    )
