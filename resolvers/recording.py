"""Counting points: live ones at once, those that may be repeated exactly once.

A call that may be repeated goes through four steps, each of which may be done
again, by anybody, without changing what it did: its points are journaled; its event
ids are claimed; the rollups of the points it owns are inserted, under ids derived
from the call; the journal is closed. Whoever finds a call interrupted (its caller
trying again, another call that meets one of its events, `recover`) goes on from the
journal. So a call counts once or, before its journal is written, not at all.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.errors import Unavailable
from domain.events import MetricsChanged
from domain.metric_rules import Sample
from domain.rollups import roll_up
from persistence.journals import Call, Journal
from persistence.repositories import Repositories
from persistence.rollup_documents import KEYED
from realtime.bus import Bus

# Longer than a call takes: what is still open then was interrupted.
INTERRUPTED_MS = 5_000
_PER_ROUND = 50


async def record_live(
    repos: Repositories, samples: Sequence[Sample], now_ms: int
) -> None:
    """Count the samples in. Not to be repeated: after `Unavailable` some may be in."""
    await repos.rollups.add(roll_up(samples), now_ms)


async def record_once(
    repos: Repositories, key_id: str | None, call: Call, now_ms: int
) -> Any:
    """Count the call's samples unless that was done: its result, then or now.

    Samples with an event id that any call has recorded are left out: they are safely
    counted when this returns.

    Raises:
        ValueError: the samples hold more text than can be journaled.
        IdempotencyConflict: a call with this key had another body.
        Unavailable: part of it may be left to do; the same call again, or
            `recover`, does it.
    """
    journal = await repos.intake.open(key_id, call, now_ms)
    await _carry_on(repos, [journal], now_ms)
    if repos.intake.is_forgotten(journal, now_ms):
        raise Unavailable  # an ancient call, finished only now, not this one
    return journal.result


async def tell(bus: Bus, names: Iterable[str], now_ms: int) -> None:
    """Let everybody know under which names points were counted."""
    if changed := tuple(sorted(set(names))):
        await bus.publish(MetricsChanged(names=changed, at_ms=now_ms))


async def recover(repos: Repositories, now_ms: int) -> int:
    """Bring interrupted calls to their end; how many there were, 50 at most."""
    before_ms = now_ms - INTERRUPTED_MS
    found = await repos.intake.unfinished(before_ms, limit=_PER_ROUND)
    await _carry_on(repos, found, now_ms)
    return len(found)


async def _carry_on(
    repos: Repositories, journals: Sequence[Journal], now_ms: int
) -> None:
    """Finish the calls, and the unfinished ones they share events with.

    Those need not look at the calls they share events with in turn: what is theirs
    alone is all that ours waits for.
    """
    others: set[str] = set()
    for journal in journals:
        if not journal.done:
            others |= await _finish(repos, journal, now_ms)
    for journal in await repos.intake.open_among(others) if others else ():
        await _finish(repos, journal, now_ms)


async def _finish(repos: Repositories, journal: Journal, now_ms: int) -> frozenset[str]:
    events = {(one.name, one.event_id) for one in journal.samples if one.event_id}
    claims = await repos.intake.claim(journal, events, now_ms)
    own = [
        sample
        for sample in journal.samples
        if sample.event_id is None or (sample.name, sample.event_id) in claims.own
    ]
    await repos.rollups.insert(roll_up(own), KEYED + journal.batch, now_ms)
    await repos.intake.finish(journal, now_ms)
    return claims.other_journals
