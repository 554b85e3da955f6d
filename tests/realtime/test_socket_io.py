"""`/socket.io`: the documented events reach Socket.IO v4 clients, by the same rules."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.legacy import socket_io_server
from app.settings.settings import Settings
from app.sockets.sockets import OPEN
from app.sockets.wire import CLOSED, WAITING_FRAMES_MAX
from domain.users import User
from tests.support.clock import ManualClock
from tests.support.factories import (
    bearer,
    make_api_key,
    make_user,
    open_session,
    sign_in,
)
from tests.support.live import happened
from tests.support.replicas import Replica, all_left, replica
from tests.support.socket_io_client import (
    CLOSE,
    CONNECT_ERROR,
    DISCONNECT,
    MESSAGE,
    Poller,
    SocketIOClient,
    joined,
    transport,
)

NEW, FIGURES, STATUS = "activity:new", "dashboard:update", "user:status_change"
REFUSED, PARTED = f"{MESSAGE}{CONNECT_ERROR}", f"{MESSAGE}{DISCONNECT}"
LISTED = "https://dashboard.example.com"


@pytest.fixture
def changes() -> dict[str, Any]:
    return {"socket_sign_in_s": 1, "backend_cors_origins": (LISTED,)}


async def hear_activity(client: SocketIOClient, name: str) -> None:
    """Returns when that entry has come."""
    while (await client.hear(NEW))[1]["id"] != name:
        pass


async def test_the_documented_events_come(
    here: Replica, token: str, boss: User
) -> None:
    async with joined(here, token) as client:
        _, figures, meta = await client.hear(FIGURES)
        assert set(figures["total_users"]) == {"value", "previous", "change_pct"}
        assert meta["timestamp"] == figures["as_of"]

        await here.services.live.bus.publish(happened("a_1", actor_id=boss.id))
        await hear_activity(client, "a_1")

        async with joined(here, await other_token(here)):
            _, change, _ = await client.hear(STATUS)
            assert change["status"] == "ONLINE"


async def other_token(here: Replica) -> str:
    other = await make_user(here.services)
    return (await open_session(here.services, other)).access_token


async def test_a_member_is_told_their_own_alone(here: Replica, boss: User) -> None:
    ben = await make_user(here.services)
    token = (await open_session(here.services, ben)).access_token
    async with joined(here, token) as client:
        await here.services.live.bus.publish(
            happened("a_1", actor_id=boss.id), happened("a_2", actor_id=ben.id)
        )

        assert (await client.hear(NEW))[1]["id"] == "a_2"


async def test_one_goes_on_past_a_cursor(here: Replica, token: str) -> None:
    bus = here.services.live.bus
    async with joined(here, token) as client:
        await bus.publish(happened("a_1"))
        await hear_activity(client, "a_1")
        await bus.publish(happened("a_2"))
        _, data, meta = await client.hear(NEW)
        assert data["id"] == "a_2"
    await bus.publish(*[happened(f"b_{number}") for number in range(300)])

    async with joined(here, token, after=meta["cursor"]) as client:
        missed = [(await client.hear(NEW))[1]["id"] for _ in range(300)]

        assert missed == [f"b_{number}" for number in range(300)]


async def test_a_token_that_does_not_do_is_refused_with_its_code(
    here: Replica, boss: User, clock: ManualClock
) -> None:
    old = (await open_session(here.services, boss)).access_token
    clock.advance(1_900)
    refusals = {}
    for name, auth in {
        "none": None,
        "no object": [1],
        "no text": {"token": 5},
        "bad": {"token": "x"},
        "expired": {"token": old},
        "a machine's": {"token": await make_api_key(here.services, boss)},
        "bad cursor": {"token": await other_token(here), "after": "x"},
    }.items():
        async with transport(here) as client:
            answer = await client.say_hello(auth)
            assert answer.startswith(REFUSED), answer
            refusals[name] = json.loads(answer[2:])["data"]["code"]

    assert refusals == {
        "none": "UNAUTHENTICATED",
        "no object": "UNAUTHENTICATED",
        "no text": "UNAUTHENTICATED",
        "bad": "UNAUTHENTICATED",
        "expired": "TOKEN_EXPIRED",
        "a machine's": "FORBIDDEN",
        "bad cursor": "VALIDATION_ERROR",
    }


async def test_who_does_not_say_who_they_are_is_dropped(
    here: Replica, http: httpx.AsyncClient
) -> None:
    poller = Poller(http)
    await poller.open()
    async with transport(here) as client:
        polled, heard = await asyncio.gather(poller.packets(), client.ended())

        assert (polled, heard[-1]) == ([CLOSE], CLOSE)
    assert not here.sockets._admitted


async def test_signing_out_ends_it_for_good(
    here: Replica, http: httpx.AsyncClient, boss: User
) -> None:
    tokens = await sign_in(http, boss)
    async with joined(here, tokens.access) as client:
        await http.post("/api/v1/auth/logout", headers=tokens.headers)

        # After this packet clients do not come back by themselves.
        assert (await client.ended())[-2:] == [PARTED, CLOSE]


async def test_a_token_that_expires_ends_it_for_the_client_to_come_back(
    here: Replica, token: str, clock: ManualClock
) -> None:
    async with joined(here, token) as client:
        clock.advance(1_800)

        assert (await client.ended())[-1] == CLOSE
        assert PARTED not in client.heard


async def test_a_token_renewed_in_place_goes_on(
    here: Replica, token: str, boss: User, clock: ManualClock
) -> None:
    async with joined(here, token) as client:
        clock.advance(1_700)
        fresh = (await open_session(here.services, boss)).access_token
        answer = await client.ask("auth", {"token": fresh})
        assert answer == [{"expires_at": "2025-06-21T10:58:20.000Z"}]

        clock.advance(200)
        await here.services.live.bus.publish(happened("a_1"))
        await hear_activity(client, "a_1")
        await client.connection.send(f'{MESSAGE}2["auth",{{"token":"x"}}]')
        assert (await client.ended())[-2:] == [PARTED, CLOSE]


async def test_a_drain_ends_it_for_the_client_to_come_back(
    here: Replica, token: str
) -> None:
    async with joined(here, token) as client:
        await here.sockets.drain(0.1)

        assert (await client.ended())[-1] == CLOSE
        assert PARTED not in client.heard


async def test_polling_does_as_well(
    here: Replica, http: httpx.AsyncClient, token: str
) -> None:
    poller = Poller(http)
    hello = await poller.open()
    assert hello["upgrades"] == ["websocket"]
    assert (hello["pingInterval"], hello["maxPayload"]) == (20_000, 65_536)
    await poller.send(f"{MESSAGE}0{json.dumps({'token': token})}")
    heard = await poller.packets()
    await here.services.live.bus.publish(happened("a_1"))
    while not any('"a_1"' in packet for packet in heard):
        heard += await poller.packets()

    assert heard[0].startswith(f'{MESSAGE}0{{"sid"')
    await poller.send(f"{MESSAGE}{DISCONNECT}")
    await all_left(here.sockets)


async def test_a_polling_client_moves_over_to_a_websocket(
    here: Replica, http: httpx.AsyncClient, token: str
) -> None:
    poller = Poller(http)
    hello = await poller.open()
    await poller.send(f"{MESSAGE}0{json.dumps({'token': token})}")
    heard = await poller.packets()
    url = f"{here.ws}/socket.io/?EIO=4&transport=websocket&sid={hello['sid']}"
    async with connect(url) as connection:
        await connection.send("2probe")
        assert await connection.recv() == "3probe"
        await connection.send("5")
        await here.services.live.bus.publish(happened("a_1"))
        async with asyncio.timeout(30):
            while not any('"a_1"' in packet for packet in heard):
                heard.append(str(await connection.recv()))
    await all_left(here.sockets)
    assert not here.sockets._admitted


async def test_what_is_no_packet_is_closed_4400_and_never_1006(
    here: Replica, token: str
) -> None:
    codes = set()
    for text in ("", "x", "[]", "9", "{}", "null", "\0", "é"):
        async with joined(here, token) as client:
            await client.connection.send(text)
            await client.ended()
            codes.add(client.connection.close_code)
    assert codes == {4400}

    for text in ("4", "4x", "42", "42[", "42{}", "42[1]", "49", "40", "45-", "6", "2x"):
        async with joined(here, token) as client:
            await client.connection.send(text)
            await here.services.live.bus.publish(happened(f"after {text}"))
            await hear_activity(client, f"after {text}")
    await all_left(here.sockets)


async def test_binary_and_big_messages_are_closed(here: Replica, token: str) -> None:
    codes = []
    for message in (b"4", "4" * 65_537):
        async with joined(here, token) as client:
            await client.connection.send(message)
            await client.ended()
            codes.append(client.connection.close_code)

    assert codes == [1003, 1009]


async def test_who_reads_nothing_is_bounded_and_ended(
    here: Replica, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_io_server, "SLOW_S", 0.2)
    slow = CLOSED.value("socket.io", "1013")
    async with joined(here, token) as client:
        client.connection.transport.pause_reading()
        while CLOSED.value("socket.io", "1013") == slow:
            burst = [happened(summary="s" * 20_000) for _ in range(20)]
            await here.services.live.bus.publish(*burst)
            await asyncio.sleep(0.005)
        (transport_,) = here.app.state.socket_io._server.eio.sockets.values()
        assert transport_.queue.qsize() <= WAITING_FRAMES_MAX + 1
        client.connection.transport.abort()
    await all_left(here.sockets)


async def test_limits_hold_here_too(settings: Settings, clock: ManualClock) -> None:
    changes = {"sockets_per_user_max": 1, "sockets_per_address_max": 2}
    async with replica(settings.model_copy(update=changes), clock) as here:
        boss = await make_user(here.services)
        token = (await open_session(here.services, boss)).access_token
        async with joined(here, token), transport(here) as second:
            answer = await second.say_hello({"token": token})
            assert json.loads(answer[2:])["data"]["code"] == "OVERLOADED"

            with pytest.raises(InvalidStatus):
                async with transport(here):
                    pass


async def test_a_page_of_another_origin_is_refused(
    here: Replica, http: httpx.AsyncClient
) -> None:
    path = "/socket.io/?EIO=4&transport=polling"
    for origin in ("https://evil.example", "null"):
        answer = await http.get(path, headers={"Origin": origin})
        assert answer.status_code == 403
        with pytest.raises(InvalidStatus):
            async with transport(here, {"Origin": origin}):
                pass

    answer = await http.get(path, headers={"Origin": LISTED})
    assert answer.headers["Access-Control-Allow-Origin"] == LISTED


async def test_who_leaves_leaves_nothing_behind(
    here: Replica, http: httpx.AsyncClient, token: str
) -> None:
    before = OPEN.value("socket.io")
    for _ in range(10):
        async with joined(here, token) as client:
            assert OPEN.value("socket.io") == before + 1
            client.connection.transport.abort()
        await all_left(here.sockets)

    one = here.app.state.socket_io
    assert OPEN.value("socket.io") == before
    assert not one._transports
    assert not one._clients
    assert not one._server.environ
    figures = (await http.get("/metrics", headers=bearer("-"))).text
    assert 'dashboard_sockets_closed_total{protocol="socket.io",code="left"}' in figures
