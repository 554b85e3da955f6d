"""The domain's enumerations, known to GraphQL by their own names and values."""

import strawberry

from domain import activity, metrics, positions, principal, stats, users

for _enumeration, _description in (
    (principal.Role, "What an account may do. SERVICE is for API keys only."),
    (users.AccountStatus, "A DISABLED account cannot sign in."),
    (users.Presence, "Whether one of the user's sessions was in use just now."),
    (users.UserOrder, "How to sort users; ties stay in a fixed order."),
    (activity.Severity, "How much an entry matters, least first."),
    (
        positions.GapReason,
        """TRIMMED: older than events are kept. OVERFLOW: you read too slowly.
EPOCH: the log of events was lost.""",
    ),
    (stats.TimeRange, "The stretch that ends now."),
    (
        metrics.MetricKind,
        """COUNTER: increments, summed. GAUGE: readings. DISTRIBUTION: readings whose
spread matters, so that percentiles can be asked for.""",
    ),
    (
        metrics.Aggregate,
        """What becomes of the points in a bucket. RATE is the sum per second; P50, P95
and P99 are for a DISTRIBUTION.""",
    ),
    (metrics.Interval, "The width of a bucket: ISO 8601, or AUTO."),
    (
        metrics.Fill,
        "What stands in a bucket nothing was recorded in; NONE leaves it out.",
    ),
    (
        metrics.Compare,
        "Which earlier stretch to set beside the asked one, shifted by the calendar.",
    ),
):
    strawberry.enum(_enumeration, description=_description)

strawberry.enum(
    activity.Result,
    name="Outcome",
    description="Whether what an entry tells of was done or refused.",
)
