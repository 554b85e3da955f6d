"""A small AMQP 1.0 broker on Qpid Proton, as a process: takes every message.

    python -m tests.support.amqp_broker PORT FILE [TOKEN]

It lets in whoever asks, as the emulator of Service Bus does, says yes to any token that
is put to `$cbs`, or to that one alone, and writes what it takes to FILE, a line of JSON
each, before it says so.
"""

import json
import sys
from pathlib import Path
from typing import Any

from proton import Message
from proton.handlers import MessagingHandler
from proton.reactor import Container

# Of a message's sections the one with data, by its last byte; how long sections are.
_DATA = 0x75
_EMPTY_LIST, _SHORT = 0x45, (0xC0, 0xC1, 0xA0)
_DESCRIBED = b"\x00\x53"


class AmqpBroker(MessagingHandler):  # type: ignore[misc]
    """Batches are taken apart."""

    def __init__(self, port: int, file: Path, token: str | None = None) -> None:
        super().__init__(prefetch=0, auto_accept=False)
        self._port = port
        self._file = file
        self._token = token
        self._answers: Any = None

    def on_start(self, event: Any) -> None:
        event.container.listen(f"amqp://127.0.0.1:{self._port}")
        print("listening", flush=True)  # noqa: T201  who started it waits

    def on_link_opening(self, event: Any) -> None:
        link = event.link
        link.source.copy(link.remote_source)
        link.target.copy(link.remote_target)
        if link.is_sender:
            self._answers = link
        else:
            link.flow(100)
        link.open()

    def on_delivery(self, event: Any) -> None:
        delivery, link = event.delivery, event.link
        if not link.is_receiver or not delivery.readable or delivery.partial:
            return
        raw = link.recv(delivery.pending)
        link.advance()
        link.flow(1)
        if link.remote_target.address == "$cbs":
            self._let_in(_decoded(raw))
        else:
            self._keep([_decoded(one) for one in _parts(raw)])
        self.accept(delivery)

    def _let_in(self, asked: Any) -> None:
        said = {"status-code": 202, "status-description": "Accepted"}
        if self._token not in (None, asked.body):
            said = {"status-code": 401, "status-description": "Unauthorized"}
        self._answers.send(Message(correlation_id=asked.id, properties=said))

    def _keep(self, messages: list[Any]) -> None:
        with self._file.open("a") as file:
            for one in messages:
                body = json.loads(bytes(one.body))
                kept = {"id": one.id, "session": one.group_id, "body": body}
                print(json.dumps(kept), file=file)


def _decoded(raw: bytes) -> Any:
    message = Message()
    message.decode(raw)
    return message


def _parts(raw: bytes) -> list[bytes]:
    """The messages in a batch, whose data sections are messages; else the one."""
    found: list[bytes] = []
    at = 0
    while at < len(raw):
        section, kind = raw[at + 2], raw[at + 3]
        width = 0 if kind == _EMPTY_LIST else 1 if kind in _SHORT else 4
        start = at + 4 + width
        size = int.from_bytes(raw[at + 4 : start], "big")
        if section == _DATA:
            found.append(raw[start : start + size])
        at = start + size
    return found if found and found[0].startswith(_DESCRIBED) else [raw]


if __name__ == "__main__":
    Container(AmqpBroker(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])).run()
