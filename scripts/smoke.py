"""Asks a running service whether it does what people come for; exits 1 when not.

    python -m scripts.smoke URL [--version 1.0.0] [--no-client]

With SMOKE_EMAIL and SMOKE_PASSWORD in the environment it also signs in, asks over REST
and GraphQL, opens a subscription over a WebSocket and signs out again. It changes
nothing else, needs Python alone, and prints one line for each thing it asked.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from scripts.plain_websocket import CutOff, open_websocket, receive, send

TIMEOUT_S = 10
STATS = "{ me { id } stats { activeUsers { value } } }"
LIVE = "subscription { dashboardUpdated { version } }"


class Wrong(Exception):
    """The service answers otherwise than it should."""


class Smoke:
    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.token = ""

    def ask(self, path: str, body: Any = None) -> tuple[int, bytes]:
        """The status and the body of an answer; a body that is sent is JSON."""
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as err:
            return err.code, err.read()

    def json(self, path: str, body: Any = None) -> Any:
        status, text = self.ask(path, body)
        if status != 200:  # noqa: PLR2004
            raise Wrong(
                f"{path} answers {status}: {text[:200].decode(errors='replace')}"
            )
        return json.loads(text)

    def health(self, version: str | None) -> str:
        answer = self.json("/health")
        if answer["status"] != "ok":
            raise Wrong(f"health says {answer}")
        if version and answer["version"] != version:
            raise Wrong(f"version {answer['version']} answers, not {version}")
        self.json("/health/ready")
        return f"version {answer['version']}, ready"

    def client(self) -> str:
        build = self.json("/client.json")["build"]
        page = self.ask("/")[1].decode()
        if not build or f'content="{build}"' not in page:
            raise Wrong("the page is not that of the build")
        return f"build {build}"

    def closed_doors(self) -> str:
        """What nobody may see unasked."""
        status, _ = self.ask("/api/v1/auth/me")
        if status != 401:  # noqa: PLR2004
            raise Wrong(f"who is not signed in gets {status}")
        return "401 without a token"

    def sign_in(self, email: str, password: str) -> str:
        answer = self.json("/api/v1/auth/login", {"email": email, "password": password})
        self.token = answer["data"]["access_token"]
        who = self.json("/api/v1/auth/me")["data"]["email"]
        if who != email:
            raise Wrong(f"signed in as {who}")
        return f"as {who}"

    def graphql(self) -> str:
        answer = self.json("/graphql", {"query": STATS})
        if "errors" in answer:
            raise Wrong(str(answer["errors"]))
        return f"{answer['data']['stats']['activeUsers']['value']:.0f} active"

    def live(self) -> str:
        """A first event of a subscription; proxies on the way let sockets through."""
        with open_websocket(f"{self.url}/graphql", "graphql-transport-ws") as wire:
            send(
                wire,
                {
                    "type": "connection_init",
                    "payload": {"Authorization": f"Bearer {self.token}"},
                },
            )
            send(wire, {"type": "subscribe", "id": "1", "payload": {"query": LIVE}})
            while (message := receive(wire))["type"] != "next":
                if message["type"] not in ("connection_ack", "ping"):
                    raise Wrong(f"the socket says {message}")
        return "a snapshot over the socket"

    def sign_out(self) -> str:
        self.json("/api/v1/auth/logout", {})
        if self.ask("/api/v1/auth/me")[0] != 401:  # noqa: PLR2004
            raise Wrong("the token still works")
        return "and the token is refused"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--version", help="the one that must answer")
    parser.add_argument("--no-client", action="store_true", help="the API alone")
    args = parser.parse_args()
    smoke = Smoke(args.url)
    asked: dict[str, Callable[[], str]] = {"health": lambda: smoke.health(args.version)}
    if not args.no_client:
        asked["client"] = smoke.client
    asked["closed doors"] = smoke.closed_doors
    email, password = os.environ.get("SMOKE_EMAIL"), os.environ.get("SMOKE_PASSWORD")
    if email and password:
        asked["sign in"] = lambda: smoke.sign_in(email, password)
        asked |= {
            "graphql": smoke.graphql,
            "live": smoke.live,
            "sign out": smoke.sign_out,
        }
    for name, question in asked.items():
        try:
            print(f"  ok     {name}: {question()}", flush=True)
        except (Wrong, CutOff, OSError, KeyError, ValueError) as err:
            print(f"  WRONG  {name}: {err!r}", flush=True)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
