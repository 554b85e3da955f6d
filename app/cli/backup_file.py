"""The file a backup is written to, there only when it is whole; and the one it is
read from.
"""

import hashlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

STD = "-"


class CannotWrite(Exception):
    """The file cannot be made; the text names it."""


class CannotRead(Exception):
    """The file cannot be opened; the text names it."""


class NewFile(io.RawIOBase):
    """Passes on what is written, counting and hashing it; a file appears under its
    name once it is `complete`.
    """

    def __init__(self, out: IO[bytes], name: str) -> None:
        self.name = name
        self.size = 0
        self._out = out
        self._sha = hashlib.sha256()
        self.is_complete = False

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        view = memoryview(content)
        self._out.write(view)
        self._sha.update(view)
        self.size += len(view)
        return len(view)

    @property
    def digest(self) -> str:
        return self._sha.hexdigest()

    def complete(self) -> None:
        """All is written."""
        self._out.flush()
        self.is_complete = True


@contextmanager
def new_file(name: str) -> Iterator[Any]:
    """A `NewFile`, readable by its owner alone; the standard output for `-`.

    Raises:
        CannotWrite: it is there already, or there is no place for it.
    """
    if name == STD:
        if sys.stdout.isatty():
            raise CannotWrite("a backup is not for a terminal: name a file")
        try:
            yield NewFile(sys.stdout.buffer, "standard output")
        except BrokenPipeError as err:
            # What is buffered must not be tried again at the end of the process.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise CannotWrite("nobody reads the standard output any more") from err
        return
    path = Path(name)
    if path.exists():
        raise CannotWrite(f"{path} is there already")
    try:
        descriptor, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as err:
        raise CannotWrite(f"{path}: {err.strerror}") from err
    try:
        with os.fdopen(descriptor, "wb") as out:
            new = NewFile(out, str(path))
            yield new
            if new.is_complete:
                os.fsync(out.fileno())
                _put_in_place(Path(part), path)
    except OSError as err:
        raise CannotWrite(f"{path}: {err.strerror}") from err
    finally:
        Path(part).unlink(missing_ok=True)


def _put_in_place(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # unlike a rename, it replaces nothing
    except FileExistsError:
        raise CannotWrite(f"{path} is there already") from None
    except OSError:  # a file system without links
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def readable(name: str) -> Iterator[IO[bytes]]:
    """The file, which can be read twice; the standard input, spooled, for `-`.

    Raises:
        CannotRead: there is none.
    """
    if name == STD:
        with tempfile.TemporaryFile() as spool:
            with os.fdopen(sys.stdin.fileno(), "rb", closefd=False) as piped:
                shutil.copyfileobj(piped, spool)
            spool.seek(0)
            yield spool
        return
    try:
        descriptor = os.open(name, os.O_RDONLY)
    except OSError as err:
        raise CannotRead(f"{name}: {err.strerror}") from err
    with os.fdopen(descriptor, "rb") as file:
        yield file
