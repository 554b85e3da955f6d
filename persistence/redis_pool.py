"""The connection to Redis or Valkey: `redis://`, `rediss://` and `unix://` URLs."""

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.driver_info import DriverInfo
from redis.exceptions import ConnectionError as LostConnection

from persistence.redis_calls import TimedRedis

# Redis holds only what can be read again elsewhere: better a miss than a wait. The
# client's own default tries ten times, some 4 s for one read.
TIMEOUT_S = 0.25
MAX_CONNECTIONS = 50
IDLE_CHECK_S = 30  # gateways drop idle connections without a word
# Left to itself, the library reads its version from the disk for each connection.
_THIS_CLIENT = DriverInfo()


def open_redis(
    url: str,
    *,
    timeout_s: float | None = TIMEOUT_S,
    max_connections: int = MAX_CONNECTIONS,
) -> Redis:
    """A client for `url`; connects at the first call, waits `timeout_s` at most.

    TLS is `rediss://host:6380/0`, verified against the system's authorities, or
    against a file of one's own with `?ssl_ca_certs=/path/ca.pem`. A reader that
    blocks passes `timeout_s=None` and has a client to itself, so that it never
    holds the connections of the others.

    Raises:
        ValueError: not such a URL.
    """
    wait_s = timeout_s or TIMEOUT_S
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=max_connections,
        timeout=wait_s,  # for a free connection: a burst waits, it does not fail
        socket_timeout=timeout_s,
        socket_connect_timeout=wait_s,
        health_check_interval=IDLE_CHECK_S,
        driver_info=_THIS_CLIENT,
        # Once, and never after a timeout: a restart leaves dead connections pooled.
        retry=Retry(NoBackoff(), 1, (LostConnection,)),
    )
    client = Redis if timeout_s is None else TimedRedis
    return client.from_pool(pool)
