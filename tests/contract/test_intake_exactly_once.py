"""Calls that may be repeated count once, wherever the process dies in them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import IdempotencyConflict
from domain.limits import Limits
from domain.metric_rules import Sample
from domain.metrics import Grain, MetricKind
from domain.rollups import merged
from kit.clock import Clock
from kit.ids import random_id
from kit.times import DAY_MS, MINUTE_MS, parse_rfc3339
from persistence.intake import IntakeRepository
from persistence.journals import Call
from persistence.mongo import Mongo
from persistence.repositories import Repositories, make_repositories
from persistence.rollups import Budget, RollupRepository
from persistence.safe import SafeCollection
from resolvers.recording import INTERRUPTED_MS, record_once, recover
from tests.support.crashes import Crash, CrashingCollection, Moment

NOW = parse_rfc3339("2025-06-21T10:17:23Z")
DAY = (NOW - NOW % DAY_MS, NOW - NOW % DAY_MS + DAY_MS)
LATER = NOW + 2 * INTERRUPTED_MS
ANSWER = {"accepted": 1, "rejected": []}


@pytest.fixture
def repos(mongo: Mongo, clock: Clock) -> Repositories:
    return make_repositories(mongo, clock, Limits())


def dying(
    repos: Repositories, data: SafeCollection, at: int, moment: Moment
) -> Repositories:
    """The same in a process that dies at its operation number `at`."""
    crashing = CrashingCollection(data, at, moment).as_collection()
    return replace(
        repos,
        rollups=RollupRepository(crashing, Limits()),
        intake=IntakeRepository(crashing, Limits()),
    )


def sample(name: str, value: int, event_id: str | None = None) -> Sample:
    return Sample(
        name,
        value * 1_000_000,
        NOW - value % 3 * MINUTE_MS,
        MetricKind.COUNTER,
        tags=(("shop", str(value % 2)),),
        event_id=event_id,
    )


async def total(repos: Repositories, name: str) -> int:
    """The sum of the day, after seeing that all grains and both forms agree."""
    found = set()
    for grain in Grain:
        for by_tags in (True, False):
            buckets = await repos.rollups.read(
                name, grain, DAY, by_tags=by_tags, budget=Budget(10_000)
            )
            series = [merged(one.values()) for one in buckets.values()]
            found.add(merged(series).total // 1_000_000)
    (only,) = found
    return only


async def test_a_call_repeated_counts_once_and_answers_the_same(
    repos: Repositories,
) -> None:
    call = Call([sample("shop.orders", 5)], ANSWER, "body")

    first = await record_once(repos, "key", call, NOW)
    again = await record_once(repos, "key", replace(call, result="other"), NOW + 1)

    assert first == again == ANSWER
    assert await total(repos, "shop.orders") == 5


async def test_the_key_with_another_body_is_a_conflict(repos: Repositories) -> None:
    await record_once(repos, "key", Call([], ANSWER, "body"), NOW)

    with pytest.raises(IdempotencyConflict):
        await record_once(repos, "key", Call([], ANSWER, "another"), NOW)


async def test_a_forgotten_key_is_good_for_a_new_call(repos: Repositories) -> None:
    tomorrow = NOW + 1000 * Limits.idempotency_ttl_s
    await record_once(repos, "key", Call([sample("shop.orders", 5)], 1, "x"), NOW)

    await record_once(repos, "key", Call([sample("shop.orders", 6)], 2, "y"), tomorrow)

    assert await total(repos, "shop.orders") == 11


async def test_an_event_counts_once_whichever_call_brings_it(
    repos: Repositories,
) -> None:
    one, two, three = (sample("shop.orders", n, f"event-{n}") for n in (1, 2, 4))
    elsewhere = sample("shop.visits", 8, "event-1")

    await record_once(repos, None, Call([one, two], 0), NOW)
    await record_once(repos, "key", Call([two, three, elsewhere], 0), NOW)

    assert await total(repos, "shop.orders") == 7
    assert await total(repos, "shop.visits") == 8


async def test_20_calls_with_the_same_events_at_once_count_them_once(
    repos: Repositories,
) -> None:
    samples = [sample("shop.orders", n, f"event-{n}") for n in range(10)]

    await asyncio.gather(
        *(record_once(repos, None, Call(samples, 0), NOW) for _ in range(20))
    )

    assert await total(repos, "shop.orders") == sum(range(10))


async def test_a_call_that_meets_an_interrupted_one_finishes_it_first(
    repos: Repositories, mongo: Mongo
) -> None:
    """Its answer says that the event is safely counted, so it has to be."""
    shared, alone = (sample("shop.orders", n, f"event-{n}") for n in (1, 2))
    data = mongo.collection("dashboard_data")
    with suppress(Crash):
        victim = dying(repos, data, 2, Moment.AFTER)  # journaled and claimed
        await record_once(victim, None, Call([shared, alone], 0), NOW)
    assert await total(repos, "shop.orders") == 0

    await record_once(repos, None, Call([shared], 0), NOW)

    assert await total(repos, "shop.orders") == 3


async def test_recovery_leaves_young_calls_to_their_makers(
    repos: Repositories, mongo: Mongo
) -> None:
    data = mongo.collection("dashboard_data")
    with suppress(Crash):
        victim = dying(repos, data, 0, Moment.AFTER)  # journaled
        await record_once(victim, "key", Call([sample("shop.orders", 5)], 0), NOW)

    assert await recover(repos, NOW + INTERRUPTED_MS) == 0
    assert await recover(repos, NOW + INTERRUPTED_MS + 1) == 1
    assert await recover(repos, NOW + INTERRUPTED_MS + 1) == 0
    assert await total(repos, "shop.orders") == 5


@dataclass(frozen=True)
class Attempt:
    """A call (by its number) in a process that dies at operation `at`."""

    call: int
    at: int
    moment: Moment


attempts = st.builds(
    Attempt, st.integers(0, 2), st.integers(0, 6), st.sampled_from(Moment)
)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    # Three calls: values of plain points, and numbers of shared events.
    st.lists(
        st.tuples(st.lists(st.integers(1, 9), max_size=3), st.sets(st.integers(0, 4))),
        min_size=3,
        max_size=3,
    ),
    st.lists(attempts, max_size=6),
    st.booleans(),
)
async def test_whatever_dies_and_is_tried_again_counts_once_in_the_end(
    repos: Repositories,
    mongo: Mongo,
    calls: Sequence[tuple[list[int], set[int]]],
    crashes: Sequence[Attempt],
    callers_come_back: bool,  # noqa: FBT001  drawn
) -> None:
    name = f"crash.{random_id('m')}"
    data = mongo.collection("dashboard_data")
    made = [
        Call(
            [
                *(sample(name, value) for value in plain),
                *(sample(name, 10 + event, f"{event}") for event in events),
            ],
            number,
        )
        for number, (plain, events) in enumerate(calls)
    ]
    counted = sum(10 + event for event in set.union(*(events for _, events in calls)))
    expected = counted + sum(sum(plain) for plain, _ in calls)

    for one in crashes:
        victim = dying(repos, data, one.at, one.moment)
        with suppress(Crash):
            await record_once(victim, f"{name}{one.call}", made[one.call], NOW)
        await check_no_more_than(repos, name, expected)
    tried = {one.call for one in crashes}
    for number, call in enumerate(made):
        if callers_come_back or number not in tried:
            assert await record_once(repos, f"{name}{number}", call, NOW) == number
    while await recover(repos, LATER):
        pass
    # Those who died before their journal was written did not count: they come back.
    for number, call in enumerate(made):
        assert await record_once(repos, f"{name}{number}", call, LATER) == number

    assert await total(repos, name) == expected


async def check_no_more_than(repos: Repositories, name: str, most: int) -> None:
    for grain in Grain:
        buckets = await repos.rollups.read(
            name, grain, DAY, by_tags=False, budget=Budget(10_000)
        )
        series = [merged(one.values()) for one in buckets.values()]
        assert merged(series).total <= most * 1_000_000
