"""`dashboard audit`: is the trail whole? And the trail to take away."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TextIO

from app.cli.audit_file import BadFile, anchors_in, file_blocks, file_head, lines_of
from app.cli.parsers import Subparsers
from app.lifespan import open_services
from app.settings.settings import load_settings
from domain.activity import Origin, Severity
from domain.chain import Anchor, Sign
from domain.chain_check import Check, Head
from domain.principal import Principal
from kit.clock import SystemClock
from kit.times import rfc3339
from kit.tokens import TokenSigner
from persistence.chain_documents import digest_of
from persistence.chain_reading import Block
from persistence.system import VERIFIED, Notes
from resolvers.anchors import anchors, signing
from resolvers.audit import record
from resolvers.context import Context, Services

OPERATOR = Principal(label="command line")
# Old entries may be swept while the trail is being read: then it is read again.
_ATTEMPTS = 3


def add_parser(subparsers: Subparsers) -> None:
    text = "check the audit trail, or write it to a file"
    parser = subparsers.add_parser("audit", help=text, description=text)
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="COMMAND")
    verify = kinds.add_parser(
        "verify",
        help="walk the chain; exit 1 when an entry was changed, taken out or put in",
    )
    verify.add_argument("file", nargs="?", help="an export instead of the database")
    verify.add_argument(
        "--anchors",
        metavar="LOG",
        help="log lines of the service with more anchors to compare with",
    )
    export = kinds.add_parser("export", help="the trail with its chain, as NDJSON")
    export.add_argument("file", nargs="?", help="else the standard output")
    verify.set_defaults(run=lambda args: asyncio.run(_verify(args)))
    export.set_defaults(run=lambda args: asyncio.run(_export(args)))


async def _verify(args: argparse.Namespace) -> int:
    try:
        more = anchors_in(args.anchors) if args.anchors else []
        if args.file is None:
            return await _verify_database(more)
        settings = load_settings()
        # Without a secret, say on another machine, signatures tell nothing.
        sign: Sign = _unsigned
        if settings.secrets:
            sign = signing(TokenSigner(settings.secrets, SystemClock()))
        head = file_head(args.file)
        if not head.checkpoint.is_signed(sign):
            print("note: the checkpoint is not signed by a key known here")
        head = _compared(head, more, sign)
        return _told(await checked(head, file_blocks(args.file)))
    except BadFile as err:
        print(f"dashboard: {err}", file=sys.stderr)
        return 1


async def _verify_database(more: Sequence[Anchor]) -> int:
    async with open_services(load_settings(), join=True, background=False) as services:
        sign, repos = signing(services.tokens), services.repos
        for _ in range(_ATTEMPTS):
            checkpoint = await repos.chain.checkpoint()
            head = _compared(Head(checkpoint, await anchors(services)), more, sign)
            check = await checked(head, repos.trail.reader.blocks())
            if not check.wrong or checkpoint == await repos.chain.checkpoint():
                break
        if not checkpoint.is_signed(sign):
            check.forged("the checkpoint is not signed by a key of the service")
        await note_verified(services.repos.notes, check, services.clock.now_ms())
    return _told(check)


def _compared(head: Head, more: Sequence[Anchor], sign: Sign) -> Head:
    """The same with those anchors that are the service's; tells of the others."""
    if head.anchors is None:
        print("note: Redis does not answer: its anchors were not compared")
    given = [*(head.anchors or ()), *more]
    known = [one for one in given if one.is_signed(sign)]
    if len(known) < len(given):
        unknown = len(given) - len(known)
        print(f"note: {unknown} anchors are not signed by a key known here")
    if not known:
        print("note: no anchor: nobody can tell whether the end was cut off")
    return Head(head.checkpoint, known)


def _unsigned(_: str) -> Sequence[str]:
    """What signs when there is no key."""
    return ()


async def checked(head: Head, blocks: AsyncIterator[Block]) -> Check:
    check = Check(head)
    async for block in blocks:
        if block.link is not None:
            digests = {row["_id"]: digest_of(row) for row in block.rows}
            check.link(block.link, digests)
            continue
        for row in block.rows:
            check.unlinked(row["_id"], row["ts"])
    check.end()
    return check


async def note_verified(notes: Notes, check: Check, now_ms: int) -> None:
    """For `dashboard doctor`, which says when that was long ago."""
    await notes.put(VERIFIED, {"at_ms": now_ms, "wrong": check.wrong})


def _told(check: Check) -> int:
    swept = check.head.checkpoint.swept
    print(f"{check.entries} entries in {check.links} links", end="")
    if swept.number:
        print(f", after {swept.total} swept in {swept.number} links", end="")
    print(f"; {len(check.head.anchors or ())} anchors compared")
    if check.late:
        print(f"{check.late} entries were linked late, as their process had died")
    if check.waiting:
        print(f"{check.waiting} entries wait for their link")
    for problem in check.problems:
        print(f"BROKEN: {problem}")
    if check.wrong > len(check.problems):
        print(f"... and {check.wrong - len(check.problems)} more")
    print("the trail is broken" if check.wrong else "the trail is whole")
    return 1 if check.wrong else 0


async def _export(args: argparse.Namespace) -> int:
    async with open_services(load_settings(), join=True, background=False) as services:
        ctx = Context(services, OPERATOR, Origin(request_id="audit-export"))
        await record(
            ctx,
            "audit.exported",
            summary="The trail was exported on the command line",
            severity=Severity.NOTICE,
        )
        if args.file is None:
            count = await _write(services, sys.stdout)
        else:
            try:
                with Path(args.file).open("x", encoding="utf-8") as file:  # noqa: ASYNC230
                    count = await _write(services, file)
            except OSError as err:
                print(f"dashboard: {args.file}: {err.strerror}", file=sys.stderr)
                return 1
    print(f"{count} entries exported {rfc3339(ctx.now_ms())}", file=sys.stderr)
    return 0


async def _write(services: Services, out: TextIO) -> int:
    head = Head(await services.repos.chain.checkpoint(), await anchors(services))
    count = 0
    async with aclosing(services.repos.trail.reader.blocks()) as blocks:
        for line in lines_of(head):
            print(line, file=out)
        async for block in blocks:
            for line in lines_of(block):
                print(line, file=out)
            count += len(block.rows)
    return count
