"""What production does not start with: one line names the setting, and that is all."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from app.cli.main import main
from app.refused_starts import NAME
from app.settings.known_secrets import KNOWN_SECRETS
from app.settings.production import check_production
from app.settings.rules import PREFIX
from app.settings.settings import BadSetting, load_settings

KEY = "uVq8xK2nT5wZrB7cD0fGhJ3kL6mP9sYa"
READY = {
    "ENV": "production",
    "MONGODB_URI": "mongodb://ana:hush@db.example.com/?tls=true",
    "REDIS_URL": "rediss://:hush@cache.example.com:6380",
    "JWT_SECRET": KEY,
    "ALLOWED_HOSTS": "dashboard.example.com",
}
# As documentation, templates and tutorials have them.
DEFAULTS = [
    *KNOWN_SECRETS,
    *("secret", "password", "changeme", "change-me", "admin", "test", "default"),
    *("your-256-bit-secret", "your-secret-key", "your_jwt_secret_key", "mysecretkey"),
    *("my-32-character-ultra-secure-and-ultra-long-secret", "supersecretkey"),
    "a-string-secret-at-least-256-bits-long",
    "super-secret-jwt-token-with-at-least-32-characters-long",
    "please-change-this-key-in-production-environments",
    *(
        "shhhhhared-secret",
        "keyboard cat",
        "thisisasecret",
        "jwt_secret",
        "notsosecret",
    ),
    base64.b64encode(b"secret").decode(),
    hashlib.sha1(b"secret").hexdigest()[:31],
    *("0" * 32, "f" * 64, "deadbeef" * 8, "cafebabe" * 8, "0123456789" * 4),
    "abcdefgh" * 4,
]


def start(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """As `serve` looks at its settings."""
    for name, value in {**READY, **settings}.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    check_production(load_settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JWT_SECRET", ""),
        ("JWT_SECRET", KEY[:31]),
        ("JWT_SECRET", f"{KEY},{KEY}"),
        ("ADMIN_PASSWORD", KEY),
        ("MONGODB_URI", ""),
        ("MONGODB_URI", "mongodb://db.example.com"),
        ("MONGODB_URI", "mongodb://localhost,db.example.com"),
        ("MONGODB_URI", "mongodb+srv://db.example.com/?ssl=false"),
        ("REDIS_URL", ""),
        ("REDIS_URL", "redis://:hush@cache.example.com:6379"),
        ("BACKEND_CORS_ORIGINS", "*"),
        ("BACKEND_CORS_ORIGINS", "https://*.example.com"),
        ("ALLOWED_HOSTS", ""),
        ("INTROSPECTION", "on"),
        ("LOG_LEVEL", "DEBUG"),
    ],
)
def test_production_refuses_and_names_the_setting(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    name: str,
    value: str,
) -> None:
    for other, text in {**READY, name: value, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(f"{PREFIX}{other}", text)

    assert main(["serve"]) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"dashboard: {PREFIX}{name} is ")
    assert "allowed: " in line
    assert "hush" not in line
    assert KEY not in line
    (noted,) = (tmp_path / NAME).read_text().splitlines()
    assert json.loads(noted)["said"] == line.removeprefix("dashboard: ")


@pytest.mark.parametrize("secret", sorted(DEFAULTS))
def test_a_key_that_others_know_is_refused(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    with pytest.raises(BadSetting, match="DASHBOARD_JWT_SECRET"):
        start(monkeypatch, JWT_SECRET=secret)
    with pytest.raises(BadSetting, match="DASHBOARD_JWT_SECRET"):
        start(monkeypatch, JWT_SECRET=f"{KEY},{secret}")


@pytest.mark.parametrize(
    ("mongodb", "redis"),
    [
        ("mongodb+srv://db.example.com", "unix:///run/redis.sock"),
        ("mongodb://a.example.com,b.example.com/?ssl=true", "redis://localhost:6379"),
        ("mongodb://127.0.0.1:1,localhost:2,[::1]", "redis://:hush@127.0.0.1"),
        ("mongodb://%2Frun%2Fmongodb.sock", "rediss://cache.example.com"),
    ],
)
def test_what_nobody_else_can_read_is_let_in(
    monkeypatch: pytest.MonkeyPatch, mongodb: str, redis: str
) -> None:
    start(monkeypatch, MONGODB_URI=mongodb, REDIS_URL=redis)


def test_a_network_of_ones_own_may_be_trusted_when_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start(
        monkeypatch,
        MONGODB_URI="mongodb://mongo:27017",
        REDIS_URL="redis://redis:6379",
        PLAINTEXT_DATABASES="allow",
    )
