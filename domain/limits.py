"""The figures that bound what the service accepts and keeps.

Each is a setting too (`DASHBOARD_` and the name in capitals); the defaults say
where they come from.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    access_token_ttl_s: int = 1_800  # the architecture document: 30 minutes
    refresh_token_ttl_s: int = 604_800  # the same: 7 days
    session_absolute_ttl_s: int = 2_592_000  # 30 days, however often refreshed
    session_recheck_s: int = 15  # how long a cached session is believed unasked
    online_window_s: int = 300  # seen within it counts as online
    stats_ttl_s: int = 300  # the architecture document: API cache
    stats_fresh_s: int = 5  # figures older than this are computed again
    idempotency_ttl_s: int = 86_400
    metrics_past_s: int = 3_600  # how far back a point may lie
    metrics_future_s: int = 600  # and how far ahead
    metrics_points_per_call: int = 1_000
    metrics_tag_sets_per_metric: int = 200
    metrics_keep_minutes_days: int = 7
    metrics_keep_hours_days: int = 90
    metrics_keep_days_days: int = 730
    activity_events_per_call: int = 1_000
    activity_past_s: int = 31_536_000
    activity_keep_days: int = 90
    notifications_keep_days: int = 90
