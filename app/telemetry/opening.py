"""From when until when telemetry is sent, if it is wanted at all."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.background import every, owned
from app.settings.settings import Settings
from app.telemetry.wanted import Wanted
from kit import tracing


class TelemetryMissing(Exception):
    """Telemetry is wanted, and what sends it is not installed; one line says so."""


@asynccontextmanager
async def telemetry(settings: Settings) -> AsyncIterator[None]:
    """Sends what the environment asks for while the block runs, and what is left at
    its end, within seconds. Without a word in the environment nothing is loaded.

    Raises:
        TelemetryMissing: an extra of the project is not installed.
    """
    wanted = Wanted.of(os.environ)
    if not wanted:
        yield
        return
    try:
        # Here, as it takes a tenth of a second and packages that may be missing.
        from app.telemetry.pipelines import Pipelines  # noqa: PLC0415

        pipelines = Pipelines(wanted, settings)
    except ImportError as err:
        extra = "azure" if (err.name or "").startswith("azure") else "telemetry"
        raise TelemetryMissing(
            f"telemetry is configured, but {err.name} is not installed: "
            f"install the extra `{extra}`"
        ) from err
    tracing.record_with(pipelines.recorder)
    try:
        sending = every(pipelines.figures_every_s, "figures", pipelines.send_figures)
        async with owned("figures", sending):
            yield
    finally:
        tracing.record_with(None)
        await pipelines.close()
