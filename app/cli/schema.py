"""`dashboard schema`: the GraphQL schema, as `schema/schema.graphql` has it."""

import argparse

from app.cli.parsers import Subparsers
from schema.build import build_schema


def add_parser(subparsers: Subparsers) -> None:
    text = "print the GraphQL schema (SDL)"
    subparsers.add_parser("schema", help=text, description=text).set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    print(build_schema().as_str())
    return 0
