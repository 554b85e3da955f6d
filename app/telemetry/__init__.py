"""Traces, figures and log lines for collectors elsewhere; docs/telemetry.md."""
