"""`dashboard restore`: a backup put into an empty database."""

import argparse
import asyncio
from typing import IO

from app.cli.audit import checked
from app.cli.backup import OPERATOR, counts
from app.cli.backup_file import STD, CannotRead, readable
from app.cli.parsers import Subparsers
from app.cli.restore_target import Target, open_target
from app.lifespan import StartFailed
from app.settings.settings import load_settings
from domain.activity import Activity, Origin, Severity
from domain.chain_check import Head
from domain.ids import ACTIVITY
from kit.clock import SystemClock
from kit.ids import sortable_id
from kit.times import rfc3339
from persistence.archive import Manifest
from persistence.archive_reading import BadArchive, pages, read_manifest
from persistence.forgetting import forget_everything
from persistence.migrations.running import STEPS
from persistence.restoring import CannotRestore, Restoring
from resolvers.anchors import signing


def add_parser(subparsers: Subparsers) -> None:
    text = "put a backup into an empty database, while no service runs on it"
    parser = subparsers.add_parser("restore", help=text, description=text)
    parser.add_argument("file", metavar="FILE", help="- is the standard input")
    parser.add_argument(
        "--verify",
        action="store_true",
        help="read everything back afterwards, compare counts and hashes, and walk "
        "the audit chain",
    )
    parser.add_argument(
        "--check", action="store_true", help="check the file alone; no database is used"
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="first remove everything the database holds",
    )
    parser.add_argument(
        "--keep-sessions",
        action="store_true",
        help="leave people signed in, even where a session was ended since the backup",
    )
    parser.set_defaults(run=lambda args: asyncio.run(_run(args)))


async def _run(args: argparse.Namespace) -> int:
    name = "standard input" if args.file == STD else args.file
    try:
        with readable(args.file) as file:
            manifest = read_manifest(file)
            _check_version(manifest)
            made = rfc3339(manifest.made_ms)
            print(f"{name}: made {made}, whole: {counts(manifest)}")
            if args.check:
                return 0
            file.seek(0)
            return await _restore(args, file, manifest)
    except BadArchive as err:
        raise StartFailed(f"{name}: {err}; nothing was changed") from err
    except (CannotRead, CannotRestore) as err:
        raise StartFailed(str(err)) from err


def _check_version(manifest: Manifest) -> None:
    unknown = sorted(set(manifest.migrations) - {step.id for step in STEPS})
    if unknown:
        raise BadArchive(
            f"it is of a newer version, {manifest.app_version} ({', '.join(unknown)})"
        )


async def _restore(
    args: argparse.Namespace, file: IO[bytes], manifest: Manifest
) -> int:
    async with open_target(load_settings()) as to:
        sign = signing(to.tokens)
        if not manifest.is_signed(sign):
            print(
                "note: it is not signed by a key known here, so nobody can tell "
                "whether it was made by this service"
            )
        restoring = Restoring(
            to.mongo, manifest, sign, keep_sessions=args.keep_sessions
        )
        await restoring.begin(replace=args.replace)
        for page in pages(file):
            await restoring.put(page)
        if args.verify and (wrong := await restoring.differences()):
            raise CannotRestore(f"{'; '.join(wrong)}; restore again with --replace")
        await forget_everything(to.redis)
        while await to.repos.users.repair_search():
            pass
        is_whole = not args.verify or await _is_whole(to)
        await to.repos.activity.append([_entry(manifest, restoring)])
        await restoring.end()
    _tell(restoring)
    return 0 if is_whole else 1


async def _is_whole(to: Target) -> bool:
    """Whether the audit chain is, after everything else was found equal."""
    head = Head(await to.repos.chain.checkpoint(), [])
    chain = await checked(head, to.repos.trail.reader.blocks())
    print(
        f"verified: counts and hashes are equal, {chain.entries} entries in "
        f"{chain.links} links of the audit chain"
    )
    for problem in chain.problems:
        print(f"BROKEN, as it was in the backup: {problem}")
    return not chain.wrong


def _entry(manifest: Manifest, restoring: Restoring) -> Activity:
    """What the trail says about it."""
    now_ms = SystemClock().now_ms()
    said = f"The database was restored from a backup of {rfc3339(manifest.made_ms)}"
    if restoring.signed_anew:
        said += "; the audit checkpoint was signed anew, as its key is not known here"
    return Activity(
        id=sortable_id(ACTIVITY, now_ms),
        action="backup.restored",
        actor_id=None,
        actor_label=OPERATOR.label,
        target_type=None,
        target_id=None,
        target_label=None,
        summary=said,
        changes=(),
        severity=Severity.WARNING,
        occurred_ms=now_ms,
        recorded_ms=now_ms,
        request_id=Origin(request_id="restore").request_id,
    )


def _tell(restoring: Restoring) -> None:
    print("restored")
    if restoring.ended:
        print(f"  {restoring.ended} sessions were ended: people sign in again")
    if restoring.keys:
        print(
            f"  {restoring.keys} API keys are good again: revoke those that were "
            "revoked since the backup"
        )
    if restoring.signed_anew:
        print("  the audit checkpoint was signed anew: its key is not known here")
    pending = [one.id for one in STEPS if one.id not in restoring.manifest.migrations]
    if pending:
        print(f"  run `dashboard migrate`: {', '.join(pending)} pending")
