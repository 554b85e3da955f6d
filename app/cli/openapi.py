"""`dashboard openapi`: the description of the REST routes."""

import argparse
import json

from app.cli.parsers import Subparsers
from app.rest.openapi import document


def add_parser(subparsers: Subparsers) -> None:
    text = "print the OpenAPI document of the REST routes"
    subparsers.add_parser("openapi", help=text, description=text).set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    print(json.dumps(document(), indent=2, ensure_ascii=False))
    return 0
