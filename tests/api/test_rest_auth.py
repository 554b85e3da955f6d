"""Signing in, staying signed in and out again, over REST."""

from http.cookies import SimpleCookie

import httpx
import pytest

from domain.principal import Role
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.factories import PASSWORD, make_user, sign_in
from tests.support.rest import Rest, data_of, error_of, wrong_field

IN_COOKIE = {"X-Refresh-Token": "cookie"}
OWN = {"Origin": "http://localhost"}


@pytest.fixture
def anyone(http: httpx.AsyncClient) -> Rest:
    return Rest(http, None)


async def test_signing_in_hands_out_a_pair_and_the_user(
    services: Services, anyone: Rest
) -> None:
    user = await make_user(services, name="Ana", email="ana@example.com")
    body = {"email": " ANA@example.com ", "password": PASSWORD}

    answer = await anyone("POST", "/auth/login", body)

    data = data_of(answer)
    assert set(data) == {
        "access_token",
        "refresh_token",
        "token_type",
        "expires_in",
        "user",
    }
    assert data["token_type"] == "bearer"
    assert data["expires_in"] == 1_800
    assert data["user"]["id"] == user.id
    assert data["user"]["email"] == "ana@example.com"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


async def test_unknown_and_wrong_get_the_same_words(
    services: Services, anyone: Rest
) -> None:
    user = await make_user(services)
    unknown = {"email": "nobody@example.com", "password": PASSWORD}
    wrong = {"email": user.email, "password": f"{PASSWORD}!"}

    answers = [await anyone("POST", "/auth/login", body) for body in (unknown, wrong)]

    said = [error_of(answer, 401, "INVALID_CREDENTIALS") for answer in answers]
    assert said[0] == said[1]
    assert answers[0].headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
async def test_me_is_who_signed_in(
    services: Services, http: httpx.AsyncClient, role: Role
) -> None:
    user = await make_user(services, role=role)
    answer = await Rest(http, await sign_in(http, user))("GET", "/auth/me")

    assert data_of(answer) == {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "avatar_url": None,
        "role": role,
        "status": "ACTIVE",
        "presence": "OFFLINE",
        "last_seen_at": "2025-06-21T10:00:00.000Z",
        "created_at": "2025-06-21T10:00:00.000Z",
        "updated_at": "2025-06-21T10:00:00.000Z",
        "version": 1,
    }
    assert answer.headers["cache-control"] == "no-store"


async def test_a_refresh_token_is_traded_once(
    services: Services, http: httpx.AsyncClient, anyone: Rest, clock: ManualClock
) -> None:
    tokens = await sign_in(http, await make_user(services))
    body = {"refresh_token": tokens.refresh}

    first = data_of(await anyone("POST", "/auth/refresh", body))
    again = data_of(await anyone("POST", "/auth/refresh", body))
    clock.advance(seconds=11)
    late = await anyone("POST", "/auth/refresh", body)

    assert first == again
    assert first["refresh_token"] != tokens.refresh
    error_of(late, 401, "INVALID_REFRESH_TOKEN")


@pytest.mark.parametrize("body", [None, {}, {"refresh_token": None}])
async def test_a_refresh_without_a_token_names_it(
    anyone: Rest, body: dict[str, None] | None
) -> None:
    assert wrong_field(await anyone("POST", "/auth/refresh", body)) == "refresh_token"


async def test_a_browser_keeps_the_refresh_token_in_a_cookie(
    services: Services, anyone: Rest
) -> None:
    user = await make_user(services)
    body = {"email": user.email, "password": PASSWORD}

    answer = await anyone("POST", "/auth/login", body, headers=IN_COOKIE)

    assert data_of(answer)["refresh_token"] is None
    kept = SimpleCookie(answer.headers["set-cookie"])["refresh_token"]
    assert kept["httponly"]
    assert kept["samesite"] == "Strict"
    assert kept["path"] == "/api/v1/auth"
    assert kept["max-age"] == "604800"


async def test_a_browser_refreshes_with_its_cookie_alone(
    services: Services, anyone: Rest
) -> None:
    user = await make_user(services)
    body = {"email": user.email, "password": PASSWORD}
    await anyone("POST", "/auth/login", body, headers=IN_COOKIE)

    # The client keeps cookies, as a browser does.
    answer = await anyone("POST", "/auth/refresh", headers={**IN_COOKIE, **OWN})

    assert data_of(answer)["refresh_token"] is None
    assert "refresh_token=" in answer.headers["set-cookie"]


async def test_the_cookie_is_not_used_unasked(services: Services, anyone: Rest) -> None:
    user = await make_user(services)
    body = {"email": user.email, "password": PASSWORD}
    await anyone("POST", "/auth/login", body, headers=IN_COOKIE)

    assert wrong_field(await anyone("POST", "/auth/refresh")) == "refresh_token"


async def test_a_foreign_page_may_not_use_the_cookie(
    services: Services, anyone: Rest
) -> None:
    user = await make_user(services)
    body = {"email": user.email, "password": PASSWORD}
    await anyone("POST", "/auth/login", body, headers=IN_COOKIE)

    for origin in ("https://evil.example", "null", "http://localhost.evil", "http://["):
        headers = {**IN_COOKIE, "Origin": origin}
        answer = await anyone("POST", "/auth/refresh", headers=headers)
        error_of(answer, 403, "FORBIDDEN")


async def test_a_browser_without_a_cookie_has_to_sign_in(anyone: Rest) -> None:
    answer = await anyone("POST", "/auth/refresh", headers=IN_COOKIE)

    error_of(answer, 401, "INVALID_REFRESH_TOKEN")


async def test_where_the_token_shall_go_is_not_guessed(anyone: Rest) -> None:
    answer = await anyone("POST", "/auth/refresh", headers={"X-Refresh-Token": "jar"})

    assert wrong_field(answer) == "X-Refresh-Token"


async def test_signing_out_ends_the_session_and_takes_the_cookie_away(
    services: Services, anyone: Rest, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)
    body = {"email": user.email, "password": PASSWORD}
    signed_in = await anyone("POST", "/auth/login", body, headers=IN_COOKIE)
    rest = Rest(http, data_of(signed_in)["access_token"])

    answer = await rest("POST", "/auth/logout")

    assert data_of(answer) == {"logged_out": True}
    assert 'refresh_token=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    error_of(await rest("GET", "/auth/me"), 401, "UNAUTHENTICATED")


async def test_signing_out_everywhere_ends_the_other_sessions(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)
    here, there = [Rest(http, await sign_in(http, user)) for _ in range(2)]

    data_of(await here("POST", "/auth/logout", {"everywhere": True}))

    error_of(await there("GET", "/auth/me"), 401, "UNAUTHENTICATED")
