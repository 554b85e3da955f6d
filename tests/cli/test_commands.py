"""The command line: what it prints, where it says what is wrong, how it ends."""

import json
from pathlib import Path

import pytest

from app.cli.main import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory without a `.env`."""
    monkeypatch.chdir(tmp_path)


def test_settings_are_printed_with_their_values_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_PORT", "8123")
    monkeypatch.setenv("DASHBOARD_JWT_SECRET", "hush" * 8)
    monkeypatch.setenv("DASHBOARD_PROT", "8123")

    assert main(["settings"]) == 0

    printed = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:3] for line in printed.splitlines()}
    assert rows["DASHBOARD_PORT"] == ["8123", "8000"]
    assert rows["DASHBOARD_JWT_SECRET"] == ["****", "unset"]
    assert rows["DASHBOARD_ADMIN_PASSWORD"] == ["-", "unset"]
    assert "hush" not in printed
    assert "DASHBOARD_PROT is set, but there is no such setting" in printed


def test_the_schema_printed_is_the_one_committed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schema"]) == 0

    committed = (ROOT / "schema" / "schema.graphql").read_text()
    assert capsys.readouterr().out == committed


def test_the_openapi_document_is_printed_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["openapi"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["openapi"].startswith("3.1.")
    assert "/auth/login" in str(document["paths"])


@pytest.mark.parametrize("command", ["settings", "serve", "create-user"])
def test_a_bad_setting_is_one_line_and_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setenv("DASHBOARD_PORT", "web")
    argv = [command, "--email", "a@b.c"] if command == "create-user" else [command]

    assert main(argv) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "dashboard: DASHBOARD_PORT is 'web'; allowed: a whole number from 0 to 65535\n"
    )


@pytest.mark.parametrize("argv", [[], ["fly"], ["create-user"], ["serve", "--fast"]])
def test_a_wrong_call_ends_with_2(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(argv)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: dashboard")
