"""TLS to Redis. The bundled server has none, so a wire that speaks it stands before."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from persistence.cache import Cache
from persistence.redis_pool import open_redis
from tests.support.certificates import self_made
from tests.support.clock import ManualClock
from tests.support.relay import Relay, address_of


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return tmp_path / "server" / "certificate.pem"


@pytest.fixture
async def port(redis: Redis, certificate: Path) -> AsyncIterator[int]:
    """Where Redis answers over TLS, showing `certificate`."""
    _, context = self_made(certificate.parent)
    async with Relay(address_of(redis), tls=context) as relay:
        yield relay.port


async def answers(url: str, clock: ManualClock) -> bool:
    redis = open_redis(url, timeout_s=1)
    cache = Cache(redis, clock)
    await cache.set("a", b"1", 60)
    found = await cache.get("a")
    await redis.aclose()
    return found == b"1"


async def test_a_server_whose_certificate_we_were_given_is_used(
    port: int, certificate: Path, clock: ManualClock
) -> None:
    url = f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={certificate}"

    assert await answers(url, clock)


async def test_a_certificate_nobody_vouches_for_is_refused(
    port: int, clock: ManualClock
) -> None:
    assert not await answers(f"rediss://127.0.0.1:{port}/0", clock)


async def test_a_server_with_another_certificate_than_ours_is_refused(
    port: int, clock: ManualClock, tmp_path: Path
) -> None:
    ours, _ = self_made(tmp_path / "other")

    assert not await answers(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={ours}", clock)


async def test_a_certificate_for_another_address_is_refused(
    redis: Redis, clock: ManualClock, tmp_path: Path
) -> None:
    certificate, context = self_made(tmp_path / "far", host="192.0.2.1")
    async with Relay(address_of(redis), tls=context) as relay:
        url = f"rediss://127.0.0.1:{relay.port}/0?ssl_ca_certs={certificate}"

        assert not await answers(url, clock)


async def test_what_is_sent_to_a_tls_address_is_never_sent_in_clear(
    redis: Redis, clock: ManualClock
) -> None:
    async with Relay(address_of(redis)) as plain:
        assert not await answers(f"rediss://127.0.0.1:{plain.port}/0", clock)
