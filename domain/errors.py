"""Every failure a client may be told about.

* DashboardError
  - InvalidJson          INVALID_JSON           400  not JSON, too deep, not UTF-8
  - InvalidInput         VALIDATION_ERROR       422  names the field and the reason
  - NotAuthenticated     UNAUTHENTICATED        401  who are you?
    - TokenExpired       TOKEN_EXPIRED          401  refresh, then come back
    - BadCredentials     INVALID_CREDENTIALS    401  sign-in refused
    - BadRefreshToken    INVALID_REFRESH_TOKEN  401  expired, spent or revoked
  - NotAllowed           FORBIDDEN              403  we know you, and no
  - NotFound             NOT_FOUND              404  no such thing, or none you may see
  - MethodNotAllowed     METHOD_NOT_ALLOWED     405  says which are
  - NotAcceptable        NOT_ACCEPTABLE         406  nothing we send fits `Accept`
  - Conflict             CONFLICT               409  it changed, or is taken
  - VersionMismatch      VERSION_MISMATCH       412  `If-Match` is stale
  - PayloadTooLarge      PAYLOAD_TOO_LARGE      413
  - UnsupportedMediaType UNSUPPORTED_MEDIA_TYPE 415
  - IdempotencyConflict  IDEMPOTENCY_CONFLICT   422  same key, other body
  - RateLimited          RATE_LIMITED           429  says when to come back
  - QueryTooComplex      QUERY_TOO_COMPLEX      400  says limit and value
  - Unavailable          UNAVAILABLE            503  MongoDB or Redis did not answer
  - TimedOut             TIMEOUT                504  ran longer than it may

Anything else that escapes is a bug: edges log it with the request id and answer
INTERNAL_ERROR (500) without its words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

INTERNAL_ERROR = "INTERNAL_ERROR"


class DashboardError(Exception):
    """Base of the tree; `code` and `http_status` are the wire's names for a class."""

    code: ClassVar[str]
    http_status: ClassVar[int]
    default_message: ClassVar[str]

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.default_message)

    @property
    def message(self) -> str:
        return str(self)

    @property
    def details(self) -> Mapping[str, Any] | None:
        """What a program can act on besides the code; None when there is nothing."""
        return None


class InvalidJson(DashboardError):
    code = "INVALID_JSON"
    http_status = 400
    default_message = "The body is not valid JSON"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input: `field` is a dotted path, `reason` a clause."""

    field: str
    reason: str


class InvalidInput(DashboardError):
    """Input that breaks a rule; carries every problem found, the first one first."""

    code = "VALIDATION_ERROR"
    http_status = 422
    default_message = "Invalid input data"

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(f"{first.field}: {first.reason}")
        self.problems = tuple(problems)

    @classmethod
    def of(cls, field: str, reason: str) -> "InvalidInput":
        return cls([Problem(field, reason)])

    @property
    def details(self) -> Mapping[str, Any]:
        return {
            "field": self.problems[0].field,
            "reason": self.problems[0].reason,
            "errors": [{"field": p.field, "reason": p.reason} for p in self.problems],
        }


class NotAuthenticated(DashboardError):
    code = "UNAUTHENTICATED"
    http_status = 401
    default_message = "Sign in to do this"


class TokenExpired(NotAuthenticated):
    code = "TOKEN_EXPIRED"
    default_message = "The access token has expired: refresh it"


class BadCredentials(NotAuthenticated):
    """One text for an unknown address and for a wrong password."""

    code = "INVALID_CREDENTIALS"
    default_message = "E-mail or password is wrong"


class BadRefreshToken(NotAuthenticated):
    code = "INVALID_REFRESH_TOKEN"
    default_message = "The refresh token is expired, spent or revoked: sign in again"


class NotAllowed(DashboardError):
    code = "FORBIDDEN"
    http_status = 403
    default_message = "You may not do this"


class NotFound(DashboardError):
    code = "NOT_FOUND"
    http_status = 404
    default_message = "There is no such thing, or none you may see"


class MethodNotAllowed(DashboardError):
    code = "METHOD_NOT_ALLOWED"
    http_status = 405
    default_message = "This method is not allowed here"

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.allowed = tuple(allowed)

    @property
    def details(self) -> Mapping[str, Any]:
        return {"allowed": list(self.allowed)}


class NotAcceptable(DashboardError):
    code = "NOT_ACCEPTABLE"
    http_status = 406
    default_message = "Nothing we can send fits the Accept header"


class Conflict(DashboardError):
    """`field` names what is taken or stale, when one field is to blame."""

    code = "CONFLICT"
    http_status = 409
    default_message = "It changed since you looked"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    @property
    def details(self) -> Mapping[str, Any] | None:
        if self.field is None:
            return None
        return {"field": self.field, "reason": self.message}


class VersionMismatch(DashboardError):
    code = "VERSION_MISMATCH"
    http_status = 412
    default_message = "If-Match names a version that is not the current one"


class PayloadTooLarge(DashboardError):
    code = "PAYLOAD_TOO_LARGE"
    http_status = 413
    default_message = "The body is too large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"The body may have at most {limit_bytes} bytes here")
        self.limit_bytes = limit_bytes

    @property
    def details(self) -> Mapping[str, Any]:
        return {"limit_bytes": self.limit_bytes}


class UnsupportedMediaType(DashboardError):
    code = "UNSUPPORTED_MEDIA_TYPE"
    http_status = 415
    default_message = "Send application/json"


class IdempotencyConflict(DashboardError):
    code = "IDEMPOTENCY_CONFLICT"
    http_status = 422
    default_message = "This idempotency key was used with another body"


class RetryLater(DashboardError):
    """A failure that may pass: `retry_after_s` is sent as `Retry-After`."""

    def __init__(self, message: str | None = None, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s

    @property
    def details(self) -> Mapping[str, Any]:
        return {"retry_after_s": self.retry_after_s}


class RateLimited(RetryLater):
    code = "RATE_LIMITED"
    http_status = 429
    default_message = "Too many requests: come back later"


class Unavailable(RetryLater):
    code = "UNAVAILABLE"
    http_status = 503
    default_message = "A server we need did not answer in time"


class QueryTooComplex(DashboardError):
    code = "QUERY_TOO_COMPLEX"
    http_status = 400
    default_message = "The operation is too complex"

    def __init__(self, what: str, *, limit: int, value: int) -> None:
        super().__init__(f"{what} is {value}; the limit is {limit}")
        self.what = what
        self.limit = limit
        self.value = value

    @property
    def details(self) -> Mapping[str, Any]:
        return {"what": self.what, "limit": self.limit, "value": self.value}


class TimedOut(DashboardError):
    code = "TIMEOUT"
    http_status = 504
    default_message = "The operation ran longer than it may"
