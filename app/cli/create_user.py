"""`dashboard create-user`: an account, made by whoever has the machine."""

import argparse
import asyncio
import getpass
import sys
import warnings

from app.cli.parsers import Subparsers
from app.lifespan import open_services
from app.settings.settings import Settings, load_settings
from domain.activity import Origin
from domain.errors import InvalidInput
from domain.principal import Principal, Role
from domain.user_rules import check_draft
from domain.users import User, UserDraft
from resolvers.context import Context
from resolvers.new_users import add_user

OPERATOR = Principal(label="command line")
ROLES = (Role.ADMIN, Role.MEMBER)


def add_parser(subparsers: Subparsers) -> None:
    text = "make an account"
    parser = subparsers.add_parser("create-user", help=text, description=text)
    parser.add_argument("--email", required=True)
    roles = [role.value for role in ROLES]
    parser.add_argument("--role", type=str.upper, choices=roles, default="MEMBER")
    parser.add_argument("--name", help="as others see it; else taken from the e-mail")
    add_password_option(parser)
    parser.set_defaults(run=run)


def add_password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input instead of asking for it",
    )


def run(args: argparse.Namespace) -> int:
    settings = load_settings()
    draft = UserDraft(
        email=args.email,
        password=password_given(args),
        name=args.name or args.email.partition("@")[0],
        role=Role(args.role),
    )
    # Before anything is started for it.
    user = asyncio.run(_create(settings, check_draft(draft)))
    print(f"created {user.email} ({user.role}) with id {user.id}")
    return 0


async def _create(settings: Settings, draft: UserDraft) -> User:
    async with open_services(settings, join=True, background=False) as services:
        ctx = Context(services, OPERATOR, Origin(request_id="create-user"))
        return await add_user(ctx, draft)


def password_given(args: argparse.Namespace) -> str:
    """Unchecked, from where it was said to come from; raises InvalidInput."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return _password_asked()


def _password_asked() -> str:
    with warnings.catch_warnings():
        # Without a terminal it would be read, and shown, as it is typed.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            password, again = (
                getpass.getpass(ask) for ask in ("Password: ", "Again: ")
            )
        except (EOFError, getpass.GetPassWarning) as err:
            reason = "there is no terminal to ask on: use --password-stdin"
            raise InvalidInput.of("password", reason) from err
    if again != password:
        raise InvalidInput.of("password", "the two are not the same")
    return password
