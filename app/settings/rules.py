"""What single settings must look like, and how a wrong one is explained."""

import ipaddress
import re
from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from app.settings.known_secrets import KNOWN_SECRETS
from domain.errors import InvalidInput
from domain.passwords import is_common

PREFIX = "DASHBOARD_"
SECRET_BYTES_MIN = 32
SECRET_VARIETY_MIN = 10  # random hex of 32 characters has that many, words do not
_WEAK = re.compile(r"secret|change|passw|default|example|test", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[^/*\s,@?#]+")
_HOST = re.compile(r"\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_USERINFO = re.compile(r"(?<=://)[^@/]*(?=@)")
_QUERY = re.compile(r"(?<=\?).+")
MASK = "****"


def in_production(info: ValidationInfo) -> bool:
    return info.data.get("env") == "production"


def split_list(value: Any) -> Any:
    """The parts of a text between commas, trimmed, without empty ones."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def by_rule(check: Callable[[str], str], value: str) -> str:
    """`value` in the form that a rule of the domain gives it."""
    try:
        return check(value)
    except InvalidInput as err:
        raise ValueError(err.problems[0].reason) from err


def check_mongodb_uri(value: str | None, *, required: bool) -> str | None:
    if value is None and required:
        raise ValueError("a MongoDB URI; production starts no embedded server")
    if value is not None and not value.startswith(("mongodb://", "mongodb+srv://")):
        raise ValueError("a URI that starts with mongodb:// or mongodb+srv://")
    return value


def check_redis_url(value: str | None, *, required: bool) -> str | None:
    if value is None and required:
        raise ValueError("a Redis URL; production starts no embedded server")
    schemes = ("redis://", "rediss://", "unix://")
    if value is not None and not value.startswith(schemes):
        raise ValueError("a URL that starts with redis://, rediss:// or unix://")
    return value


def check_origin(origin: str) -> str:
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(
            "exact origins such as https://dashboard.example.com, by commas; "
            "no path, no *"
        )
    return origin.lower()


def check_host(host: str) -> str:
    if not _HOST.fullmatch(host.lower()):
        raise ValueError(
            "host names without port, by commas, such as dashboard.example.com"
        )
    return host.lower()


def check_proxy(proxy: str) -> str:
    try:
        ipaddress.ip_network(proxy, strict=False)
    except ValueError as err:
        raise ValueError(
            "IP addresses or networks, by commas, such as 10.0.0.0/8"
        ) from err
    return proxy


def check_secrets(value: str | None, *, strict: bool) -> None:
    """Refuses missing, short and (when `strict`) guessable signing keys."""
    secrets = split_list(value or "")
    if strict and not secrets:
        raise ValueError(f"a random text of {SECRET_BYTES_MIN} bytes or more")
    if len(set(secrets)) < len(secrets):
        raise ValueError("different texts; two of them are the same")
    for secret in secrets:
        if len(secret.encode()) < SECRET_BYTES_MIN:
            raise ValueError(f"{SECRET_BYTES_MIN} bytes or more each")
        if strict and _is_weak(secret):
            raise ValueError(
                "a random text, such as `openssl rand -hex 32` prints; this one is weak"
            )


def _is_weak(secret: str) -> bool:
    few = len(set(secret)) < SECRET_VARIETY_MIN or is_common(secret)
    return few or secret in KNOWN_SECRETS or _WEAK.search(secret) is not None


def masked(name: str, value: Any) -> str:
    """How a value may be shown: no secret, no password of an address."""
    text = str(value)
    if name.endswith(("secret", "password", "connection")):
        return MASK if text else ""
    if name.endswith("webhook_url"):  # some carry a key after the ?
        text = _QUERY.sub(MASK, text)
    return _USERINFO.sub(MASK, text)


def shown(value: Any) -> str:
    """A setting's value the way one would write it in the environment."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def explain(err: ValidationError, model: type[BaseSettings]) -> str:
    """One line for the first wrong setting: its name, its value, what is allowed."""
    first = err.errors()[0]
    name = str(first["loc"][0]).lower()
    cause = first.get("ctx", {}).get("error")
    allowed = str(cause) if cause else _allowed(model.model_fields[name])
    given = first["input"]
    value = f"is {masked(name, shown(given))!r}" if given is not None else "is not set"
    return f"{PREFIX}{name.upper()} {value}; allowed: {allowed}"


def _allowed(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return ", ".join(get_args(field.annotation))
    bounds = {type(rule).__name__.lower(): rule for rule in field.metadata}
    least, most = bounds.get("ge"), bounds.get("le")
    if least and most:
        return f"a whole number from {least.ge} to {most.le}"
    if least:
        return f"a whole number from {least.ge}"
    pattern = next((m.pattern for m in field.metadata if hasattr(m, "pattern")), None)
    return f"text that matches {pattern}" if pattern else "text"
