"""The service with people on it; its live part alone, on a Redis that can be killed."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.settings.settings import Settings
from domain.users import User
from realtime.live import Live
from tests.support.clock import ManualClock
from tests.support.factories import make_admin, make_user
from tests.support.graphql_sockets import GraphQLConnection, connected
from tests.support.live_parts import running
from tests.support.replicas import OpenService, Replica, replica
from tests.support.valkey import Valkey


@pytest.fixture
def changes() -> dict[str, Any]:
    """How settings of `here` and `there` differ; a file may have its own."""
    return {}


@pytest.fixture
def opened(
    settings: Settings, clock: ManualClock, changes: dict[str, Any]
) -> OpenService:
    return partial(replica, settings.model_copy(update=changes), clock)


@pytest.fixture
async def here(opened: OpenService) -> AsyncIterator[Replica]:
    async with opened() as one:
        yield one


@pytest.fixture
async def there(opened: OpenService) -> AsyncIterator[Replica]:
    async with opened() as one:
        yield one


@pytest.fixture
async def http(here: Replica) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=here.http) as client:
        yield client


@pytest.fixture
async def boss(here: Replica) -> User:
    return await make_admin(here.services, name="Boss")


@pytest.fixture
async def ben(here: Replica) -> User:
    return await make_user(here.services, name="Ben")


@pytest.fixture
async def token(here: Replica, boss: User) -> str:
    return await here.token_of(boss)


@pytest.fixture
async def ben_token(here: Replica, ben: User) -> str:
    return await here.token_of(ben)


@pytest.fixture
async def client(here: Replica, token: str) -> AsyncIterator[GraphQLConnection]:
    async with connected(here, token) as client:
        yield client


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
async def near(valkey: Valkey) -> AsyncIterator[Live]:
    async with running(valkey.address) as live:
        yield live


@pytest.fixture
async def far(valkey: Valkey) -> AsyncIterator[Live]:
    async with running(valkey.address) as live:
        yield live
