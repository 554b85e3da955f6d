"""The settings of the service, read once and never changed.

Read from the environment (prefix `DASHBOARD_`), and in development from `.env` too.
`server`, `sockets`, `operations`, `rates`, `limits` and `forwarding` beside this file
hold the rest.
"""

import os
from typing import Any

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from app.settings.forwarding import ForwardSettings
from app.settings.limits import LimitSettings
from app.settings.operations import OperationSettings
from app.settings.rates import RateSettings
from app.settings.rules import (
    PREFIX,
    by_rule,
    check_secrets,
    explain,
    in_production,
    split_list,
)
from app.settings.server import ServerSettings
from app.settings.sockets import SocketSettings
from domain.passwords import check_password
from domain.users import check_email


class BadSetting(Exception):
    """A setting that stops the start; its text is one line without secrets."""


# The base named last comes first: the rules of the others depend on `env` in it.
class Settings(
    ForwardSettings,
    LimitSettings,
    RateSettings,
    OperationSettings,
    SocketSettings,
    ServerSettings,
):
    """Everything that can be set; frozen."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    jwt_secret: SecretStr | None = Field(
        None,
        validate_default=True,
        description="32 bytes or more; by commas for rotation: the first signs, all "
        "verify; outside production one is made and kept in the data directory",
    )
    admin_email: str | None = Field(
        None, description="first administrator, made once when there is none"
    )
    admin_password: SecretStr | None = Field(
        None, description="its password; unset = a one-time random one is printed"
    )
    bcrypt_cost: int = Field(
        12, ge=4, le=16, description="rounds of bcrypt, as a power of two"
    )
    bcrypt_threads: int = Field(
        2,
        ge=1,
        le=64,
        description="passwords hashed at the same time; no more than there are cores",
    )
    bcrypt_queue: int = Field(
        64, ge=1, le=10_000, description="passwords waiting, before refusing more"
    )

    @field_validator("jwt_secret")
    @classmethod
    def _check_secret(
        cls, value: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        secrets = value.get_secret_value() if value else None
        check_secrets(secrets, strict=in_production(info))
        return value

    @field_validator("admin_email")
    @classmethod
    def _check_admin(cls, value: str | None) -> str | None:
        return None if value is None else by_rule(check_email, value)

    @field_validator("admin_password")
    @classmethod
    def _check_admin_password(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            by_rule(check_password, value.get_secret_value())
        return value

    @field_validator("bcrypt_cost")
    @classmethod
    def _check_cost(cls, value: int, info: ValidationInfo) -> int:
        if value < 12 and info.data.get("env") != "test":  # noqa: PLR2004  the floor
            raise ValueError("12 to 16; less only when DASHBOARD_ENV is test")
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """The keys of tokens and cursors, the signing one first; empty when unset."""
        value = self.jwt_secret.get_secret_value() if self.jwt_secret else ""
        return tuple(split_list(value))

    @property
    def needs_embedded(self) -> bool:
        """Whether a database has no address, so that one is started here."""
        return self.mongodb_uri is None or self.redis_url is None

    @property
    def graphiql_enabled(self) -> bool:
        return self._enabled(self.graphiql)

    @property
    def introspection_enabled(self) -> bool:
        return self._enabled(self.introspection)

    def _enabled(self, switch: str) -> bool:
        return switch == "on" or (switch == "auto" and self.env != "production")


def load_settings(**given: Any) -> Settings:
    """The settings of this process: `given`, then the environment, then `.env`.

    `.env` of the working directory is read only where the environment does not
    already say that this is a test or production.

    Raises:
        BadSetting: one of them breaks its rule.
    """
    development = os.environ.get(f"{PREFIX}ENV", "development") == "development"
    try:
        env_file = ".env" if development else None
        return Settings(_env_file=env_file, **given)
    except ValidationError as err:
        raise BadSetting(explain(err, Settings)) from None


def unknown_names() -> list[str]:
    """Variables of the environment that look like settings and are none."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given = {name for name in os.environ if name.upper().startswith(PREFIX)}
    return sorted(name for name in given if name.upper() not in known)
