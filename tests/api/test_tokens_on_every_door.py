"""The same tokens, presented over REST and over GraphQL."""

import asyncio
import base64
import json
from dataclasses import replace
from typing import Any

import httpx
import pytest

from domain.users import User
from kit.tokens import Claims
from resolvers.context import Services
from tests.support.clients import GRAPHQL_JSON, PATH
from tests.support.clock import ManualClock
from tests.support.factories import bearer, make_admin, make_user, sign_in

REFRESH = """mutation($token: String!) {
  refreshToken(refreshToken: $token) { accessToken refreshToken user { id email } }
}"""
DOORS = ("rest", "graphql")


async def refreshed(http: httpx.AsyncClient, door: str, token: str) -> Any:
    """The successor pair, or the code of the refusal."""
    if door == "rest":
        answer = await http.post("/api/v1/auth/refresh", json={"refresh_token": token})
        body = answer.json()
        if not body["success"]:
            assert answer.status_code == httpx.codes.UNAUTHORIZED
            return body["error"]["code"]
        return body["data"]["access_token"], body["data"]["refresh_token"]
    answer = await http.post(
        PATH, json={"query": REFRESH, "variables": {"token": token}}
    )
    body = answer.json()
    if "errors" in body:
        return body["errors"][0]["extensions"]["code"]
    pair = body["data"]["refreshToken"]
    return pair["accessToken"], pair["refreshToken"]


async def asked(
    http: httpx.AsyncClient, door: str, headers: dict[str, str]
) -> str | None:
    """Who the caller is, or the code of the refusal."""
    if door == "rest":
        answer = await http.get("/api/v1/auth/me", headers=headers)
        body = answer.json()
        if not body["success"]:
            assert answer.status_code == httpx.codes.UNAUTHORIZED
            assert answer.headers["www-authenticate"] == "Bearer"
            return str(body["error"]["code"])
        return str(body["data"]["id"])
    answer = await http.post(
        PATH,
        json={"query": "{ me { id } }"},
        headers={"Accept": GRAPHQL_JSON, **headers},
    )
    body = answer.json()
    if "errors" in body:
        return str(body["errors"][0]["extensions"]["code"])
    return str(body["data"]["me"]["id"])


def changed(services: Services, token: str, **claims: Any) -> str:
    """The token with other claims, signed by us."""
    return services.tokens.sign(
        replace(services.tokens.verify(token, "access"), **claims)
    )


def unsigned(token: str, algorithm: str) -> str:
    head, body, _ = token.split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    raw = json.dumps(header | {"alg": algorithm}).encode()
    return f"{base64.urlsafe_b64encode(raw).decode().rstrip('=')}.{body}."


async def test_twenty_refreshes_through_both_doors_get_one_successor(
    services: Services, http: httpx.AsyncClient
) -> None:
    tokens = await sign_in(http, await make_user(services))

    answers = await asyncio.gather(
        *(refreshed(http, DOORS[n % 2], tokens.refresh) for n in range(20))
    )

    assert len(set(answers)) == 1
    access, successor = answers[0]
    assert await asked(http, "rest", bearer(access)) is not None
    assert isinstance(await refreshed(http, "graphql", successor), tuple)


@pytest.mark.parametrize("door", DOORS)
async def test_a_stolen_token_is_refused_at_either_door_and_so_is_its_successor(
    services: Services, http: httpx.AsyncClient, clock: ManualClock, door: str
) -> None:
    tokens = await sign_in(http, await make_user(services))
    access, successor = await refreshed(http, "rest", tokens.refresh)
    clock.advance(11)

    assert await refreshed(http, door, tokens.refresh) == "INVALID_REFRESH_TOKEN"

    for other in DOORS:
        assert await refreshed(http, other, successor) == "INVALID_REFRESH_TOKEN"
        assert await asked(http, other, bearer(access)) == "UNAUTHENTICATED"


@pytest.mark.parametrize("door", DOORS)
async def test_a_bad_access_token_is_nobodys(
    services: Services, http: httpx.AsyncClient, door: str
) -> None:
    tokens = await sign_in(http, await make_user(services))
    good = tokens.access
    wrong = [
        tokens.refresh,
        unsigned(good, "none"),
        unsigned(good, "None"),
        unsigned(good, ""),
        good.rpartition(".")[0],
        f"{good}.AAAA",
        good[:-4] + "AAAA",
        changed(services, good, sid="s_nobody"),
        changed(services, good, sub="u_nobody"),
        changed(services, good, exp_s=10**12),
        "x",
    ]

    for token in wrong:
        assert await asked(http, door, bearer(token)) == "UNAUTHENTICATED", token


@pytest.mark.parametrize("door", DOORS)
async def test_an_expired_access_token_asks_for_a_refresh(
    services: Services, http: httpx.AsyncClient, clock: ManualClock, door: str
) -> None:
    user = await make_user(services)
    tokens = await sign_in(http, user)
    clock.advance(1_799)
    assert await asked(http, door, tokens.headers) == user.id

    clock.advance(1)

    assert await asked(http, door, tokens.headers) == "TOKEN_EXPIRED"
    access, _ = await refreshed(http, door, tokens.refresh)
    assert await asked(http, door, bearer(access)) == user.id


@pytest.mark.parametrize("door", DOORS)
async def test_a_token_counts_in_one_header_alone(
    services: Services, http: httpx.AsyncClient, door: str
) -> None:
    tokens = await sign_in(http, await make_user(services))

    for headers in (
        {"Authorization": tokens.access},
        {"Authorization": f"Basic {tokens.access}"},
        {"Authorization": f"Bearer {tokens.access}, Bearer {tokens.access}"},
        {"X-Access-Token": tokens.access},
        {"Cookie": f"access_token={tokens.access}"},
    ):
        assert await asked(http, door, headers) == "UNAUTHENTICATED", headers


async def test_an_expired_token_beside_a_sign_in_is_no_hindrance(
    services: Services, http: httpx.AsyncClient, clock: ManualClock
) -> None:
    user = await make_user(services)
    tokens = await sign_in(http, user)
    clock.advance(1_800)
    http.headers.update(tokens.headers)

    again = await sign_in(http, user)

    assert await asked(http, "rest", again.headers) == user.id


@pytest.mark.parametrize("door", DOORS)
async def test_a_disabled_account_is_out_at_its_next_request(
    services: Services, http: httpx.AsyncClient, door: str
) -> None:
    user, admin = await make_user(services), await make_admin(services)
    tokens, boss = await sign_in(http, user), await sign_in(http, admin)
    assert await asked(http, door, tokens.headers) == user.id

    answer = await http.put(
        f"/api/v1/users/{user.id}", json={"status": "DISABLED"}, headers=boss.headers
    )

    assert answer.status_code == httpx.codes.OK
    assert await asked(http, door, tokens.headers) == "UNAUTHENTICATED"
    assert await refreshed(http, door, tokens.refresh) == "INVALID_REFRESH_TOKEN"


async def test_the_documented_claims_are_in_the_token(
    services: Services, http: httpx.AsyncClient
) -> None:
    user: User = await make_user(services)
    tokens = await sign_in(http, user)

    access: Claims = services.tokens.verify(tokens.access, "access")
    refresh: Claims = services.tokens.verify(tokens.refresh, "refresh")

    assert (access.sub, access.email, access.type) == (user.id, user.email, "access")
    assert access.exp_s - access.iat_s == 1_800
    assert refresh.exp_s - refresh.iat_s == 604_800
    assert access.sid == refresh.sid
    assert access.jti != refresh.jti
