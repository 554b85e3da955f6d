"""scripts/release, with an `az` that keeps the app's revisions in a file."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = "dashboard-prod-backend"
OLD, NEW = f"{APP}--v1", f"{APP}--v2"
AZ = """#!{python}
import json, os, sys
path = {state!r}
state = json.load(open(path))
words = sys.argv[1:]
given = dict(zip(words, words[1:]))
traffic, said = state["traffic"], ""
command = " ".join(w for w in words[:4] if not w.startswith("-"))
labelled = {{one.get("label"): one["revisionName"] for one in traffic}}
if command.startswith("containerapp show"):
    if not state["revisions"]:
        sys.exit(3)
    query = given.get("--query", "")
    if "label==" in query:
        said = labelled.get(query.split("'")[1], "")
    elif query.startswith("max_by"):
        said = max(traffic, key=lambda one: one["weight"])["revisionName"]
    elif query.endswith("fqdn"):
        said = "{app}.example.com"
elif command.startswith("deployment group create"):
    new = "{app}--" + os.environ["REVISION_SUFFIX"]
    stable = os.environ["STABLE_REVISION"]
    blue = dict(revisionName=stable, weight=100, label="blue")
    green = dict(revisionName=new, weight=0, label="green")
    state["traffic"] = [blue, green] if stable else [dict(revisionName=new, weight=100)]
    state["revisions"].append(new)
elif command == "containerapp ingress traffic set":
    weights = dict(word.split("=") for word in words if "=" in word)
    for one in traffic:
        one["weight"] = int(weights[one["label"]])
elif command.startswith("containerapp revision show"):
    said = state["health"]
elif command.startswith("containerapp revision list"):
    said = "\\n".join(state["revisions"])
elif command.startswith("containerapp revision deactivate"):
    state["revisions"].remove(given["--revision"])
else:
    sys.exit("unknown: " + command)
json.dump(state, open(path, "w"))
if given.get("--output") != "none":
    print(said)
"""


@dataclass
class Azure:
    folder: Path

    @property
    def state(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.folder / "state.json").read_text())
        return read

    def set(self, **state: Any) -> None:
        (self.folder / "state.json").write_text(json.dumps(state))

    @property
    def shares(self) -> dict[str, int]:
        return {one["revisionName"]: one["weight"] for one in self.state["traffic"]}

    def release(self, *step: str) -> subprocess.CompletedProcess[str]:
        given = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "APP": APP,
            "RESOURCE_GROUP": "group",
            "PARAMETERS": "prod",
            "IMAGE": "user-dashboard:2",
            "REVISION_SUFFIX": "v2",
            "RELEASE_WAIT_S": "0",
        }
        return subprocess.run(
            [ROOT / "scripts" / "release", *step],
            env={**os.environ, **given},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def azure(tmp_path: Path) -> Azure:
    az = tmp_path / "az"
    state = str(tmp_path / "state.json")
    az.write_text(AZ.format(python=sys.executable, state=state, app=APP))
    az.chmod(0o755)
    made = Azure(tmp_path)
    made.set(
        traffic=[{"revisionName": OLD, "weight": 100}],
        revisions=[f"{APP}--v0", OLD],
        health="Healthy",
    )
    return made


def test_a_new_revision_gets_its_traffic_in_steps_and_older_ones_stop(
    azure: Azure,
) -> None:
    assert azure.release("deploy").returncode == 0
    assert azure.shares == {OLD: 100, NEW: 0}

    azure.release("shift", "10")
    assert azure.shares == {OLD: 90, NEW: 10}

    azure.release("shift", "100")
    settled = azure.release("settle")
    assert azure.shares == {OLD: 0, NEW: 100}
    assert azure.state["revisions"] == [OLD, NEW]
    assert settled.stdout.startswith(f"{NEW} serves; {OLD} can be put back")


def test_going_back_gives_all_traffic_to_the_revision_before(azure: Azure) -> None:
    azure.release("deploy")
    azure.release("shift", "50")

    assert azure.release("back").returncode == 0
    assert azure.shares == {OLD: 100, NEW: 0}
    assert NEW not in azure.state["revisions"]


def test_a_revision_that_does_not_become_healthy_stops_the_release(
    azure: Azure,
) -> None:
    azure.set(**{**azure.state, "health": "Unhealthy"})

    refused = azure.release("deploy")

    assert refused.returncode == 1
    assert f"{NEW} is Unhealthy" in refused.stderr
    assert azure.shares == {OLD: 100, NEW: 0}


def test_the_first_deployment_has_all_of_the_traffic_and_nothing_to_go_back_to(
    azure: Azure,
) -> None:
    azure.set(traffic=[], revisions=[], health="Healthy")

    assert azure.release("deploy").returncode == 0
    assert azure.release("shift", "10").returncode == 0
    assert azure.shares == {NEW: 100}
    assert "no revision before" in azure.release("back").stderr


def test_a_step_nobody_knows_is_refused_with_those_there_are(azure: Azure) -> None:
    refused = azure.release("deplyo")

    assert refused.returncode == 2
    assert "deploy, smoke, shift" in refused.stderr
