"""What an account may look like: drafts and changes, checked as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from domain.errors import InvalidInput, Problem
from domain.passwords import check_password
from domain.principal import Role
from domain.users import (
    UNSET,
    UserChange,
    UserDraft,
    check_avatar_url,
    check_email,
    check_name,
)


def check_draft(draft: UserDraft) -> UserDraft:
    """The draft in the form it is stored in.

    Raises:
        InvalidInput: names every field that breaks its rule.
    """
    found: list[Problem] = []
    own: list[str] = []
    with _collecting(found):
        draft = replace(draft, email=check_email(draft.email))
        own.append(draft.email)
    with _collecting(found):
        draft = replace(draft, name=check_name(draft.name))
        own.append(draft.name)
    with _collecting(found):
        draft = replace(draft, password=check_password(draft.password, own=own))
    with _collecting(found):
        draft = replace(draft, avatar_url=check_avatar_url(draft.avatar_url))
    with _collecting(found):
        check_role(draft.role)
    if found:
        raise InvalidInput(found)
    return draft


def check_change(change: UserChange) -> dict[str, Any]:
    """What is to change, by field of `domain.users.User`; empty for nothing.

    Raises:
        InvalidInput: names every field that breaks its rule.
    """
    found: list[Problem] = []
    wanted: dict[str, Any] = {}
    for name in ("name", "email", "role", "status"):
        value = getattr(change, name)
        if value is None:
            found.append(Problem(name, "must not be null"))
        elif value is not UNSET:
            with _collecting(found):
                wanted[name] = _CHECKS[name](value)
    if change.avatar_url is not UNSET:
        with _collecting(found):
            wanted["avatar_url"] = check_avatar_url(change.avatar_url)
    if found:
        raise InvalidInput(found)
    return wanted


def check_role(role: Role, *, field: str = "role") -> Role:
    """A role that people have."""
    if role is Role.SERVICE:
        raise InvalidInput.of(field, "must be ADMIN or MEMBER; SERVICE is for API keys")
    return role


_CHECKS: dict[str, Any] = {
    "name": check_name,
    "email": check_email,
    "role": check_role,
    "status": lambda status: status,
}


@contextmanager
def _collecting(found: list[Problem]) -> Iterator[None]:
    try:
        yield
    except InvalidInput as err:
        found.extend(err.problems)
