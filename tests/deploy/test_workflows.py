"""The pipelines: what they run exists, and they can do no more than they must."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT = shutil.which("actionlint")


def workflow(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text())
    return read


def steps(path: Path) -> list[dict[str, Any]]:
    return [one for job in workflow(path)["jobs"].values() for one in job["steps"]]


@pytest.mark.skipif(ACTIONLINT is None, reason="actionlint is not installed")
def test_the_linter_of_workflows_has_nothing_to_say() -> None:
    assert ACTIONLINT
    said = subprocess.run(
        [ACTIONLINT, "-no-color", *FILES], capture_output=True, text=True, check=False
    )

    assert said.stdout == ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_are_pinned_to_exact_versions(path: Path) -> None:
    used = [one["uses"] for one in steps(path) if "uses" in one]

    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@(v?\d+\.\d+\.\d+|[0-9a-f]{40})", action), action


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_command_of_ours_that_is_run_is_there(path: Path) -> None:
    commands = " ".join(one.get("run", "") for one in steps(path))
    ours = re.findall(r"(?<![\w/])((?:scripts|\.ci)/\w+)", commands)
    modules = re.findall(r"python3 -m (scripts\.\w+)", commands)

    assert ours
    for script in ours:
        assert (ROOT / script).stat().st_mode & 0o111, script
    for module in modules:
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_workflow_may_read_the_code_and_a_job_no_more_than_sign_in(
    path: Path,
) -> None:
    flow = workflow(path)

    assert flow["permissions"] == {"contents": "read"}
    for job in flow["jobs"].values():
        asked = job.get("permissions", {})
        assert asked in ({}, {"contents": "read", "id-token": "write"})
        assert job["timeout-minutes"] <= 60


def test_ci_runs_what_everybody_runs_on_a_bare_debian() -> None:
    job = workflow(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]

    assert job["container"] == "debian:12"
    assert job["steps"][-1]["run"] == ".ci/run"


def test_a_release_is_tried_before_it_gets_traffic_and_goes_back_on_failure() -> None:
    deploy = workflow(ROOT / ".github/workflows/release.yml")["jobs"]["deploy"]
    text = "\n".join(
        f"{one.get('if', '')} {one.get('run', '')}" for one in deploy["steps"]
    )

    order = [
        text.index(f"scripts/release {one}") for one in ("deploy", "smoke", "shift")
    ]
    assert order == sorted(order)
    assert re.search(r"failure\(\).* scripts/release back", text)


def test_nothing_typed_by_a_stranger_reaches_a_shell() -> None:
    for path in FILES:
        for one in steps(path):
            assert "${{" not in one.get("run", ""), one
