"""What a migration is."""

from dataclasses import dataclass
from typing import Protocol

from domain.chain import Sign
from kit.clock import Clock
from persistence.mongo import Mongo
from persistence.repositories import Repositories


@dataclass(frozen=True)
class Workplace:
    """What a step works on."""

    mongo: Mongo
    repos: Repositories
    clock: Clock
    sign: Sign


class StepFailed(Exception):
    """It cannot be done here; the text says why and what to do."""


class Step(Protocol):
    """Does its work in batches, each of which may be done again: where it stands
    follows from what is stored, not from what a process remembers.

    `id` sorts in the order of steps. `older_ok` says whether the version before this
    step can go on on the database, so that replicas can be replaced one by one.
    """

    id: str
    description: str
    older_ok: bool

    async def left(self, at: Workplace) -> str:
        """What is to be done, in a few words; changes nothing."""
        ...

    async def batch(self, at: Workplace) -> bool:
        """Do some of it, some seconds' worth; whether there is more.

        Raises:
            StepFailed: it can never be done as things are.
            Unavailable: go on later.
        """
        ...
