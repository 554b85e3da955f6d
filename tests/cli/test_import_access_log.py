"""`dashboard import access-log`, run as a command on real databases."""

import gzip
import os
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.cli.import_access_log import LINES_PER_BATCH, import_access_log
from app.cli.import_source import open_source
from app.settings.settings import Settings
from resolvers.context import Context
from tests.support.commands import Commands, commands

FROM, TO = "2015-05-17T00:00:00Z", "2015-05-21T00:00:00Z"
# Day, hour, method, status, bytes and how many lines of it.
TRAFFIC = (
    (17, 10, "GET", "200", 500, 40),
    (17, 23, "GET", "304", None, 25),
    (18, 0, "HEAD", "200", 0, 7),
    (18, 9, "POST", "500", 12, 3),
    (19, 12, "PROPFIND", "404", 300, 5),
    (20, 21, "GET", "206", 70_000_000_000, 2),
)
LINES = sum(many for *_, many in TRAFFIC)


def log_text() -> str:
    lines = []
    for day, hour, method, status, size, many in TRAFFIC:
        lines += [
            f"192.0.2.{n} - - [{day}/May/2015:{hour:02}:{n:02}:30 +0000] "
            f'"{method} /page/{n} HTTP/1.1" {status} {"-" if size is None else size} '
            '"-" "Mozilla/5.0 (X11; Linux x86_64)"'
            for n in range(many)
        ]
    return "\n".join(lines) + "\n"


def totals(by: int) -> dict[str, int]:
    """Lines by day (0), method (2) or status (3)."""
    counts: Counter[str] = Counter()
    for row in TRAFFIC:
        counts[str(row[by])] += row[-1]
    return dict(counts)


@pytest.fixture
def dashboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return commands(settings, monkeypatch)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    path.write_text(log_text())
    return path


def test_every_line_counts_at_its_own_time(dashboard: Commands, log: Path) -> None:
    assert dashboard("import", "access-log", str(log)) == 0

    by_day = dashboard.sums("http.requests", FROM, TO, by="P1D")
    assert by_day == {
        "2015-05-17T00": 65,
        "2015-05-18T00": 10,
        "2015-05-19T00": 5,
        "2015-05-20T00": 2,
    }
    by_hour = dashboard.sums("http.requests", FROM, TO, by="PT1H")
    assert by_hour == {
        f"2015-05-{day}T{hour:02}": many for day, hour, *_, many in TRAFFIC
    }
    berlin = dashboard.sums(
        "http.requests",
        "2015-05-16T22:00:00Z",
        "2015-05-20T22:00:00Z",
        by="P1D",
        zone="Europe/Berlin",
    )
    assert berlin == {
        "2015-05-16T22": 40,
        "2015-05-17T22": 35,
        "2015-05-18T22": 5,
        "2015-05-19T22": 2,
    }


def test_status_method_and_bytes_are_known_to_the_last_one(
    dashboard: Commands, log: Path
) -> None:
    dashboard("import", "access-log", str(log))

    assert dashboard.sums("http.requests", FROM, TO, by="status") == totals(3)
    assert dashboard.sums("http.requests", FROM, TO, by="method") == {
        "GET": 67,
        "HEAD": 7,
        "POST": 3,
        "OTHER": 5,
    }
    assert sum(dashboard.sums("http.bytes", FROM, TO, by="status").values()) == sum(
        size * many for *_, size, many in TRAFFIC if size
    )


def test_the_same_content_again_changes_nothing_and_says_so(
    dashboard: Commands, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dashboard("import", "access-log", str(log))
    before = dashboard.sums("http.requests", FROM, TO, by="PT1H")
    packed = tmp_path / "a copy of another name"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    capsys.readouterr()

    assert dashboard("import", "access-log", str(log), str(packed)) == 0

    assert capsys.readouterr().out.count("nothing changed") == 2
    assert dashboard.sums("http.requests", FROM, TO, by="PT1H") == before
    assert len(dashboard.activity("import.*")) == 1


class Stopped(Exception):
    """Stands for whatever ends a process."""


class Fuse:
    """A progress bar that ends the import after so many lines."""

    def __init__(self, lines: int) -> None:
        self.left = lines

    def update(self, _: int) -> None:
        self.left -= 1
        if not self.left:
            raise Stopped


def test_an_import_cut_short_is_simply_run_again(
    dashboard: Commands, tmp_path: Path
) -> None:
    path = tmp_path / "long.log"
    path.write_text(log_text() * (1 + 2 * LINES_PER_BATCH // LINES))

    async def cut_short(ctx: Context) -> None:
        with open_source(str(path)) as source:
            await import_access_log(ctx, source, Fuse(LINES_PER_BATCH + 50))

    with pytest.raises(Stopped):
        dashboard.ask(cut_short)
    stored = sum(dashboard.sums("http.requests", FROM, TO, by="status").values())
    assert stored == LINES_PER_BATCH
    assert dashboard.activity("import.*") == []

    assert dashboard("import", "access-log", str(path)) == 0

    stored = sum(dashboard.sums("http.requests", FROM, TO, by="status").values())
    assert stored == path.read_text().count("\n")
    assert len(dashboard.activity("import.*")) == 1


def test_damaged_gzip_data_change_nothing(
    dashboard: Commands, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(log.read_bytes())[:-20])

    assert dashboard("import", "access-log", str(broken)) == 1

    assert capsys.readouterr().err.startswith(f"{broken}: ")
    assert dashboard.sums("http.requests", FROM, TO, by="status") == {}


def test_each_file_leaves_one_entry_with_its_counts(
    dashboard: Commands, log: Path
) -> None:
    dashboard("import", "access-log", str(log))

    [entry] = dashboard.activity("import.access_log")
    assert (entry.actor_id, entry.actor_label) == (None, "system")
    assert (entry.target_type, entry.target_label) == ("file", "access.log")
    assert entry.summary == (
        f"Imported access.log: {LINES} lines, {LINES} accepted, 0 bad"
    )


def test_bad_lines_are_counted_and_the_first_five_shown(
    dashboard: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mixed.log"
    bad = [f"\x1b[2Jbad {n}" for n in range(7)]
    path.write_text("\n".join(["", bad[0], log_text(), *bad[1:], "x" * 200_000]))

    assert dashboard("import", "access-log", str(path)) == 0

    said = capsys.readouterr().out
    assert f"{LINES + 8} lines, {LINES} accepted, 8 bad" in said
    assert "  line 2 is not in Common or Combined Log Format:" in said
    assert "bad 4" in said
    assert "bad 5" not in said
    assert "and 3 more bad lines" in said
    assert "\x1b" not in said
    assert "from 2015-05-17T10:00:30.000Z to 2015-05-20T21:01:30.000Z" in said


def test_the_standard_input_may_be_plain_or_packed(
    dashboard: Commands,
    standard_input: Callable[[bytes], AbstractContextManager[None]],
) -> None:
    with standard_input(gzip.compress(log_text().encode())):
        assert dashboard("import", "access-log", "-") == 0

    assert dashboard.sums("http.requests", FROM, TO, by="status") == totals(3)
    [entry] = dashboard.activity("import.*")
    assert entry.target_label == "standard input"


def test_one_unreadable_file_does_not_keep_the_others_out(
    dashboard: Commands,
    log: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(os.urandom(2_000).replace(b"\x1f\x8b", b""))

    missing = str(tmp_path / "missing")
    files = (missing, str(tmp_path), str(noise), str(log))

    assert dashboard("import", "access-log", *files) == 1

    said = capsys.readouterr()
    assert f"{missing}: there is no such file" in said.err
    assert f"{tmp_path}: Is a directory" in said.err
    assert dashboard.sums("http.requests", FROM, TO, by="status") == totals(3)
    assert [entry.target_label for entry in dashboard.activity("import.*")] == [
        "access.log"
    ]


def test_an_empty_file_is_no_failure_and_leaves_nothing(
    dashboard: Commands, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.log"
    empty.touch()

    assert dashboard("import", "access-log", str(empty)) == 0
    assert dashboard.activity("import.*") == []


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan", "inf"])
def test_a_speed_that_is_none_is_refused(
    dashboard: Commands, log: Path, speed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        dashboard("import", "access-log", f"--replay={speed}", str(log))

    assert left.value.code == 2
    assert "must be a number above 0" in capsys.readouterr().err
