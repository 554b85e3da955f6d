"""A client's side of a WebSocket, out of nothing but Python: for `scripts.smoke`."""

import base64
import json
import os
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 10
ENDS_AT_7_BITS = 126
TEXT = 0x1


class CutOff(Exception):
    """The other side does not speak WebSocket, or no more."""


def open_websocket(url: str, protocol: str) -> socket.socket:
    """A connection to an `http` or `https` address, upgraded; speaks that protocol."""
    parts = urlsplit(url)
    is_tls = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if is_tls else 80)
    wire = socket.create_connection((host, port), TIMEOUT_S)
    if is_tls:
        wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    key = base64.b64encode(os.urandom(16)).decode()
    wire.sendall(
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n"
        f"Sec-WebSocket-Protocol: {protocol}\r\n\r\n".encode()
    )
    head = b""
    while b"\r\n\r\n" not in head:
        head += _exactly(wire, 1)
    if b" 101 " not in head.split(b"\r\n")[0]:
        raise CutOff(f"no WebSocket: {head.splitlines()[0].decode()}")
    return wire


def send(wire: socket.socket, message: Any) -> None:
    """A text frame, masked as those of clients are."""
    text = json.dumps(message).encode()
    mask = os.urandom(4)
    long = len(text) >= ENDS_AT_7_BITS
    size = (
        bytes([0xFE]) + len(text).to_bytes(2, "big")
        if long
        else bytes([0x80 | len(text)])
    )
    masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(text))
    wire.sendall(bytes([0x80 | TEXT]) + size + mask + masked)


def receive(wire: socket.socket) -> Any:
    """The next text message; others are passed over."""
    while True:
        first, size = _exactly(wire, 2)
        if size == ENDS_AT_7_BITS:
            size = int.from_bytes(_exactly(wire, 2), "big")
        elif size > ENDS_AT_7_BITS:
            size = int.from_bytes(_exactly(wire, 8), "big")
        content = _exactly(wire, size)
        if first & 0x0F == TEXT:
            return json.loads(content)


def _exactly(wire: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        part = wire.recv(count - len(content))
        if not part:
            raise CutOff("the connection was cut")
        content += part
    return content
