"""The pages of the project: what they link to, what they tell people to type."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("docs/**/*.md")]
    + [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
_FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text()


def prose(name: str) -> str:
    """The page without its blocks of code."""
    return _FENCE.sub("", text(name))


def links(name: str) -> list[str]:
    return _LINK.findall(_INLINE.sub("", prose(name)))


@cache
def anchors(name: str) -> frozenset[str]:
    """What can stand after the `#` of a link to the page, as GitHub makes it."""
    seen: dict[str, int] = {}
    made = set()
    for heading in _HEADING.findall(prose(name)):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        before = seen.get(slug, 0)
        seen[slug] = before + 1
        made.add(f"{slug}-{before}" if before else slug)
    return frozenset(made)


def code(name: str) -> Iterator[str]:
    """Each line of a block, put together where it goes on, and each inline piece."""
    for block in _FENCE.finditer(text(name)):
        yield from block[0].replace("\\\n", " ").splitlines()[1:-1]
    yield from _INLINE.findall(prose(name))
