"""Whether an entry passes a filter, told from the entry alone."""

from domain.activity import Activity, ActivityFilter
from domain.users import fold


def matches(where: ActivityFilter, entry: Activity) -> bool:
    """As the trail's list is filtered; `where` is one that `check_filter` gave."""
    if where.actor_ids and entry.actor_id not in where.actor_ids:
        return False
    if where.actions and not any(_covers(one, entry.action) for one in where.actions):
        return False
    equal = (
        (where.target_type, entry.target_type),
        (where.target_id, entry.target_id),
        (where.severity, entry.severity),
        (where.outcome, entry.result),
    )
    if any(wanted is not None and wanted != found for wanted, found in equal):
        return False
    if where.from_ms is not None and entry.occurred_ms < where.from_ms:
        return False
    if where.to_ms is not None and entry.occurred_ms >= where.to_ms:
        return False
    return where.search is None or _mentions(entry, where.search)


def _covers(pattern: str, action: str) -> bool:
    if pattern.endswith(".*"):
        return action.startswith(pattern[:-1])
    return action == pattern


def _mentions(entry: Activity, search: str) -> bool:
    labels = (entry.summary, entry.actor_label, entry.target_label)
    return any(search in fold(label) for label in labels if label is not None)
