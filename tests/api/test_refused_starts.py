"""A start that was refused is told by the next one: once, without secrets."""

from pathlib import Path

import pytest

from app import refused_starts
from app.settings.settings import BadSetting
from domain.activity import Result
from domain.errors import Unavailable
from resolvers.context import Services
from tests.support.trail import trail

REFUSALS = [
    "DASHBOARD_JWT_SECRET is '****'; allowed: 32 bytes",
    "DASHBOARD_PORT is 'x'",
]


async def test_each_refused_start_leaves_one_entry(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path / "data"))
    for said in REFUSALS:
        refused_starts.note(BadSetting(said))
    path = tmp_path / "data" / refused_starts.NAME
    with path.open("ab") as file:
        file.write(b'{"at_ms": 1, "sa')  # the disk was full
    kept = path.read_bytes()

    await refused_starts.tell(services, path.parent)
    path.write_bytes(kept)  # as after a start that died before it had forgotten them
    await refused_starts.tell(services, path.parent)

    told = await trail(services, "config.refused")
    assert sorted(one.summary.partition(": ")[2] for one in told) == REFUSALS
    assert {one.result for one in told} == {Result.REFUSED}
    assert not list(path.parent.iterdir())


async def test_what_cannot_be_told_now_is_told_by_the_start_after(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def away(*_: object) -> set[str]:
        raise Unavailable

    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path))
    refused_starts.note(BadSetting(REFUSALS[0]))
    with monkeypatch.context() as patched:
        patched.setattr(services.repos.activity, "append", away)
        await refused_starts.tell(services, tmp_path)
    assert await trail(services, "config.refused") == []
    refused_starts.note(BadSetting(REFUSALS[1]))

    await refused_starts.tell(services, tmp_path)

    assert len(await trail(services, "config.refused")) == 2


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data directory that cannot be made."""
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "below"
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder))
    return folder


def test_a_start_that_can_keep_nothing_is_refused_all_the_same(
    nowhere: Path, tmp_path: Path
) -> None:
    refused_starts.note(BadSetting(REFUSALS[0]))

    assert list(tmp_path.iterdir()) == [nowhere.parent]


async def test_a_start_that_can_read_nothing_is_made_all_the_same(
    services: Services, nowhere: Path
) -> None:
    await refused_starts.tell(services, nowhere)

    assert await trail(services, "config.refused") == []
