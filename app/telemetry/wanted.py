"""What the environment asks to be sent, and where to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

# The standard's own variables, read by the exporters too: opentelemetry.io/docs/specs.
OTLP = "OTEL_EXPORTER_OTLP_ENDPOINT"
SIGNALS = ("traces", "metrics", "logs")
AZURE = "APPLICATIONINSIGHTS_CONNECTION_STRING"
DISABLED = "OTEL_SDK_DISABLED"


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
