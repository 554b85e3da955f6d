"""What is imported: a file or the standard input, plain or gzipped."""

import gzip
import hashlib
import io
import itertools
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from domain.activity import LABEL_MAX, one_line

STDIN = "-"
Packed = io.BufferedReader | io.BufferedRandom
_GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 20
_BOM = "\ufeff"


class Unreadable(Exception):
    """A file that cannot be opened, or gzip data that is broken; says why."""


@dataclass(frozen=True)
class Source:
    """Open content, whatever it was packed in.

    `digest` is the SHA-256 of the unpacked content and `size` its bytes, so that a
    file and its gzipped twin are the same import. Both are empty for a stream.
    """

    name: str
    content: io.BufferedIOBase
    digest: str = ""
    size: int = 0

    def lines(self, max_bytes: int) -> Iterator[tuple[int, str, int]]:
        """Number (from 1), text and size in bytes of each line that is not blank.

        A line over `max_bytes` comes as its beginning; bytes that are not UTF-8
        come as U+FFFD.

        Raises:
            Unreadable: the packed data break off or are damaged.
        """
        with _explained(self.name):
            for number in itertools.count(1):
                raw = self.content.readline(max_bytes)
                if not raw:
                    return
                size = len(raw) + self._skip_rest(raw)
                text = raw.decode(errors="replace").lstrip(_BOM).strip()
                if text:
                    yield number, text, size

    def _skip_rest(self, read: bytes) -> int:
        """Go on to the end of the line that `read` begins; how many bytes that was."""
        skipped = 0
        while not read.endswith(b"\n"):
            read = self.content.readline(_BLOCK)
            if not read:
                break
            skipped += len(read)
        return skipped


@contextmanager
def open_source(name: str) -> Iterator[Source]:
    """The whole of a file, or of the standard input for `-`, read once beforehand.

    Raises:
        Unreadable: it cannot be read.
    """
    with ExitStack() as opened:
        with _explained(name):
            packed = _seekable(_open(name), opened)
            content = _unpacked(packed)
            digest, size = _digest(content)
            content.seek(0)
        yield Source(_label(name), content, digest, size)


@contextmanager
def open_stream(name: str) -> Iterator[Source]:
    """The same without digest or size, read as it comes: the input may never end."""
    with _explained(name):
        packed = _open(name)
    # An input is not closed: that would wait for who waits for its next line.
    with nullcontext(packed) if name == STDIN else packed:
        with _explained(name):
            content = _unpacked(packed)
        yield Source(_label(name), content)


def _open(name: str) -> Packed:
    if name == STDIN:
        return os.fdopen(sys.stdin.fileno(), "rb", closefd=False)
    return Path(name).open("rb")


def _seekable(packed: Packed, opened: ExitStack) -> Packed:
    """The same content where it can be read twice: pipes are spooled."""
    opened.enter_context(packed)
    if packed.seekable():
        return packed
    spool = tempfile.TemporaryFile()  # noqa: SIM115  closed with the rest
    opened.enter_context(spool)
    shutil.copyfileobj(packed, spool)
    spool.seek(0)
    return spool


def _label(name: str) -> str:
    return "standard input" if name == STDIN else one_line(Path(name).name, LABEL_MAX)


def _unpacked(packed: Packed) -> io.BufferedIOBase:
    """Told by the first bytes, as names and endings lie."""
    if packed.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC):
        return gzip.GzipFile(fileobj=packed)
    return packed


def _digest(content: io.BufferedIOBase) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := content.read(_BLOCK):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Unreadable(f"{name}: there is no such file") from None
    except (OSError, EOFError, zlib.error) as err:
        reason = getattr(err, "strerror", None) or str(err)
        raise Unreadable(f"{name}: {reason}") from err
