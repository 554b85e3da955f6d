"""Is it alive, is it ready, how is it doing: for load balancers and Prometheus."""

import asyncio
import resource
import time
from typing import Literal

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app import worker_figures
from app.lifespan import Platform
from app.version import VERSION
from domain.errors import Unavailable
from kit.jsonio import dumps
from kit.metrics import REGISTRY

Answer = Literal["ok", "unavailable"]
CHECK_S = 1.0  # for both; a load balancer's own patience is often 2 s
BELIEVED_S = 1.0  # however many ask, each server is asked this often at most
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
REDIS_FAILURES = REGISTRY.reading(
    "dashboard_redis_failures_total", "Calls Redis did not answer", "counter"
)
REDIS_SKIPPED = REGISTRY.reading(
    "dashboard_redis_skipped_total", "Calls Redis was spared while down", "counter"
)
REDIS_BREAKER = REGISTRY.reading(
    "dashboard_redis_breaker_open",
    "1 while Redis is left alone, as it did not answer; 0 otherwise",
)
MONGODB_BREAKER = REGISTRY.reading(
    "dashboard_mongodb_breaker_open",
    "1 while MongoDB is left alone, as it did not answer; 0 otherwise",
)
READY = REGISTRY.reading(
    "dashboard_ready",
    "1 when the last look found MongoDB answering and the process not draining",
)
TRAFFIC_DROPPED = REGISTRY.reading(
    "dashboard_traffic_dropped_total",
    "Points of the service's own traffic that could not be kept",
    "counter",
)
CPU_SECONDS = REGISTRY.reading(
    "process_cpu_seconds_total", "CPU time this process used", "counter"
)
CPU_SECONDS.ask(time.process_time)
MEMORY = REGISTRY.reading(
    "dashboard_memory_peak_kibibytes", "Most memory this process ever had"
)
MEMORY.ask(lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


class Health:
    """Knows how the databases are, not older than a second."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._checks: dict[str, Answer] = {}
        self._checked_s = float("-inf")
        self._one_at_a_time = asyncio.Lock()
        services = platform.services
        REDIS_FAILURES.ask(lambda: services.cache.failures)
        REDIS_SKIPPED.ask(lambda: services.cache.skipped)
        REDIS_BREAKER.ask(lambda: int(services.cache.is_open))
        MONGODB_BREAKER.ask(lambda: int(platform.mongo.is_left_alone))
        READY.ask(lambda: int(self._is_ready))
        TRAFFIC_DROPPED.ask(lambda: services.traffic.dropped)

    async def checks(self) -> dict[str, Answer]:
        async with self._one_at_a_time:
            if time.monotonic() - self._checked_s > BELIEVED_S:
                answers = await asyncio.gather(self._mongodb(), self._redis())
                self._checks = dict(zip(("mongodb", "redis"), answers, strict=True))
                self._checked_s = time.monotonic()
        return self._checks

    @property
    def _is_ready(self) -> bool:
        return self._checks.get("mongodb") == "ok" and not self._platform.draining

    async def _mongodb(self) -> Answer:
        try:
            async with asyncio.timeout(CHECK_S):
                await self._platform.mongo.ping()
        except (Unavailable, TimeoutError):
            return "unavailable"
        return "ok"

    async def _redis(self) -> Answer:
        return "ok" if await self._platform.services.cache.ping() else "unavailable"


async def health(request: Request) -> Response:
    """200 while the process can answer, whatever its databases do."""
    checks = await _of(request).checks()
    degraded = any(answer != "ok" for answer in checks.values())
    return _answer("degraded" if degraded else "ok", checks)


async def ready(request: Request) -> Response:
    """503 when MongoDB does not answer, or this process is about to stop."""
    checks = await _of(request).checks()
    if request.app.state.platform.draining:
        return _answer("draining", checks, 503)
    if checks["mongodb"] != "ok":
        return _answer("unavailable", checks, 503)
    return _answer("ok", checks)


async def metrics(request: Request) -> Response:
    await _of(request).checks()
    return PlainTextResponse(worker_figures.text(), media_type=PROMETHEUS)


ROUTES = (
    Route("/health", health),
    Route("/health/ready", ready),
    Route("/metrics", metrics),
)


def _of(request: Request) -> Health:
    known: Health = request.app.state.health
    return known


def _answer(word: str, checks: dict[str, Answer], status: int = 200) -> Response:
    body = {"status": word, "version": VERSION, "checks": checks}
    headers = {"Cache-Control": "no-store"}
    if status != 200:  # noqa: PLR2004
        headers["Retry-After"] = "1"
    return Response(dumps(body), status, headers, "application/json")
