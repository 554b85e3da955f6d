"""What the service asked of MongoDB, command by command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo.monitoring import (
    CommandFailedEvent,
    CommandListener,
    CommandStartedEvent,
    CommandSucceededEvent,
)

READS = frozenset({"find", "getMore", "aggregate", "count", "distinct"})
_HOUSEKEEPING = frozenset(
    {"hello", "ismaster", "ping", "endSessions", "listIndexes", "createIndexes"}
)


@dataclass(frozen=True)
class Op:
    """`name` is the command's, such as `find`; `collection` what it is about."""

    name: str
    collection: str
    command: Mapping[str, Any]


class DatabaseOps(list[Op]):
    """The commands seen since the last `clear()`, in order, without housekeeping."""

    @property
    def reads(self) -> list[Op]:
        return [op for op in self if op.name in READS]

    @property
    def writes(self) -> list[Op]:
        return [op for op in self if op.name not in READS]


class Recorder(CommandListener):
    """Hears every command of one client."""

    def __init__(self) -> None:
        self.ops = DatabaseOps()

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name not in _HOUSEKEEPING:
            collection = str(event.command.get(event.command_name))
            self.ops.append(Op(event.command_name, collection, event.command))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        pass

    def failed(self, event: CommandFailedEvent) -> None:
        pass
