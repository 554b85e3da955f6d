"""Running migrations: in order, by one process at a time, on from where it was left."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from persistence.migrations.indexes import MakeIndexes
from persistence.migrations.lease import lease
from persistence.migrations.old_entries import LinkOldEntries
from persistence.migrations.step import Step, Workplace
from persistence.safe import Document
from persistence.system import MIGRATION, Notes, document_of

STEPS: tuple[Step, ...] = (MakeIndexes(), LinkOldEntries())


@dataclass(frozen=True)
class Standing:
    """Which steps a database has gone through. `unknown` ones are those of a newer
    version; `barred` those of them after which this version must not go on.
    """

    done: Sequence[str]
    pending: Sequence[Step]
    unknown: Sequence[str]
    barred: Sequence[str]


def standing(notes: dict[str, Document], steps: Sequence[Step] = STEPS) -> Standing:
    """`notes` are all of `persistence.system`."""
    found = {
        name.removeprefix(MIGRATION): note
        for name, note in notes.items()
        if name.startswith(MIGRATION)
    }
    done = sorted(name for name, note in found.items() if note["done_ms"])
    known = {step.id for step in steps}
    unknown = sorted(found.keys() - known)
    return Standing(
        done=[name for name in done if name in known],
        pending=[step for step in steps if step.id not in done],
        unknown=unknown,
        barred=[name for name in unknown if not found[name]["older_ok"]],
    )


async def note_all_done(
    notes: Notes, now_ms: int, steps: Sequence[Step] = STEPS
) -> None:
    """For a database that was empty: it begins as these steps would leave it."""
    rows = [document_of(*_begun(step, now_ms, done_ms=now_ms)) for step in steps]
    await notes.data.insert_new(rows)


async def migrate(
    at: Workplace, notes: Notes, steps: Sequence[Step] = STEPS
) -> AsyncGenerator[tuple[Step, int, bool], None]:
    """Do what is pending; after each batch the step, its batches and whether it is
    done. Stopped anywhere, the next call goes on.

    Raises:
        Leased: another process is at it.
        StepFailed, Unavailable: a step could not be done; those before it are.
    """
    async with lease(notes, at.clock):
        for step in standing(await notes.all(), steps).pending:
            name, begun = _begun(step, at.clock.now_ms())
            # Noted before anything is changed: an older version is to know of it.
            await notes.data.insert_new([document_of(name, begun)])
            more, batches = True, 0
            while more:
                more = await step.batch(at)
                batches += 1
                if not more:
                    await notes.put(name, {"done_ms": at.clock.now_ms()})
                yield step, batches, not more


def _begun(step: Step, now_ms: int, done_ms: int = 0) -> tuple[str, Document]:
    fields = {"begun_ms": now_ms, "done_ms": done_ms, "older_ok": int(step.older_ok)}
    return f"{MIGRATION}{step.id}", fields
