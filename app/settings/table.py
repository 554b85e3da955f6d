"""All settings as a table: for the terminal, and for `docs/settings.md`."""

from collections.abc import Iterator

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app.settings.rules import PREFIX, masked, shown
from app.settings.settings import Settings

UNSET = {
    "mongodb_uri": "unset = embedded",
    "redis_url": "unset = embedded",
    "backend_cors_origins": "`http://localhost:3000`; none in production",
    "allowed_hosts": "local names; required in production",
    "trusted_proxies": "none",
    "forward_actions": "all",
}


def table(settings: Settings) -> str:
    """Name, value, default and meaning, in columns; secrets are masked."""
    rows = [("SETTING", "VALUE", "DEFAULT", "MEANING")]
    for name, field in Settings.model_fields.items():
        value = masked(name, shown(getattr(settings, name))) or "-"
        default = _default(name, field).replace("`", "")
        rows.append((_variable(name), value, default, field.description or ""))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join([*(row[i].ljust(widths[i]) for i in range(3)), row[3]])
        for row in rows
    )


def markdown() -> str:
    """The rows of `docs/settings.md`: name, default, meaning."""
    return "".join(f"{line}\n" for line in _markdown_lines())


def _markdown_lines() -> Iterator[str]:
    yield "| name | default | meaning |"
    yield "|---|---|---|"
    for name, field in Settings.model_fields.items():
        default = _default(name, field)
        if name not in UNSET and default != "unset":
            default = f"`{default}`"
        yield f"| `{_variable(name)}` | {default} | {field.description} |"


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _default(name: str, field: FieldInfo) -> str:
    if name in UNSET:
        return UNSET[name]
    unset = field.default is None or field.default is PydanticUndefined
    return "unset" if unset else shown(field.default)
