"""`/ws/{client_id}`: who is let in, and what may be said there."""

import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from domain.users import User
from kit.strict_json import DIGITS_MAX
from tests.support.clock import ManualClock
from tests.support.factories import make_api_key, make_user, open_session
from tests.support.live_sockets import dialled, listening
from tests.support.replicas import Replica

LISTED = "https://dashboard.example.com"


@pytest.fixture
def changes() -> dict[str, Any]:
    return {"socket_sign_in_s": 1, "backend_cors_origins": (LISTED,)}


async def refused(at: Replica, token: str, **wishes: Any) -> int:
    """The status a handshake is answered with."""
    with pytest.raises(InvalidStatus) as caught:
        async with dialled(at, token, **wishes):
            pass
    return caught.value.response.status_code


async def test_the_header_signs_in(here: Replica, token: str) -> None:
    async with dialled(here, token) as client:
        ready = await client.hear("ready")

        assert set(ready) == {"event", "data", "meta"}
        assert ready["data"]["cursor"] == ready["meta"]["cursor"]
        assert ready["data"]["expires_at"] == "2025-06-21T10:30:00.000Z"
        assert ready["meta"]["timestamp"] == "2025-06-21T10:00:00.000Z"


async def test_so_does_a_first_message(here: Replica, token: str) -> None:
    async with dialled(here) as client:
        await client.say(type="auth", token=token)

        assert (await client.hear("ready"))["data"]["cursor"]


async def test_a_ping_is_answered_also_before_the_sign_in(
    here: Replica, token: str
) -> None:
    async with dialled(here) as client:
        await client.say(type="ping")
        await client.hear("pong")
        await client.say(type="auth", token=token)
        await client.hear("ready")
        await client.say(type="ping")

        assert (await client.hear("pong"))["meta"]["cursor"]


async def test_who_does_not_say_who_they_are_is_closed_4408(here: Replica) -> None:
    async with dialled(here) as client:
        await client.say(type="ping")

        assert await client.code() == 4408


async def test_a_token_in_the_address_is_not_looked_at(
    here: Replica, token: str
) -> None:
    async with dialled(here, query=f"?token={token}&access_token={token}") as client:
        assert await client.code() == 4408


@pytest.fixture
async def bad_tokens(here: Replica, boss: User, clock: ManualClock) -> dict[str, str]:
    expired = (await open_session(here.services, boss)).access_token
    clock.advance(1_900)
    signed_in = await open_session(here.services, boss)
    return {
        "empty": " ",
        "changed": f"{signed_in.access_token[:-2]}__",
        "for refreshing": signed_in.refresh_token,
        "expired": expired,
        "of a machine": await make_api_key(here.services, boss),
    }


async def test_a_token_that_does_not_do_is_refused(
    here: Replica, bad_tokens: dict[str, str]
) -> None:
    codes: dict[str, set[int | None]] = {}
    for kind, token in bad_tokens.items():
        async with dialled(here, token) as by_header, dialled(here) as by_message:
            await by_message.say(type="auth", token=token)
            codes[kind] = {await by_header.code(), await by_message.code()}
            assert not by_header.heard + by_message.heard

    assert codes.pop("of a machine") == {4403}
    assert set().union(*codes.values()) == {4401}


async def test_a_token_that_is_no_text_at_all_is_refused(here: Replica) -> None:
    async with dialled(here) as client:
        await client.connection.send('{"type": "auth", "token": "\\ud800"}')

        assert await client.code() == 4401


async def test_nothing_is_answered_before_the_sign_in(here: Replica) -> None:
    async with dialled(here) as client:
        await client.say(type="resume", after="x")

        assert await client.code() == 4401


async def test_a_name_of_one_s_choice_or_one_s_own_id_is_let_in(
    here: Replica, boss: User, token: str
) -> None:
    for name in ("panel", "A-1_b", "x" * 64, boss.id):
        async with dialled(here, token, name=name) as client:
            await client.hear("ready")


async def test_other_names_are_refused(here: Replica, token: str) -> None:
    for name in ("*", "x" * 65, "a%20b", "a.b", "ä", "%00"):
        async with dialled(here, token, name=name) as client:
            assert await client.code() == 4403, name


async def test_another_user_s_id_is_refused(here: Replica, token: str) -> None:
    other = await make_user(here.services)
    async with dialled(here, token, name=other.id) as client:
        assert await client.code() == 4403
        assert not client.heard


async def test_what_is_no_such_path_gets_no_socket(here: Replica, token: str) -> None:
    statuses = [
        await refused(here, token, name=name) for name in ("../x", "", "x" * 10_000)
    ]

    assert statuses == [403, 403, 414]


BAD_MESSAGES = [
    *("", "[]", "5", "null", "true", '"x"', "{", "{}", "\ud7ff", "NaN"),
    '{"type": null}',
    '{"type": 5}',
    '{"type": ["ping"]}',
    '{"type": "subscribe"}',
    '{"type": "__proto__"}',
    '{"type": "ping", "type": "ping"}',
    '{"type": "auth"}',
    '{"type": "auth", "token": null}',
    '{"type": "auth", "token": {"$ne": ""}}',
    '{"type": "resume"}',
    '{"type": "resume", "after": 5}',
    '{"type": "resume", "after": ""}',
    '{"type": "resume", "after": "AAAA"}',
    "[" * 20_000,
    '{"a":' * 10_000,
    "9" * (DIGITS_MAX + 5_000),
]


async def test_what_is_no_message_is_closed_4400(here: Replica, token: str) -> None:
    for text in BAD_MESSAGES:
        async with listening(here, token) as client:
            await client.connection.send(text)

            assert await client.code() == 4400, text[:100]


async def test_a_cursor_that_is_none_is_closed_4400(here: Replica, token: str) -> None:
    other_list = here.services.cursors.sign("activity", "x")
    for cursor in ("x", other_list):
        async with dialled(here, token, query=f"?after={cursor}") as client:
            assert await client.code() == 4400
            assert "after" in (client.reason or "")


async def test_a_binary_frame_is_closed_1003(here: Replica, token: str) -> None:
    async with listening(here, token) as client:
        await client.connection.send(b'{"type": "ping"}')

        assert await client.code() == 1003


async def test_a_message_beyond_64_kib_is_closed_1009(
    here: Replica, token: str
) -> None:
    async with listening(here, token) as client:
        await client.connection.send("x" * 65_537)

        assert await client.code() == 1009


async def test_too_many_messages_are_closed_1008(here: Replica, token: str) -> None:
    ping = json.dumps({"type": "ping"})
    async with listening(here, token) as client:
        for _ in range(500):
            await client.connection.send(ping)
            await client.hear("pong")
        await client.connection.send(ping)

        assert await client.code() == 1008


async def test_a_page_of_another_origin_gets_no_socket(
    here: Replica, token: str
) -> None:
    for origin in (
        "https://evil.example",
        "null",
        f"{LISTED}.evil.example",
        f"{LISTED}:8443",
        LISTED.replace("https", "http"),
        "file://",
        "http://[",
    ):
        status = await refused(here, token, headers={"Origin": origin})
        assert status == 403, origin


async def test_our_own_pages_and_those_listed_are_let_in(
    here: Replica, token: str
) -> None:
    own = here.http
    for origin in (LISTED, own, own.replace("http", "https")):
        async with dialled(here, token, headers={"Origin": origin}) as client:
            await client.hear("ready")


async def test_nothing_is_compressed(here: Replica, token: str) -> None:
    offer: Any = {"Authorization": f"Bearer {token}"}
    async with connect(f"{here.ws}/ws/panel", additional_headers=offer) as connection:
        answer = connection.response
        assert answer
        assert "Sec-WebSocket-Extensions" not in answer.headers
