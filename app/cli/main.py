"""The `dashboard` command: finds the subcommand and says in one line what fails."""

import argparse
import os
import sys
from collections.abc import Sequence

from app.cli import (
    audit,
    backup,
    create_user,
    doctor,
    import_,
    migrate,
    openapi,
    restore,
    schema,
    serve,
    set_password,
    settings,
)
from app.embedded.errors import EmbeddedFailed
from app.lifespan import StartFailed
from app.settings.settings import BadSetting
from app.version import VERSION
from domain.errors import DashboardError

COMMANDS = (
    *(serve, create_user, set_password, import_, audit),
    *(doctor, migrate, backup, restore),
    *(settings, schema, openapi),
)
FAILED = 1
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; 0 when it worked, 1 when it failed, 2 for a wrong call."""
    args = _parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except (BadSetting, StartFailed, EmbeddedFailed, DashboardError) as err:
        print(f"dashboard: {err}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `dashboard settings | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dashboard", description="User Dashboard: see who does what, live."
    )
    parser.add_argument("--version", action="version", version=VERSION)
    subparsers = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND"
    )
    for command in COMMANDS:
        command.add_parser(subparsers)
    return parser
