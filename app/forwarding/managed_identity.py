"""Tokens for the identity that Azure gives to a container, from the endpoint beside it.

It is one GET, so no package is asked for it. The variables are Azure's own.
"""

import asyncio
import json
import os
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

ENDPOINT, HEADER, CLIENT = "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "AZURE_CLIENT_ID"
RESOURCE = "https://servicebus.azure.net"
VERSION = "2019-08-01"


class NoIdentity(Exception):
    """Nobody here gives tokens."""


class Token(NamedTuple):
    """`expires_on` is in seconds since 1970."""

    token: str
    expires_on: int


class NoToken(OSError):
    """The endpoint gave none; it may later."""


class ManagedIdentity:
    """A credential, as the clients of Azure take one.

    Raises:
        NoIdentity: the environment has no endpoint.
    """

    def __init__(self, *, timeout_s: float) -> None:
        if not os.environ.get(ENDPOINT):
            raise NoIdentity(f"there is no {ENDPOINT}: the identity is Azure's to give")
        wanted = {"resource": RESOURCE, "api-version": VERSION}
        if client := os.environ.get(CLIENT):
            wanted["client_id"] = client
        self._request = Request(  # noqa: S310  Azure names it, not a caller
            f"{os.environ[ENDPOINT]}?{urlencode(wanted)}",
            headers={"X-IDENTITY-HEADER": os.environ.get(HEADER, "")},
        )
        self._timeout_s = timeout_s

    async def get_token(self, *_: str, **__: object) -> Token:
        """Raises NoToken."""
        return await asyncio.to_thread(self._asked)

    def _asked(self) -> Token:
        opener = build_opener(ProxyHandler({}))
        try:
            with opener.open(self._request, timeout=self._timeout_s) as answer:
                said = json.load(answer)
            return Token(said["access_token"], int(said["expires_on"]))
        except (OSError, ValueError, KeyError, TypeError) as err:
            raise NoToken(f"no token of the identity: {type(err).__name__}") from err
