"""The only place that squares the rows of a database with the keys asked for."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from aiodataloader import DataLoader

from kit.tracing import span

K = TypeVar("K")
V = TypeVar("V")
BATCH_MAX = 500  # ids in one `$in` of the safe subset


def by_key(
    fetch: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]],
    name: str = "values",
) -> DataLoader[K, V | None]:
    """A loader over `fetch`, whose answer may leave keys out: those are None.

    aiodataloader wants one value per key, in order; a database gives the rows it
    has, in its own. Keys asked for in one turn of the event loop become one call
    of `fetch`, with at most 500 of them; the first to ask has it in its trace, under
    `name`.
    """

    async def batch(keys: list[K]) -> list[V | None]:
        with span(f"loader {name}", {"dashboard.keys": len(keys)}):
            found = await fetch(keys)
        return [found.get(key) for key in keys]

    return DataLoader(batch, max_batch_size=BATCH_MAX)
