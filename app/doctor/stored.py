"""What the database says of itself: migrations, the trail, the keys."""

from collections.abc import AsyncIterator, Iterator

from app.database_state import keys_since, signing_since
from app.doctor.findings import Finding, bad, ok, warn
from domain.limits import Limits
from kit.clock import Clock
from kit.times import DAY_MS
from kit.tokens import TokenSigner
from persistence.migrations.running import standing
from persistence.repositories import Repositories
from persistence.safe import Document
from persistence.system import RESTORE, VERIFIED
from resolvers.anchors import signing

VERIFY_DAYS = 7
KEY_DAYS = 365


async def examined(
    repos: Repositories, tokens: TokenSigner, limits: Limits, clock: Clock
) -> AsyncIterator[Finding]:
    """Raises `Unavailable` when MongoDB does not answer."""
    notes, now_ms = await repos.notes.all(), clock.now_ms()
    is_new = not await repos.users.exist()
    for finding in _migrations(notes, is_new=is_new):
        yield finding
    checkpoint = await repos.chain.checkpoint()
    if checkpoint.is_signed(signing(tokens)):
        yield ok("trail", "its checkpoint is signed by a key of this service")
    else:
        yield bad(
            "trail",
            "its checkpoint is not signed by a key of this service: nothing old is "
            "swept, and what was cannot be proven",
            "put the earlier DASHBOARD_JWT_SECRET behind the new one for a minute; "
            "see docs/audit.md",
        )
    first = await repos.chain.links(0, limit=1)
    since_ms = first[0].made_ms if first else now_ms
    yield _verified(notes.get(VERIFIED), since_ms, now_ms)
    for finding in _keys(tokens, notes, limits, now_ms):
        yield finding


def _migrations(notes: dict[str, Document], *, is_new: bool) -> Iterator[Finding]:
    stands = standing(notes)
    if RESTORE in notes:
        what = "a restore was not finished: no service starts on this database"
        yield bad("restore", what, "run `dashboard restore` with the same file again")
    if stands.barred:
        what = f"of a newer version: {', '.join(stands.barred)}"
        yield bad("migrations", what, "start that version, or restore a backup")
    elif stands.unknown:
        what = f"of a newer version: {', '.join(stands.unknown)}"
        yield warn("migrations", what, "finish the upgrade, or go on as it is")
    if stands.pending and not is_new:
        names = ", ".join(step.id for step in stands.pending)
        yield warn("migrations", f"pending: {names}", "run `dashboard migrate`")
    elif not stands.unknown:
        yield ok("migrations", "none is pending")


def _verified(note: Document | None, since_ms: int, now_ms: int) -> Finding:
    todo = "run `dashboard audit verify`, every day at best"
    if note is not None and note["wrong"]:
        return bad("trail", "it was broken when it was last verified", todo)
    last_ms = since_ms if note is None else note["at_ms"]
    days = (now_ms - last_ms) // DAY_MS
    if days >= VERIFY_DAYS:
        return warn("trail", f"it was not verified for {days} days", todo)
    return ok("trail", "verified lately, or too young to have been")


def _keys(
    tokens: TokenSigner, notes: dict[str, Document], limits: Limits, now_ms: int
) -> Iterator[Finding]:
    """Each step of a rotation, as docs/operations.md has them."""
    signing_kid, *others = tokens.kids
    known = keys_since(notes)
    since_ms = known.get(signing_kid, now_ms)
    age_ms = now_ms - signing_since(notes).get(signing_kid, since_ms)
    if any(known.get(kid, now_ms) > since_ms for kid in others):
        yield warn(
            "keys",
            "a newer key is believed, and does not sign yet",
            "when every replica has it, put it first on one after the other: "
            "DASHBOARD_JWT_SECRET=new,old",
        )
    elif age_ms > KEY_DAYS * DAY_MS:
        yield warn(
            "keys",
            f"the signing key is in use for {age_ms // DAY_MS} days",
            "`openssl rand -hex 32` makes a new one: DASHBOARD_JWT_SECRET=old,new on "
            "every replica first, new,old on one alone; then ask here again",
        )
    elif others:
        left_ms = limits.refresh_token_ttl_s * 1_000 - age_ms
        yield _older(len(others), -(-left_ms // DAY_MS))
    else:
        yield ok("keys", "1 in use")


def _older(count: int, days: int) -> Finding:
    """Keys that sign nothing any more, and for how long somebody may need them."""
    if days > 0:
        return ok("keys", f"{1 + count} in use; the older can go in {days} days")
    what = f"{count} older keys are still believed, and no token is of them any more"
    todo = "take them out on one replica after the other: DASHBOARD_JWT_SECRET=new"
    return warn("keys", what, todo)
