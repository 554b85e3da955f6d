"""The built client, read once: what is no file of the build cannot be asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from app.http.etag import tag_of

FOLDER = Path(__file__).resolve().parents[2] / "client" / "dist"
INDEX = "index.html"
# The codings that the build writes beside a file, the smallest first.
CODINGS = {"br": ".br", "gzip": ".gz"}
PLAIN = "identity"
LAST_RESORT = 0.0001
MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_NAME = re.compile(r'<meta name="build" content="(\w+)"')


@dataclass(frozen=True)
class ClientFile:
    """A file in every coding there is of it; `identity` is always among them."""

    media_type: str
    bodies: Mapping[str, bytes]
    tag: str

    def tag_in(self, coding: str) -> str:
        """Its strong entity tag: other bytes, another tag."""
        return self.tag if coding == PLAIN else f'{self.tag[:-1]}-{coding}"'

    def coding_for(self, liked: Mapping[str, float]) -> str:
        """What `Accept-Encoding` likes best; of equals, the smallest."""
        # Not mentioned, the file as it is will do, but less than what was.
        anything = liked.get("*", 0.0)
        weights = {coding: liked.get(coding, anything) for coding in self.bodies}
        if PLAIN not in liked and "*" not in liked:
            weights[PLAIN] = LAST_RESORT
        best = max(weights, key=lambda coding: weights[coding])
        return best if weights[best] > 0 else PLAIN


@dataclass(frozen=True)
class ClientBuild:
    """`name` changes with the build; `files` are keyed by path, without the slash."""

    name: str
    files: Mapping[str, ClientFile]

    @property
    def index(self) -> ClientFile:
        return self.files[INDEX]


@cache
def read_build(folder: Path = FOLDER) -> ClientBuild | None:
    """The build in that folder, some 10 MB of it; None where there is none.

    Read whole, so that a build made meanwhile does not mix with this one.
    """
    if not (folder / INDEX).is_file():
        return None
    files = dict(_files(folder))
    named = _NAME.search(files[INDEX].bodies[PLAIN].decode())
    return ClientBuild(named[1] if named else "", files)


def _files(folder: Path) -> Iterator[tuple[str, ClientFile]]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in CODINGS.values():
            continue
        inside = path.resolve().is_relative_to(folder.resolve())
        if inside:
            yield path.relative_to(folder).as_posix(), _read(path)


def _read(path: Path) -> ClientFile:
    coded = {name: path.with_name(path.name + CODINGS[name]) for name in CODINGS}
    bodies = {name: file.read_bytes() for name, file in coded.items() if file.is_file()}
    plain = path.read_bytes()
    media_type = MEDIA_TYPES.get(
        PurePosixPath(path.name).suffix, "application/octet-stream"
    )
    return ClientFile(media_type, {**bodies, PLAIN: plain}, tag_of(plain))
