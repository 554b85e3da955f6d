"""No version with a known hole is pinned; nothing is installed unless its hash fits.

The floors are those of published advisories: pip-audit and npm audit need a network
that has them, these tests do not.
"""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-embedded.lock", "requirements-dev.lock")
NPM_LOCKS = ("client/package-lock.json", "tests/clients/package-lock.json")
FLOORS = {
    "strawberry-graphql": "0.327.2",  # CVE-2024-47082, -2026-35523, -35526, -107727
    "graphql-core": "3.3.2",  # CVE-2026-75507, -75508, and four more in 3.3.2
    "starlette": "1.3.1",  # CVE-2025-62727, -2026-48710, -48817, PYSEC-2026-248, -249
    "pyjwt": "2.14.0",  # CVE-2026-32597, -48523, -102267
    "uvicorn": "0.48.0",  # ignores duplicate forwarding headers from here on
}
_PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)([^\n]*(?:\n\s[^\n]*)*)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text()
    return {found[1]: found[2] for found in _PIN.finditer(text)}


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("package", FLOORS)
def test_nothing_is_pinned_below_what_its_advisories_ask_for(
    lock: str, package: str
) -> None:
    assert numbers(pins(lock)[package]) >= numbers(FLOORS[package])


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-client.lock"])
def test_every_wheel_is_pinned_by_its_hash(lock: str) -> None:
    found = list(_PIN.finditer((ROOT / lock).read_text()))

    assert found
    assert [pin[1] for pin in found if "--hash=sha256:" not in pin[3]] == []


@pytest.mark.parametrize("lock", NPM_LOCKS)
def test_every_npm_package_is_pinned_by_its_hash(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text())["packages"]

    assert len(packages) > 1
    assert [
        name
        for name, package in packages.items()
        if name and not package["integrity"].startswith("sha512-")
    ] == []


def test_installing_insists_on_the_hashes() -> None:
    recipes = [(ROOT / name).read_text() for name in ("Makefile", "scripts/find_node")]
    installs = [
        line
        for text in recipes
        for line in text.splitlines()
        if re.search(r"\$\(PIP\) |pip.* install .*-r ", line)
    ]

    assert installs
    assert [line for line in installs if "--require-hashes" not in line] == []
