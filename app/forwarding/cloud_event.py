"""A happening as other systems read it: a CloudEvent 1.0 in JSON.

What it says is what an administrator sees in the feed: no address, no session.
"""

from typing import Any

from domain.forwarding import Happening
from kit.jsonio import dumps
from kit.times import rfc3339

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"


def cloud_event(happening: Happening, source: str) -> bytes:
    """Structured mode. `sequence` sorts by code points as the trail does; `late` is
    there, and true, where later ones may have come first.
    """
    entry = happening.entry
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": entry.id,
        "source": source,
        "type": entry.action,
        "subject": happening.subject,
        "time": rfc3339(entry.occurred_ms),
        "sequence": happening.sequence,
        "datacontenttype": "application/json",
        "data": _data(happening),
    }
    if happening.late:
        event["late"] = True
    return dumps(event)


def _data(happening: Happening) -> dict[str, Any]:
    entry = happening.entry
    return {
        "id": entry.id,
        "action": entry.action,
        "actor_id": entry.actor_id,
        "actor_label": entry.actor_label,
        "target_type": entry.target_type,
        "target_id": entry.target_id,
        "target_label": entry.target_label,
        "summary": entry.summary,
        "changes": [
            {"field": one.field, "before": one.before, "after": one.after}
            for one in entry.changes
        ],
        "severity": entry.severity,
        "result": entry.result,
        "occurred_at": rfc3339(entry.occurred_ms),
        "recorded_at": rfc3339(entry.recorded_ms),
        "request_id": entry.request_id,
    }
