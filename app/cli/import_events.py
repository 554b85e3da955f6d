"""`dashboard import events`: activity of elsewhere, one JSON object a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.cli.import_entry import already, remember
from app.cli.import_report import Bar, Tally
from app.cli.import_source import Source
from app.rest.names import snake_case
from domain.activity import Activity, ActivityDraft, Severity, one_line
from domain.activity_rules import check_draft, check_key, check_label
from domain.errors import InvalidInput
from domain.ids import ACTIVITY
from kit.ids import derived_id
from kit.strict_json import loads
from kit.times import parse_rfc3339
from resolvers.activity_recording import FUTURE_MS, entry_of, known_users
from resolvers.context import Context

ACTION = "import.events"
LINE_MAX = 65_536  # bytes
LINES_PER_BATCH = 500
NAME_SHOWN = 40  # characters
FIELDS = (
    "action",
    "summary",
    "actor_id",
    "actor_label",
    "target_type",
    "target_id",
    "target_label",
    "severity",
    "occurred_at",
    "event_id",
)


class BadEvent(ValueError):
    """Says what is wrong with a line."""


@dataclass(frozen=True)
class Event:
    """A good line. `actor_label` is for actors that have no account here."""

    draft: ActivityDraft
    actor_label: str | None
    entry_id: str


async def import_events(ctx: Context, source: Source, bar: Bar) -> Tally | str:
    """What was read, or the sentence that this content was imported before.

    An event is known by its `event_id`, otherwise by the content of the file and
    its line in it: one that is stored already is counted and stays as it is.

    Raises:
        Unreadable: the file breaks off; what came before is stored.
        Unavailable: the database is gone; run it again.
    """
    if said := await already(ctx, ACTION, source):
        return said
    tally = Tally()
    for events in _batches(source, tally, bar, ctx.now_ms()):
        entries = await _entries(ctx, events)
        tally.repeated += len(events) - len(await ctx.repos.activity.append(entries))
    if tally.accepted:
        await remember(ctx, ACTION, source, f"Imported {source.name}: {tally.counts}")
    return tally


async def _entries(ctx: Context, events: Sequence[Event]) -> list[Activity]:
    actor_ids = [event.draft.actor_id for event in events]
    users = await known_users(ctx, {one for one in actor_ids if one})
    entries: dict[str, Activity] = {}
    for event in events:
        actor_id = event.draft.actor_id
        user = users.get(actor_id) if actor_id else None
        label = event.actor_label or (user.name if user else actor_id) or "system"
        entry = entry_of(
            event.draft, event.entry_id, actor_id, label, now_ms=ctx.now_ms()
        )
        entries.setdefault(entry.id, entry)
    return list(entries.values())


def _batches(
    source: Source, tally: Tally, bar: Bar, now_ms: int
) -> Iterator[list[Event]]:
    batch: list[Event] = []
    for number, text, size in source.lines(LINE_MAX):
        bar.update(size)
        try:
            event = read_event(text, now_ms, (source.digest, str(number)))
        except BadEvent as err:
            tally.refuse(number, err, text)
            continue
        tally.accept(event.draft.occurred_ms or now_ms)
        batch.append(event)
        if len(batch) == LINES_PER_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def read_event(text: str, now_ms: int, place: tuple[str, ...]) -> Event:
    """The event of a line; `place` tells it from others where it has no id.

    Raises:
        BadEvent: not such an object, or a field of it breaks its rule.
    """
    try:
        fields = _fields(text)
        draft = check_draft(_draft(fields, now_ms))
        check_key(draft.actor_id, field="actorId")
        label = check_label(fields.get("actor_label"), field="actorLabel")
    except InvalidInput as err:
        name, reason = snake_case(err.problems[0].field), err.problems[0].reason
        raise BadEvent(f"has a bad {name}: it {reason}") from err
    key = ("event", draft.event_id) if draft.event_id else place
    return Event(draft, label, derived_id(ACTIVITY, ACTION, *key))


def _fields(text: str) -> dict[str, str]:
    try:
        value: Any = loads(text.encode())
    except ValueError as err:
        raise BadEvent(f"is not JSON: {err}") from err
    if not isinstance(value, dict):
        raise BadEvent("is not a JSON object")
    # A misspelt occurred_at left out in silence would put the event at now.
    for name, content in value.items():
        if name not in FIELDS:
            raise BadEvent(f"has an unknown field {one_line(name, NAME_SHOWN)}")
        if content is not None and not isinstance(content, str):
            raise BadEvent(f"has a bad {name}: it must be text")
    return {name: content for name, content in value.items() if content is not None}


def _draft(fields: dict[str, str], now_ms: int) -> ActivityDraft:
    return ActivityDraft(
        action=fields.get("action", ""),
        summary=fields.get("summary"),
        actor_id=fields.get("actor_id"),
        target_type=fields.get("target_type"),
        target_id=fields.get("target_id"),
        target_label=fields.get("target_label"),
        severity=_severity(fields.get("severity", Severity.INFO)),
        occurred_ms=_moment(fields.get("occurred_at"), now_ms),
        event_id=fields.get("event_id"),
    )


def _severity(text: str) -> Severity:
    try:
        return Severity(text)
    except ValueError as err:
        raise InvalidInput.of(
            "severity", f"must be one of {', '.join(Severity)}"
        ) from err


def _moment(text: str | None, now_ms: int) -> int | None:
    if text is None:
        return None
    try:
        at_ms = parse_rfc3339(text)
    except ValueError as err:
        raise InvalidInput.of("occurredAt", str(err)) from err
    if at_ms > now_ms + FUTURE_MS:
        raise InvalidInput.of("occurredAt", "must not lie in the future")
    return at_ms
