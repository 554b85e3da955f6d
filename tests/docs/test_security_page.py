"""The page of promises names each once, and only what exists as what holds it."""

import ast
import re
from pathlib import Path

import pytest

from scripts.drills.__main__ import DRILLS

ROOT = Path(__file__).resolve().parents[2]
PROMISES = 115
ROWS = re.findall(
    r"^\| (\d+) \| (.+?) \| (.+) \|$",
    (ROOT / "docs/security.md").read_text(),
    re.MULTILINE,
)
HELD = [held for _, _, cell in ROWS for held in re.findall(r"`([^`]+)`", cell)]


def names_in(path: Path) -> set[str]:
    """Names of tests, read without running anything."""
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def test_every_promise_is_there_once() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, PROMISES + 1))


def test_every_promise_is_held_by_something() -> None:
    assert [number for number, _, cell in ROWS if not re.search(r"`\S", cell)] == []


def test_every_test_that_is_named_exists() -> None:
    named = [held for held in HELD if not held.startswith("make ")]
    paths = {name.partition("::")[0] for name in named}
    there = {
        f"{path}::{name}"
        for path in paths
        if (ROOT / path).is_file()
        for name in names_in(ROOT / path)
    }

    assert set(named) - there == set()


@pytest.mark.parametrize("held", sorted({h for h in HELD if h.startswith("make ")}))
def test_every_drill_that_is_named_exists(held: str) -> None:
    target, _, drill = held.removeprefix("make ").partition(": ")

    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert target != "drill" or drill in {*DRILLS, "logs"}
