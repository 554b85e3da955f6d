"""Callers of the application from other addresses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette


@asynccontextmanager
async def at(
    app: Starlette, address: str = "192.0.2.1"
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that address."""
    transport = httpx.ASGITransport(app=app, client=(address, 50_000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as client:
        yield client
