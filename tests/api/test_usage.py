"""Every operation belongs to a feature, so that its use is counted."""

from itertools import chain

from app.legacy.client_socket import PROTOCOL as WS
from app.legacy.socket_io import PROTOCOL as SOCKET_IO
from app.rest.table import OPERATIONS
from domain.features import FEATURE_OF, FEATURES
from domain.ids import UserId
from domain.principal import ANONYMOUS, Principal, Role
from resolvers.context import Services
from resolvers.usage import ACTIVE_USERS, CALLS, FEATURE_USERS
from schema.guards import TABLE
from tests.support.clock import ManualClock


def test_every_operation_of_every_door_belongs_to_one_feature() -> None:
    roots = ("Query", "Mutation", "Subscription")
    fields = " ".join(chain.from_iterable(TABLE[root].values() for root in roots))
    operations = {*fields.split(), *(one.name for one in OPERATIONS), WS, SOCKET_IO}

    assert set(FEATURE_OF) == operations
    assert sum(len(some.split()) for some in FEATURES.values()) == len(FEATURE_OF)


async def test_people_are_counted_once_a_day_by_feature_and_calls_each_time(
    services: Services,
) -> None:
    before = CALLS.value("rest", "get_stats", "member")
    ana, eva = (
        Principal(Role.MEMBER, user_id=UserId(f"u_{name}")) for name in ("ana", "eva")
    )
    for who in (ana, ana, eva, ANONYMOUS):
        services.usage.note("rest", "get_stats", who)
    services.usage.note("graphql", "stats", ana)
    services.usage.note("graphql", "metrics", eva)

    await services.usage.flush()
    await services.usage.flush()

    assert CALLS.value("rest", "get_stats", "member") == before + 3
    assert FEATURE_USERS.value("stats") == 2
    assert FEATURE_USERS.value("metrics") == 1
    assert FEATURE_USERS.value("exports") == 0
    assert ACTIVE_USERS.value("1") == ACTIVE_USERS.value("30") == 2


async def test_who_came_yesterday_counts_for_the_week(
    services: Services, clock: ManualClock
) -> None:
    services.usage.note("graphql", "stats", Principal(user_id=UserId("u_ana")))
    clock.advance(86_400)
    services.usage.note("graphql", "stats", Principal(user_id=UserId("u_eva")))

    await services.usage.flush()

    assert (ACTIVE_USERS.value("1"), ACTIVE_USERS.value("7")) == (1, 2)
    assert FEATURE_USERS.value("stats") == 1
