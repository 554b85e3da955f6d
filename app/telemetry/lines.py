"""Log lines as OpenTelemetry has them: the same fields as those on stderr."""

import logging

from opentelemetry._logs import Logger, LogRecord, SeverityNumber

from kit.logs import fields_of

SEVERITIES = {
    logging.DEBUG: SeverityNumber.DEBUG,
    logging.INFO: SeverityNumber.INFO,
    logging.WARNING: SeverityNumber.WARN,
    logging.ERROR: SeverityNumber.ERROR,
    logging.CRITICAL: SeverityNumber.FATAL,
}
# What sending says of itself would be sent again, and so on.
OF_SENDING = ("opentelemetry", "urllib3", "requests", "azure")


class Lines(logging.Handler):
    """Hands each line to the SDK, whose thread sends it."""

    def __init__(self, logger: Logger) -> None:
        super().__init__()
        self._logger = logger

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] in OF_SENDING:
            return
        fields = fields_of(record)
        body = fields.pop("message")
        for known in ("time", "level", "trace_id", "span_id"):
            fields.pop(known, None)
        if (error := fields.pop("error", None)) is not None:
            fields["exception.stacktrace"] = error
        try:
            self._logger.emit(
                LogRecord(
                    timestamp=int(record.created * 1e9),
                    severity_number=SEVERITIES.get(record.levelno),
                    severity_text=record.levelname,
                    body=body,
                    attributes={
                        name: value
                        for name, value in fields.items()
                        if value is not None
                    },
                )
            )
        except Exception:  # noqa: BLE001  as every handler does: never the caller's
            self.handleError(record)
