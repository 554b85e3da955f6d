"""The service, on real databases, for every test that asks for it."""

import os
from collections.abc import AsyncIterator, Iterator

import httpx
import hypothesis
import pytest
from starlette.applications import Starlette

from app.asgi import create_app
from app.lifespan import Platform, open_platform
from app.settings.rules import PREFIX
from app.settings.settings import Settings
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps, Recorder
from tests.support.servers import empty, real_servers


def pytest_configure() -> None:
    """The settings of whoever runs the tests are none of the tests' business."""
    ours = (PREFIX, "OTEL_", "APPLICATIONINSIGHTS_")
    for name in [name for name in os.environ if name.startswith(ours)]:
        del os.environ[name]
    # A busy machine is no counterexample.
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    with real_servers(tmp_path_factory.mktemp("data"), worker) as settings:
        yield settings


@pytest.fixture
def settings(servers: Settings) -> Settings:
    """Settings whose databases have just been emptied."""
    empty(servers)
    return servers


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def database_ops(recorder: Recorder) -> DatabaseOps:
    """Every command MongoDB was sent; `.clear()` it before what is to be counted."""
    return recorder.ops


@pytest.fixture
async def platform(
    settings: Settings, clock: ManualClock, recorder: Recorder
) -> AsyncIterator[Platform]:
    async with open_platform(
        settings, clock=clock, listeners=[recorder], background=False
    ) as platform:
        recorder.ops.clear()
        yield platform


@pytest.fixture
def services(platform: Platform) -> Services:
    return platform.services


@pytest.fixture
def app(platform: Platform) -> Starlette:
    return create_app(platform.settings, platform=platform)


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as client:
        yield client
