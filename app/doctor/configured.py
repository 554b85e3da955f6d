"""What the settings say, before anything is connected."""

import os
from collections.abc import Iterator

from app.doctor.findings import Finding, bad, ok, warn
from app.settings.production import check_production
from app.settings.rules import check_secrets
from app.settings.settings import BadSetting, Settings, unknown_names

AREA = "settings"


def configured(settings: Settings) -> Iterator[Finding]:
    """Findings about valid settings."""
    try:
        check_production(settings)
    except BadSetting as err:
        yield bad(AREA, str(err), "change it: production does not start with it")
    else:
        yield ok(AREA, f"valid, for {settings.env}")
    for name in unknown_names():
        yield warn(
            AREA,
            f"{name} is set, but there is no such setting",
            "take it away, or see `dashboard settings` for what was meant",
        )
    if settings.env != "production":
        yield from _weak(settings)
        return
    plain = [one for one in settings.backend_cors_origins if one.startswith("http:")]
    if plain:
        yield warn(
            AREA,
            f"pages of {', '.join(plain)} may call from a browser without TLS",
            "name https:// origins in DASHBOARD_BACKEND_CORS_ORIGINS",
        )
    cores = os.cpu_count() or 1
    if settings.workers > 2 * cores:
        yield warn(
            AREA,
            f"{settings.workers} workers on {cores} cores",
            "set DASHBOARD_WORKERS to the number of cores",
        )


def _weak(settings: Settings) -> Iterator[Finding]:
    if not settings.secrets:
        return
    try:
        check_secrets(",".join(settings.secrets), strict=True)
    except ValueError:
        yield warn(
            AREA,
            "DASHBOARD_JWT_SECRET is one that production would refuse",
            "set one that `openssl rand -hex 32` prints",
        )
