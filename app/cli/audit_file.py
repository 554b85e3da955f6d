"""The trail as a file: NDJSON, a line for where it begins, for each anchor, for each
link, and after each link for each of its entries.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from domain.chain import Anchor
from domain.chain_check import Head
from kit import jsonio
from persistence.chain_documents import (
    anchor_fields,
    anchor_of,
    checkpoint_fields,
    checkpoint_of,
    link_fields,
    link_of,
)
from persistence.chain_reading import Block
from resolvers.anchors import ANCHOR


class BadFile(Exception):
    """Not a file of ours; the text says where it ends to be one."""


def lines_of(part: Head | Block) -> Iterator[str]:
    """The lines of where it begins, or of a link and its entries."""
    if isinstance(part, Head):
        yield _line("trail", checkpoint_fields(part.checkpoint))
        for anchor in part.anchors or ():
            yield _line("anchor", anchor_fields(anchor))
        return
    if part.link is not None:
        yield _line("link", {**link_fields(part.link), "h": part.link.hash})
    else:
        yield _line("unlinked", {})
    for row in part.rows:
        yield _line("entry", row)


def file_head(path: str) -> Head:
    """Where the trail in the file begins, and its anchors."""
    checkpoint, found = None, []
    for kind, fields in _parts(path):
        if kind == "trail":
            checkpoint = checkpoint_of(fields)
        elif kind == "anchor":
            found.append(anchor_of(fields))
        else:
            break
    if checkpoint is None:
        raise BadFile(f"{path} is no export of the trail")
    return Head(checkpoint, found)


async def file_blocks(path: str) -> AsyncIterator[Block]:
    """The links of the file with their entries, one at a time."""
    link, rows, begun = None, [], False
    for kind, fields in _parts(path):
        if kind == "entry":
            rows.append(fields)
        elif kind in ("link", "unlinked"):
            if begun:
                yield Block(link, rows)
            begun, rows = True, []
            link = link_of(fields) if kind == "link" else None
    if begun:
        yield Block(link, rows)


def anchors_in(path: str) -> list[Anchor]:
    """The anchors among the lines of a log."""
    found = []
    with _opened(path) as file:
        for line in file:
            if ANCHOR not in line:
                continue
            try:
                said = jsonio.loads(line)
                if said.get("message") == ANCHOR:
                    found.append(anchor_of(said))
            except (ValueError, KeyError, AttributeError):
                continue
    return found


def _parts(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            try:
                [(kind, fields)] = jsonio.loads(line).items()
            except (ValueError, AttributeError) as err:
                raise BadFile(f"{path}, line {number}: not a line of ours") from err
            yield kind, fields


def _opened(path: str) -> Any:
    try:
        return Path(path).open(encoding="utf-8", errors="replace")
    except OSError as err:
        raise BadFile(f"{path}: {err.strerror}") from err


def _line(kind: str, fields: dict[str, Any]) -> str:
    return jsonio.dumps({kind: fields}).decode()
