"""What the pages tell people to type can be typed, and alerts have their recipes."""

import argparse
import re
import shlex
from pathlib import Path

import pytest
import yaml

from app.cli import main
from app.settings.rules import PREFIX
from app.settings.settings import Settings
from tests.support.pages import NAMES, ROOT, anchors, code

# However it is started, `dashboard` takes the same words.
OURS = re.compile(
    r"(?:^|[\s=(\"])(?:(?:\.venv/bin/)?dashboard|python -m app"
    r"|docker compose run (?:-\S+ )*app-\d|docker run .*(?:user-dashboard:\S+|\$IMAGE))"
    r"(?:\s+(.*))?$"
)
MAKE = re.compile(r"(?:^|\s)make(?:\s+(.*))?$")
MODULE = re.compile(r"\bpython3? -m (scripts[\w.]*)")
SCRIPT = re.compile(r"(?:^|[\s(])(scripts/\w+)(?:\s|$)")
SETTING = re.compile(rf"\b{PREFIX}[A-Z0-9_]+\b")
TARGETS = set(
    re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
)
PLACES = [
    *(ROOT / name for name in (*NAMES, "compose.yaml", "Dockerfile", ".env.example")),
    *(path for path in ROOT.glob("deploy/**/*") if path.is_file()),
    *ROOT.glob(".github/**/*.yml"),
]
# Begins names that are spelled out elsewhere on the page.
BEGINNINGS = {"DASHBOARD_GRAPHQL_"}


def words(line: str) -> list[str]:
    """Those of one command: up to a comment, a pipe, a redirection, an ellipsis."""
    ended = re.split(r"\s#|[|;&<>…\"]", line, maxsplit=1)[0]
    return shlex.split(ended)


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def wrong_call(asked: list[str]) -> str | None:
    """What is wrong with the words after `dashboard`; options are all that is read."""
    parser = main._parser()
    while asked and (choices := commands(parser)) and not asked[0].startswith("-"):
        if asked[0] not in choices:
            return f"no command {asked[0]}"
        parser, asked = choices[asked[0]], asked[1:]
    for word in asked:
        option = word.partition("=")[0]
        if word.startswith("--") and option not in parser._option_string_actions:
            return f"no option {option} of {parser.prog}"
    return None


def wrong_with(line: str) -> str | None:
    """None as well when the line is no call of ours."""
    if found := OURS.search(line):
        return wrong_call(words(found[1] or ""))
    if found := MAKE.search(line):
        target = next(iter(words(found[1] or "")), "help").rstrip(":,.")
        return None if target in TARGETS else f"no target {target}"
    if found := MODULE.search(line):
        path = ROOT / found[1].replace(".", "/")
        there = path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
        return None if there else f"no module {found[1]}"
    if found := SCRIPT.search(line):
        path = ROOT / found[1]
        there = path.exists() or path.with_suffix(".py").exists()
        return None if there else f"no {found[1]}"
    return None


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_one_with_the_options_it_is_given(name: str) -> None:
    assert {line: wrong for line in code(name) if (wrong := wrong_with(line))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "dashboard serv",
        "DASHBOARD_PORT=1 .venv/bin/dashboard serve --dem",
        "dashboard audit check",
        "make everything",
        "python -m scripts.nothing",
        "scripts/nothing deploy",
        "docker compose run --rm -T app-1 backups -",
    ],
)
def test_a_command_that_does_not_exist_would_be_found(line: str) -> None:
    assert wrong_with(line)


def test_every_setting_that_is_named_anywhere_exists() -> None:
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields} | BEGINNINGS

    assert {
        (str(path.relative_to(ROOT)), name)
        for path in PLACES
        for name in SETTING.findall(path.read_text(errors="ignore"))
        if name not in known
    } == set()


def alerts(path: Path) -> list[str]:
    if path.suffix == ".bicep":
        named = re.findall(r"^    name: '([\w-]+)'", path.read_text(), re.MULTILINE)
        return [name for name in named if not name.startswith("$")]
    groups = yaml.safe_load(path.read_text())["groups"]
    return [rule["alert"] for group in groups for rule in group["rules"]]


@pytest.mark.parametrize(
    "path", ["deploy/grafana/alerts.yaml", "deploy/azure/modules/alerts.bicep"]
)
def test_every_alert_has_its_recipe(path: str) -> None:
    named = alerts(ROOT / path)

    assert len(named) > 5
    assert {one.lower() for one in named} - anchors("docs/operations.md") == set()
