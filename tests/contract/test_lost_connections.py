"""What the wrapper makes of a database that goes away: a wire that is cut stands
before an embedded server of this test's own, which is killed and started again.
"""

import asyncio
import os
import secrets
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pymongo
import pytest

from app.embedded.servers import Server, mongodb_server
from domain.errors import Unavailable
from persistence.mongo import Mongo, ensure_indexes, open_mongo
from persistence.safe import Duplicate, SafeCollection, Update
from tests.support.live import until
from tests.support.relay import Relay

DOCUMENT = {"_id": "u_1", "email_lc": "=a", "st": 1, "n": 0}
Operation = Callable[[SafeCollection], Awaitable[Any]]


def host_and_port(server: Server) -> tuple[str, int]:
    host, port = pymongo.uri_parser.parse_uri(server.address)["nodelist"][0]
    assert port is not None
    return host, port


class Running:
    """A server that can be killed the hard way."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self.server.command)
        with pymongo.MongoClient[dict[str, Any]](self.server.address) as client:
            client.admin.command("ping")

    def kill(self) -> None:
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        (self.server.folder / "nx.pid").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(mongodb_server(tmp_path_factory.mktemp("lost")))
    yield running
    running.kill()


@pytest.fixture
async def relay(running: Running) -> AsyncIterator[Relay]:
    async with Relay(host_and_port(running.server)) as relay:
        yield relay


@pytest.fixture
async def mongo(relay: Relay) -> AsyncIterator[Mongo]:
    address = f"mongodb://127.0.0.1:{relay.port}/?directConnection=true"
    database = f"lost{secrets.token_hex(4)}"
    mongo = open_mongo(address, database, timeout_ms=1_000, answer_ms=500)
    await ensure_indexes(mongo)
    yield mongo
    # It says goodbye to the server and waits: not where the wire itself runs.
    await asyncio.to_thread(mongo.close)


@pytest.fixture
async def people(mongo: Mongo) -> SafeCollection:
    people = mongo.collection("users")
    await people.insert(DOCUMENT)
    return people


HARMLESS_TWICE: dict[str, Operation] = {
    "get": lambda people: people.get("u_1"),
    "find": lambda people: people.find({"st": {"$eq": 1}}, limit=5),
    "count": lambda people: people.count({"st": {"$eq": 1}}),
    "insert": lambda people: people.insert({"_id": "u_2", "email_lc": "=b"}),
    "insert_new": lambda people: people.insert_new([{"_id": "u_3", "email_lc": "=c"}]),
    "update": lambda people: people.update("u_1", {"$set": {"st": 1}}),
    "update_all": lambda people: people.update_all({}, {"$max": {"n": 1}}),
    "bulk": lambda people: people.bulk([Update("u_1", {"$min": {"n": 0}})]),
    "delete": lambda people: people.delete("u_9"),
}
HARMFUL_TWICE: dict[str, Operation] = {
    "update $inc": lambda people: people.update("u_1", {"$inc": {"n": 1}}),
    "bulk $inc": lambda people: people.bulk([Update("u_1", {"$inc": {"n": 1}})]),
    "update if": lambda people: people.update(
        "u_1", {"$set": {"n": 1}}, where={"n": {"$eq": 0}}
    ),
    "swap": lambda people: people.swap("u_1", {"n": {"$eq": 0}}, {"$set": {"n": 1}}),
}
COMMANDS = {"get": b"find", "update_all": b"update", "bulk": b"update"}
COMMANDS |= {"insert_new": b"insert", "swap": b"findAndModify"}
COMMANDS |= dict.fromkeys(("update $inc", "bulk $inc", "update if"), b"update")


@pytest.mark.parametrize("name", HARMLESS_TWICE)
async def test_an_answer_that_is_lost_is_asked_for_again(
    relay: Relay, people: SafeCollection, name: str
) -> None:
    relay.cut_after, relay.cuts = COMMANDS.get(name, name.encode()), 1

    await HARMLESS_TWICE[name](people)

    assert relay.cuts == 0


@pytest.mark.parametrize("name", HARMFUL_TWICE)
async def test_what_may_have_been_done_is_not_done_twice(
    relay: Relay, people: SafeCollection, name: str
) -> None:
    relay.cut_after, relay.cuts = COMMANDS[name], 1

    with pytest.raises(Unavailable):
        await HARMFUL_TWICE[name](people)

    stored = await people.get("u_1")
    assert stored is not None
    assert stored["n"] == 1


async def test_documents_of_a_lost_answer_are_told_from_those_there_before(
    relay: Relay, people: SafeCollection
) -> None:
    await people.insert_new([{"_id": "u_3", "email_lc": "=c"}])
    relay.cut_after, relay.cuts = b"insert", 1

    inserted = await people.insert_new(
        [{"_id": f"u_{i}", "email_lc": f"={i}"} for i in range(6)]
    )

    assert inserted == {"u_0", "u_2", "u_4", "u_5"}


async def test_a_lost_answer_to_a_refusal_is_still_a_refusal(
    relay: Relay, people: SafeCollection
) -> None:
    relay.cut_after, relay.cuts = b"insert", 1

    with pytest.raises(Duplicate):
        await people.insert({"_id": "u_2", "email_lc": "=a"})


async def test_an_answer_that_never_comes_is_unavailable_in_the_end(
    relay: Relay, people: SafeCollection
) -> None:
    relay.cut_after, relay.cuts = b"find", 10

    with pytest.raises(Unavailable):
        await people.get("u_1")

    assert relay.cuts == 7


@pytest.mark.parametrize("name", ["get", "insert", "insert_new", "update", "bulk"])
async def test_the_first_call_after_the_server_was_killed_and_restarted_succeeds(
    running: Running, people: SafeCollection, name: str
) -> None:
    running.kill()
    running.start()

    await HARMLESS_TWICE[name](people)

    stored = await people.get("u_1")
    assert stored is not None
    assert stored["n"] == 0


async def is_back(mongo: Mongo) -> None:
    await until(lambda: not mongo.is_left_alone)


async def test_a_server_that_is_away_is_unavailable_and_then_back(
    running: Running, people: SafeCollection, mongo: Mongo
) -> None:
    running.kill()
    with pytest.raises(Unavailable):
        await people.get("u_1")
    with pytest.raises(Unavailable):
        await mongo.ping()

    running.start()
    await is_back(mongo)

    await mongo.ping()
    assert await people.get("u_1") == DOCUMENT


async def test_while_it_is_away_calls_are_refused_at_once_and_not_done_later(
    running: Running, people: SafeCollection, mongo: Mongo
) -> None:
    running.kill()
    count = Update("u_1", {"$inc": {"n": 1}})

    first = await asyncio.gather(
        *(people.bulk([count]) for _ in range(200)), return_exceptions=True
    )

    assert {type(one) for one in first} == {Unavailable}
    assert mongo.is_left_alone
    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(refused(people)) for _ in range(200)]
        await asyncio.sleep(0)
        assert all(call.done() for call in calls)  # nothing was waited for
    running.start()
    await is_back(mongo)
    stored = await people.get("u_1")
    assert stored is not None
    assert stored["n"] == 0


async def refused(people: SafeCollection) -> None:
    with pytest.raises(Unavailable):
        await people.get("u_1")


async def test_a_server_that_takes_calls_and_answers_none_is_left_alone(
    relay: Relay, people: SafeCollection, mongo: Mongo
) -> None:
    relay.silent = True
    await refused(people)
    assert mongo.is_left_alone

    await refused(people)
    relay.silent = False
    await is_back(mongo)

    assert await people.get("u_1") == DOCUMENT


def test_an_address_that_is_none_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="URI"):
        open_mongo("http://localhost", "x")
    with pytest.raises(ValueError, match="name"):
        open_mongo("mongodb://localhost", "a.b")
