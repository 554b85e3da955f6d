"""A backup as a file: a gzipped tar, written and read as a stream.

It holds `about.json`, the documents of each collection as NDJSON in pieces of about a
megabyte (`users/000001.ndjson`, …), and at its end `manifest.json`: how many there
are, the sum of their hashes in no order, and a checksum over all that came before.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.chain import Sign
from kit import jsonio
from persistence.bulk import STAMP
from persistence.safe import Document

FORMAT = "user-dashboard backup"
VERSION = 1
ABOUT, MANIFEST = "about.json", "manifest.json"
_SUM_BYTES = 32
_LABEL = "backup"


@dataclass
class Tally:
    """What a collection comes to; equal for equal documents, in whatever order."""

    documents: int = 0
    sum: int = 0

    def add(self, line: bytes) -> None:
        """Counts a document, as `line_of` has it."""
        self.documents += 1
        digest = int.from_bytes(hashlib.sha256(line).digest(), "big")
        self.sum = (self.sum + digest) % 2 ** (8 * _SUM_BYTES)

    @property
    def fields(self) -> dict[str, Any]:
        digest = self.sum.to_bytes(_SUM_BYTES, "big").hex()
        return {"documents": self.documents, "digest": digest}


def line_of(row: Document) -> bytes:
    """The document in one form only, without who wrote it (`ws`), which is no part of
    what it says.
    """
    return jsonio.dumps_sorted({k: v for k, v in row.items() if k != STAMP})


@dataclass(frozen=True)
class Manifest:
    """`collections` are `Tally.fields` by name; `migrations` those the database had
    gone through; `signature` that of the service's key.
    """

    app_version: str
    made_ms: int
    collections: dict[str, dict[str, Any]]
    migrations: Sequence[str]
    checksum: str
    signature: str = ""
    format: str = FORMAT
    version: int = VERSION

    def is_signed(self, sign: Sign) -> bool:
        return self.signature in sign(f"{_LABEL} {self.checksum}")

    @staticmethod
    def signature_of(checksum: str, sign: Sign) -> str:
        return sign(f"{_LABEL} {checksum}")[0]


@dataclass
class Sums:
    """A tally for each collection, and the checksum of everything, piece by piece."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._whole = hashlib.sha256()

    def piece(self, name: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        self._whole.update(f"{name} {digest}\n".encode())

    def count(self, collection: str, lines: Iterable[bytes]) -> None:
        tally = self.tallies.setdefault(collection, Tally())
        for line in lines:
            tally.add(line)

    @property
    def collections(self) -> dict[str, dict[str, Any]]:
        return {name: tally.fields for name, tally in self.tallies.items()}

    @property
    def checksum(self) -> str:
        return self._whole.hexdigest()
