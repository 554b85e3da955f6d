"""Settings that bound what the service accepts and keeps."""

from pydantic import Field
from pydantic_settings import BaseSettings

from domain.limits import Limits

DAY_S = 86_400


class LimitSettings(BaseSettings):
    """`domain.limits.Limits`, figure by figure."""

    access_token_ttl_s: int = Field(
        Limits.access_token_ttl_s, ge=60, le=DAY_S, description="life of access tokens"
    )
    refresh_token_ttl_s: int = Field(
        Limits.refresh_token_ttl_s,
        ge=300,
        le=90 * DAY_S,
        description="life of refresh tokens",
    )
    session_absolute_ttl_s: int = Field(
        Limits.session_absolute_ttl_s,
        ge=300,
        le=365 * DAY_S,
        description="a session ends after it, however often refreshed",
    )
    session_recheck_s: int = Field(
        Limits.session_recheck_s,
        ge=0,
        le=60,
        description="a cached session is believed unasked for it",
    )
    online_window_s: int = Field(
        Limits.online_window_s,
        ge=30,
        le=3_600,
        description="seen within it counts as online",
    )
    stats_ttl_s: int = Field(
        Limits.stats_ttl_s, ge=1, le=3_600, description="life of cached figures"
    )
    stats_fresh_s: int = Field(
        Limits.stats_fresh_s,
        ge=0,
        le=3_600,
        description="older figures are computed again",
    )
    idempotency_ttl_s: int = Field(
        Limits.idempotency_ttl_s,
        ge=60,
        le=30 * DAY_S,
        description="an Idempotency-Key is remembered for it",
    )
    metrics_past_s: int = Field(
        Limits.metrics_past_s,
        ge=60,
        le=3_650 * DAY_S,
        description="how far back a metric point may lie",
    )
    metrics_future_s: int = Field(
        Limits.metrics_future_s,
        ge=0,
        le=DAY_S,
        description="how far ahead a metric point may lie",
    )
    metrics_points_per_call: int = Field(
        Limits.metrics_points_per_call, ge=1, le=10_000, description="points in a call"
    )
    metrics_tag_sets_per_metric: int = Field(
        Limits.metrics_tag_sets_per_metric,
        ge=1,
        le=10_000,
        description="different tag sets of a metric; the rest is folded",
    )
    metrics_keep_minutes_days: int = Field(
        Limits.metrics_keep_minutes_days, ge=1, description="days minutes are kept"
    )
    metrics_keep_hours_days: int = Field(
        Limits.metrics_keep_hours_days, ge=1, description="days hours are kept"
    )
    metrics_keep_days_days: int = Field(
        Limits.metrics_keep_days_days, ge=1, description="days days are kept"
    )
    activity_events_per_call: int = Field(
        Limits.activity_events_per_call, ge=1, le=10_000, description="events in a call"
    )
    activity_past_s: int = Field(
        Limits.activity_past_s, ge=60, description="how far back an event may lie"
    )
    activity_keep_days: int = Field(
        Limits.activity_keep_days, ge=1, description="days activity is kept"
    )
    notifications_keep_days: int = Field(
        Limits.notifications_keep_days,
        ge=1,
        le=3_650,
        description="days notifications are kept, read or not",
    )

    def limits(self) -> Limits:
        """The figures the domain and the use cases work with."""
        return Limits(**{name: getattr(self, name) for name in Limits.__annotations__})
