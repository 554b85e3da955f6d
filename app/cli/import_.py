"""`dashboard import`: figures and activity from files."""

import argparse
import asyncio
import sys

from app.cli.import_access_log import import_access_log
from app.cli.import_events import import_events
from app.cli.import_replay import Replay
from app.cli.import_report import Bar, Tally, progress
from app.cli.import_source import Source, Unreadable, open_source, open_stream
from app.cli.parsers import Subparsers
from app.lifespan import open_services
from app.settings.settings import Settings, load_settings
from domain.activity import Origin
from domain.errors import DashboardError, Unavailable
from domain.principal import SYSTEM
from resolvers.context import Context

SPEED_MAX = 100_000.0


def add_parser(subparsers: Subparsers) -> None:
    text = "read figures or activity from files"
    parser = subparsers.add_parser("import", help=text, description=text)
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    log = kinds.add_parser(
        "access-log",
        help="a web server's log in Common or Combined Log Format",
        description="Counts the requests of a log as http.requests and http.bytes. "
        "The same content again changes nothing.",
    )
    log.add_argument(
        "--replay",
        type=_speed,
        metavar="SPEED",
        help="play it live, SPEED times as fast as it happened: each line gets the "
        "present time, and each replay counts anew; Ctrl-C ends it",
    )
    events = kinds.add_parser(
        "events",
        help="activity, one JSON object a line",
        description="Adds events to the activity. The same content, and the same "
        "event_id, again changes nothing.",
    )
    for kind in (log, events):
        kind.add_argument(
            "files", nargs="+", metavar="FILE", help="plain or .gz; - is the input"
        )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when every file could be read and had a good line or nothing new."""
    return asyncio.run(_run(args, load_settings()))


async def _run(args: argparse.Namespace, settings: Settings) -> int:
    failed = False
    async with open_services(settings, join=True, background=False) as services:
        ctx = Context(services, SYSTEM, Origin(request_id="import"))
        for name in args.files:
            done = await import_file(ctx, args, name)
            failed |= done is None
            if isinstance(done, Tally) and done.stopped:
                break
    return 1 if failed else 0


async def import_file(
    ctx: Context, args: argparse.Namespace, name: str
) -> Tally | str | None:
    """Import one file and tell of it; None when nothing good was in it."""
    clock = ctx.services.clock
    start_s = clock.steady_s()
    replay = getattr(args, "replay", None)
    opened = open_stream if replay else open_source
    try:
        with opened(name) as source, progress(source.name, source.size) as bar:
            done = await _import(ctx, args.kind, replay, source, bar)
    except Unreadable as err:
        print(err, file=sys.stderr)
        return None
    except DashboardError as err:
        advice = "; run it again to go on" if isinstance(err, Unavailable) else ""
        print(f"{name}: {err.message}{advice}", file=sys.stderr)
        return None
    if isinstance(done, str):
        print(done)
        return done
    print(done.told(source.name, clock.steady_s() - start_s))
    return None if done.bad and not done.accepted else done


async def _import(
    ctx: Context, kind: str, replay: float | None, source: Source, bar: Bar
) -> Tally | str:
    if kind == "events":
        return await import_events(ctx, source, bar)
    if replay is None:
        return await import_access_log(ctx, source, bar)
    print(f"Replaying {source.name} at {replay:g}x; Ctrl-C ends it", file=sys.stderr)
    return await Replay(ctx, replay).run(source, bar)


def _speed(text: str) -> float:
    try:
        speed = float(text.removesuffix("x"))
    except ValueError:
        speed = 0.0
    if not 0 < speed <= SPEED_MAX:
        reason = f"must be a number above 0 and up to {SPEED_MAX:,.0f}, such as 60"
        raise argparse.ArgumentTypeError(reason)
    return speed
