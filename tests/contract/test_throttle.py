"""Buckets count the same in Redis as in a process that has lost it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from app.settings.settings import Settings
from domain.rates import Rate
from persistence.cache import Cache
from persistence.keys import LIMIT
from persistence.redis_pool import open_redis
from persistence.throttle import BUCKETS_MAX, Bucket, Throttle
from tests.support.clock import ManualClock

FIVE = Rate("five", 5, 900)
TWENTY = Rate("twenty", 20, 900)


def bucket(caller: str = "ana", rate: Rate = FIVE) -> Bucket:
    return Bucket(rate, LIMIT.key(name=rate.name, caller=caller))


@pytest.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    # On a busy machine an answer may be late: the process would count for itself.
    redis = open_redis(settings.redis_url or "", timeout_s=30)
    yield redis
    await redis.aclose()


@pytest.fixture(params=["redis", "process"])
def throttle(
    request: pytest.FixtureRequest, cache: Cache, clock: ManualClock
) -> Throttle:
    used = cache if request.param == "redis" else Cache(None, clock)
    return Throttle(used, clock)


async def drain(throttle: Throttle, *buckets: Bucket) -> int:
    """Takes until there is none left; how many there were."""
    taken = 0
    while (await throttle.take(*buckets)).given:
        taken += 1
    return taken


async def test_a_bucket_gives_what_it_holds_and_then_says_how_long_to_wait(
    throttle: Throttle,
) -> None:
    left = []
    for _ in range(5):
        (level,) = (await throttle.take(bucket())).levels
        left.append(level.left)
    refused = await throttle.take(bucket())

    assert left == [4, 3, 2, 1, 0]
    assert not refused.given
    assert refused.levels[0].wait_s == 180
    assert refused.levels[0].full_in_s == 900


async def test_what_was_taken_comes_back_evenly(
    throttle: Throttle, clock: ManualClock
) -> None:
    await drain(throttle, bucket())

    clock.advance(179)
    early = await throttle.take(bucket())
    clock.advance(1)
    assert not early.given
    assert await drain(throttle, bucket()) == 1
    clock.advance(10_000)
    assert await drain(throttle, bucket()) == 5


async def test_refusing_costs_nothing(throttle: Throttle, clock: ManualClock) -> None:
    await drain(throttle, bucket())

    for _ in range(50):
        await throttle.take(bucket())

    clock.advance(180)
    assert (await throttle.take(bucket())).given


async def test_looking_takes_nothing(throttle: Throttle) -> None:
    looks = [await throttle.look(bucket()) for _ in range(9)]

    assert all(one.given for one in looks)
    assert await drain(throttle, bucket()) == 5
    assert not (await throttle.look(bucket())).given


async def test_what_is_given_back_can_be_taken_again_and_no_more_than_that(
    throttle: Throttle,
) -> None:
    await throttle.take(bucket())
    for _ in range(3):
        await throttle.give_back(bucket())

    assert await drain(throttle, bucket()) == 5


async def test_of_several_buckets_all_give_or_none_does(throttle: Throttle) -> None:
    here, there = bucket("here"), bucket("there", TWENTY)
    await drain(throttle, here)

    answer = await throttle.take(here, there)

    assert not answer.given
    assert [level.wait_s for level in answer.levels] == [180, 0]
    assert await drain(throttle, there) == 20


async def test_callers_do_not_share_a_bucket(throttle: Throttle) -> None:
    await drain(throttle, bucket("ana"))

    assert (await throttle.take(bucket("ben"))).given


async def test_however_many_come_at_once_no_more_get_one(throttle: Throttle) -> None:
    answers = await asyncio.gather(*(throttle.take(bucket()) for _ in range(40)))

    assert sum(answer.given for answer in answers) == 5


async def test_a_clock_that_jumps_back_gives_nothing_and_takes_nothing(
    throttle: Throttle, clock: ManualClock
) -> None:
    await throttle.take(bucket())
    clock.advance(-30)

    assert await drain(throttle, bucket()) == 3
    clock.advance(30 + 180)
    assert await drain(throttle, bucket()) == 1 + 1


async def test_a_count_that_does_not_divide_the_window_is_kept_to(
    throttle: Throttle,
) -> None:
    assert await drain(throttle, bucket(rate=Rate("seven", 7, 60))) == 7


async def test_two_processes_share_what_is_in_redis(
    cache: Cache, clock: ManualClock
) -> None:
    await drain(Throttle(cache, clock), bucket())

    assert not (await Throttle(cache, clock).take(bucket())).given


async def test_a_bucket_in_redis_is_gone_once_it_is_full(
    cache: Cache, clock: ManualClock
) -> None:
    throttle = Throttle(cache, clock)
    await throttle.take(bucket())
    kept = await cache.get(bucket().key)
    await throttle.give_back(bucket())

    assert kept is not None
    assert int(kept) == clock.now_ms() + 180_000
    assert await cache.get(bucket().key) is None


async def test_a_process_keeps_a_bounded_number_of_buckets(clock: ManualClock) -> None:
    throttle = Throttle(Cache(None, clock), clock)
    for number in range(BUCKETS_MAX + 10):
        await throttle.take(bucket(str(number)))

    assert len(throttle._full_at_ms) == BUCKETS_MAX
