"""Our packages have common names; nobody else's may stand in for them."""

import importlib
import importlib.metadata
import tomllib
from pathlib import Path

import pytest

from app.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "app",
    "domain",
    "kit",
    "loaders",
    "persistence",
    "realtime",
    "resolvers",
    "schema",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("name", OURS)
def test_a_package_of_ours_is_the_one_in_this_repository(name: str) -> None:
    found = importlib.import_module(name).__file__

    assert found is not None
    assert Path(found).is_relative_to(ROOT / name)


@pytest.mark.parametrize("name", OURS)
def test_no_other_distribution_brings_a_package_of_that_name(name: str) -> None:
    owners = importlib.metadata.packages_distributions().get(name, [])

    assert set(owners) <= {"user-dashboard"}


def test_the_wheel_holds_every_package_of_ours_and_no_tests() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

    assert sorted(packages) == sorted(OURS)


def test_the_code_knows_the_version_of_the_project() -> None:
    assert PROJECT["project"]["version"] == VERSION


@pytest.mark.parametrize("name", OURS)
def test_no_module_has_the_name_of_a_library(name: str) -> None:
    misleading = {"redis", "jwt", "types", "logging", "utils", "helpers", "manager"}
    modules = {path.stem for path in (ROOT / name).rglob("*.py")}

    assert not modules & misleading
