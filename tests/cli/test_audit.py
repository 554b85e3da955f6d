"""`dashboard audit`: checking the trail, and taking it away."""

from pathlib import Path

import pytest

from app.settings.settings import Settings
from kit.jsonio import dumps
from persistence.chain_documents import anchor_fields
from resolvers.anchors import ANCHOR, anchor
from resolvers.audit import record
from resolvers.context import Context
from tests.support.commands import Commands, commands


@pytest.fixture
def dashboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return commands(settings, monkeypatch)


async def leave_three(ctx: Context) -> bytes:
    """Three entries; the log line of the anchor after them."""
    for name in ("one", "two", "three"):
        await record(ctx, "user.updated", summary=name)
    made = await anchor(ctx.services)
    assert made is not None
    return dumps({"message": ANCHOR, **anchor_fields(made)})


async def spoil(ctx: Context) -> str:
    """Changes an entry where it is stored; its id."""
    row = (await ctx.repos.trail._entries.find({}, limit=1))[0]
    details = row["d"] | {"summary": "Nothing"}
    await ctx.repos.trail._entries.update(row["_id"], {"$set": {"d": details}})
    return str(row["_id"])


def test_a_whole_trail_is_said_to_be_whole(
    dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    dashboard.ask(leave_three)

    assert dashboard("audit", "verify") == 0

    assert capsys.readouterr().out.splitlines() == [
        "3 entries in 3 links; 1 anchors compared",
        "the trail is whole",
    ]


def test_the_entry_that_was_changed_is_named(
    dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    dashboard.ask(leave_three)
    victim = dashboard.ask(spoil)

    assert dashboard("audit", "verify") == 1

    said = capsys.readouterr().out
    assert f"BROKEN: entry {victim} of link " in said
    assert said.endswith("the trail is broken\n")


def test_an_export_can_be_checked_where_there_is_no_database(
    dashboard: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dashboard.ask(leave_three)
    file = tmp_path / "trail.ndjson"

    assert dashboard("audit", "export", str(file)) == 0
    assert dashboard("audit", "verify", str(file)) == 0
    assert "4 entries in 4 links; 1 anchors compared" in capsys.readouterr().out
    assert dashboard("audit", "export", str(file)) == 1  # nothing is overwritten

    file.write_text(file.read_text().replace("three", "seven"))

    assert dashboard("audit", "verify", str(file)) == 1
    assert "was changed" in capsys.readouterr().out


def test_an_end_cut_off_an_export_is_missed_by_an_anchor_of_the_log(
    dashboard: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = dashboard.ask(leave_three)
    log = tmp_path / "service.log"
    log.write_bytes(b'not json\n{"message": "request"}\n' + line + b"\n")
    file = tmp_path / "trail.ndjson"
    dashboard("audit", "export", str(file))
    kept = file.read_text().partition('{"link":{"n":3,')[0].splitlines()
    file.write_text("\n".join(one for one in kept if '{"anchor"' not in one))

    assert dashboard("audit", "verify", str(file)) == 0
    assert "nobody can tell whether the end was cut off" in capsys.readouterr().out
    assert dashboard("audit", "verify", str(file), "--anchors", str(log)) == 1
    assert "the trail was cut: it ends with link 2" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "no\n", '{"link": 3}\n', "[]\n"])
def test_a_file_of_something_else_is_no_trail(
    dashboard: Commands,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str,
) -> None:
    file = tmp_path / "other"
    file.write_text(content)

    assert dashboard("audit", "verify", str(file)) == 1
    assert dashboard("audit", "verify", str(tmp_path / "none")) == 1
    assert capsys.readouterr().err.count("dashboard: ") == 2
