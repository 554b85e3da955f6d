"""What has expired goes, once a minute, in one process of all."""

from app.sweeper import sweep
from domain.metrics import MetricsQuery
from resolvers.audit import record
from resolvers.context import Services
from resolvers.series import metrics
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, make_admin, make_user, open_session
from tests.support.outages import without_redis
from tests.support.trail import trail

MONTH_S = 30 * 86_400


async def test_what_has_expired_is_removed_and_the_rest_stays(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    await open_session(services, user)
    clock.advance(4 * MONTH_S)
    await record(acting(services, user), "user.updated", summary="lately")
    await open_session(services, user)

    await sweep(services)

    fresh = await services.repos.users.get(user.id)
    assert fresh is not None
    kept = await services.repos.sessions.by_ids(fresh.session_ids)
    assert len(kept) == 1
    assert {entry.action for entry in await trail(services)} == {
        "user.updated",
        "auth.login",
    }
    assert len(await trail(services, "auth.login")) == 1


async def test_who_there_is_is_sampled(services: Services) -> None:
    admin = await make_admin(services)

    await sweep(services)

    query = MetricsQuery(names=("users.total",))
    result = await metrics(acting(services, admin), query)
    assert [one.summary.last for one in result.series] == [1]


async def test_of_several_processes_one_sweeps_each_minute(
    services: Services, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    await sweep(services)
    database_ops.clear()

    await sweep(services)
    assert database_ops == []

    clock.advance(60)
    await sweep(services)
    assert database_ops.writes


async def test_without_redis_each_process_sweeps(
    services: Services, database_ops: DatabaseOps
) -> None:
    await sweep(without_redis(services))

    assert database_ops.writes
