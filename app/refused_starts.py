"""Starts that were refused for a setting: noted beside the data, told in the trail.

A refused start has no database it could trust; the next one that serves tells of it.
"""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.settings.rules import PREFIX
from app.settings.server import ServerSettings
from app.settings.settings import BadSetting
from domain.activity import Origin, Severity
from domain.errors import Unavailable
from domain.principal import SYSTEM
from kit.clock import SystemClock
from kit.jsonio import dumps, loads
from resolvers.audit import append, entry_for
from resolvers.context import Context, Services

NAME = "refused_starts.ndjson"
BYTES_MAX = 65_536  # whoever is started again and again says the same
ACTION = "config.refused"


def note(refusal: BadSetting) -> None:
    """Keep it in the data directory; where that cannot be, the terminal has it."""
    default = str(ServerSettings.model_fields["data_dir"].default)
    path = Path(os.environ.get(f"{PREFIX}DATA_DIR") or default) / NAME
    line = dumps({"at_ms": SystemClock().now_ms(), "said": str(refusal)}) + b"\n"
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size < BYTES_MAX:
            kept = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(kept, "ab") as file:
                file.write(line)


async def tell(services: Services, data_dir: Path) -> None:
    """An entry `config.refused` for each, stamped with its own moment; each once,
    however often this is done. While MongoDB is away they are kept.

    A data directory that cannot be read or written had nothing kept in it, or goes
    on having it: that keeps nobody from starting.
    """
    path = data_dir / NAME
    taken = path.with_suffix(".telling")
    # Those a start that died had taken come first.
    for _ in range(2):
        with suppress(OSError):
            if not taken.exists():
                path.rename(taken)
            try:
                await _append(services, taken.read_bytes().splitlines())
            except Unavailable:
                return
            taken.unlink()


async def _append(services: Services, lines: list[bytes]) -> None:
    ctx = Context(services, SYSTEM, Origin(request_id="start"))
    entries = []
    for line in lines:
        with suppress(ValueError, KeyError, TypeError):  # cut by a full disk
            found = loads(line)
            at_ms, said = int(found["at_ms"]), str(found["said"])
            entry = entry_for(
                ctx,
                ACTION,
                summary=f"A start was refused: {said}",
                severity=Severity.WARNING,
                once=(str(at_ms), said),
            )
            entries.append(replace(entry, occurred_ms=at_ms))
    if entries:
        await append(ctx, entries)
