"""`dashboard doctor`: what is wrong here, and what to do about it."""

import argparse
import asyncio

from app.cli.parsers import Subparsers
from app.doctor.examining import examine
from app.doctor.findings import Finding, Level, as_json, as_text


def add_parser(subparsers: Subparsers) -> None:
    text = "examine settings, databases, keys and machine; exit 1 when something is bad"
    parser = subparsers.add_parser("doctor", help=text, description=text)
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    findings = asyncio.run(_all())
    print(as_json(findings) if args.json else as_text(findings))
    counts = dict.fromkeys(Level, 0)
    for one in findings:
        counts[one.level] += 1
    if not args.json:
        print(f"\n{counts[Level.BAD]} bad, {counts[Level.WARN]} to look at")
    return 1 if counts[Level.BAD] else 0


async def _all() -> list[Finding]:
    return [finding async for finding in examine()]
