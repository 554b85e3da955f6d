"""Operations as server-sent events: one request each, resumed by the last id."""

import json

import pytest

from app.http import event_stream
from app.settings.settings import Settings
from domain.users import User
from resolvers import auth
from tests.support.clock import ManualClock
from tests.support.event_streams import Stream, streaming
from tests.support.factories import bearing
from tests.support.replicas import Replica, all_left, replica

ACTIVITY = """subscription ($after: String) { activityAdded(after: $after) {
  ... on ActivityAdded { cursor activity { action } }
} }"""
STATS = "subscription { dashboardUpdated(minIntervalMs: 100) { version } }"


async def actions(stream: Stream, count: int) -> list[str]:
    return [(await stream.data())["activity"]["action"] for _ in range(count)]


async def test_a_subscription_is_a_stream_of_next_events(
    here: Replica, token: str
) -> None:
    for method in ("GET", "POST"):
        async with streaming(here, token, STATS, method=method) as stream:
            kind = stream.response.headers["content-type"]
            assert kind == "text/event-stream; charset=utf-8"
            assert stream.response.headers["cache-control"] == "no-store"
            assert (await stream.data())["version"]
            assert stream.comments


async def test_the_last_id_resumes_without_loss_and_overrides_after(
    here: Replica, boss: User, token: str
) -> None:
    async with streaming(here, token, ACTIVITY) as stream:
        await here.did(boss, "shop.one", "shop.two")
        first = await stream.data()
        assert stream.id == first["cursor"]
    await here.did(boss, "shop.three")

    async with streaming(
        here, token, ACTIVITY, last_id=stream.id, after="nonsense"
    ) as stream:
        assert await actions(stream, 2) == ["shop.two", "shop.three"]


async def test_there_is_a_place_to_come_back_to_before_the_first_event(
    here: Replica, boss: User, token: str
) -> None:
    query = "subscription ($no: String) { activityAdded(after: $no) { __typename } }"
    async with streaming(here, token, query) as stream:
        lines = stream.response.aiter_lines()
        while not (line := await anext(lines)).startswith("id: "):
            pass
    await here.did(boss, "shop.one")

    place = line.removeprefix("id: ")
    async with streaming(here, token, ACTIVITY, last_id=place) as stream:
        assert await actions(stream, 1) == ["shop.one"]


async def test_it_ends_by_itself_before_a_gateway_would_cut_it(
    here: Replica, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "ROTATE_S", 0.2)
    async with streaming(here, token, ACTIVITY) as stream:
        # Not complete: the client is to come back, with the last id.
        assert await stream.ended() == []


async def test_errors_of_the_operation_are_events_as_the_protocol_wants_it(
    here: Replica, token: str
) -> None:
    for query in ("subscription {", "subscription { nope }", "{ user { id } }"):
        async with streaming(here, token, query) as stream:
            told, end = await stream.ended()

        assert stream.response.status_code == 200
        (error, *_) = json.loads(told["data"])["errors"]
        assert error["extensions"]["code"] == "VALIDATION_ERROR"
        assert end == {"event": "complete", "data": ""}


async def test_queries_and_mutations_are_one_event_each(
    here: Replica, token: str
) -> None:
    change = 'mutation { createApiKey(name: "x") { apiKey { name } } }'
    for query in ("{ me { id } }", change):
        async with streaming(here, token, query) as stream:
            told, end = await stream.ended()
        assert "errors" not in json.loads(told["data"])
        assert end["event"] == "complete"
    async with streaming(here, token, change, method="GET") as stream:
        assert stream.response.status_code == 405


async def test_who_is_not_signed_in_gets_no_stream(here: Replica) -> None:
    for token in (None, "nonsense"):
        async with streaming(here, token, STATS) as stream:
            assert stream.response.status_code == 401
            assert stream.response.headers["www-authenticate"] == "Bearer"


async def test_it_ends_with_the_session_on_any_replica(
    here: Replica, token: str, settings: Settings, clock: ManualClock
) -> None:
    async with replica(settings, clock) as there:
        async with streaming(here, token, STATS) as stream:
            await stream.data()
            await auth.logout(await bearing(there.services, token))

            assert await stream.ended() == []
        async with streaming(here, token, STATS) as stream:
            assert stream.response.status_code == 401


async def test_it_ends_with_its_token(
    here: Replica, token: str, clock: ManualClock
) -> None:
    async with streaming(here, token, STATS) as stream:
        await stream.data()
        clock.advance(1_801)
        assert await stream.ended() == []


async def test_who_hangs_up_is_forgotten(here: Replica, token: str) -> None:
    async with streaming(here, token, STATS) as stream:
        await stream.data()

    await all_left(here.sockets)
