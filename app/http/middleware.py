"""What is done to every request before it is routed: pure ASGI, one class a concern."""

import re
from collections.abc import Callable, Sequence
from ipaddress import ip_network

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.refusals import refusal
from domain.addresses import Address, read_address
from domain.errors import InvalidInput
from kit.ids import random_id
from kit.logs import request_id
from resolvers.context import Services

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    # A page that we serve brings a policy of its own.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
HSTS = "max-age=31536000"
SERVED = ("http", "websocket")


class UnknownHost(InvalidInput):
    """The `Host` header is none of ours."""

    http_status = 400


class Provide:
    """Hands the process's services to whatever answers, in the request's state."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services]) -> None:
        self.app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in SERVED:
            scope.setdefault("state", {})["services"] = self._services()
        await self.app(scope, receive, send)


class RequestId:
    """Names each request: as its sender did, if that is sane, else at random."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in SERVED:
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        name = given if _SANE_ID.fullmatch(given) else random_id("r")
        scope.setdefault("state", {})["request_id"] = name

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-ID"] = name
            await send(message)

        token = request_id.set(name)
        try:
            await self.app(scope, receive, send_named)
        finally:
            request_id.reset(token)


class SecurityHeaders:
    """Adds what no answer says for itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", HSTS)
            await send(message)

        await self.app(scope, receive, send_secured)


class ClientAddress:
    """Believes a trusted proxy about whom it forwards for, and over which scheme."""

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self.app = app
        self._trusted = [ip_network(proxy, strict=False) for proxy in trusted]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        peer = read_address(client[0]) if client else None
        if scope["type"] in SERVED and client and peer:
            scope["client"] = (str(peer), client[1])
            if self._is_trusted(peer):
                self._believe(scope, peer)
        await self.app(scope, receive, send)

    def _believe(self, scope: Scope, peer: Address) -> None:
        scope.setdefault("state", {})["by_proxy"] = True
        headers = Headers(scope=scope)
        forwarded = ",".join(headers.getlist("x-forwarded-for"))
        scope["client"] = (str(self._origin(forwarded, peer)), 0)
        if headers.get("x-forwarded-proto") in ("https", "wss"):
            scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"

    def _origin(self, forwarded: str, nearest: Address) -> Address:
        # From the right: what stands left of an untrusted address is its own word.
        address = nearest
        for hop in reversed(forwarded.split(",")):
            told = read_address(hop)
            if told is None:
                break
            address = told
            if not self._is_trusted(address):
                break
        return address

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


PROBES = frozenset({"/health", "/health/ready"})


class AllowedHosts:
    """Answers only for the names we have: 400 for any other `Host` header.

    Probes ask by address, and health shows nothing to be lured into: it answers all.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self._exact = frozenset(hosts)
        self._suffixes = tuple(host[1:] for host in hosts if host.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_probe = scope.get("path") in PROBES
        if (
            scope["type"] not in SERVED
            or is_probe
            or self._allows(Headers(scope=scope))
        ):
            await self.app(scope, receive, send)
            return
        reason = "is not one of DASHBOARD_ALLOWED_HOSTS"
        await refusal(scope, UnknownHost.of("Host", reason))(scope, receive, send)

    def _allows(self, headers: Headers) -> bool:
        if len(headers.getlist("host")) > 1:
            return False
        if not self._exact or "*" in self._exact:
            return True
        host = re.sub(r":\d*$", "", headers.get("host", "").lower())
        return host in self._exact or (
            bool(self._suffixes) and host.endswith(self._suffixes)
        )
