"""Settings of what other systems are told."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

from app.settings.rules import by_rule, in_production, split_list
from domain.activity_rules import check_action_pattern
from kit.standard_webhooks import read_secret

_SERVICE_BUS = re.compile(
    "Endpoint=sb://[^;]+;(.*SharedAccessKey|(.*;)?Authentication=ManagedIdentity(;|$))"
)
Patterns = Annotated[tuple[str, ...], NoDecode]


class ForwardSettings(BaseSettings):
    """Where activity is forwarded to, and how."""

    forward_webhook_url: str | None = Field(
        None,
        repr=False,
        description="activity is sent there by POST; production wants https",
    )
    forward_webhook_secret: SecretStr | None = Field(
        None,
        validate_default=True,
        description="`whsec_…`, signs what is sent; by commas for rotation: each signs",
    )
    forward_service_bus_connection: SecretStr | None = Field(
        None,
        description="connection string of Azure Service Bus, instead of a webhook",
    )
    forward_service_bus_entity: str | None = Field(
        None,
        validate_default=True,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,259}$",
        description="queue or topic in it",
    )
    forward_actions: Patterns = Field(
        (), description="actions forwarded, by commas, such as `user.*`"
    )
    forward_source: str = Field(
        "user-dashboard",
        pattern=r"^[A-Za-z0-9._~:/-]{1,200}$",
        description="`source` of the events, to tell installations apart",
    )
    forward_from: Literal["now", "oldest"] = Field(
        "now", description="where to begin when nothing was ever forwarded"
    )
    forward_parallel: int = Field(
        4, ge=1, le=32, description="calls at a time, of different subjects"
    )
    forward_timeout_s: int = Field(
        10, ge=1, le=120, description="a call must be answered within it"
    )
    forward_pause_max_s: int = Field(
        60, ge=1, le=3_600, description="longest pause before what failed is repeated"
    )

    @field_validator("forward_webhook_url")
    @classmethod
    def _check_url(cls, value: str | None, info: ValidationInfo) -> str | None:
        return None if value is None else _webhook(value, info)

    @field_validator("forward_webhook_secret")
    @classmethod
    def _check_webhook_secret(
        cls, value: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        texts = split_list(value.get_secret_value()) if value else ()
        if info.data.get("forward_webhook_url") and not texts:
            raise ValueError("whsec_…: what is sent to a webhook is signed")
        for text in texts:
            read_secret(text)
        return value

    @field_validator("forward_service_bus_connection")
    @classmethod
    def _check_connection(
        cls, value: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if value is None:
            return None
        text = value.get_secret_value()
        if not _SERVICE_BUS.match(text):
            raise ValueError(
                "Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=… or "
                "Endpoint=sb://…;Authentication=ManagedIdentity"
            )
        if "UseDevelopmentEmulator" in text and in_production(info):
            raise ValueError("no emulator in production")
        if info.data.get("forward_webhook_url"):
            raise ValueError("either this or DASHBOARD_FORWARD_WEBHOOK_URL")
        return value

    @field_validator("forward_service_bus_entity")
    @classmethod
    def _check_entity(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("forward_service_bus_connection"):
            raise ValueError("the name of a queue or topic")
        return value

    @field_validator("forward_actions", mode="before")
    @classmethod
    def _split_actions(cls, value: object) -> object:
        return split_list(value)

    @field_validator("forward_actions")
    @classmethod
    def _check_actions(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            by_rule(_pattern, pattern)
        return value

    @property
    def forward_keys(self) -> tuple[bytes, ...]:
        """The keys that sign what is sent to a webhook."""
        secret = self.forward_webhook_secret
        texts = split_list(secret.get_secret_value()) if secret else ()
        return tuple(map(read_secret, texts))


def _pattern(text: str) -> str:
    check_action_pattern(text, field="actions")
    return text


def _webhook(url: str, info: ValidationInfo) -> str:
    allowed = ("https://",) if in_production(info) else ("https://", "http://")
    try:
        parts = urlsplit(url)
        well_formed = bool(parts.hostname) and parts.port != 0
    except ValueError:
        well_formed = False
    plain = url.isascii() and url.isprintable() and " " not in url
    if not well_formed or not plain or not url.startswith(allowed):
        raise ValueError(f"an address that starts with {' or '.join(allowed)}")
    if parts.fragment or parts.username is not None or parts.password is not None:
        raise ValueError("an address without #… and without a name or password")
    return url
