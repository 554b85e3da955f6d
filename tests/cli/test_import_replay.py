"""`dashboard import access-log --replay`: the rhythm of a log, now."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.cli.import_replay import Replay
from app.cli.import_report import Tally, progress
from app.cli.import_source import open_stream
from app.settings.settings import Settings
from domain.activity import ActivityFilter
from domain.metrics import Interval, MetricsQuery, RangeInput
from kit.times import MINUTE_MS, parse_rfc3339
from resolvers.activity import list_activity
from resolvers.context import Context, Services
from resolvers.series import metrics
from tests.support.clock import START, ManualClock
from tests.support.commands import ADMIN, commands

START_MS = parse_rfc3339(START)
Lines = Callable[[str], Path]


def line(time: str, status: int = 200) -> str:
    return f'192.0.2.1 - - [17/May/2015:{time} +0000] "GET / HTTP/1.1" {status} 10\n'


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    def write(text: str) -> Path:
        path = tmp_path / "access.log"
        path.write_text(text)
        return path

    return write


async def replay(
    services: Services, clock: ManualClock, path: Path, speed: float
) -> Tally:
    """A replay whose pauses move the clock instead of taking time."""

    async def sleep(seconds: float) -> None:
        clock.advance(seconds)

    with open_stream(str(path)) as source, progress("", 0) as bar:
        return await Replay(Context(services), speed, sleep).run(source, bar)


async def requests_by_minute(services: Services, minutes: int) -> list[float | None]:
    query = MetricsQuery(
        names=("http.requests",),
        range=RangeInput(START_MS, START_MS + minutes * MINUTE_MS),
        interval=Interval.PT1M,
    )
    result = await metrics(Context(services, ADMIN), query)
    return [point.value for series in result.series for point in series.points]


async def test_lines_come_in_their_rhythm_at_the_speed_asked_for(
    services: Services, clock: ManualClock, lines: Lines
) -> None:
    log = lines(
        line("10:00:00")
        + line("10:59:59")
        + line("11:00:00")
        + line("10:30:00")  # late in the log: at once
        + line("13:00:00")
    )

    tally = await replay(services, clock, log, speed=60)

    assert tally.accepted == 5
    assert await requests_by_minute(services, 4) == [2, 2, None, 1]
    assert clock.now_ms() == START_MS + 3 * MINUTE_MS


async def test_bad_lines_hold_nothing_up(
    services: Services, clock: ManualClock, lines: Lines
) -> None:
    log = lines("nonsense\n" + line("10:00:00") + "more\n" + line("10:01:00"))

    tally = await replay(services, clock, log, speed=1)

    assert (tally.accepted, tally.bad) == (2, 2)
    assert await requests_by_minute(services, 2) == [1, 1]


async def test_each_replay_counts_anew_and_leaves_an_entry(
    services: Services, clock: ManualClock, lines: Lines
) -> None:
    log = lines(line("10:00:00"))

    for _ in range(2):
        await replay(services, clock, log, speed=60)

    assert await requests_by_minute(services, 1) == [2]
    page = await list_activity(
        Context(services, ADMIN), where=ActivityFilter(actions=("import.replay",))
    )
    assert [entry.summary for entry in page.items] == [
        "Replayed access.log at 60x: 1 lines, 1 accepted, 0 bad"
    ] * 2


async def test_what_was_played_before_a_stop_is_kept(
    services: Services, lines: Lines
) -> None:
    log = lines(line("10:00:00") + line("12:00:00"))
    started = asyncio.Event()

    async def sleep(_: float) -> None:
        started.set()
        await asyncio.Event().wait()

    with open_stream(str(log)) as source, progress("", 0) as bar:
        run = Replay(Context(services), 1, sleep).run(source, bar)
        playing = asyncio.create_task(run)
        await started.wait()
        playing.cancel()
        tally = await playing

    assert (tally.stopped, tally.accepted) == (True, 1)
    assert await requests_by_minute(services, 1) == [1]
    page = await list_activity(Context(services, ADMIN))
    assert "at 1x until stopped" in page.items[0].summary


def test_a_pipe_is_played_as_it_comes(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    standard_input: Callable[[bytes], AbstractContextManager[None]],
) -> None:
    dashboard = commands(settings, monkeypatch)
    text = line("10:00:00") + line("10:00:01")

    with standard_input(text.encode()):
        assert dashboard("import", "access-log", "--replay", "1000", "-") == 0

    [entry] = dashboard.activity("import.replay")
    assert entry.summary.endswith("2 lines, 2 accepted, 0 bad")
