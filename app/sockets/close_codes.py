"""Why a connection that stays open is ended."""

import logging
from enum import IntEnum

from domain.errors import (
    INTERNAL_ERROR,
    DashboardError,
    InvalidInput,
    InvalidJson,
    NotAllowed,
    NotAuthenticated,
)


class CloseCode(IntEnum):
    """WebSocket close codes, as clients of graphql-ws read them: after some they come
    back by themselves, the others are final. 1006 and 1011 are never ours.
    """

    NO_TEXT = 1003  # a binary frame; final
    ABUSE = 1008  # too many messages; final
    TOO_BIG = 1009  # a message beyond the limit; final
    RESTARTING = 1012  # this process is about to stop; they come back, elsewhere
    OVERLOADED = 1013  # too many connections, or too slow a reader; they come back
    BAD_MESSAGE = 4400  # not of the protocol; final
    SIGNED_OUT = 4401  # session over, account disabled, no sign-in at all; final
    FORBIDDEN = 4403  # token expired or refused: they come back with a fresh one
    WRONG_PROTOCOL = 4406  # subprotocol not spoken here; final
    INIT_TIMEOUT = 4408  # did not say who it is in time; they come back
    DUPLICATE_ID = 4409  # an operation of that id is running; final
    SECOND_INIT = 4429  # said twice who it is; final


class SocketClosed(Exception):
    """Ends the connection it is raised in: its transport sends `code` and `reason`."""

    def __init__(self, code: CloseCode, reason: str = "") -> None:
        super().__init__(f"{int(code)} {reason}")
        self.code = code
        self.reason = reason


# The first that fits; an edge whose protocol says otherwise raises `SocketClosed`.
REFUSALS = {
    NotAuthenticated: CloseCode.SIGNED_OUT,
    NotAllowed: CloseCode.FORBIDDEN,
    InvalidJson: CloseCode.BAD_MESSAGE,
    InvalidInput: CloseCode.BAD_MESSAGE,
    DashboardError: CloseCode.OVERLOADED,
}
_log = logging.getLogger(__name__)


def reason_of(error: Exception, protocol: str) -> SocketClosed:
    """How to close a connection in which `error` was raised; a bug is logged here."""
    if isinstance(error, SocketClosed):
        return error
    if isinstance(error, DashboardError):
        found = (code for kind, code in REFUSALS.items() if isinstance(error, kind))
        return SocketClosed(next(found), f"{error.code}: {error.message}")
    fields = {"protocol": protocol}
    _log.error("a socket failed", exc_info=error, extra={"fields": fields})
    return SocketClosed(CloseCode.OVERLOADED, INTERNAL_ERROR)
