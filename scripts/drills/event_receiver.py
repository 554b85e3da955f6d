"""A receiver of forwarded events, as a process that can be killed.

    python -m scripts.drills.event_receiver PORT FILE

Checks the signature, writes the event to FILE, a line each, and only then says 204.
"""

import base64
import hashlib
import hmac
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105  for drills only
_KEY = base64.b64decode(SECRET.removeprefix("whsec_"))


class Receiver(BaseHTTPRequestHandler):
    """Keeps connections open, as real ones do."""

    protocol_version = "HTTP/1.1"
    file = os.open(os.devnull, os.O_WRONLY)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        good = self._is_signed(body)
        if good:
            os.write(self.file, body + b"\n")
        self.send_response(204 if good else 401)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the file says it."""

    def _is_signed(self, body: bytes) -> bool:
        named, stamp = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        text = f"{named}.{stamp}.".encode() + body
        digest = base64.b64encode(hmac.digest(_KEY, text, hashlib.sha256)).decode()
        return f"v1,{digest}" in self.headers["webhook-signature"].split()


def main(port: int, file: Path) -> None:
    Receiver.file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with ThreadingHTTPServer(("127.0.0.1", port), Receiver) as server:
        print("listening", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
