"""What a build may copy: the files `.dockerignore` leaves."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

NEVER = {".git", ".venv", "node_modules"}  # not walked through, as they are huge


class Context:
    """A folder, as `docker build` sends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        lines = (folder / ".dockerignore").read_text().splitlines()
        self._rules = [
            (not line.startswith("!"), _pattern(line.lstrip("!")))
            for line in map(str.strip, lines)
            if line and not line.startswith("#")
        ]

    def sends(self, path: str) -> bool:
        """Whether that path, relative to the folder, is sent: the last rule wins."""
        ignored = False
        for ignores, pattern in self._rules:
            if pattern.fullmatch(path):
                ignored = ignores
        return not ignored

    def files(self, under: str = ".") -> Iterator[str]:
        """Every file sent from there, or the one that is named."""
        start = self.folder / under
        if start.is_file():
            if self.sends(under):
                yield under
            return
        for parent, folders, names in os.walk(start):
            folders[:] = sorted(set(folders) - NEVER)
            for name in sorted(names):
                path = (Path(parent) / name).relative_to(self.folder).as_posix()
                if self.sends(path):
                    yield path

    def copy(self, source: str, target: Path) -> int:
        """COPY of a file or a folder's content to exactly `target`; how many files.

        Raises:
            FileNotFoundError: nothing of it is sent.
        """
        files = list(self.files(source))
        if not files:
            raise FileNotFoundError(f"nothing of {source} is in the build's context")
        for path in files:
            inside = Path(path).relative_to(source)
            to = target / inside if inside.parts else target
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.folder / path, to)
        return len(files)


def _pattern(line: str) -> re.Pattern[str]:
    """A rule as a pattern of paths: of the path itself and all below it."""
    parts = re.escape(line.strip("/")).replace(r"\*\*/", "(?:.*/)?")
    return re.compile(parts.replace(r"\*", "[^/]*") + "(?:/.*)?")
