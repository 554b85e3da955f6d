"""Nobody opens connections, or asks on one, as often as they like."""

from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.clock import ManualClock
from tests.support.event_streams import streaming
from tests.support.graphql_sockets import SUBPROTOCOL, connected
from tests.support.replicas import Replica
from tests.support.rest import error_of
from tests.support.trail import trail

HANDSHAKES = 4
OPERATIONS = 3
POLLING = "/socket.io/?EIO=4&transport=polling"
WATCH = "subscription { dashboardUpdated { version } }"


@pytest.fixture
def changes() -> dict[str, Any]:
    return {
        "handshakes_per_address_per_min": HANDSHAKES,
        "requests_per_user_per_min": OPERATIONS,
    }


async def dial(url: str) -> None:
    """A handshake, whatever comes after it."""
    with suppress(ConnectionClosed):
        async with connect(url, subprotocols=[SUBPROTOCOL]) as connection:
            await connection.close()


async def use_up(here: Replica) -> None:
    for _ in range(HANDSHAKES):
        await dial(f"{here.ws}/ws/panel")


@pytest.mark.parametrize(
    "path", ["/graphql", "/ws/panel", "/socket.io/?EIO=4&transport=websocket"]
)
async def test_a_handshake_too_many_is_refused_over_http(
    here: Replica, clock: ManualClock, path: str
) -> None:
    await use_up(here)

    with pytest.raises(InvalidStatus) as refused:
        await dial(f"{here.ws}{path}")

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "15"
    assert b"RATE_LIMITED" in (refused.value.response.body or b"")
    clock.advance(15)
    await dial(f"{here.ws}{path}")


async def test_streams_and_polling_are_handshakes_too(
    here: Replica, token: str
) -> None:
    await use_up(here)

    async with streaming(here, token, WATCH) as stream:
        await stream.response.aread()
        assert stream.response.status_code == 429
        (error,) = stream.response.json()["errors"]
        assert error["extensions"]["code"] == "RATE_LIMITED"
    async with httpx.AsyncClient(base_url=here.http) as http:
        for path in (POLLING, f"{POLLING}&sid=made-up"):
            error_of(await http.get(path), 429, "RATE_LIMITED")
        # What is no handshake goes on.
        assert (await http.get("/health")).status_code == 200
    (entry,) = await trail(here.services, "access.rate_limited")
    assert entry.summary.endswith(" reached the limit of 4 new connections in 1 min")


async def test_a_polling_client_is_one_handshake_however_long_it_polls(
    here: Replica,
) -> None:
    async with httpx.AsyncClient(base_url=here.http) as http:
        opened = (await http.get(POLLING)).text
        sid = opened.split('"sid":"')[1].partition('"')[0]
        said = [
            await http.post(f"{POLLING}&sid={sid}", content=b"3")
            for _ in range(2 * HANDSHAKES)
        ]

    assert [one.status_code for one in said] == [200] * 2 * HANDSHAKES


async def test_operations_on_a_socket_are_requests_of_their_user(
    here: Replica, token: str
) -> None:
    async with connected(here, token) as client:
        for number in range(OPERATIONS + 2):
            await client.subscribe(str(number), "{ __typename }")
        kinds = [
            (await client.about(str(number)))["type"]
            for number in range(OPERATIONS + 2)
        ]
        await client.subscribe("last", "{ __typename }")
        refused = await client.about("last")
        await client.say(type="ping")

        assert sorted(kinds) == ["error"] * 2 + ["next"] * OPERATIONS
        assert refused["payload"][0]["extensions"] == {
            "code": "RATE_LIMITED",
            "details": {"retryAfterS": 20},
        }
        assert await client.hear() == {"type": "pong"}
    async with httpx.AsyncClient(base_url=here.http) as http:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await http.get("/api/v1/auth/me", headers=headers)
        error_of(answer, 429, "RATE_LIMITED")
