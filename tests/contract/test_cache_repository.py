import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from app.settings.settings import Settings
from persistence.cache import Cache
from persistence.redis_breaker import LONGEST_PAUSE_S
from persistence.redis_pool import open_redis
from tests.support.clock import ManualClock
from tests.support.relay import Relay, address_of


@pytest.fixture
async def relay(redis: Redis) -> AsyncIterator[Relay]:
    """A wire to Redis that the test can plug up."""
    async with Relay(address_of(redis)) as relay:
        yield relay


@pytest.fixture
async def wired(relay: Relay, clock: ManualClock) -> AsyncIterator[Cache]:
    # Long enough for a busy machine, short enough to be waited for.
    redis = open_redis(f"redis://127.0.0.1:{relay.port}", timeout_s=0.3)
    yield Cache(redis, clock)
    await redis.aclose()


async def test_what_is_set_is_there_until_it_is_deleted(cache: Cache) -> None:
    await cache.set("a", b"1", 60)
    await cache.set("b", b"\x00\xff", 60)

    assert await cache.get("a") == b"1"
    assert await cache.get_many(["b", "none", "a"]) == [b"\x00\xff", None, b"1"]
    assert await cache.get_many([]) == []
    await cache.delete("a", "b")
    await cache.delete()
    assert await cache.get_many(["a", "b"]) == [None, None]


async def test_a_value_lives_as_long_as_it_was_given(
    cache: Cache, redis: Redis
) -> None:
    await cache.set("a", b"1", 1_800)

    assert 1_799_000 < await redis.pttl("a") <= 1_800_000


async def test_a_word_is_the_same_for_all_until_it_is_renewed(cache: Cache) -> None:
    first = await cache.word("epoch", 60)

    assert first is not None
    assert await cache.word("epoch", 60) == first
    renewed = await cache.renew_word("epoch", 60)
    assert renewed != first
    assert await cache.word("epoch", 60) == renewed
    assert await cache.get("epoch") == renewed.encode()


async def test_counting_starts_at_one(cache: Cache) -> None:
    assert [await cache.incr("n"), await cache.incr("n")] == [1, 2]


async def everything_misses(cache: Cache) -> None:
    assert await cache.get("a") is None
    assert await cache.get_many(["a", "b"]) == [None, None]
    await cache.set("a", b"1", 60)
    await cache.delete("a")
    assert await cache.incr("n") is None
    assert await cache.word("w", 60) is None
    assert await cache.renew_word("w", 60)
    assert await cache.ping() is False
    async with cache.lock("l", 60) as held:
        assert held is False


async def test_without_redis_everything_misses_and_nothing_fails(
    clock: ManualClock, tmp_path: Path
) -> None:
    await everything_misses(Cache(None, clock))
    nobody_there = open_redis(f"unix://{tmp_path}/none.sock")

    await everything_misses(Cache(nobody_there, clock))

    await nobody_there.aclose()


async def test_a_redis_that_hangs_is_left_alone_after_two_waits(
    relay: Relay, wired: Cache
) -> None:
    await wired.set("a", b"1", 60)
    relay.silent = True

    await everything_misses(wired)

    assert wired.failures == 2
    assert wired.skipped > 5


async def test_a_redis_that_answers_again_is_asked_again(
    relay: Relay, wired: Cache, clock: ManualClock
) -> None:
    await wired.set("a", b"1", 60)
    relay.silent = True
    for _ in range(5):
        await wired.get("a")
        clock.advance(LONGEST_PAUSE_S)
    failures = wired.failures
    relay.silent = False

    assert await wired.get("a") == b"1"
    assert await wired.get("a") == b"1"
    assert wired.failures == failures


async def test_one_caller_finds_out_for_all_whether_redis_is_back(
    relay: Relay, wired: Cache, clock: ManualClock
) -> None:
    await wired.set("a", b"1", 60)
    relay.silent = True
    for _ in range(3):
        await wired.get("a")
    failures = wired.failures
    clock.advance(LONGEST_PAUSE_S)

    for _ in range(10):
        await wired.get("a")

    assert wired.failures == failures + 1


async def test_a_connection_lost_to_a_restart_is_no_failure(
    relay: Relay, wired: Cache
) -> None:
    await wired.set("a", b"1", 60)
    relay.cut_after, relay.cuts = b"MGET", 1

    assert await wired.get("a") == b"1"
    assert wired.failures == 0


async def test_a_burst_waits_for_a_connection_and_does_not_fail(
    settings: Settings, clock: ManualClock
) -> None:
    redis = open_redis(settings.redis_url or "", timeout_s=30, max_connections=2)
    cache = Cache(redis, clock)

    counts = await asyncio.gather(*(cache.incr("n") for _ in range(100)))

    assert sorted(count or 0 for count in counts) == list(range(1, 101))
    await redis.aclose()


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="Redis URL"):
        open_redis("http://localhost:6379")
