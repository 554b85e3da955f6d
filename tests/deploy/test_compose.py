"""compose.yaml: settings that exist, no secret anybody knows, TLS on every wire."""

import re
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings.rules import PREFIX
from app.settings.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
FOLDER = ROOT / "deploy" / "compose"


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    subprocess.run(
        [ROOT / "scripts" / "compose_secrets", folder], check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    subprocess.run([FOLDER / "make_certificates", folder], check=True)
    return folder


def variables(secrets: Path) -> dict[str, str]:
    lines = (secrets / "app.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_the_replicas_start_in_production_with_the_secrets_made_up(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {**SERVICES["app-1"]["environment"], **variables(secrets)}
    given |= {"DASHBOARD_ENV": "production", "DASHBOARD_WORKERS": "2"}
    for name, text in given.items():
        monkeypatch.setenv(name, text)

    settings = load_settings()

    named = {name.removeprefix(PREFIX).lower() for name in given}
    assert named <= set(Settings.model_fields)
    assert settings.mongodb_uri
    assert "tls=true" in settings.mongodb_uri
    assert (settings.redis_url or "").startswith("rediss://")
    grace_s = int(SERVICES["app-1"]["stop_grace_period"].removesuffix("s"))
    assert settings.drain_s + settings.shutdown_grace_s < grace_s


def test_secrets_are_made_up_once_and_are_nobody_elses(secrets: Path) -> None:
    before = variables(secrets)
    subprocess.run(
        [ROOT / "scripts" / "compose_secrets", secrets], check=True, capture_output=True
    )

    assert variables(secrets) == before
    assert secrets.stat().st_mode & 0o077 == 0
    assert (secrets / "app.env").stat().st_mode & 0o077 == 0
    assert len(before["DASHBOARD_JWT_SECRET"]) == 64


def test_there_is_no_default_secret() -> None:
    text = (ROOT / "compose.yaml").read_text() + (FOLDER / "redis.conf").read_text()

    assert not re.search(
        r"(password|secret)\w*\s*[:=]\s*['\"]?\w{6,}$",
        text,
        re.IGNORECASE | re.MULTILINE,
    )
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"deploy/compose/secrets/", "deploy/compose/certificates/"} <= set(ignored)


def test_both_replicas_are_the_image_with_nothing_to_write_to() -> None:
    for name in ("app-1", "app-2"):
        app = SERVICES[name]
        assert app["read_only"] is True
        assert app["cap_drop"] == ["ALL"]
        assert "ports" not in app
    assert SERVICES["app-1"]["image"] == SERVICES["app-2"]["image"]


def test_only_the_proxy_is_reached_from_outside_and_from_this_machine_alone() -> None:
    published = {n: one["ports"] for n, one in SERVICES.items() if "ports" in one}

    assert published == {"proxy": ["127.0.0.1:8443:8443"]}
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_every_image_but_ours_is_pinned_by_a_tag_that_does_not_move() -> None:
    for service in SERVICES.values():
        if "build" not in service:
            assert re.fullmatch(r"[\w/]+:\d+\.\d+\.\d+[\w.-]*", service["image"])


def test_every_file_that_is_mounted_is_there_or_made_first() -> None:
    mounted = [v for one in SERVICES.values() for v in one.get("volumes", [])]
    sources = {volume.split(":")[0] for volume in mounted if volume.startswith("./")}

    assert {s for s in sources if not (ROOT / s).exists()} <= {
        "./deploy/compose/certificates"
    }


@pytest.mark.parametrize("name", ["redis", "localhost"])
def test_a_certificate_is_good_for_the_name_it_is_asked_by(
    certificates: Path, name: str
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(
        certificates / f"{name}.pem", certificates / f"{name}-key.pem"
    )
    client = ssl.create_default_context(cafile=str(certificates / "ca.pem"))
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    here = client.wrap_bio(to_client, to_server, server_hostname=name)
    there = server.wrap_bio(to_server, to_client, server_side=True)

    for side in (here, there, here, there):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue

    assert here.getpeercert()


def test_the_authority_keeps_no_key_and_the_keys_are_their_owners_alone(
    certificates: Path,
) -> None:
    names = {path.name for path in certificates.iterdir()}

    assert "ca-key.pem" not in names
    for path in certificates.glob("*-key.pem"):
        assert path.stat().st_mode & 0o077 == 0
    again = (certificates / "ca.pem").stat().st_mtime_ns
    subprocess.run([FOLDER / "make_certificates", certificates], check=True)
    assert (certificates / "ca.pem").stat().st_mtime_ns == again
