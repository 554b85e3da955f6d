"""How a filter of the trail becomes reads of one index each.

A list of values is one read for each, merged by the sort key: `$in` and `$or` read
the whole collection on some engines. Two lists are one read for each pair; what
would be more than 20 reads is checked here, entry by entry, as is a search.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from domain.activity import QUIET, QUIET_MARK, REFUSALS, ActivityFilter, Result
from domain.users import fold
from persistence.activity_documents import PREFIXES, marked, result_of
from persistence.paging import Range
from persistence.safe import Document

STREAMS_MAX = 20
USER_TARGET = "user"
Stream = dict[str, str]  # equalities that hold together
Check = Callable[[Document], bool]


@dataclass(frozen=True)
class Query:
    """`streams` any of which a row may be in, and `checks` that all must pass."""

    streams: Sequence[Stream]
    checks: Sequence[Check]
    from_key: str
    to_key: str

    def admits(self, row: Document) -> bool:
        return all(check(row) for check in self.checks)

    def within(self, between: Range) -> Range:
        """The sort keys of `between` that the filter's range leaves."""
        return {
            "$gt": max(self.from_key, between.get("$gt", self.from_key)),
            "$lt": min(self.to_key, between.get("$lt", self.to_key)),
        }


def query_of(where: ActivityFilter, own_of: str | None) -> Query:
    """The reads and checks that a filter asks for."""
    streams: list[Stream] = [_equalities(where)]
    checks: list[Check] = []
    for values in _lists(where, own_of):
        if not values:
            continue
        if len(streams) * len(values) <= STREAMS_MAX:
            pairs = product(streams, values)
            streams = [one | two for one, two in pairs if _agree(one, two)]
        else:
            checks.append(_any_of(values))
    if own_of is not None:
        checks.append(_any_of([{"a": marked(own_of)}, {"gt": marked(USER_TARGET)}]))
    if where.target_type is not None and where.target_id is not None:
        checks.append(_any_of([{"gt": marked(where.target_type)}]))
    if where.outcome is not None:
        checks.append(_ended(where.outcome))
    if where.search is not None:
        checks.append(_search(where.search))
    mark = QUIET_MARK if QUIET.issuperset(where.actions or ("-",)) else ""
    return Query(
        streams=streams,
        checks=checks,
        # No key equals 13 digits alone, so "from" needs no "or equal"; and every
        # digit sorts before ":".
        from_key=mark if where.from_ms is None else f"{mark}{where.from_ms:013d}",
        to_key=f"{mark}:" if where.to_ms is None else f"{mark}{where.to_ms:013d}",
    )


def _lists(where: ActivityFilter, own_of: str | None) -> list[list[Stream]]:
    own: list[Stream] = []
    if own_of is not None:
        # The type is checked afterwards: other things hardly ever have such an id.
        own = [{"a": marked(own_of)}, {"g": marked(own_of)}]
    actors: list[Stream] = [{"a": marked(one)} for one in where.actor_ids]
    actions = [_action(pattern) for pattern in where.actions]
    # Refusals are few and known by their actions; what was done is nearly everything.
    refused = where.outcome is Result.REFUSED
    refusals: list[Stream] = [{"t": one} for one in REFUSALS] if refused else []
    return [own, actors, actions, refusals]


def _agree(one: Stream, two: Stream) -> bool:
    return all(two.get(field, value) == value for field, value in one.items())


def _action(pattern: str) -> Stream:
    if not pattern.endswith(".*"):
        return {"t": pattern}
    prefix = pattern.removesuffix(".*")
    return {PREFIXES[prefix.count(".")]: prefix}


def _equalities(where: ActivityFilter) -> Stream:
    found: Stream = {}
    if where.target_id is not None:
        found["g"] = marked(where.target_id)
    elif where.target_type is not None:
        found["gt"] = marked(where.target_type)
    if where.severity is not None:
        found["sev"] = where.severity.value
    return found


def _any_of(values: Sequence[Stream]) -> Check:
    def check(row: Document) -> bool:
        return any(
            row[field] == value for one in values for field, value in one.items()
        )

    return check


def _ended(outcome: Result) -> Check:
    return lambda row: result_of(row) is outcome


def _search(text: str) -> Check:
    def check(row: Document) -> bool:
        details = row["d"]
        labels = (details[name] for name in ("summary", "actor_label", "target_label"))
        return any(text in fold(label) for label in labels if label is not None)

    return check
