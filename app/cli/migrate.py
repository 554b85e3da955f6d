"""`dashboard migrate`: what is stored, brought to what this version expects."""

import asyncio
import sys
from contextlib import aclosing

from app.cli.parsers import Subparsers
from app.lifespan import Platform, StartFailed, open_platform
from app.settings.settings import load_settings
from kit.times import rfc3339
from persistence.migrations.lease import Leased
from persistence.migrations.running import STEPS, migrate, standing
from persistence.migrations.step import StepFailed, Workplace
from persistence.system import MIGRATION
from resolvers.anchors import signing


def add_parser(subparsers: Subparsers) -> None:
    text = "bring the database to what this version expects; safe to repeat"
    parser = subparsers.add_parser("migrate", help=text, description=text)
    parser.add_argument(
        "--plan", action="store_true", help="show what would be done; change nothing"
    )
    parser.set_defaults(run=lambda args: asyncio.run(_run(plan=args.plan)))


async def _run(*, plan: bool) -> int:
    async with open_platform(
        load_settings(), join=True, background=False, make_indexes=False
    ) as platform:
        services = platform.services
        at = Workplace(
            platform.mongo, services.repos, services.clock, signing(services.tokens)
        )
        try:
            await (_show(at) if plan else _migrate(platform, at))
        except (Leased, StepFailed) as err:
            raise StartFailed(str(err)) from err
    return 0


async def _show(at: Workplace) -> None:
    notes = await at.repos.notes.all()
    stands = standing(notes)
    for step in STEPS:
        if step in stands.pending:
            begun = "begun" if f"{MIGRATION}{step.id}" in notes else "pending"
            said = f"{begun}: {step.description} ({await step.left(at)})"
        else:
            said = f"done {rfc3339(notes[MIGRATION + step.id]['done_ms'])}"
        print(f"{step.id}  {said}")
    for name in stands.unknown:
        print(f"{name}  of a newer version")


async def _migrate(platform: Platform, at: Workplace) -> None:
    done = 0
    async with aclosing(migrate(at, platform.services.repos.notes)) as batches:
        async for step, count, is_done in batches:
            if is_done:
                done += 1
                print(f"{step.id}  done: {step.description}", flush=True)
            else:
                print(f"{step.id}  {count} batches", file=sys.stderr, flush=True)
    if not done:
        print("nothing to do")
