"""Reading a backup, with nothing believed that does not add up."""

import gzip
import re
import tarfile
import zlib
from collections.abc import Generator
from typing import IO, Any

from kit import jsonio
from persistence.archive import ABOUT, FORMAT, MANIFEST, VERSION, Manifest, Sums, Tally
from persistence.dump import ORDER, Page
from persistence.subset import UnsafeOperation, check_document

_PIECE = re.compile(rf"({'|'.join(ORDER)})/\d{{6,}}\.ndjson")
# A piece ends with the document that fills it: up to 16 MB on some servers, in 50s.
_PIECE_BYTES_MAX = 1 << 30
_BLOCK = 1 << 20


class BadArchive(Exception):
    """No backup of ours, or not all of one; the text says which."""


def pages(file: IO[bytes]) -> Generator[Page, None, Manifest]:
    """The documents in the order they were written; at the end, the manifest.

    Only a run to its end tells that all of it is as it was written.

    Raises:
        BadArchive: it is not; what came before must be thrown away.
    """
    try:
        return (yield from _pages(file))
    except (OSError, EOFError, zlib.error, tarfile.TarError) as err:
        raise BadArchive("it is damaged or cut off, or no backup at all") from err
    except (ValueError, KeyError, TypeError, UnsafeOperation) as err:
        raise BadArchive("it holds what no backup holds") from err


def read_manifest(file: IO[bytes]) -> Manifest:
    """Reads all of it, for what `pages` raises."""
    reading = pages(file)
    while True:
        try:
            next(reading)
        except StopIteration as end:
            manifest: Manifest = end.value
            return manifest


def _pages(file: IO[bytes]) -> Generator[Page, None, Manifest]:
    sums = Sums({name: Tally() for name in ORDER})
    manifest: dict[str, Any] | None = None
    with (
        gzip.GzipFile(fileobj=file, mode="rb") as unpacked,
        tarfile.open(mode="r|", fileobj=unpacked) as tar,
    ):
        for number, entry in enumerate(tar):
            content = _content(tar, entry)
            if manifest is not None or (number == 0) != (entry.name == ABOUT):
                raise ValueError(entry.name)
            if entry.name == MANIFEST:
                manifest = jsonio.loads(content)
                continue
            sums.piece(entry.name, content)
            if entry.name == ABOUT:
                _check_about(jsonio.loads(content))
            else:
                yield _page(entry.name, content, sums)
        while unpacked.read(_BLOCK):
            pass  # to the end, where its own checksum is
    if manifest is None:
        raise EOFError
    return _checked(manifest, sums)


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(entry) if entry.isfile() else None
    if file is None or entry.size > _PIECE_BYTES_MAX:
        raise ValueError(entry.name)
    return file.read()


def _page(name: str, content: bytes, sums: Sums) -> Page:
    piece = _PIECE.fullmatch(name)
    if piece is None:
        raise ValueError(name)
    lines = content.splitlines()
    sums.count(piece[1], lines)
    rows = [jsonio.loads(line) for line in lines]
    for row in rows:
        check_document(row)
    return Page(piece[1], rows)


def _check_about(about: dict[str, Any]) -> None:
    if about["format"] != FORMAT:
        raise ValueError(FORMAT)
    if about["version"] != VERSION:
        raise BadArchive(
            f"its format is {about['version']}, and this version reads {VERSION}"
        )


def _checked(said: dict[str, Any], sums: Sums) -> Manifest:
    manifest = Manifest(**said)
    if (manifest.checksum, manifest.collections) != (sums.checksum, sums.collections):
        raise BadArchive("it was changed: its checksum is not that of what it holds")
    return manifest
