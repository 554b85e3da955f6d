"""What docs/security.md promises of requests, number by number."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pymongo
import pytest
import redis
from redis.asyncio import Redis

from app.asgi import create_app
from app.lifespan import Platform
from app.services import make_services
from app.settings.settings import Settings
from domain.users import User
from kit.passwords import PasswordHasher
from kit.tokens import TokenSigner
from resolvers.context import Services
from tests.support.clients import GraphQLClient, only_code, post, signed_in
from tests.support.clock import ManualClock
from tests.support.factories import PASSWORD, bearer, make_admin, make_user, sign_in
from tests.support.rest import API, Rest, data_of, error_of, wrong_field
from tests.unit.test_tokens import OTHER, forged

LOGIN, REFRESH = f"{API}/auth/login", f"{API}/auth/refresh"


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana", email="ana@example.com")


async def test_keys_a_token_brings_along_are_not_fetched(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dial(*_: Any) -> None:
        raise AssertionError("somebody was called")

    away = "https://attacker.example/keys"
    token = forged({"jku": away, "x5u": away}, secret=OTHER)
    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", dial)
        patched.setattr(socket, "getaddrinfo", dial)
        answer = await http.get(f"{API}/auth/me", headers=bearer(token))

    error_of(answer, 401, "UNAUTHENTICATED")


async def test_after_a_rotation_an_old_access_token_has_its_1800_s_and_no_more(
    platform: Platform, http: httpx.AsyncClient, clock: ManualClock, ana: User
) -> None:
    tokens = await sign_in(http, ana)
    old, new = platform.settings.secrets[0], "a newer key of the tests, and long"
    rotated = TokenSigner([new, old], clock)
    platform.services = replace(platform.services, tokens=rotated)
    transport = httpx.ASGITransport(
        app=create_app(platform.settings, platform=platform)
    )
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as later:
        clock.advance(1_799)
        data_of(await later.get(f"{API}/auth/me", headers=tokens.headers))
        clock.advance(1)
        answer = await later.get(f"{API}/auth/me", headers=tokens.headers)

    error_of(answer, 401, "TOKEN_EXPIRED")


async def test_no_answer_about_a_sign_in_is_stored(
    http: httpx.AsyncClient, ana: User
) -> None:
    body = {"email": ana.email, "password": PASSWORD}
    tokens = await sign_in(http, ana)
    spent = {"refresh_token": tokens.refresh}
    answers = [
        await http.post(LOGIN, json=body),
        await http.post(LOGIN, json={**body, "password": "wrong, alas"}),
        await http.post(REFRESH, json=spent),
        await http.post(REFRESH, json={"refresh_token": "x"}),
        await http.post(f"{API}/auth/logout", headers=tokens.headers),
        await http.post(f"{API}/auth/logout", headers=tokens.headers),
        await post(http, {"query": "mutation { logout }"}),
    ]

    assert [one.headers["cache-control"] for one in answers] == ["no-store"] * 7


async def test_no_dump_of_either_database_holds_a_refresh_token(
    http: httpx.AsyncClient, services: Services, settings: Settings, ana: User
) -> None:
    tokens = await sign_in(http, ana)
    answer = await http.post(REFRESH, json={"refresh_token": tokens.refresh})
    newer = data_of(answer)["refresh_token"]
    await http.get(f"{API}/auth/me", headers=tokens.headers)

    dump = "".join(_dumped(settings))

    assert str(ana.id) in dump
    for token in (tokens.refresh, newer):
        claims = services.tokens.verify(token, "refresh")
        assert len(bytes.fromhex(claims.jti)) * 8 >= 128
        for part in (token, token.rpartition(".")[2], claims.jti):
            assert part not in dump


def _dumped(settings: Settings) -> list[str]:
    with pymongo.MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        database = client[settings.mongodb_database]
        names = database.list_collection_names()
        found = [str(list(database[name].find())) for name in names]
    with redis.Redis.from_url(settings.redis_url or "") as cache:
        found += [f"{key!r} {cache.dump(key)!r}" for key in cache.keys("*")]
    return found


@pytest.fixture
async def busy(platform: Platform, ana: User) -> AsyncIterator[httpx.AsyncClient]:
    """A service that can hash nothing more."""
    full = PasswordHasher(cost=4, threads=1, queue=0)
    assert full._places.acquire(blocking=False)
    platform.services = replace(platform.services, passwords=full)
    app = create_app(platform.settings, platform=platform)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as http:
        yield http
    full.close()


async def test_what_is_too_long_is_refused_where_nothing_could_be_hashed(
    busy: httpx.AsyncClient, ana: User
) -> None:
    for password in ("x" * 513, "é" * 257, "x" * 60_000):
        body = {"email": ana.email, "password": password}
        assert wrong_field(await busy.post(LOGIN, json=body)) == "password"


async def test_who_cannot_be_served_now_is_told_when_to_come_back(
    busy: httpx.AsyncClient, ana: User
) -> None:
    body = {"email": ana.email, "password": PASSWORD}

    answer = await busy.post(LOGIN, json=body)

    error_of(answer, 503, "UNAVAILABLE")
    assert int(answer.headers["retry-after"]) > 0


def test_no_more_passwords_are_hashed_at_once_than_there_are_cores(
    platform: Platform, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    live, unused = platform.services.live, Redis()

    made = make_services(platform.settings, platform.mongo, unused, live, clock)

    assert platform.settings.bcrypt_threads > 1
    assert made.passwords._pool._max_workers == 1
    made.passwords.close()


async def test_in_production_the_cookie_is_for_tls_alone(
    platform: Platform, ana: User
) -> None:
    platform.settings = platform.settings.model_copy(update={"env": "production"})
    app = create_app(platform.settings, platform=platform)
    body = {"email": ana.email, "password": PASSWORD}
    asked = {"X-Refresh-Token": "cookie"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://localhost"
    ) as http:
        answer = await http.post(LOGIN, json=body, headers=asked)

    assert SimpleCookie(answer.headers["set-cookie"])["refresh_token"]["secure"]


async def test_text_comes_back_in_nfc_and_an_address_has_one_spelling(
    services: Services, http: httpx.AsyncClient
) -> None:
    admin = Rest(http, await sign_in(http, await make_admin(services)))
    body = {"email": " Zoë.Ω@Example.COM ", "password": "a rather unlikely phrase 7"}
    names = {
        "𝔘𐍈 🐧 \u05d6\u200f\u05d0": "𝔘𐍈 🐧 \u05d6\u200f\u05d0",
        "e\u0301a\u0323\u0302": "é\u1ead",
    }
    for number, (sent, kept) in enumerate(names.items()):
        draft = {**body, "email": f"u{number}@example.com", "name": sent}
        assert data_of(await admin("POST", "/users", draft), 201)["name"] == kept

    made = data_of(await admin("POST", "/users", {**body, "name": "Zoë"}), 201)

    assert made["email"] == "zoë.ω@example.com"
    for spelling in ("ZOË.ω@example.com", "zoe\u0308.ω@\uff45xample.com"):
        again = {**body, "name": "Zoë", "email": spelling}
        error_of(await admin("POST", "/users", again), 409, "CONFLICT")
    long = {**body, "name": "Zoë", "email": f"{'a' * 243}@example.com"}
    assert wrong_field(await admin("POST", "/users", long)) == "email"


@pytest.mark.parametrize("value", ["2147483648", "-2147483649", "1.5", "true", '"5"'])
async def test_no_number_is_made_to_fit(
    services: Services, http: httpx.AsyncClient, value: str
) -> None:
    client: GraphQLClient = await signed_in(http, services, await make_admin(services))
    text = "query ($n: Int) { activity(first: $n) { nodes { id } } }"
    body = f'{{"query": "{text}", "variables": {{"n": {value}}}}}'.encode()
    literal = value.replace('"', '\\"')
    inline = f'{{"query": "{{ activity(first: {literal}) {{ nodes {{ id }} }} }}"}}'

    for sent in (body, inline.encode()):
        answer = await post(http, sent, **client.headers)
        assert only_code(answer) == "VALIDATION_ERROR", answer.text


async def test_a_subscription_by_get_and_a_form_are_not_carried_out(
    http: httpx.AsyncClient, ana: User
) -> None:
    tokens = await sign_in(http, ana)
    asked = {"query": "subscription { activityAdded { __typename } }"}
    answer = await http.get("/graphql", params=asked, headers=tokens.headers)
    assert (answer.status_code, only_code(answer)) == (405, "METHOD_NOT_ALLOWED")

    for media_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        body = b'{"query": "mutation { logout }"}'
        headers = {**tokens.headers, "Content-Type": media_type}
        answer = await http.post("/graphql", content=body, headers=headers)
        assert answer.status_code == 415

    data_of(await http.get(f"{API}/auth/me", headers=tokens.headers))
