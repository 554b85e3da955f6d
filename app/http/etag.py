"""Entity tags: what an answer said, and which version of a thing it spoke of."""

import base64
import hashlib
import re

_HASH_BYTES = 15  # 120 bits, 20 characters of base 64
_TAG = re.compile(r'(W/)?"([^"]*)"')
_VERSIONED = re.compile(r"v?([0-9]{1,9})(-.*)?")


def tag_of(said: bytes, version: int | None = None) -> str:
    """The tag of an answer: `"<hash>"`, or `"v3-<hash>"` for a thing's version 3."""
    digest = hashlib.sha256(said).digest()[:_HASH_BYTES]
    opaque = base64.urlsafe_b64encode(digest).decode()
    return f'"{opaque}"' if version is None else f'"v{version}-{opaque}"'


def is_among(tag: str, if_none_match: str) -> bool:
    """Whether the caller of `If-None-Match` already has the answer of `tag`."""
    if if_none_match.strip() == "*":
        return True
    return any(f'"{opaque}"' == tag for _, opaque in _TAG.findall(if_none_match))


def versions(if_match: str) -> frozenset[int] | None:
    """The versions an `If-Match` is content with; None when it takes any (`*`).

    Only the version of a tag counts: who has come online meanwhile is no reason to
    refuse a change. A weak tag matches nothing, as RFC 9110 has it; the bare
    number of a version (`"3"`) is understood.
    """
    if if_match.strip() == "*":
        return None
    strong = (opaque for weak, opaque in _TAG.findall(if_match) if not weak)
    return frozenset(
        int(found[1]) for one in strong if (found := _VERSIONED.fullmatch(one))
    )
