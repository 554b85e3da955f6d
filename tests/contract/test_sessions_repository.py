import asyncio

from persistence.api_keys import ApiKeyRepository
from persistence.reading import READ_MS
from persistence.sessions import SessionRepository
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.records import api_key, session_of


async def test_a_session_comes_back_as_it_was_stored(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    session = session_of("u_ana", clock.now_ms())

    await sessions.insert(session)

    assert await sessions.get(session.id) == session
    assert await sessions.by_ids([session.id, "s_none"]) == {session.id: session}


async def test_a_users_live_sessions_are_listed_newest_first(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    now_ms = clock.now_ms()
    old, new = session_of("u_ana", now_ms - 5), session_of("u_ana", now_ms)
    over = session_of("u_ana", now_ms - 9, expires_ms=now_ms)
    for one in (old, new, over, session_of("u_bo", now_ms)):
        await sessions.insert(one)
    revoked = session_of("u_ana", now_ms, revoked=True)
    await sessions.insert(revoked)

    assert await sessions.of_user("u_ana") == [new, old]


async def test_the_server_is_told_when_to_give_a_rotation_up(
    sessions: SessionRepository, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    now_ms = clock.now_ms()
    await sessions.rotate("s_none", "first", "n", now_ms, now_ms + 9)

    (op,) = database_ops.writes
    assert (op.name, op.command["maxTimeMS"]) == ("findAndModify", READ_MS)


async def test_of_20_rotations_of_one_token_one_wins(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    session = session_of("u_ana", clock.now_ms())
    await sessions.insert(session)
    expires_ms = session.expires_ms + 1

    results = await asyncio.gather(
        *(
            sessions.rotate(session.id, "first", f"n{i}", clock.now_ms(), expires_ms)
            for i in range(20)
        )
    )

    winners = [result for result in results if result is not None]
    assert len(winners) == 1
    assert winners[0].spent_hash == "first"
    assert winners[0].expires_ms == expires_ms
    assert await sessions.get(session.id) == winners[0]


async def test_neither_a_revoked_nor_an_expired_session_rotates(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    now_ms = clock.now_ms()
    revoked = session_of("u_ana", now_ms, revoked=True)
    expired = session_of("u_ana", now_ms, expires_ms=now_ms)
    for one in (revoked, expired):
        await sessions.insert(one)

        assert await sessions.rotate(one.id, "first", "n", now_ms, now_ms + 9) is None
    assert await sessions.rotate("s_none", "first", "n", now_ms, now_ms + 9) is None


async def test_revoking_tells_whether_the_session_was_live(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    session = session_of("u_ana", clock.now_ms())
    await sessions.insert(session)

    assert await sessions.revoke(session.id)
    assert not await sessions.revoke(session.id)
    assert not await sessions.revoke("é")
    stored = await sessions.get(session.id)
    assert stored is not None
    assert stored.revoked


async def test_all_sessions_of_a_user_but_one_end_at_once(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    mine = [session_of("u_ana", clock.now_ms() + i) for i in range(3)]
    other = session_of("u_bo", clock.now_ms())
    for one in [*mine, other]:
        await sessions.insert(one)

    ended = await sessions.revoke_all("u_ana", except_id=mine[1].id)

    assert sorted(ended) == sorted([mine[0].id, mine[2].id])
    assert await sessions.of_user("u_ana") == [mine[1]]
    assert await sessions.of_user("u_bo") == [other]
    assert await sessions.revoke_all("u_ana") == [mine[1].id]


async def test_last_use_never_moves_back(
    sessions: SessionRepository, clock: ManualClock
) -> None:
    session = session_of("u_ana", clock.now_ms())
    await sessions.insert(session)

    await sessions.touch(session.id, clock.now_ms() + 9)
    await sessions.touch(session.id, clock.now_ms() + 4)

    stored = await sessions.get(session.id)
    assert stored is not None
    assert stored.seen_ms == clock.now_ms() + 9


async def test_the_sweep_takes_what_is_over_and_nothing_else(
    sessions: SessionRepository, api_keys: ApiKeyRepository, clock: ManualClock
) -> None:
    now_ms = clock.now_ms()
    over, live = session_of("u_a", 1, expires_ms=now_ms - 1), session_of("u_a", now_ms)
    await sessions.insert(over)
    await sessions.insert(live)
    await api_keys.insert(api_key(1), "hash")

    assert await sessions.sweep(now_ms) == 1

    assert await sessions.get(over.id) is None
    assert await sessions.get(live.id) == live
    assert len(await api_keys.list()) == 1
