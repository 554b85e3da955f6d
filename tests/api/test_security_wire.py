"""What a stranger on the wire tries, where no other test has its place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from app.asgi import create_app
from app.lifespan import open_platform
from app.settings.settings import Settings
from kit.clock import Clock
from persistence.mongo import open_mongo
from resolvers.context import Services
from tests.support.clients import PATH
from tests.support.clock import ManualClock
from tests.support.factories import make_user, sign_in
from tests.support.live_sockets import dialled
from tests.support.replicas import replica
from tests.support.rest import API, data_of, error_of

REFRESH = f"{API}/auth/refresh"


@asynccontextmanager
async def served(settings: Settings, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    """A worker of its own, by its own clock."""
    async with open_platform(settings, clock=clock, background=False) as platform:
        transport = httpx.ASGITransport(app=create_app(settings, platform=platform))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost"
        ) as http:
            yield http


async def test_two_headers_of_authorization_are_none(
    services: Services, http: httpx.AsyncClient
) -> None:
    tokens = await sign_in(http, await make_user(services))
    twice = [("Authorization", f"Bearer {tokens.access}")] * 2

    answer = await http.get(f"{API}/auth/me", headers=twice)
    error_of(answer, 401, "UNAUTHENTICATED")
    answer = await http.post(PATH, json={"query": "{ me { id } }"}, headers=twice)
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "path", ["/", "/health", "/nowhere", f"{API}/auth/me", f"{API}/nowhere", PATH]
)
async def test_no_answer_says_what_it_is_made_with(
    http: httpx.AsyncClient, path: str
) -> None:
    answer = await http.get(path)

    assert {"server", "x-powered-by", "x-xss-protection"}.isdisjoint(answer.headers)


async def test_a_theft_closes_the_sockets_of_the_session(
    settings: Settings, clock: ManualClock
) -> None:
    async with (
        replica(settings, clock) as server,
        httpx.AsyncClient(base_url=server.http) as http,
    ):
        stolen = await sign_in(http, await make_user(server.services))
        pair = data_of(await http.post(REFRESH, json={"refresh_token": stolen.refresh}))
        async with dialled(server, pair["access_token"]) as client:
            await client.hear("ready")
            clock.advance(11)
            answer = await http.post(REFRESH, json={"refresh_token": stolen.refresh})
            error_of(answer, 401, "INVALID_REFRESH_TOKEN")

            assert await client.code() == 4401


async def test_workers_whose_clocks_differ_by_a_minute_believe_each_other(
    settings: Settings, services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    ahead, behind = ManualClock(), ManualClock()
    ahead.advance(60)
    async with served(settings, ahead) as early, served(settings, behind) as late:
        for one, other in ((early, late), (late, early)):
            tokens = await sign_in(one, user)
            for door in (other, one, other):
                answer = await door.get(f"{API}/auth/me", headers=tokens.headers)
                assert data_of(answer)["id"] == user.id
            answer = await other.post(REFRESH, json={"refresh_token": tokens.refresh})
            access = data_of(answer)["access_token"]
            headers = {"Authorization": f"Bearer {access}"}
            assert data_of(await one.get(f"{API}/auth/me", headers=headers))


async def test_a_clock_that_was_set_back_prolongs_no_session(
    services: Services, http: httpx.AsyncClient, clock: ManualClock
) -> None:
    tokens = await sign_in(http, await make_user(services))
    clock.advance(-3_600)
    clock.advance(7 * 86_400 + 3_600)

    answer = await http.post(REFRESH, json={"refresh_token": tokens.refresh})

    error_of(answer, 401, "INVALID_REFRESH_TOKEN")


def test_writes_are_on_the_disks_of_a_majority_whatever_the_address_says() -> None:
    mongo = open_mongo("mongodb://localhost/?w=0&journal=false", "any")

    assert mongo._client.write_concern.document == {"w": "majority", "j": True}
    mongo.close()


async def test_what_is_no_http_gets_no_more_than_a_bad_request(
    settings: Settings, clock: ManualClock
) -> None:
    lines = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nA b: c\r\n\r\n",
    ]
    async with replica(settings, clock) as server:
        host, port = server.address.split(":")
        for line in lines:
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(line)
            writer.write_eof()
            said = await reader.read(4_096)
            assert said.startswith(b"HTTP/1.1 400 ") or not said
            assert b"Traceback" not in said
            writer.close()
