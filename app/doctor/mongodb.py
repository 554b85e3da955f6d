"""MongoDB: which it is, whether it answers, and its indexes."""

from collections.abc import AsyncIterator, Iterator

from app.doctor.clocks import skew
from app.doctor.findings import Finding, bad, ok, warn
from app.settings.addresses import hosts_of, options_of
from domain.errors import Unavailable
from kit.clock import Clock
from persistence.indexes import INDEXES
from persistence.inspecting import Server, index_differences, server
from persistence.mongo import Mongo

AREA = "mongodb"
OLDEST = 6
IDLE_MS_MAX = 120_000
_RU, _VCORE = ".mongo.cosmos.azure.com", ".mongocluster.cosmos.azure.com"


async def examined(mongo: Mongo, uri: str, clock: Clock) -> AsyncIterator[Finding]:
    """Ends with a BAD one when it does not answer.

    Raises:
        Unavailable: it did at first, and then no more.
    """
    before_ms = clock.now_ms()
    try:
        found = await server(mongo)
    except Unavailable as err:
        yield bad(AREA, f"does not answer: {cause(err)}", "see DASHBOARD_MONGODB_URI")
        raise
    asked_ms = (before_ms + clock.now_ms()) // 2
    yield _version(found)
    for finding in cosmos(uri, found):
        yield finding
    if found.local_ms is not None:
        yield skew("MongoDB", asked_ms, found.local_ms)


async def indexes(mongo: Mongo, *, is_new: bool) -> AsyncIterator[Finding]:
    """Raises `Unavailable` when it does not answer."""
    differences = await index_differences(mongo)
    if is_new and len(differences.missing) == sum(map(len, INDEXES.values())):
        yield ok("indexes", "none yet: the first start makes them")
    elif differences.missing:
        names = ", ".join(differences.missing)
        yield bad("indexes", f"missing: {names}", "run `dashboard migrate`, or serve")
    if differences.extra:
        names = ", ".join(differences.extra)
        todo = "drop them if nobody else needs them: each write pays for them"
        yield warn("indexes", f"not ours: {names}", todo)
    if not differences.missing and not differences.extra:
        yield ok("indexes", "all are there, and no others")


def cause(err: Unavailable) -> str:
    """Without the driver's lines on the topology."""
    said = str(err.__cause__ or err).partition(" (configured timeouts")[0]
    return said.partition(", full error")[0].replace("\n", " ")[:200]


def _version(found: Server) -> Finding:
    name = "the embedded server" if found.process == "nx_27017" else "MongoDB"
    said = f"{name}, version {found.version}"
    major = found.version.partition(".")[0]
    if major.isdigit() and int(major) < OLDEST:
        return warn(AREA, said, f"version {OLDEST} is the oldest that is tested")
    return ok(AREA, said)


def cosmos(uri: str, found: Server) -> Iterator[Finding]:
    """What is different on Azure Cosmos DB for MongoDB."""
    host, options = ",".join(hosts_of(uri)), options_of(uri)
    is_ru = _RU in host or found.replica_set == "globaldb"
    if not is_ru and _VCORE not in host:
        return
    yield ok(AREA, f"Azure Cosmos DB, {'request units' if is_ru else 'vCore'}")
    if options.get("retrywrites") == "true":
        yield warn(
            AREA,
            "the URI asks for retryable writes, which Cosmos DB refuses",
            "set retrywrites=false; the service goes without them as it is",
        )
    idle_ms = options.get("maxidletimems", "0")
    if not (idle_ms.isdigit() and 0 < int(idle_ms) <= IDLE_MS_MAX):
        yield warn(
            AREA,
            "idle connections are cut after 4 minutes without a word",
            f"add maxIdleTimeMS={IDLE_MS_MAX} to DASHBOARD_MONGODB_URI",
        )
    if is_ru:
        yield ok(
            "indexes",
            "unique ones can be made on empty collections only; let the service start "
            "once before anything is imported",
        )
