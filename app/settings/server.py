"""Settings of the process: where it listens, what it lets in, where its data lies."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

from app.settings.rules import (
    check_host,
    check_mongodb_uri,
    check_origin,
    check_proxy,
    check_redis_url,
    in_production,
    split_list,
)

Environment = Literal["development", "test", "production"]
Switch = Literal["auto", "on", "off"]
Names = Annotated[tuple[str, ...], NoDecode]
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
KIB = 1_024


def _local_only(data: dict[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    return () if data.get("env") == "production" else names


class ServerSettings(BaseSettings):
    """Where the service listens, what it lets in, where its data lies."""

    # First, because the rules of others depend on it.
    env: Environment = Field("development", description="which rules apply")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65_535, description="port; 0 takes a free one")
    workers: int = Field(1, ge=1, le=64, description="worker processes")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="least severe log line written"
    )
    mongodb_uri: str | None = Field(
        None,
        repr=False,
        validate_default=True,
        description="any MongoDB URI (MongoDB, Cosmos DB for MongoDB)",
    )
    mongodb_database: str = Field(
        "user_dashboard",
        pattern=r"^[A-Za-z0-9_-]{1,63}$",
        description="database in it",
    )
    mongodb_pool_size: int = Field(
        50, ge=1, le=1_000, description="MongoDB connections per worker, at most"
    )
    mongodb_timeout_ms: int = Field(
        2_000, ge=100, le=60_000, description="wait for a MongoDB server to be found"
    )
    redis_url: str | None = Field(
        None,
        repr=False,
        validate_default=True,
        description="`redis://…`, `rediss://…:6380` (TLS) or `unix://…`",
    )
    redis_pool_size: int = Field(
        50, ge=1, le=1_000, description="Redis connections per worker, at most"
    )
    redis_timeout_ms: int = Field(
        250, ge=10, le=60_000, description="wait for an answer of Redis"
    )
    plaintext_databases: Literal["refuse", "allow"] = Field(
        "refuse",
        description="whether production may reach databases on other machines "
        "without TLS",
    )
    data_dir: Path = Field(
        Path(".data"), description="where the embedded servers keep their files"
    )
    backend_cors_origins: Names = Field(
        default_factory=lambda data: _local_only(data, ("http://localhost:3000",)),
        description="exact origins that may call from a browser, by commas",
    )
    allowed_hosts: Names = Field(
        default_factory=lambda data: _local_only(data, LOCAL_HOSTS),
        description="`Host` headers answered, by commas; `*` = any",
    )
    trusted_proxies: Names = Field(
        (), description="addresses or networks whose `X-Forwarded-For` is believed"
    )
    graphiql: Switch = Field(
        "auto",
        description="the API explorer, in production for administrators; "
        "auto = on except in production",
    )
    introspection: Switch = Field("auto", description="auto = on except in production")
    graphql_body_max_bytes: int = Field(
        256 * KIB, ge=KIB, description="largest body at `/graphql`"
    )
    api_body_max_bytes: int = Field(
        64 * KIB, ge=KIB, description="largest body elsewhere"
    )
    ingest_body_max_bytes: int = Field(
        4_096 * KIB, ge=KIB, description="largest body of the REST ingest routes"
    )
    body_timeout_s: int = Field(
        10, ge=1, le=600, description="a body must have arrived within it"
    )
    operation_timeout_s: int = Field(
        10, ge=1, le=600, description="an operation may run for it"
    )
    loop_lag_max_ms: int = Field(
        500, ge=10, le=60_000, description="an event loop that wakes later is too busy"
    )
    loop_lag_lasting_s: int = Field(
        2, ge=1, le=600, description="too busy for this long, it refuses new work: 503"
    )
    header_timeout_s: int = Field(
        10, ge=1, le=600, description="the head of a request must arrive within it"
    )
    header_max_bytes: int = Field(
        32 * KIB, ge=KIB, description="largest head of a request"
    )
    read_timeout_s: int = Field(
        10, ge=1, le=600, description="who reads nothing of an answer for it is cut off"
    )
    drain_s: int = Field(
        0, ge=0, le=600, description="not ready, but still serving, before stopping"
    )
    shutdown_grace_s: int = Field(
        10, ge=0, le=600, description="requests under way may end within it"
    )
    trace_sample_percent: int = Field(
        100, ge=0, le=100, description="traces kept of those begun here"
    )

    @field_validator(
        "backend_cors_origins", "allowed_hosts", "trusted_proxies", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return split_list(value)

    @field_validator("backend_cors_origins")
    @classmethod
    def _check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_origin(origin) for origin in value)

    @field_validator("allowed_hosts")
    @classmethod
    def _check_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_host(host) for host in value)

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_proxy(proxy) for proxy in value)

    @field_validator("mongodb_uri")
    @classmethod
    def _check_mongodb(cls, value: str | None, info: ValidationInfo) -> str | None:
        return check_mongodb_uri(value, required=in_production(info))

    @field_validator("redis_url")
    @classmethod
    def _check_redis(cls, value: str | None, info: ValidationInfo) -> str | None:
        return check_redis_url(value, required=in_production(info))
