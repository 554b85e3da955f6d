"""An account as a document of `users`, and back.

`email_lc` and `nk` begin with a mark, as one engine takes a text such as
`2025-01-01@example.com` for a date. `csk`, `nk` and `seen` are the sort keys of
their lists: by creation, by name, by when the user was last seen.
"""

from collections.abc import Mapping
from typing import Any

from domain.ids import UserId
from domain.principal import Role
from domain.users import NAME_MAX, AccountStatus, NewUser, User, fold, search_tokens
from persistence.safe import Document

MARK = "="


def email_key(email: str) -> str:
    return f"{MARK}{email}"


def name_key(name: str, user_id: str) -> str:
    # A tab comes before all that a name may hold: "Ana" before "Ana Maria".
    return f"{MARK}{fold(name)[:NAME_MAX]}\t{user_id}"


def seen_key(seen_ms: int, user_id: str) -> str:
    return f"{seen_ms:013d}-{user_id}"


def tokens_of(row: Document) -> tuple[str, ...]:
    """What a search finds this account by; none when it is deleted."""
    return search_tokens(row["name"], row["email"]) if row["st"] == 1 else ()


def to_document(new: NewUser, now_ms: int) -> Document:
    """`tk` 0 says that the search does not know of it yet; see `UserSearch`."""
    return {
        "_id": new.id,
        "email": new.email,
        "email_lc": email_key(new.email),
        "name": new.name,
        "nk": name_key(new.name, new.id),
        "role": new.role.value,
        "dis": 0,
        "avatar": new.avatar_url,
        "ph": new.password_hash,
        "st": 1,
        "v": 1,
        "created_ms": now_ms,
        "csk": f"{now_ms:013d}-{new.id}",
        "updated_ms": now_ms,
        "deleted_ms": 0,
        "seen": seen_key(0, new.id),
        "sids": [],
        "sv": 0,
        "tks": list(search_tokens(new.name, new.email)),
        "tk": 0,
    }


def changed_fields(row: Document, changes: Mapping[str, Any]) -> Document:
    """The fields of the document that `changes`, in the record's names, set."""
    fields: Document = {}
    for name, value in changes.items():
        match name:
            case "email":
                fields |= {"email": value, "email_lc": email_key(value)}
            case "name":
                fields |= {"name": value, "nk": name_key(value, row["_id"])}
            case "role":
                fields["role"] = Role(value).value
            case "status":
                fields["dis"] = int(AccountStatus(value) is AccountStatus.DISABLED)
            case "avatar_url":
                fields["avatar"] = value
            case _:
                raise ValueError(f"{name} of an account cannot be changed")
    return fields


def user_of(row: Document) -> User:
    return User(
        id=UserId(row["_id"]),
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        status=AccountStatus.DISABLED if row["dis"] else AccountStatus.ACTIVE,
        avatar_url=row["avatar"],
        created_ms=row["created_ms"],
        updated_ms=row["updated_ms"],
        version=row["v"],
        seen_ms=int(row["seen"][:13]),
        session_ids=tuple(row["sids"]),
    )
