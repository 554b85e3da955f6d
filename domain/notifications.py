"""Notices to one person: kept in an inbox until read, and for some time after."""

import re
from dataclasses import dataclass, replace

from domain.activity import Severity
from domain.errors import InvalidInput
from domain.text import check_text
from domain.users import URL_MAX

TITLE_MAX = 120
BODY_MAX = 2_000
RECIPIENTS_MAX = 1_000
# Within this service, never `//host` or `/\host`, which browsers take for another.
_LINK = re.compile(r"(https://[^\s\"'<>\\/]|/(?!/))[^\s\"'<>\\]*")


@dataclass(frozen=True)
class Notification:
    """One notice in the inbox of `user_id`; `read_ms` is None until it was read.

    `link` is where to look: an https URL, or a path within this service.
    """

    id: str
    user_id: str
    title: str
    body: str | None
    level: Severity
    link: str | None
    created_ms: int
    read_ms: int | None = None


@dataclass(frozen=True)
class NotificationDraft:
    """A notice as it was asked for: nothing is checked yet."""

    title: str
    body: str | None = None
    level: Severity = Severity.INFO
    link: str | None = None


def check_draft(draft: NotificationDraft) -> NotificationDraft:
    """The same in its stored spelling: NFC, trimmed; a blank body or link is none.

    Raises:
        InvalidInput: names the first field that breaks its rule.
    """
    title = check_text(draft.title, "title").strip()
    if not title:
        raise InvalidInput.of("title", "must not be empty")
    if len(title) > TITLE_MAX:
        raise InvalidInput.of("title", f"must have at most {TITLE_MAX} characters")
    body = check_text(draft.body or "", "body", multiline=True).strip()
    if len(body) > BODY_MAX:
        raise InvalidInput.of("body", f"must have at most {BODY_MAX} characters")
    return replace(draft, title=title, body=body or None, link=_link(draft.link))


def _link(raw: str | None) -> str | None:
    link = check_text(raw or "", "link").strip()
    if not link:
        return None
    if len(link) > URL_MAX:
        raise InvalidInput.of("link", f"must have at most {URL_MAX} characters")
    if not _LINK.fullmatch(link):
        raise InvalidInput.of(
            "link", "must be an https:// address or a path such as /settings"
        )
    return link
