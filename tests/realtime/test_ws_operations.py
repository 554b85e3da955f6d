"""Operations on one socket: their ids, their faults, and what outlives them."""

from domain.events import Topic
from domain.users import User
from resolvers.stats import touch_stats
from tests.support.clock import ManualClock
from tests.support.factories import acting, make_user, open_session
from tests.support.graphql_sockets import GraphQLConnection
from tests.support.live import until
from tests.support.replicas import Replica

DASHBOARD = "subscription { dashboardUpdated(minIntervalMs: 100) { version } }"
ACTIVITY = "subscription { activityAdded { __typename } }"
TYPOS = [
    "subscription {",
    "",
    "subscription { nope }",
    "subscription { activityAdded { __typename } me }",
    "query A { me { id } } query B { me { id } }",
    "{ user { id } }",
    'subscription { activityAdded(after: "x") { __typename } }',
    'subscription { notificationReceived(after: "") { __typename } }',
    'subscription { activityAdded(filter: {actions: ["*"]}) { __typename } }',
    "subscription { dashboardUpdated(minIntervalMs: 99) { version } }",
    "subscription { metricUpdated(names: []) { name } }",
    'subscription { metricUpdated(names: ["X"]) { name } }',
    'subscription { metricUpdated(names: ["a.b"], interval: AUTO) { name } }',
    "subscription { userStatusChanged(userIds: []) { at } }",
]
RENEW = "mutation ($token: String!) { authenticate(accessToken: $token) { expiresAt } }"


async def test_queries_and_mutations_are_answered_once(
    client: GraphQLConnection, boss: User
) -> None:
    await client.subscribe("q", "query ($id: ID!) { user(id: $id) { id } }", id=boss.id)
    assert await client.data("q") == {"id": boss.id}
    assert await client.about("q") == {"id": "q", "type": "complete"}

    await client.subscribe("m", 'mutation { createApiKey(name: "x") { secret } }')
    assert (await client.data("m"))["secret"]
    assert await client.about("m") == {"id": "m", "type": "complete"}


async def test_a_typo_costs_one_error_and_never_the_socket(
    client: GraphQLConnection,
) -> None:
    await client.subscribe("alive", DASHBOARD)
    assert await client.data("alive")
    for text in TYPOS:
        await client.subscribe("typo", text)

        message = await client.about("typo")

        assert message["type"] == "error", text
        for error in message["payload"]:
            assert error["extensions"]["code"] == "VALIDATION_ERROR", text
    await client.subscribe("typo", "{ __typename }")  # the id is free again
    assert await client.data("typo") == "Query"


async def test_a_field_that_fails_is_told_beside_the_data(
    client: GraphQLConnection,
) -> None:
    await client.subscribe("x", '{ node(id: "u_1") { id } user(id: "u_1") { id } }')
    await client.about("x")
    await client.about("x")
    await client.subscribe("x", 'mutation { revokeApiKey(id: "k_nobody") }')

    payload = (await client.about("x"))["payload"]

    assert payload["data"] is None
    assert payload["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_running_id_cannot_be_used_twice(client: GraphQLConnection) -> None:
    await client.subscribe("1", ACTIVITY)
    await client.subscribe("1", ACTIVITY)

    assert await client.code() == 4409


async def test_complete_stops_and_frees_the_id_at_once(
    here: Replica, client: GraphQLConnection, boss: User
) -> None:
    for name in ("1", "__proto__", "a\0b", "1"):
        await client.subscribe(name, DASHBOARD)
        assert await client.data(name)
        await client.say(id=name, type="complete")
    await client.say(id="never heard of", type="complete")
    await client.settled()
    client.others.clear()

    await touch_stats(acting(here.services, boss))
    await client.subscribe("q", "{ __typename }")
    await client.about("q")

    assert client.others == []
    await until(lambda: not here.services.live.hub.hears(Topic.STATS))


async def test_the_fifty_first_operation_is_refused_until_one_has_ended(
    client: GraphQLConnection,
) -> None:
    for number in range(50):
        await client.subscribe(str(number), ACTIVITY)
    await client.subscribe("one more", ACTIVITY)

    message = await client.about("one more")

    assert message["type"] == "error"
    assert message["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
    await client.say(id="7", type="complete")
    await client.subscribe("one more", "{ __typename }")
    assert await client.data("one more") == "Query"


async def test_a_renewed_token_keeps_the_socket_and_its_subscriptions(
    here: Replica, client: GraphQLConnection, boss: User, clock: ManualClock
) -> None:
    await client.subscribe("live", DASHBOARD)
    await client.data("live")
    clock.advance(1_790)
    fresh = (await open_session(here.services, boss)).access_token

    await client.subscribe("renew", RENEW, token=fresh)

    assert (await client.data("renew"))["expiresAt"] == "2025-06-21T10:59:50.000Z"
    clock.advance(60)  # the first token is over by now
    await touch_stats(acting(here.services, boss))
    assert await client.data("live")


async def test_another_ones_token_renews_nothing(
    here: Replica, client: GraphQLConnection
) -> None:
    bob = await make_user(here.services)
    token = (await open_session(here.services, bob)).access_token

    await client.subscribe("renew", RENEW, token=token)

    payload = (await client.about("renew"))["payload"]
    assert payload["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_an_expired_token_closes_the_socket(
    client: GraphQLConnection, clock: ManualClock
) -> None:
    await client.subscribe("live", DASHBOARD)
    await client.data("live")

    clock.advance(1_801)

    assert await client.code() == 4403


async def test_signing_out_over_the_socket_closes_it(client: GraphQLConnection) -> None:
    await client.subscribe("live", ACTIVITY)
    await client.subscribe("bye", "mutation { logout }")

    assert await client.code() == 4401
