"""`dashboard backup`: everything stored, in one file, beside the running service."""

import asyncio
import sys
import time
from contextlib import aclosing
from typing import IO

from app.cli.backup_file import CannotWrite, new_file
from app.cli.parsers import Subparsers
from app.lifespan import StartFailed, open_platform
from app.settings.settings import Settings, load_settings
from app.version import VERSION
from domain.activity import Origin, Severity
from domain.principal import Principal
from persistence.archive import Manifest
from persistence.archive_writing import ArchiveWriter, Unstorable
from persistence.dump import everything
from persistence.mongo import Mongo
from persistence.walking import TooManyAlike
from resolvers.anchors import signing
from resolvers.audit import record
from resolvers.context import Context, Services

OPERATOR = Principal(label="command line")
STDOUT = "-"


def add_parser(subparsers: Subparsers) -> None:
    text = "write everything that is stored to one file, beside the running service"
    parser = subparsers.add_parser("backup", help=text, description=text)
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a new file, such as dashboard.tar.gz; - is the standard output. It "
        "holds password hashes: keep it as you keep the database",
    )
    parser.set_defaults(run=lambda args: asyncio.run(_run(args.file)))


async def _run(name: str) -> int:
    try:
        with new_file(name) as out:
            manifest, seconds = await _back_up(out)
            out.complete()
    except CannotWrite as err:
        raise StartFailed(str(err)) from err
    except (Unstorable, TooManyAlike) as err:
        raise StartFailed(f"{err}; nothing was written") from err
    said = sys.stderr if name == STDOUT else sys.stdout
    print(counts(manifest), file=said)
    size = f"{out.size:,} bytes in {seconds:.1f} s"
    print(f"{out.name}: {size}, SHA-256 {out.digest}", file=said)
    return 0


async def _back_up(out: IO[bytes]) -> tuple[Manifest, float]:
    started_s = time.monotonic()
    settings = load_settings()
    async with open_platform(settings, join=True, background=False) as platform:
        if not await platform.services.repos.users.exist():
            raise StartFailed(_nobody(settings))
        ctx = Context(platform.services, OPERATOR, Origin(request_id="backup"))
        await record(
            ctx,
            "backup.made",
            summary="A backup was made on the command line",
            severity=Severity.NOTICE,
        )
        manifest = await write(platform.mongo, platform.services, out)
    return manifest, time.monotonic() - started_s


async def write(mongo: Mongo, services: Services, out: IO[bytes]) -> Manifest:
    """Everything there is, as an archive."""
    sign = signing(services.tokens)
    writer = ArchiveWriter(out, VERSION, services.clock.now_ms())
    try:
        async with aclosing(everything(mongo, sign)) as pages:
            async for page in pages:
                writer.add(page)
        return writer.close(sign)
    except BaseException:
        writer.abandon()
        raise


def _nobody(settings: Settings) -> str:
    """Mostly it is another database than was meant."""
    where = "as DASHBOARD_MONGODB_URI says"
    if settings.mongodb_uri is None:
        where = f"the embedded one in {settings.data_dir}, as no DASHBOARD_MONGODB_URI"
        where += " is set"
    return f"nobody has an account in the database ({where}); nothing was written"


def counts(manifest: Manifest) -> str:
    """How many documents of each collection, in a line."""
    return ", ".join(
        f"{tally['documents']:,} {name}"
        for name, tally in sorted(manifest.collections.items())
    )
