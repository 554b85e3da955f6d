"""People over GraphQL: lists, pages, sessions, and the reads they cost."""

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clients import GraphQLClient, signed_in
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import make_admin, make_user, open_session

USER_PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) {
  users(first: $first, after: $after, last: $last, before: $before, orderBy: NAME_ASC) {
    nodes { name } edges { cursor node { name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(
    http: httpx.AsyncClient, services: Services, boss: User
) -> GraphQLClient:
    return await signed_in(http, services, boss)


async def test_fifty_users_with_their_sessions_cost_three_reads_at_most(
    admin: GraphQLClient, services: Services, database_ops: DatabaseOps
) -> None:
    for number in range(49):
        user = await make_user(services)
        for _ in range(number % 3):
            await open_session(services, user)
    await admin.data("{ me { id } }")
    database_ops.clear()

    data = await admin.data("{ users(first: 50) { nodes { sessions { id device } } } }")

    sessions = [len(user["sessions"]) for user in data["users"]["nodes"]]
    assert len(sessions) == 50
    assert sorted(sessions) == [0] * 17 + [1] * 17 + [2] * 16
    assert len(database_ops.reads) <= 3


async def test_the_same_person_asked_for_in_many_ways_is_read_once(
    admin: GraphQLClient, boss: User, database_ops: DatabaseOps
) -> None:
    query = """query ($id: ID!) {
      me { name } user(id: $id) { name } node(id: $id) { ... on User { name } }
    }"""
    database_ops.clear()

    data = await admin.data(query, id=boss.id)

    assert [found["name"] for found in data.values()] == ["Boss"] * 3
    assert len(database_ops.reads) == 1


async def test_users_are_counted_only_for_who_asks(
    admin: GraphQLClient, services: Services, database_ops: DatabaseOps
) -> None:
    for _ in range(3):
        await make_user(services)
    database_ops.clear()

    await admin.data("{ users { nodes { id } } }")
    assert [op.name for op in database_ops.reads] == ["find"]

    data = await admin.data("{ users(filter: {role: MEMBER}) { totalCount } }")
    assert data["users"]["totalCount"] == 3


async def test_pages_of_users_join_up_in_both_directions(
    admin: GraphQLClient, services: Services
) -> None:
    for letter in "ABCD":
        await make_user(services, name=letter)
    everyone = ["A", "B", "Boss", "C", "D"]

    first = (await admin.data(USER_PAGE, first=2))["users"]
    rest = (await admin.data(USER_PAGE, after=first["pageInfo"]["endCursor"]))["users"]
    last = (await admin.data(USER_PAGE, last=2))["users"]
    cursor = last["pageInfo"]["startCursor"]
    before = (await admin.data(USER_PAGE, last=9, before=cursor))["users"]

    for one, other in ((first, rest), (before, last)):
        assert [u["name"] for u in (*one["nodes"], *other["nodes"])] == everyone
    for page in (first, rest, last, before):
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        assert page["edges"][0]["cursor"] == page["pageInfo"]["startCursor"]
        assert page["edges"][-1]["cursor"] == page["pageInfo"]["endCursor"]
    assert first["pageInfo"]["hasNextPage"]
    assert not rest["pageInfo"]["hasNextPage"]
    assert last["pageInfo"]["hasPreviousPage"]
    assert not before["pageInfo"]["hasPreviousPage"]


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ("first: -1", "first"),
        ("first: 101", "first"),
        ("last: 101", "last"),
        ("first: 5, last: 5", "last"),
        ("first: 20, last: 5", "last"),
        ('after: "nonsense"', "after"),
        ('last: 1, before: "nonsense"', "before"),
    ],
)
@pytest.mark.parametrize("connection", ["users", "activity"])
async def test_wrong_page_arguments_are_named(
    admin: GraphQLClient, connection: str, arguments: str, field: str
) -> None:
    error = await admin.error(f"{{ {connection}({arguments}) {{ nodes {{ id }} }} }}")

    assert error["extensions"]["code"] == "VALIDATION_ERROR"
    assert error["extensions"]["details"]["field"] == field
    assert error["path"] == [connection]


async def test_a_cursor_of_another_list_is_none(admin: GraphQLClient) -> None:
    trail = (await admin.data("{ activity { newestCursor } }"))["activity"]

    error = await admin.error(USER_PAGE, after=trail["newestCursor"])

    assert error["extensions"]["details"]["field"] == "after"


async def test_null_page_arguments_mean_the_default(admin: GraphQLClient) -> None:
    data = await admin.data(
        "{ users(first: null, after: null, filter: null, orderBy: null) "
        "{ nodes { name } } }"
    )

    assert data == {"users": {"nodes": [{"name": "Boss"}]}}


@pytest.mark.parametrize(
    "made_up", ["u_0", "a_0", "x_0", "s_0", "", "u", "\u0000", "é"]
)
async def test_an_id_that_is_nobodys_finds_nothing(
    admin: GraphQLClient, made_up: str
) -> None:
    data = await admin.data(
        "query ($id: ID!) { user(id: $id) { id } node(id: $id) { id } }", id=made_up
    )

    assert data == {"user": None, "node": None}


async def test_a_session_tells_where_one_is_signed_in(
    admin: GraphQLClient, services: Services, boss: User, clock: ManualClock
) -> None:
    clock.advance(60)
    await open_session(services, boss)

    data = await admin.data(
        "{ sessions { device ip createdAt lastSeenAt current liveConnections } "
        "me { sessions { current } } }"
    )

    newest, own = data["sessions"]
    assert newest["createdAt"] == "2025-06-21T10:01:00.000Z"
    assert (newest["current"], own["current"]) == (False, True)
    assert newest["ip"] == "192.0.2.7"
    assert "Firefox" in newest["device"]
    assert own["liveConnections"] == 0
    assert data["me"]["sessions"] == [{"current": False}, {"current": True}]


async def test_presence_and_last_use_are_public(
    admin: GraphQLClient, services: Services
) -> None:
    ana = await make_user(services, name="Ana")
    query = "query ($id: ID!) { user(id: $id) { presence lastSeenAt } }"
    never = (await admin.data(query, id=ana.id))["user"]
    await open_session(services, ana)
    async with services.live.presence.connection(ana.id, "s_1"):
        now = (await admin.data(query, id=ana.id))["user"]
        online = (await admin.data("{ onlineUsers { name } }"))["onlineUsers"]

    assert never == {"presence": "OFFLINE", "lastSeenAt": None}
    assert now == {"presence": "ONLINE", "lastSeenAt": "2025-06-21T10:00:00.000Z"}
    assert online == [{"name": "Ana"}]
