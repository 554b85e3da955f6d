"""The connection to MongoDB: the one place that knows Motor.

Its vendor has moved on to PyMongo's own asynchronous client, so nothing else names
it. Connection strings of Cosmos DB work as they are given by the portal: `tls`,
`replicaSet`, `maxIdleTimeMS` and `authMechanism` are left as the string has them.
"""

from collections.abc import Sequence
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import ASCENDING, IndexModel
from pymongo.errors import PyMongoError

from persistence.indexes import INDEXES, Index, sortable
from persistence.mongo_breaker import MongoBreaker
from persistence.mongo_commands import Commands
from persistence.safe import SafeCollection

# Half of what a request may take: a server that hangs is noticed in time. Of an insert,
# an update or a delete this is the only bound. The embedded server ignores `maxTimeMS`
# there, but FerretDB 1.19 refused it, a mongos before MongoDB 5.0 misreads it and
# Cosmos DB does not say; and the driver sends it only with a deadline of the socket at
# the same moment, so that none could tell whose patience ended. Reads and
# `findAndModify` carry it (`persistence.reading.READ_MS`).
ANSWER_MS = 5_000


class Mongo:
    """One database. Made by `open_mongo`; connects at the first call."""

    def __init__(self, client: Any, database: str, breaker: MongoBreaker) -> None:
        self._client = client
        self._breaker = breaker
        self._database = client[database]

    def collection(self, name: str) -> SafeCollection:
        """One of the collections of `persistence.indexes`."""
        return SafeCollection(self._database[name], sortable(name), self._breaker.ask)

    async def ping(self) -> None:
        """Raises `Unavailable` when the server does not answer, within seconds."""

        async def call(_: int) -> None:
            await self._database.command("ping")

        await self._breaker.ask(call)

    async def ask(self, command: str) -> dict[str, Any]:
        """What the server says of itself: `hello`, `buildInfo`."""

        async def call(_: int) -> dict[str, Any]:
            return dict(await self._database.command(command))

        return await self._breaker.ask(call)

    async def indexes(self, collection: str) -> list[Index]:
        """Those there are, but for the one of `_id`; none where there is nothing."""

        async def call(_: int) -> list[dict[str, Any]]:
            cursor = self._database[collection].list_indexes()
            return [dict(one) async for one in cursor]

        found = [
            Index(tuple(one["key"]), unique=bool(one.get("unique")))
            for one in await self._breaker.ask(call)
        ]
        return [one for one in found if one.fields != ("_id",)]

    async def make_index(self, collection: str, model: IndexModel) -> None:
        async def call(_: int) -> None:
            await self._database[collection].create_indexes([model])

        await self._breaker.ask(call)

    @property
    def is_left_alone(self) -> bool:
        """Whether calls are unavailable at once, as it does not answer."""
        return self._breaker.is_open

    def close(self) -> None:
        self._breaker.close()
        self._client.close()


def open_mongo(
    uri: str,
    database: str,
    *,
    listeners: Sequence[Any] = (),
    max_pool_size: int = 50,
    timeout_ms: int = 2_000,
    answer_ms: int = ANSWER_MS,
) -> Mongo:
    """The database at `uri`; `listeners` are `pymongo.monitoring` listeners,
    `timeout_ms` the longest wait for a server or for a connection, `answer_ms` for an
    answer.

    What these options say wins over the string: an acknowledged write is on the
    disks of a majority, and the only retries are those of `persistence.retries`
    (Cosmos DB refuses the driver's own, and a standalone server has none).

    Raises:
        ValueError: `uri` is no MongoDB connection string, `database` no name.
    """
    try:
        client: Any = AsyncIOMotorClient(
            uri,
            w="majority",
            journal=True,
            retryWrites=False,
            retryReads=False,
            serverSelectionTimeoutMS=timeout_ms,
            connectTimeoutMS=timeout_ms,
            socketTimeoutMS=answer_ms,
            waitQueueTimeoutMS=timeout_ms,
            maxPoolSize=max_pool_size,
            event_listeners=[Commands(), *listeners],
        )
        breaker = MongoBreaker(
            client, calls_max=max_pool_size, wait_s=timeout_ms / 1_000
        )
        return Mongo(client, database, breaker)
    except PyMongoError as err:
        raise ValueError(str(err)) from err


async def ensure_indexes(mongo: Mongo) -> None:
    """Make the indexes that are missing; does nothing where all are there."""
    for collection, indexes in INDEXES.items():
        there = await mongo.indexes(collection)
        for index in indexes:
            if index not in there:
                await ensure_index(mongo, collection, index)


async def ensure_index(mongo: Mongo, collection: str, index: Index) -> None:
    keys = [(field, ASCENDING) for field in index.fields]
    await mongo.make_index(collection, IndexModel(keys, unique=index.unique))
