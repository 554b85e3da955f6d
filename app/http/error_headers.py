"""The headers that HTTP wants beside an error, at either edge."""

from domain.errors import (
    DashboardError,
    MethodNotAllowed,
    NotAuthenticated,
    RetryLater,
)


def headers_of(error: DashboardError) -> dict[str, str]:
    """How to sign in, when to come back, or what is allowed here."""
    if isinstance(error, NotAuthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, RetryLater):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.allowed)}
    return {}
