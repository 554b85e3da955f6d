"""What the live part counts about itself, for `/metrics`."""

from kit.metrics import REGISTRY

LAG_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)

PUBLISHED = REGISTRY.counter(
    "dashboard_live_published_total", "Events that reached the log", ("topic",)
)
OUTBOX = REGISTRY.reading(
    "dashboard_live_outbox_events", "Events that wait here for Redis"
)
LOST = REGISTRY.counter(
    "dashboard_live_lost_total",
    "Events given up as too many waited for Redis; every listener is told of the gap",
    ("topic",),
)
UNREAD = REGISTRY.counter(
    "dashboard_live_unread_total", "Events of a kind this version does not know"
)
RECONNECTS = REGISTRY.counter(
    "dashboard_live_reconnects_total", "Times the reader lost Redis and came back"
)
SUBSCRIBERS = REGISTRY.gauge(
    "dashboard_live_subscribers", "Listeners of this process", ("topic",)
)
SHARED = REGISTRY.gauge(
    "dashboard_live_shared", "Shared executions, and who takes part", ("what",)
)
QUEUED = REGISTRY.reading(
    "dashboard_live_queued_events", "Events that wait for slow listeners"
)
LAG = REGISTRY.histogram(
    "dashboard_live_lag_seconds",
    "From an event to a listener taking it",
    ("topic",),
    buckets=LAG_BUCKETS_S,
)
CONFLATED = REGISTRY.counter(
    "dashboard_live_conflated_total",
    "Events replaced by a newer one before a listener took them",
    ("topic",),
)
DROPPED = REGISTRY.counter(
    "dashboard_live_dropped_total",
    "Events dropped as a listener was too slow; it is told of the gap",
    ("topic",),
)
GAPS = REGISTRY.counter("dashboard_live_gaps_total", "Gaps told", ("reason",))
RESUMES = REGISTRY.counter(
    "dashboard_live_resumes_total", "Subscriptions gone on with, by outcome", ("how",)
)
