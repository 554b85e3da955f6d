"""People with an account, and the rules for what describes them."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from domain.errors import InvalidInput
from domain.ids import UserId
from domain.principal import Role
from domain.text import check_text

EMAIL_MAX = 254
NAME_MAX = 100
URL_MAX = 2_048
SEARCH_MAX = 64
# The HTML standard's own test for an e-mail input, with a dot or `localhost`.
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]{1,64}"
    r"@[a-z0-9\u0080-\U0010ffff]([a-z0-9\u0080-\U0010ffff-]{0,61}[a-z0-9\u0080-\U0010ffff])?"
    r"(\.[a-z0-9\u0080-\U0010ffff]([a-z0-9\u0080-\U0010ffff-]{0,61}[a-z0-9\u0080-\U0010ffff])?)*"
)


class AccountStatus(StrEnum):
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class Presence(StrEnum):
    ONLINE = "ONLINE"
    OFFLINE = "OFFLINE"


class UserOrder(StrEnum):
    CREATED_AT_ASC = "CREATED_AT_ASC"
    CREATED_AT_DESC = "CREATED_AT_DESC"
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"


@dataclass(frozen=True)
class User:
    """An account without its secrets.

    `version` counts the changes to the profile; `seen_ms` is when one of the
    user's sessions was last used, or 0; `session_ids` lists at least every live
    session, oldest first (dead ones may still be among them).
    """

    id: UserId
    email: str
    name: str
    role: Role
    status: AccountStatus
    avatar_url: str | None
    created_ms: int
    updated_ms: int
    version: int
    seen_ms: int = 0
    session_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewUser:
    """A checked account to be stored; `password_hash` is what `kit.passwords` made."""

    id: UserId
    email: str
    name: str
    role: Role
    avatar_url: str | None
    password_hash: str


class Unset(Enum):
    """Says "leave it as it is", where None says "make it none"."""

    UNSET = auto()


UNSET = Unset.UNSET


@dataclass(frozen=True)
class UserDraft:
    """An account as it was asked for: nothing is checked yet."""

    email: str
    password: str
    name: str
    role: Role = Role.MEMBER
    avatar_url: str | None = None


@dataclass(frozen=True)
class UserChange:
    """What is to change, as it was asked for: nothing is checked yet.

    None is refused for everything but `avatar_url`, which it takes away.
    """

    name: str | Unset | None = UNSET
    avatar_url: str | Unset | None = UNSET
    email: str | Unset | None = UNSET
    role: Role | Unset | None = UNSET
    status: AccountStatus | Unset | None = UNSET
    current_password: str | None = None


@dataclass(frozen=True)
class UserFilter:
    """All given conditions hold together. `search` is the start of a word of the
    name or of the e-mail, in any case.
    """

    search: str | None = None
    role: Role | None = None
    status: AccountStatus | None = None
    presence: Presence | None = None


def check_email(raw: str, *, field: str = "email") -> str:
    """The one spelling of an address: NFKC, trimmed, case-folded.

    Raises:
        InvalidInput: no address, or longer than 254 characters.
    """
    email = unicodedata.normalize("NFKC", check_text(raw, field)).strip().casefold()
    if len(email) > EMAIL_MAX:
        raise InvalidInput.of(field, f"must have at most {EMAIL_MAX} characters")
    if not _EMAIL.fullmatch(email):
        raise InvalidInput.of(
            field, "must be an e-mail address such as ana@example.com"
        )
    return email


def check_name(raw: str, *, field: str = "name") -> str:
    """The name in NFC, trimmed, 1 to 100 characters."""
    name = check_text(raw, field).strip()
    if not name:
        raise InvalidInput.of(field, "must not be empty")
    if len(name) > NAME_MAX:
        raise InvalidInput.of(field, f"must have at most {NAME_MAX} characters")
    return name


def check_avatar_url(raw: str | None, *, field: str = "avatarUrl") -> str | None:
    """An https URL, or http on localhost; empty means none."""
    if raw is None or not check_text(raw, field).strip():
        return None
    url = raw.strip()
    if len(url) > URL_MAX:
        raise InvalidInput.of(field, f"must have at most {URL_MAX} characters")
    if not re.fullmatch(r"(https://|http://localhost[:/])[^\s\"'<>\\]+", url):
        raise InvalidInput.of(field, "must be an https:// address")
    return url


def check_search(raw: str | None, *, field: str = "search") -> str | None:
    """A folded search prefix of at most 64 characters; blank means none."""
    if raw is None:
        return None
    search = fold(check_text(raw, field)).strip()
    if len(search) > SEARCH_MAX:
        raise InvalidInput.of(field, f"must have at most {SEARCH_MAX} characters")
    return search or None


def fold(text: str) -> str:
    """The form texts are compared in: NFKC, case-folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def search_tokens(name: str, email: str) -> tuple[str, ...]:
    """What a search may start with: each word of the name with the words after it,
    the address, and its domain. Folded, distinct, at most 20.
    """
    words = fold(name).split()
    tails = [" ".join(words[i:]) for i in range(len(words))]
    tokens = [*tails, email, email.rpartition("@")[2]]
    return tuple(dict.fromkeys(token[:NAME_MAX] for token in tokens if token))[:20]
