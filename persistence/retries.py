"""Which failures of the database are tried again, and what the others become."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from pymongo.errors import (
    AutoReconnect,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
)

from domain.errors import Unavailable
from kit.metrics import REGISTRY

REPEATED = REGISTRY.counter(
    "dashboard_mongodb_repeated_total", "Calls to MongoDB that were tried again"
)
UNANSWERED = REGISTRY.counter(
    "dashboard_mongodb_unanswered_total", "Calls to MongoDB given up as unavailable"
)
DUPLICATE_KEY = 11000
# Cosmos DB answers 16500 to what exceeds the budget, and did not do it.
THROTTLED = frozenset({16500, 429})
RECONNECTS = 2
THROTTLE_RETRIES = 6
# No new attempt after this: the caller answers within seconds or says it cannot.
PATIENCE_S = 3.0
_PAUSE_S = 0.05
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Ask(Protocol):
    """How the calls of one MongoDB are made: `answering`, or what stands before it."""

    async def __call__(
        self, call: Callable[[int], Awaitable[T]], *, idempotent: bool = True
    ) -> T: ...


async def answering(
    call: Callable[[int], Awaitable[T]], *, idempotent: bool = True
) -> T:
    """The result of `call(attempt)`; the attempts count from 0.

    A lost connection is tried again only where doing it twice does no harm; what
    was throttled was not done and always is.

    Raises:
        Unavailable: no answer, or one that is no answer (disk full, no primary).
        OperationFailure: only for a duplicate key.
    """
    started_s = time.monotonic()
    attempt = 0
    while True:
        try:
            return await call(attempt)
        except OperationFailure as err:
            if err.code == DUPLICATE_KEY:
                raise
            again = err.code in THROTTLED and attempt < THROTTLE_RETRIES
            if err.code not in THROTTLED:
                # Its words may carry what was to be written.
                _log.warning("MongoDB refused: %s %s", type(err).__name__, err.code)
            failure: PyMongoError = err
        except ServerSelectionTimeoutError as err:
            again, failure = False, err  # it has waited for the server already
        except AutoReconnect as err:
            again, failure = idempotent and attempt < RECONNECTS, err
        except PyMongoError as err:
            again, failure = False, err
        if not again or time.monotonic() - started_s > PATIENCE_S:
            UNANSWERED.inc()
            raise Unavailable from failure
        REPEATED.inc()
        await pause(attempt)
        attempt += 1


async def pause(attempt: int) -> None:
    """Wait longer from attempt to attempt, and never all callers equally long."""
    # Not a secret: it only keeps throttled callers from coming back together.
    await asyncio.sleep(_PAUSE_S * 2**attempt * (0.5 + random.random()))  # noqa: S311
