"""Every command sent to MongoDB, timed and, within a trace, told: its name and its
collection, never what it looks for or what it finds.
"""

from pymongo.monitoring import (
    CommandFailedEvent,
    CommandListener,
    CommandStartedEvent,
    CommandSucceededEvent,
)

from kit import tracing
from kit.metrics import REGISTRY

SECONDS = REGISTRY.histogram(
    "dashboard_mongodb_command_seconds",
    "Time from a command to MongoDB to its answer, or to its failure",
    ("command", "collection"),
)
_MICROS = 1_000_000


class Commands(CommandListener):
    """Hears the commands of one client, in whichever thread sends them. The driver
    takes the caller's context along, so that spans find their place.
    """

    def __init__(self) -> None:
        self._running: dict[int, tuple[str, tracing.Span]] = {}

    def started(self, event: CommandStartedEvent) -> None:
        name = event.command_name
        about = event.command.get("collection" if name == "getMore" else name)
        collection = about if isinstance(about, str) else "-"
        attributes: dict[str, tracing.Value] = {
            "db.system.name": "mongodb",
            "db.operation.name": name,
            "db.collection.name": collection,
        }
        span = tracing.span(
            f"mongodb {name} {collection}", attributes, tracing.Kind.CLIENT
        )
        self._running[event.request_id] = collection, span

    def succeeded(self, event: CommandSucceededEvent) -> None:
        self._ended(event)

    def failed(self, event: CommandFailedEvent) -> None:
        self._ended(event, str(event.failure.get("codeName", "failed")))

    def _ended(
        self,
        event: CommandSucceededEvent | CommandFailedEvent,
        failure: str | None = None,
    ) -> None:
        collection, span = self._running.pop(event.request_id)
        SECONDS.observe(event.duration_micros / _MICROS, event.command_name, collection)
        if failure is not None:
            span.fail(failure)
        span.end()
