"""What a MongoDB server is, and which indexes it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from kit.times import to_ms
from persistence.indexes import INDEXES, Index
from persistence.mongo import Mongo


@dataclass(frozen=True)
class Server:
    """`local_ms` is its clock; None where it does not tell."""

    version: str
    process: str
    local_ms: int | None
    replica_set: str | None


@dataclass(frozen=True)
class Differences:
    """Names such as `users(st, csk)`."""

    missing: Sequence[str]
    extra: Sequence[str]


async def server(mongo: Mongo) -> Server:
    """Raises `Unavailable` when it does not answer."""
    build, hello = await mongo.ask("buildInfo"), await mongo.ask("hello")
    return Server(
        version=str(build.get("version", "")),
        process=str(build.get("process", "")),
        local_ms=_ms(hello.get("localTime")),
        replica_set=hello.get("setName"),
    )


async def index_differences(mongo: Mongo) -> Differences:
    """Against `persistence.indexes`."""
    missing: list[str] = []
    extra: list[str] = []
    for collection, wanted in INDEXES.items():
        there = await mongo.indexes(collection)
        missing += [_name(collection, one) for one in wanted if one not in there]
        extra += [_name(collection, one) for one in there if one not in wanted]
    return Differences(missing, extra)


def _name(collection: str, index: Index) -> str:
    unique = "unique " if index.unique else ""
    return f"{unique}{collection}({', '.join(index.fields)})"


def _ms(at: Any) -> int | None:
    if at is None:
        return None
    return to_ms(at if at.tzinfo else at.replace(tzinfo=UTC))
