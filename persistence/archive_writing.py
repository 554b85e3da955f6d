"""Writing a backup."""

import gzip
import io
import tarfile
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, cast

from domain.chain import Sign
from kit import jsonio
from persistence.archive import (
    ABOUT,
    FORMAT,
    MANIFEST,
    VERSION,
    Manifest,
    Sums,
    Tally,
    line_of,
)
from persistence.dump import ORDER, Page
from persistence.subset import UnsafeOperation, check_document
from persistence.system import MIGRATION, PARTITION

_PIECE_BYTES = 1 << 20
_LEVEL = 6  # gzip's own default; 9 takes twice as long for a hundredth less


class Unstorable(Exception):
    """A document that no service of ours has written; the text names it."""


class _Sink:
    """Where the tar goes; after `is_closed`, nowhere, as its end is written anyway."""

    def __init__(self, out: gzip.GzipFile) -> None:
        self._out = out
        self.is_closed = False

    def write(self, content: bytes) -> int:
        return len(content) if self.is_closed else self._out.write(content)


class ArchiveWriter:
    """Give it every page, then `close` or `abandon` it; nothing is a backup before."""

    def __init__(self, out: IO[bytes], app_version: str, made_ms: int) -> None:
        self._gzip = gzip.GzipFile(
            filename="", mode="wb", compresslevel=_LEVEL, fileobj=out
        )
        self._sink = _Sink(self._gzip)
        self._tar = tarfile.open(mode="w|", fileobj=cast(gzip.GzipFile, self._sink))  # noqa: SIM115
        self._sums = Sums({name: Tally() for name in ORDER})
        self._waiting: dict[str, list[bytes]] = {}
        self._bytes = self._number = 0
        self._migrations: list[str] = []
        self._app_version, self._made_ms = app_version, made_ms
        about = {"format": FORMAT, "version": VERSION, "made_ms": made_ms}
        self._put(ABOUT, jsonio.dumps({**about, "app_version": app_version}))

    def add(self, page: Page) -> None:
        """Raises `Unstorable` for what could not be restored."""
        lines = []
        for row in page.rows:
            try:
                check_document(row)
            except UnsafeOperation as err:
                raise Unstorable(f"{page.collection}: {row.get('_id')}: {err}") from err
            lines.append(line_of(row))
            if row.get("s") == PARTITION and row.get("done_ms"):
                self._migrations.append(row["b"].removeprefix(MIGRATION))
        self._sums.count(page.collection, lines)
        self._waiting.setdefault(page.collection, []).extend(lines)
        self._bytes += sum(map(len, lines))
        if self._bytes >= _PIECE_BYTES:
            self._flush()

    def close(self, sign: Sign) -> Manifest:
        """Finish the file, signed; it is not closed itself."""
        self._flush()
        manifest = Manifest(
            app_version=self._app_version,
            made_ms=self._made_ms,
            collections=self._sums.collections,
            migrations=self._migrations,
            checksum=self._sums.checksum,
            signature=Manifest.signature_of(self._sums.checksum, sign),
        )
        self._put(MANIFEST, jsonio.dumps(asdict(manifest)))
        self._tar.close()
        self._gzip.close()
        return manifest

    def abandon(self) -> None:
        """Write no more."""
        self._sink.is_closed = True
        self._tar.close()

    def _flush(self) -> None:
        for collection, lines in self._waiting.items():
            if lines:
                self._number += 1
                name = f"{collection}/{self._number:06d}.ndjson"
                self._put(name, _joined(lines))
        self._waiting, self._bytes = {}, 0

    def _put(self, name: str, content: bytes) -> None:
        if name != MANIFEST:
            self._sums.piece(name, content)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = len(content), self._made_ms // 1000, 0o600
        self._tar.addfile(entry, io.BytesIO(content))


def _joined(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)
