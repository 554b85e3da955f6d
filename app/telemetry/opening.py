"""Whether anything is sent anywhere, and from when until when."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from app.background import every, owned
from app.settings.settings import Settings
from kit import tracing

# The standard's own variables, read by the exporters too: opentelemetry.io/docs/specs.
OTLP = "OTEL_EXPORTER_OTLP_ENDPOINT"
SIGNALS = ("traces", "metrics", "logs")
AZURE = "APPLICATIONINSIGHTS_CONNECTION_STRING"
DISABLED = "OTEL_SDK_DISABLED"


class TelemetryMissing(Exception):
    """Telemetry is wanted, and what sends it is not installed; one line says so."""


@dataclass(frozen=True)
class Wanted:
    """Which signals go to an OTLP collector, and whether all go to Azure Monitor."""

    otlp: frozenset[str] = frozenset()
    azure: bool = False

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        if environ.get(DISABLED, "").lower() == "true":
            return cls()
        given = {
            signal
            for signal in SIGNALS
            if environ.get(f"OTEL_EXPORTER_OTLP_{signal.upper()}_ENDPOINT")
            or environ.get(OTLP)
        }
        unwanted = {
            signal
            for signal in SIGNALS
            if environ.get(f"OTEL_{signal.upper()}_EXPORTER") == "none"
        }
        return cls(frozenset(given - unwanted), bool(environ.get(AZURE)))

    def __bool__(self) -> bool:
        return bool(self.otlp) or self.azure


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
