"""Where activity is forwarded to: what is refused, and that no key is shown."""

from pathlib import Path

import pytest

from app.settings.settings import BadSetting, Settings, load_settings
from app.settings.table import table

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WEBHOOK = {
    "WEBHOOK_URL": "https://events.example.com/in?key=hush",
    "WEBHOOK_SECRET": SECRET,
}
BUS = {
    "SERVICE_BUS_CONNECTION": "Endpoint=sb://a.example.com/;SharedAccessKeyName=send;"
    "SharedAccessKey=hush",
    "SERVICE_BUS_ENTITY": "events",
}
BY_IDENTITY = BUS | {
    "SERVICE_BUS_CONNECTION": "Endpoint=sb://a.example.com/;"
    "Authentication=ManagedIdentity",
}
PRODUCTION = {
    "DASHBOARD_ENV": "production",
    "DASHBOARD_MONGODB_URI": "mongodb://db.example.com/?tls=true",
    "DASHBOARD_REDIS_URL": "rediss://cache.example.com:6380",
    "DASHBOARD_JWT_SECRET": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c",
}


def load(
    monkeypatch: pytest.MonkeyPatch, elsewhere: Path, given: dict[str, str]
) -> Settings:
    monkeypatch.chdir(elsewhere)
    for name, value in given.items():
        monkeypatch.setenv(f"DASHBOARD_FORWARD_{name}", value)
    return load_settings()


@pytest.mark.parametrize("given", [{}, WEBHOOK, BUS, BY_IDENTITY])
def test_no_receiver_or_either_may_be_set_and_no_key_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, str]
) -> None:
    settings = load(monkeypatch, tmp_path, given)

    shown = table(settings)
    assert "hush" not in shown
    assert SECRET not in shown
    assert "hush" not in repr(settings)
    assert len(settings.forward_keys) == (given is WEBHOOK)


@pytest.mark.parametrize(
    ("given", "name", "reason"),
    [
        ({"WEBHOOK_URL": "ftp://a.example.com"}, "WEBHOOK_URL", "https:// or http://"),
        ({"WEBHOOK_URL": "https://"}, "WEBHOOK_URL", "an address that starts"),
        ({"WEBHOOK_URL": "https://a:99999/"}, "WEBHOOK_URL", "an address that starts"),
        ({"WEBHOOK_URL": "https://a\nb/"}, "WEBHOOK_URL", "an address that starts"),
        ({"WEBHOOK_URL": "https://ana:hush@a/"}, "WEBHOOK_URL", "name or password"),
        ({"WEBHOOK_URL": "https://a/#x"}, "WEBHOOK_URL", "without #"),
        ({"WEBHOOK_URL": "https://a/"}, "WEBHOOK_SECRET", "is signed"),
        ({**WEBHOOK, "WEBHOOK_SECRET": "hush"}, "WEBHOOK_SECRET", "openssl rand"),
        (
            {**WEBHOOK, "WEBHOOK_SECRET": f"{SECRET},whsec_aHVzaA=="},
            "WEBHOOK_SECRET",
            "24 to 64 random bytes",
        ),
        ({**WEBHOOK, **BUS}, "SERVICE_BUS_CONNECTION", "either this or"),
        (
            {"SERVICE_BUS_CONNECTION": "sb://hush"},
            "SERVICE_BUS_CONNECTION",
            "Endpoint=sb://",
        ),
        (BUS | {"SERVICE_BUS_ENTITY": ""}, "SERVICE_BUS_ENTITY", "queue or topic"),
        ({"ACTIONS": "user.*,User"}, "ACTIONS", "must be an action"),
        ({"PAUSE_MAX_S": "0"}, "PAUSE_MAX_S", "from 1 to 3600"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    given: dict[str, str],
    name: str,
    reason: str,
) -> None:
    with pytest.raises(BadSetting) as caught:
        load(monkeypatch, tmp_path, given)

    said = str(caught.value)
    assert said.startswith(f"DASHBOARD_FORWARD_{name} ")
    assert reason in said
    assert "hush" not in said


@pytest.mark.parametrize(
    "given",
    [
        {**WEBHOOK, "WEBHOOK_URL": "http://events.example.com/"},
        {
            **BUS,
            "SERVICE_BUS_CONNECTION": BUS["SERVICE_BUS_CONNECTION"]
            + ";UseDevelopmentEmulator=true",
        },
    ],
)
def test_production_forwards_nothing_that_can_be_read_on_the_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, str]
) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match="DASHBOARD_FORWARD_"):
        load(monkeypatch, tmp_path, given)
