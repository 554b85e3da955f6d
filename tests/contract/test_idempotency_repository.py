import asyncio

import pytest

from domain.errors import IdempotencyConflict
from persistence.idempotency import LEASE_MS, Begin, IdempotencyRepository

NOW = 1_750_500_000_000
RUN, DONE, RUNNING = Begin.RUN, Begin.DONE, Begin.RUNNING


async def test_of_20_who_begin_at_once_one_is_told_to_run(
    idempotency: IdempotencyRepository,
) -> None:
    begun = await asyncio.gather(
        *(idempotency.begin("key", "body", NOW, 60) for _ in range(20))
    )

    assert [one.state for one in begun].count(RUN) == 1
    assert [one.state for one in begun].count(RUNNING) == 19


async def test_the_second_who_comes_gets_the_first_ones_result(
    idempotency: IdempotencyRepository,
) -> None:
    await idempotency.begin("key", "body", NOW, 60)
    await idempotency.finish("key", {"ids": ["a"], "n": None, "date": "2025-01-01"})

    again = await idempotency.begin("key", "body", NOW + 1, 60)

    assert again.state is DONE
    assert again.result == {"ids": ["a"], "n": None, "date": "2025-01-01"}


async def test_a_result_of_null_is_a_result(idempotency: IdempotencyRepository) -> None:
    await idempotency.begin("key", "body", NOW, 60)
    await idempotency.finish("key", None)

    again = await idempotency.begin("key", "body", NOW, 60)

    assert (again.state, again.result) == (DONE, None)


async def test_another_body_under_the_same_key_is_refused(
    idempotency: IdempotencyRepository,
) -> None:
    await idempotency.begin("key", "body", NOW, 60)

    with pytest.raises(IdempotencyConflict):
        await idempotency.begin("key", "other", NOW, 60)
    await idempotency.finish("key", 1)
    with pytest.raises(IdempotencyConflict):
        await idempotency.begin("key", "other", NOW, 60)


async def test_what_was_abandoned_may_be_run_again(
    idempotency: IdempotencyRepository,
) -> None:
    begun = await idempotency.begin("key", "body", NOW, 60)
    await idempotency.abandon("key", claim=begun.claim)

    assert (await idempotency.begin("key", "body", NOW, 60)).state is RUN


async def test_a_claim_that_was_lost_gives_nothing_back(
    idempotency: IdempotencyRepository,
) -> None:
    slow = await idempotency.begin("key", "body", NOW, 60)
    quick = await idempotency.begin("key", "body", NOW + LEASE_MS, 60)

    await idempotency.abandon("key", claim=slow.claim)

    third = await idempotency.begin("key", "body", NOW + LEASE_MS, 60)
    assert (quick.state, third.state) == (RUN, RUNNING)


async def test_a_runner_that_died_loses_the_key_to_one_of_all(
    idempotency: IdempotencyRepository,
) -> None:
    await idempotency.begin("key", "body", NOW, 60)
    early = await idempotency.begin("key", "body", NOW + LEASE_MS - 1, 60)

    late = await asyncio.gather(
        *(idempotency.begin("key", "body", NOW + LEASE_MS, 60) for _ in range(20))
    )

    assert early.state is RUNNING
    assert [one.state for one in late].count(RUN) == 1


async def test_a_key_is_forgotten_when_its_time_is_over(
    idempotency: IdempotencyRepository,
) -> None:
    await idempotency.begin("key", "body", NOW, 60)
    await idempotency.finish("key", 1)

    assert (await idempotency.begin("key", "new", NOW + 60_000, 60)).state is RUN
    assert await idempotency.sweep(NOW + 119_999) == 0
    assert await idempotency.sweep(NOW + 120_001) == 1
