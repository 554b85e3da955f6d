"""Settings: what is read, what is refused, and that no secret is shown."""

import dataclasses
from pathlib import Path

import pytest

from app.settings.settings import BadSetting, Settings, load_settings, unknown_names
from app.settings.table import table
from domain.limits import Limits

STRONG = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c"
PRODUCTION = {
    "DASHBOARD_ENV": "production",
    "DASHBOARD_MONGODB_URI": "mongodb://ana:hush@db.example.com/",
    "DASHBOARD_REDIS_URL": "rediss://:hush@cache.example.com:6380",
    "DASHBOARD_JWT_SECRET": STRONG,
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a `.env`."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def refusal(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    with pytest.raises(BadSetting) as caught:
        load(monkeypatch, **variables)
    return str(caught.value)


def test_without_any_variable_the_documented_defaults_hold() -> None:
    settings = load_settings()

    assert (settings.env, settings.host, settings.port) == (
        "development",
        "127.0.0.1",
        8000,
    )
    assert settings.backend_cors_origins == ("http://localhost:3000",)
    assert settings.needs_embedded
    assert settings.secrets == ()
    assert settings.limits() == Limits()


def test_every_limit_of_the_domain_is_a_setting() -> None:
    limits = {field.name for field in dataclasses.fields(Limits)}

    assert limits <= set(Settings.model_fields)


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("PORT", "web", "DASHBOARD_PORT is 'web'; allowed: a whole number from 0"),
        ("ENV", "prod", "DASHBOARD_ENV is 'prod'; allowed: development, test, prod"),
        ("GRAPHIQL", "yes", "DASHBOARD_GRAPHIQL is 'yes'; allowed: auto, on, off"),
        ("METRICS_PAST_S", "1", "DASHBOARD_METRICS_PAST_S is '1'; allowed: a whole"),
        ("MONGODB_URI", "http://x", "DASHBOARD_MONGODB_URI is 'http://x'; allowed"),
        ("REDIS_URL", "localhost", "DASHBOARD_REDIS_URL is 'localhost'; allowed"),
        ("BACKEND_CORS_ORIGINS", "*", "DASHBOARD_BACKEND_CORS_ORIGINS is '*'; allow"),
        ("BACKEND_CORS_ORIGINS", "https://a.example/x", "DASHBOARD_BACKEND_CORS_ORI"),
        ("ALLOWED_HOSTS", "a.example:80", "DASHBOARD_ALLOWED_HOSTS is 'a.example:80'"),
        ("TRUSTED_PROXIES", "proxy", "DASHBOARD_TRUSTED_PROXIES is 'proxy'; allowed"),
        ("BCRYPT_COST", "4", "DASHBOARD_BCRYPT_COST is '4'; allowed: 12 to 16; less"),
        (
            "ADMIN_EMAIL",
            "ana",
            "DASHBOARD_ADMIN_EMAIL is 'ana'; allowed: must be",
        ),
        ("ADMIN_PASSWORD", "hush", "DASHBOARD_ADMIN_PASSWORD is '****'; allowed: must"),
        ("MONGODB_DATABASE", "a.b", "DASHBOARD_MONGODB_DATABASE is 'a.b'; allowed"),
    ],
)
def test_a_bad_value_is_one_line_with_setting_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    said = refusal(monkeypatch, **{f"DASHBOARD_{name}": value})

    assert said.startswith(line)
    assert "\n" not in said


def test_a_secret_that_is_refused_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, DASHBOARD_JWT_SECRET="too-short")

    assert said == "DASHBOARD_JWT_SECRET is '****'; allowed: 32 bytes or more each"


def test_the_password_in_a_refused_address_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = refusal(monkeypatch, DASHBOARD_REDIS_URL="http://:hush@cache:6379")

    assert "hush" not in said


def test_no_secret_is_in_the_table_nor_in_the_repr(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = load(
        monkeypatch, **PRODUCTION, DASHBOARD_ADMIN_PASSWORD="hush, a quiet sea"
    )

    for text in (table(settings), repr(settings)):
        assert "hush" not in text
        assert STRONG not in text


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(
        monkeypatch,
        DASHBOARD_BACKEND_CORS_ORIGINS="https://a.example, https://B.example:8443",
        DASHBOARD_TRUSTED_PROXIES="10.0.0.0/8,::1",
        DASHBOARD_JWT_SECRET=f"{STRONG},{STRONG[::-1]}",
    )

    assert settings.backend_cors_origins == (
        "https://a.example",
        "https://b.example:8443",
    )
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.secrets == (STRONG, STRONG[::-1])


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, DASHBOARD_MONGODB_URI="").mongodb_uri is None


def test_dotenv_is_read_in_development_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, elsewhere: Path
) -> None:
    (elsewhere / ".env").write_text("DASHBOARD_PORT=8001\nDASHBOARD_HOST=127.0.0.9\n")

    settings = load(monkeypatch, DASHBOARD_PORT="8002")

    assert (settings.host, settings.port) == ("127.0.0.9", 8002)


@pytest.mark.parametrize("env", ["test", "production"])
def test_dotenv_is_read_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, elsewhere: Path, env: str
) -> None:
    (elsewhere / ".env").write_text("DASHBOARD_PORT=8001\n")

    settings = load(monkeypatch, **{**PRODUCTION, "DASHBOARD_ENV": env})

    assert settings.port == 8000


def test_production_with_all_it_needs_starts_with_everything_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = load(monkeypatch, **PRODUCTION)

    assert not settings.needs_embedded
    assert not settings.graphiql_enabled
    assert not settings.introspection_enabled
    assert settings.backend_cors_origins == ()
    assert settings.allowed_hosts == ()


@pytest.mark.parametrize("missing", ["MONGODB_URI", "REDIS_URL", "JWT_SECRET"])
def test_production_refuses_to_start_without(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    said = refusal(monkeypatch, **{**PRODUCTION, f"DASHBOARD_{missing}": ""})

    assert said.startswith(f"DASHBOARD_{missing} is not set; allowed: a")


@pytest.mark.parametrize(
    "weak",
    [
        "a" * 64,
        "change-me-change-me-change-me-change-me",
        "super-secret-super-secret-super-secret",
        f"{STRONG},{STRONG}",
        f"{STRONG},short",
    ],
)
def test_production_refuses_a_weak_key(
    monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    said = refusal(monkeypatch, **{**PRODUCTION, "DASHBOARD_JWT_SECRET": weak})

    assert said.startswith("DASHBOARD_JWT_SECRET is '****'; allowed: ")


def test_a_variable_that_is_no_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch, DASHBOARD_PROT="8001", DASHBOARD_PORT="8001")

    assert unknown_names() == ["DASHBOARD_PROT"]


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]
