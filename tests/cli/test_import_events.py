"""`dashboard import events`, run as a command on real databases."""

import json
from pathlib import Path

import pytest

from app.settings.settings import Settings
from domain.activity import Severity
from kit.times import parse_rfc3339
from tests.support.commands import Commands, commands
from tests.support.factories import make_user


@pytest.fixture
def dashboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return commands(settings, monkeypatch)


def ndjson(path: Path, *events: object) -> str:
    texts = (e if isinstance(e, str) else json.dumps(e) for e in events)
    path.write_text("\n".join(texts) + "\n")
    return str(path)


def test_events_become_entries_of_their_own_time(
    dashboard: Commands, tmp_path: Path
) -> None:
    ana = dashboard.ask(lambda ctx: make_user(ctx.services, name="Ana"))
    path = ndjson(
        tmp_path / "events.ndjson",
        {
            "action": "report.exported",
            "summary": "Ana exported Q2",
            "actor_id": ana.id,
            "target_type": "report",
            "target_id": "q2",
            "target_label": "Q2",
            "severity": "NOTICE",
            "occurred_at": "1999-12-31T23:59:59.500+01:00",
        },
        {"action": "auth.login", "actor_id": "emp-7", "actor_label": "Bo"},
        {"action": "cron.ran", "occurred_at": None},
    )

    assert dashboard("import", "events", path) == 0

    [ran, login, exported] = sorted(
        dashboard.activity("report.*", "auth.*", "cron.*"),
        key=lambda entry: (entry.action != "cron.ran", entry.action),
    )
    assert (ran.actor_id, ran.actor_label, ran.summary) == (None, "system", "Cron ran")
    assert (login.actor_id, login.actor_label) == ("emp-7", "Bo")
    assert exported.occurred_ms == parse_rfc3339("1999-12-31T22:59:59.5Z")
    assert exported.severity is Severity.NOTICE
    assert (exported.actor_id, exported.actor_label) == (ana.id, "Ana")
    assert (exported.target_type, exported.target_id) == ("report", "q2")
    assert (exported.target_label, exported.summary) == ("Q2", "Ana exported Q2")
    [entry] = dashboard.activity("import.events")
    assert entry.summary == "Imported events.ndjson: 3 lines, 3 accepted, 0 bad"


def test_the_same_content_again_changes_nothing_and_says_so(
    dashboard: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ndjson(tmp_path / "a", {"action": "cron.ran"}, {"action": "cron.ran"})
    dashboard("import", "events", path)
    copy = tmp_path / "copy"
    copy.write_bytes(Path(path).read_bytes())

    assert dashboard("import", "events", path, str(copy)) == 0

    assert capsys.readouterr().out.count("nothing changed") == 2
    assert len(dashboard.activity("cron.ran")) == 2


def test_an_event_id_makes_it_the_same_event_in_any_file(
    dashboard: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = {"action": "order.paid", "event_id": "7", "summary": "first"}
    again = {"action": "order.paid", "event_id": "7", "summary": "again"}
    other = {"action": "order.paid", "event_id": "8"}

    assert dashboard("import", "events", ndjson(tmp_path / "a", first, again)) == 0
    assert dashboard("import", "events", ndjson(tmp_path / "b", again, other)) == 0

    assert {e.summary for e in dashboard.activity("order.paid")} == {
        "first",
        "Order paid",
    }
    assert capsys.readouterr().out.count("2 accepted (1 known already)") == 2


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("nonsense", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"action": "a.b", "action": "a.c"}', "is not JSON"),
        ({}, "has a bad action"),
        ({"action": "nodots"}, "has a bad action"),
        ({"action": 5}, "has a bad action: it must be text"),
        ({"action": "a.b", "occured_at": "x"}, "has an unknown field occured_at"),
        ({"action": "a.b", "occurred_at": "today"}, "has a bad occurred_at"),
        ({"action": "a.b", "occurred_at": "2999-01-01T00:00:00Z"}, "in the future"),
        ({"action": "a.b", "severity": "BAD"}, "must be one of INFO, NOTICE"),
        ({"action": "a.b", "target_id": "1"}, "has a bad target_type"),
        ({"action": "a.b", "actor_id": ""}, "has a bad actor_id"),
        ({"action": "a.b", "summary": "\u0000"}, "has a bad summary"),
        ('{"action": "a.b", "summary": "\\ud800"}', "has a bad summary"),
        ('{"\\ud800\\u001b[2J": "x"}', "has an unknown field"),
    ],
)
def test_a_bad_line_is_shown_with_its_reason_and_skipped(
    dashboard: Commands,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    bad: object,
    reason: str,
) -> None:
    path = ndjson(tmp_path / "events", {"action": "good.one"}, "", bad)

    assert dashboard("import", "events", path) == 0

    said = capsys.readouterr().out
    assert "2 lines, 1 accepted, 1 bad" in said
    assert "line 3 " in said
    assert reason in said
    assert "\x1b" not in said
    assert len(dashboard.activity("good.one")) == 1


def test_a_file_without_a_good_line_fails(dashboard: Commands, tmp_path: Path) -> None:
    assert dashboard("import", "events", ndjson(tmp_path / "x", "nonsense")) == 1
    assert dashboard.activity("import.*") == []
