"""Settings that bound how often somebody may ask."""

from pydantic import Field
from pydantic_settings import BaseSettings

from domain.rates import RateLimits

COUNT_MAX = 1_000_000


class RateSettings(BaseSettings):
    """`domain.rates.RateLimits`, figure by figure."""

    sign_in_failures_per_15_min: int = Field(
        RateLimits.sign_in_failures_per_15_min,
        ge=1,
        le=COUNT_MAX,
        description="wrong passwords for an account from an address",
    )
    sign_in_failures_per_address_per_15_min: int = Field(
        RateLimits.sign_in_failures_per_address_per_15_min,
        ge=1,
        le=COUNT_MAX,
        description="wrong passwords from an address, for whatever accounts",
    )
    sign_in_failures_per_account_per_h: int = Field(
        RateLimits.sign_in_failures_per_account_per_h,
        ge=1,
        le=COUNT_MAX,
        description="wrong passwords for an account; addresses it has signed in from "
        "are exempt",
    )
    refreshes_per_address_per_5_min: int = Field(
        RateLimits.refreshes_per_address_per_5_min,
        ge=1,
        le=COUNT_MAX,
        description="refreshed tokens from an address",
    )
    requests_per_user_per_min: int = Field(
        RateLimits.requests_per_user_per_min,
        ge=1,
        le=COUNT_MAX,
        description="requests and operations of a user, or with an API key",
    )
    requests_per_address_per_min: int = Field(
        RateLimits.requests_per_address_per_min,
        ge=1,
        le=COUNT_MAX,
        description="requests from an address of nobody signed in",
    )
    handshakes_per_address_per_min: int = Field(
        RateLimits.handshakes_per_address_per_min,
        ge=1,
        le=COUNT_MAX,
        description="connections that stay open, begun from an address",
    )

    def rate_limits(self) -> RateLimits:
        """The figures the use cases work with."""
        names = RateLimits.__annotations__
        return RateLimits(**{name: getattr(self, name) for name in names})
