"""A repeated request is done once."""

import asyncio
import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IdempotencyConflict, InvalidInput, Unavailable
from domain.users import UserDraft
from kit.tokens import TokenSigner
from resolvers import idempotency
from resolvers.context import Context, Services
from resolvers.idempotency import alone, once
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, make_user

OLD_KEY = "the old key of these tests, long enough"
NEW_KEY = "the new key of these tests, long enough"


class Work:
    """Something to do once; says how often it was, and under which ids."""

    def __init__(self, pause_s: float = 0, fails: int = 0) -> None:
        self.ids: list[str] = []
        self.started = asyncio.Event()
        self._pause_s = pause_s
        self._fails = fails

    async def __call__(self, key_id: str) -> Any:
        self.ids.append(key_id)
        self.started.set()
        await asyncio.sleep(self._pause_s)
        if len(self.ids) <= self._fails:
            raise Unavailable
        return {"made": len(self.ids)}


@pytest.fixture
async def ctx(services: Services) -> Context:
    return acting(services, await make_user(services))


async def test_without_a_key_it_is_done_each_time(ctx: Context) -> None:
    work = Work()

    answers = [await once(ctx, "test", None, {}, work) for _ in range(2)]

    assert answers == [{"made": 1}, {"made": 2}]
    assert len(set(work.ids)) == 2


async def test_twenty_at_once_do_it_once_and_get_one_answer(ctx: Context) -> None:
    work = Work(pause_s=0.1)

    answers = await asyncio.gather(
        *(once(ctx, "test", "key", {"a": 1}, work) for _ in range(20))
    )

    assert answers == [{"made": 1}] * 20
    assert len(work.ids) == 1


async def test_a_repetition_gets_the_first_answer_for_a_day(
    ctx: Context, clock: ManualClock
) -> None:
    work = Work()
    await once(ctx, "test", "key", {}, work)

    clock.advance(86_399)
    assert await once(ctx, "test", "key", {}, work) == {"made": 1}
    clock.advance(1)
    assert await once(ctx, "test", "key", {}, work) == {"made": 2}


async def test_another_body_under_the_same_key_is_refused(ctx: Context) -> None:
    work = Work()
    await once(ctx, "test", "key", {"a": 1, "b": 2}, work)

    with pytest.raises(IdempotencyConflict):
        await once(ctx, "test", "key", {"a": 1, "b": 3}, work)
    assert await once(ctx, "test", "key", {"b": 2, "a": 1}, work) == {"made": 1}


async def test_a_key_is_ones_own_and_of_one_use(
    services: Services, ctx: Context
) -> None:
    other = acting(services, await make_user(services))
    work = Work()

    await once(ctx, "test", "key", {"a": 1}, work)
    await once(other, "test", "key", {"a": 2}, work)
    await once(ctx, "another", "key", {"a": 3}, work)

    assert len(set(work.ids)) == 3


async def test_a_failure_is_tried_again_under_the_same_id(ctx: Context) -> None:
    work = Work(fails=1)

    with pytest.raises(Unavailable):
        await once(ctx, "test", "key", {}, work)
    assert await once(ctx, "test", "key", {}, work) == {"made": 2}

    assert len(set(work.ids)) == 1


async def test_a_caller_that_goes_away_leaves_the_key_free(ctx: Context) -> None:
    work = Work(pause_s=30)
    task = asyncio.ensure_future(once(ctx, "test", "key", {}, work))
    await work.started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert await once(ctx, "test", "key", {}, Work()) == {"made": 1}


async def test_one_that_died_is_taken_over_after_thirty_seconds(
    ctx: Context, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(fails=1)
    abandon = ctx.repos.idempotency.abandon

    async def died(_: str, *, claim: str) -> None:
        return

    monkeypatch.setattr(ctx.repos.idempotency, "abandon", died)
    with pytest.raises(Unavailable):
        await once(ctx, "test", "key", {}, work)
    monkeypatch.setattr(ctx.repos.idempotency, "abandon", abandon)
    monkeypatch.setattr(idempotency, "_PAUSES_S", (0, 0))

    clock.advance(29.9)
    with pytest.raises(Unavailable):
        await once(ctx, "test", "key", {}, work)
    clock.advance(0.1)
    assert await once(ctx, "test", "key", {}, work) == {"made": 2}


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "a\n", "\x7f", "x" * 256])
async def test_a_key_is_visible_ascii(ctx: Context, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await once(ctx, "test", key, {}, Work())

    assert caught.value.problems[0].field == "idempotencyKey"


async def test_the_longest_key_will_do(ctx: Context) -> None:
    assert await once(ctx, "test", "~" * 255, {}, Work()) == {"made": 1}


async def test_a_key_outlives_the_rotation_of_secrets(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    before = replace(services, tokens=TokenSigner([OLD_KEY], clock))
    during = replace(services, tokens=TokenSigner([NEW_KEY, OLD_KEY], clock))
    await once(acting(before, user), "test", "key", {"a": 1}, Work())

    work = Work()
    assert await once(acting(during, user), "test", "key", {"a": 1}, work) == {
        "made": 1
    }
    with pytest.raises(IdempotencyConflict):
        await once(acting(during, user), "test", "key", {"a": 2}, work)
    assert work.ids == []


async def test_nothing_of_a_body_can_be_told_from_what_is_kept(
    ctx: Context, database_ops: DatabaseOps
) -> None:
    body = UserDraft("ana@example.com", "correct horse battery staple", "Ana")

    await once(ctx, "test", "key", body, Work())

    kept = repr([op.command for op in database_ops])
    assert "horse" not in kept
    digest = hashlib.sha256(idempotency._bytes_of(body)).hexdigest()
    assert digest not in kept


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_any_body_has_a_fingerprint(body: object) -> None:
    assert idempotency._bytes_of(body) == idempotency._bytes_of(body)


async def test_one_at_a_time_is_one_at_a_time(ctx: Context) -> None:
    inside = most = 0

    async def enter() -> None:
        nonlocal inside, most
        async with alone(ctx, "test"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(5)))

    assert (inside, most) == (0, 1)


async def test_who_fails_inside_leaves_the_place_free(ctx: Context) -> None:
    with pytest.raises(ValueError, match="inside"):
        async with alone(ctx, "test"):
            raise ValueError("inside")

    async with alone(ctx, "test"):
        pass
