"""Whether this version fits the database, and what a start notes in it."""

import logging

from domain.errors import Unavailable
from kit.tokens import TokenSigner
from persistence.migrations.running import note_all_done, standing
from persistence.repositories import Repositories
from persistence.safe import Document
from persistence.system import RESTORE, SIGNING

_KEY, _SIGNS = "k_", "s_"
_log = logging.getLogger(__name__)


def why_not(notes: dict[str, Document]) -> str | None:
    """Why no process of this version may work on a database with these notes."""
    if RESTORE in notes:
        return (
            "a restore of this database was not finished: run `dashboard restore` "
            "with the same archive again"
        )
    if barred := standing(notes).barred:
        return (
            f"the database was migrated by a newer version ({', '.join(barred)}): "
            "start that one, or restore a backup of before"
        )
    return None


async def note_start(repos: Repositories, tokens: TokenSigner, now_ms: int) -> None:
    """What `dashboard serve` does once: a new database needs no migration, one with
    documents may, and the log says so; since when each key is believed, and signs.
    """
    try:
        notes = await repos.notes.all()
        stands = standing(notes)
        if stands.pending and not await repos.users.exist():
            await note_all_done(repos.notes, now_ms)
        elif stands.pending:
            names = [step.id for step in stands.pending]
            _log.warning(
                "migrations are pending: run `dashboard migrate`",
                extra={"fields": {"migrations": names}},
            )
        if stands.unknown:
            _log.warning(
                "the database is newer than this version",
                extra={"fields": {"migrations": list(stands.unknown)}},
            )
        used = keys_since(notes)
        new = {f"{_KEY}{kid}": now_ms for kid in tokens.kids if kid not in used}
        if tokens.kids[0] not in signing_since(notes):
            new[f"{_SIGNS}{tokens.kids[0]}"] = now_ms
        if new:
            await repos.notes.put(SIGNING, new)
    except Unavailable:
        _log.warning("the start is not noted: MongoDB does not answer")


def keys_since(notes: dict[str, Document]) -> dict[str, int]:
    """When each key was first among those believed, by its `kid`."""
    return _since(notes, _KEY)


def signing_since(notes: dict[str, Document]) -> dict[str, int]:
    """When each key that ever did began to sign, by its `kid`."""
    return _since(notes, _SIGNS)


def _since(notes: dict[str, Document], prefix: str) -> dict[str, int]:
    return {
        name.removeprefix(prefix): at_ms
        for name, at_ms in notes.get(SIGNING, {}).items()
        if name.startswith(prefix)
    }
