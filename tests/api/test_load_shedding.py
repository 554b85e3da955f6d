"""A process that cannot keep up refuses what is new, and nothing else."""

import asyncio
import time

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from app.lifespan import Platform
from app.loop_lag import LOOK_S, LOOP_LAG, LoopLag
from app.settings.settings import Settings
from kit.clock import SystemClock
from tests.support.clients import only_code, post
from tests.support.clock import ManualClock
from tests.support.factories import make_user, open_session
from tests.support.live import until
from tests.support.live_sockets import listening
from tests.support.replicas import replica
from tests.support.rest import error_of


@pytest.fixture
def lag(clock: ManualClock) -> LoopLag:
    return LoopLag(clock, most_s=0.5, lasting_s=2)


def late(lag: LoopLag, clock: ManualClock, *lags_s: float) -> list[bool]:
    """Whether it was too much after each look."""
    found = []
    for lag_s in lags_s:
        clock.advance(LOOK_S + lag_s)
        lag.note(lag_s)
        found.append(lag.is_too_much)
    return found


def test_only_a_lag_that_lasts_is_too_much(lag: LoopLag, clock: ManualClock) -> None:
    assert late(lag, clock, 0.6, 0.6, 0.6) == [False, False, True]
    assert late(lag, clock, 0.4, 0.6) == [False, False]


def test_one_long_stop_is_not(lag: LoopLag, clock: ManualClock) -> None:
    assert late(lag, clock, 60.0, 0.0) == [False, False]


async def test_the_lag_is_measured() -> None:
    lag = LoopLag(SystemClock(), most_s=0.01, lasting_s=0)
    watching = asyncio.create_task(lag.watch())
    await asyncio.sleep(0)
    time.sleep(LOOK_S + 0.1)  # noqa: ASYNC251  the very thing it is to notice
    await until(lambda: lag.is_too_much)
    watching.cancel()

    assert LOOP_LAG.value() >= 0.05


async def test_what_is_new_is_refused_and_told_when_to_come_back(
    platform: Platform, http: httpx.AsyncClient, clock: ManualClock
) -> None:
    platform.lag = LoopLag(clock, most_s=0.5, lasting_s=2)
    late(platform.lag, clock, 1.0, 1.0, 1.0)

    answer = await http.get("/api/v1/users")
    error_of(answer, 503, "UNAVAILABLE")
    assert answer.headers["Retry-After"] == "2"
    refused = await post(http, {"query": "{ __typename }"})
    assert (refused.status_code, only_code(refused)) == (503, "UNAVAILABLE")
    for path in ("/health", "/health/ready", "/metrics"):
        assert (await http.get(path)).status_code == 200
    assert "dashboard_shed_total" in (await http.get("/metrics")).text

    late(platform.lag, clock, 0.0)
    assert (await http.get("/api/v1/users")).status_code == 401


async def test_open_sockets_go_on_while_new_ones_are_refused(
    settings: Settings, clock: ManualClock
) -> None:
    async with replica(settings, clock) as here:
        user = await make_user(here.services)
        token = (await open_session(here.services, user)).access_token
        async with listening(here, token) as client:
            here.platform.lag = LoopLag(clock, most_s=0.5, lasting_s=2)
            late(here.platform.lag, clock, 1.0, 1.0, 1.0)

            with pytest.raises(InvalidStatus) as refused:
                async with listening(here, token):
                    pass
            await client.say(type="ping")
            assert await client.hear("pong")
    assert refused.value.response.status_code == 503
