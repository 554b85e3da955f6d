"""`dashboard set-password`."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.settings.settings import Settings
from domain.errors import BadCredentials
from resolvers.auth import login
from resolvers.context import Context
from tests.support.commands import Commands, commands

OLD, NEW = "correct horse battery staple", "a staple that corrects horses"
EMAIL = "ana@example.com"
Input = Callable[[bytes], AbstractContextManager[None]]


@pytest.fixture
def dashboard(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, standard_input: Input
) -> Commands:
    made = commands(settings, monkeypatch)
    with standard_input(f"{OLD}\n".encode()):
        made("create-user", "--password-stdin", "--email", EMAIL, "--role", "ADMIN")
    return made


def given(dashboard: Commands, standard_input: Input, password: str, email: str) -> int:
    with standard_input(f"{password}\n".encode()):
        return dashboard("set-password", "--password-stdin", "--email", email)


def test_who_forgot_a_password_signs_in_with_the_new_one_alone(
    dashboard: Commands, standard_input: Input, capsys: pytest.CaptureFixture[str]
) -> None:
    async def sign_in(ctx: Context) -> str:
        return (await login(ctx, EMAIL, OLD)).user.id

    user_id = dashboard.ask(sign_in)

    assert given(dashboard, standard_input, NEW, " Ana@example.com") == 0

    async def afterwards(ctx: Context) -> list[str]:
        with pytest.raises(BadCredentials):
            await login(ctx, EMAIL, OLD)
        assert await ctx.repos.sessions.of_user(user_id) == []
        signed_in = (await login(ctx, EMAIL, NEW)).user
        (notice,) = await ctx.repos.notifications.recent(0, limit=9)
        assert notice.title == "Your password was set"
        return [signed_in.id, notice.user_id]

    assert dashboard.ask(afterwards) == [user_id] * 2
    assert "ana@example.com (ADMIN, ACTIVE)" in capsys.readouterr().out
    (entry,) = dashboard.activity("user.password_changed")
    assert (entry.actor_label, entry.target_id) == ("command line", user_id)


def test_a_stranger_and_a_weak_password_are_refused_and_nothing_changes(
    dashboard: Commands, standard_input: Input, capsys: pytest.CaptureFixture[str]
) -> None:
    assert given(dashboard, standard_input, NEW, "bo@example.com") == 1
    assert "nobody has the e-mail" in capsys.readouterr().err
    assert given(dashboard, standard_input, "short", EMAIL) == 1
    assert "12" in capsys.readouterr().err

    assert dashboard.activity("user.password_changed") == []
