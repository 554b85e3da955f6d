"""`dashboard settings`: what everything is set to."""

import argparse

from app.cli.parsers import Subparsers
from app.settings.settings import load_settings, unknown_names
from app.settings.table import table


def add_parser(subparsers: Subparsers) -> None:
    text = "show every setting with its value"
    subparsers.add_parser("settings", help=text, description=text).set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    print(table(load_settings()))
    for name in unknown_names():
        print(f"{name} is set, but there is no such setting")
    return 0
