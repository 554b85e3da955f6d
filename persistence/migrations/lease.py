"""One process of all at a time, whether or not Redis is there."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from domain.errors import Unavailable
from kit.clock import Clock
from persistence.safe import Document, Duplicate
from persistence.system import LEASE, Notes, document_of, note_id

LEASE_MS = 60_000
_RENEW_S = 15


class Leased(Exception):
    """Another process is at it; the text says which."""


@asynccontextmanager
async def lease(notes: Notes, clock: Clock) -> AsyncIterator[None]:
    """Hold it for the block. Who died with it loses it after a minute; on the same
    machine, at once.

    Raises:
        Leased: somebody else has it.
    """
    token = secrets.token_hex(8)
    await _take(notes, clock.now_ms(), token)
    renewing = asyncio.create_task(_renew(notes, clock, token))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.wait([renewing])
        with suppress(Unavailable):
            where = {"s": {"$eq": "system"}, "b": {"$eq": LEASE}}
            await notes.data.delete_all({**where, "holder": {"$eq": token}})


async def _take(notes: Notes, now_ms: int, token: str) -> None:
    mine = {
        "holder": token,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "until_ms": now_ms + LEASE_MS,
    }
    with suppress(Duplicate):
        return await notes.data.insert(document_of(LEASE, mine))
    held = await notes.get(LEASE)
    if held is not None and (held["until_ms"] <= now_ms or _is_dead(held)):
        same = {"holder": {"$eq": held["holder"]}}
        if await notes.data.update(note_id(LEASE), {"$set": mine}, where=same):
            return None
    who = f"process {held['pid']} on {held['host']}" if held else "another process"
    raise Leased(f"{who} is migrating this database; try again when it has ended")


async def _renew(notes: Notes, clock: Clock, token: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_S)
        later = {"$set": {"until_ms": clock.now_ms() + LEASE_MS}}
        with suppress(Unavailable):
            await notes.data.update(
                note_id(LEASE), later, where={"holder": {"$eq": token}}
            )


def _is_dead(held: Document) -> bool:
    if held["host"] != socket.gethostname():
        return False
    try:
        os.kill(held["pid"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
