"""Nobody reads more than they may, by whatever path they try."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clients import GraphQLClient, machine, nobody, signed_in
from tests.support.factories import make_admin, make_api_key, make_user

UNKNOWN = "UNAUTHENTICATED"
NO = "FORBIDDEN"
EVERYONE_SIGNED_IN = (UNKNOWN, NO, None, None)
ADMINS = (UNKNOWN, NO, NO, None)
RECORDERS = (UNKNOWN, None, NO, None)
POINT = '[{name: "a.b", value: 1}]'
EVENT = '[{action: "a.b"}]'
ACCESS: dict[str, tuple[str | None, ...]] = {
    "me { id }": EVERYONE_SIGNED_IN,
    'node(id: "u_0") { id }': EVERYONE_SIGNED_IN,
    'user(id: "u_0") { id }': EVERYONE_SIGNED_IN,
    "users { nodes { id } }": ADMINS,
    "stats { asOf }": EVERYONE_SIGNED_IN,
    'metrics(names: ["a.b"]) { asOf }': EVERYONE_SIGNED_IN,
    "metricNames { name }": EVERYONE_SIGNED_IN,
    "activity { nodes { id } }": EVERYONE_SIGNED_IN,
    "notifications { unreadCount }": EVERYONE_SIGNED_IN,
    "markNotificationsRead": EVERYONE_SIGNED_IN,
    "onlineUsers { id }": EVERYONE_SIGNED_IN,
    "sessions { id }": EVERYONE_SIGNED_IN,
    "apiKeys { id }": ADMINS,
    'createUser(input: {email: "x@example.com", password: "a long password!", '
    'name: "X"}) { id }': ADMINS,
    f"recordMetrics(points: {POINT}) {{ accepted }}": RECORDERS,
    f"recordActivity(events: {EVENT}) {{ accepted }}": RECORDERS,
    'createApiKey(name: "k") { secret }': ADMINS,
}
REFUSED_TO_OTHERS = {
    'updateUser(id: "u_0", input: {name: "X"}) { id }': (UNKNOWN, NO, NO),
    'deleteUser(id: "u_0")': (UNKNOWN, NO, NO),
    'sendNotification(input: {userIds: ["u_0"], title: "x"})': (UNKNOWN, NO, NO),
    'revokeApiKey(id: "k_0")': (UNKNOWN, NO, NO),
    'revokeSession(id: "s_0")': (UNKNOWN, NO, "NOT_FOUND"),
    "logout": (UNKNOWN, NO, None),
    'authenticate(accessToken: "x") { expiresAt }': (UNKNOWN, NO, UNKNOWN),
    'changePassword(currentPassword: "x", newPassword: "y")': (
        UNKNOWN,
        NO,
        "INVALID_CREDENTIALS",
    ),
}
CHANGES = (
    "create",
    "update",
    "delete",
    "record",
    "revoke",
    "change",
    "auth",
    "logout",
    "send",
    "mark",
)


@pytest.fixture
async def callers(http: httpx.AsyncClient, services: Services) -> list[GraphQLClient]:
    """Nobody, a machine, a member, an administrator."""
    member, admin = await make_user(services), await make_admin(services)
    return [
        nobody(http),
        machine(http, await make_api_key(services, admin)),
        await signed_in(http, services, member),
        await signed_in(http, services, admin),
    ]


@pytest.mark.parametrize("field", [*ACCESS, *REFUSED_TO_OTHERS])
async def test_each_root_field_answers_whom_it_should(
    callers: list[GraphQLClient], field: str
) -> None:
    kind = "mutation" if field.startswith(CHANGES) else "query"
    expected = ACCESS.get(field) or REFUSED_TO_OTHERS[field]

    for caller, code in zip(callers, expected, strict=False):
        answer = await caller.ask(f"{kind} {{ {field} }}")
        assert answer.codes == ([] if code is None else [code])


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana")


PRIVATE = "email role sessions { id } activity { nodes { id } pageInfo { endCursor } }"


@pytest.mark.parametrize("path", ["user(id: $id)", "node(id: $id)"])
async def test_a_member_sees_only_the_public_profile_of_another(
    http: httpx.AsyncClient, services: Services, ana: User, path: str
) -> None:
    await signed_in(http, services, ana)
    member = await signed_in(http, services, await make_user(services))
    query = (
        f"query ($id: ID!) {{ found: {path} {{ ... on User {{ name {PRIVATE} }} }} }}"
    )

    data = await member.data(query, id=ana.id)

    assert data["found"] == {
        "name": "Ana",
        "email": None,
        "role": None,
        "sessions": None,
        "activity": {"nodes": [], "pageInfo": {"endCursor": None}},
    }


async def _private_fields_of(user: User, client: GraphQLClient) -> Any:
    query = f"query ($id: ID!) {{ user(id: $id) {{ {PRIVATE} }} }}"
    return (await client.data(query, id=user.id))["user"]


async def test_one_sees_all_of_oneself_and_so_do_administrators(
    http: httpx.AsyncClient, services: Services, ana: User
) -> None:
    herself = await signed_in(http, services, ana)
    admin = await signed_in(http, services, await make_admin(services))

    for client in (herself, admin):
        seen = await _private_fields_of(ana, client)
        assert (seen["email"], seen["role"]) == (ana.email, "MEMBER")
        assert len(seen["sessions"]) == 1
        assert len(seen["activity"]["nodes"]) == 1


async def test_a_member_meets_the_public_profile_behind_their_own_activity(
    http: httpx.AsyncClient, services: Services, ana: User
) -> None:
    boss = await make_admin(services, name="Boss")
    admin = await signed_in(http, services, boss)
    await admin.data(
        'mutation ($id: ID!) { updateUser(id: $id, input: {name: "Anna"}) { id } }',
        id=ana.id,
    )
    herself = await signed_in(http, services, ana)

    data = await herself.data(
        f"{{ activity {{ nodes {{ action actor {{ name {PRIVATE} }} }} }} }}"
    )

    (update,) = [
        one for one in data["activity"]["nodes"] if one["action"] == "user.updated"
    ]
    assert update["actor"] == {
        "name": "Boss",
        "email": None,
        "role": None,
        "sessions": None,
        "activity": {"nodes": [], "pageInfo": {"endCursor": None}},
    }


async def test_a_members_trail_holds_nothing_of_others(
    http: httpx.AsyncClient, services: Services, ana: User
) -> None:
    admin = await signed_in(http, services, await make_admin(services))
    member = await signed_in(http, services, ana)
    theirs = (await admin.data("{ activity { nodes { id actorLabel } } }"))["activity"]

    mine = (await member.data("{ activity { nodes { id actorLabel } } }"))["activity"]

    assert {entry["actorLabel"] for entry in mine["nodes"]} == {"Ana"}
    assert len(theirs["nodes"]) > 0
    for entry in theirs["nodes"]:
        node = await member.data("query ($id: ID!) { node(id: $id) { id } }", **entry)
        found = None if entry["actorLabel"] != "Ana" else {"id": entry["id"]}
        assert node["node"] == found


async def test_a_sign_in_shows_its_user_to_whoever_signed_in(
    http: httpx.AsyncClient, services: Services, ana: User
) -> None:
    data = await nobody(http).data(
        """mutation ($email: String!, $password: String!) {
          login(email: $email, password: $password) {
            tokenType expiresIn user { email role sessions { current } }
          }
        }""",
        email=ana.email,
        password="correct horse battery staple",
    )

    assert data["login"] == {
        "tokenType": "bearer",
        "expiresIn": 1800,
        "user": {
            "email": ana.email,
            "role": "MEMBER",
            "sessions": [{"current": True}],
        },
    }


async def test_a_revoked_role_counts_at_the_next_request(
    http: httpx.AsyncClient, services: Services
) -> None:
    boss, chief = await make_admin(services), await make_admin(services)
    admin = await signed_in(http, services, boss)
    other = await signed_in(http, services, chief)
    await admin.data("{ users { nodes { id } } }")

    await other.data(
        "mutation ($id: ID!) { updateUser(id: $id, input: {role: MEMBER}) { id } }",
        id=boss.id,
    )

    assert (await admin.ask("{ users { nodes { id } } }")).codes == ["FORBIDDEN"]
