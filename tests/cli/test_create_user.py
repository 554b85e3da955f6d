"""`dashboard create-user`."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.cli.main import main
from app.settings.settings import Settings
from domain.principal import Role
from resolvers.context import Context
from tests.support.commands import Commands, commands

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery staple"
Input = Callable[[bytes], AbstractContextManager[None]]


@pytest.fixture
def dashboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return commands(settings, monkeypatch)


def create(dashboard: Commands, *argv: str) -> int:
    return dashboard("create-user", "--password-stdin", *argv)


def test_an_account_is_made_that_can_sign_in(
    dashboard: Commands, standard_input: Input, capsys: pytest.CaptureFixture[str]
) -> None:
    with standard_input(f"{PASSWORD}\n".encode()):
        code = create(dashboard, "--email", " Ana@Example.com", "--role", "admin")

    async def credentials(ctx: Context) -> tuple[str, str, Role, bool]:
        found = await ctx.repos.users.credentials_by_email("ana@example.com")
        assert found is not None
        user, stored = found
        good = await ctx.services.passwords.verify(PASSWORD, stored)
        return user.email, user.name, user.role, good

    assert code == 0
    assert dashboard.ask(credentials) == ("ana@example.com", "Ana", Role.ADMIN, True)
    assert capsys.readouterr().out.startswith("created ana@example.com (ADMIN)")
    (entry,) = dashboard.activity("user.created")
    assert entry.actor_label == "command line"


def test_an_address_that_is_taken_is_a_failure(
    dashboard: Commands, standard_input: Input, capsys: pytest.CaptureFixture[str]
) -> None:
    with standard_input(f"{PASSWORD}\n".encode()):
        assert create(dashboard, "--email", "ana@example.com") == 0
    with standard_input(f"{PASSWORD}\n".encode()):
        assert create(dashboard, "--email", "ANA@example.com") == 1

    assert capsys.readouterr().err.startswith("dashboard: ")


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("ana@example.com", "short", "password"),
        ("ana@example.com", "", "password"),
        ("no address", PASSWORD, "email"),
    ],
)
def test_what_breaks_a_rule_is_named_before_anything_is_started(
    standard_input: Input,
    capsys: pytest.CaptureFixture[str],
    email: str,
    password: str,
    field: str,
) -> None:
    with standard_input(f"{password}\n".encode()):
        assert main(["create-user", "--password-stdin", "--email", email]) == 1

    told = capsys.readouterr().err
    assert told.startswith(f"dashboard: {field}: ")
    assert told.count("\n") == 1


def test_without_a_terminal_no_password_is_asked() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "app", "create-user", "--email", "ana@example.com"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )

    assert ended.returncode == 1
    assert ended.stderr == (
        "dashboard: password: there is no terminal to ask on: use --password-stdin\n"
    )


def test_a_wrong_role_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["create-user", "--email", "ana@example.com", "--role", "owner"])

    assert "choose from 'ADMIN', 'MEMBER'" in capsys.readouterr().err
