"""`dashboard set-password`: for who has forgotten theirs."""

import argparse
import asyncio

from app.cli.create_user import OPERATOR, add_password_option, password_given
from app.cli.parsers import Subparsers
from app.lifespan import open_services
from app.settings.settings import Settings, load_settings
from domain.activity import Origin
from domain.users import User
from resolvers.context import Context
from resolvers.forgotten import set_password


def add_parser(subparsers: Subparsers) -> None:
    text = "set somebody's password, and end their sessions"
    parser = subparsers.add_parser("set-password", help=text, description=text)
    parser.add_argument("--email", required=True)
    add_password_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    user = asyncio.run(_set(load_settings(), args.email, password_given(args)))
    print(f"{user.email} ({user.role}, {user.status}) has to sign in with it")
    return 0


async def _set(settings: Settings, email: str, password: str) -> User:
    async with open_services(settings, join=True, background=False) as services:
        ctx = Context(services, OPERATOR, Origin(request_id="set-password"))
        return await set_password(ctx, email, password)
