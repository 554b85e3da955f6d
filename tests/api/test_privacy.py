"""No path leads a member to what is private to somebody else (promise 30)."""

from dataclasses import replace

import httpx
import pytest

from app.legacy.messages import Messages, may_be_told
from domain.activity import FieldChange
from domain.events import ActivityHappened
from domain.ids import UserId
from domain.principal import Principal, Role
from domain.users import User, UserChange
from resolvers import users
from resolvers.context import Services
from tests.support.clients import signed_in
from tests.support.factories import acting, make_admin, make_user, open_session
from tests.support.live import happened
from tests.support.trail import trail

HIDDEN = "very-private@example.com"
# Of an account, whatever can be asked; what is private comes as null or not at all.
ALL = """id name avatarUrl status presence lastSeenAt createdAt updatedAt version email
    role sessions { id device ip liveConnections } activity(first: 2)
    { nodes { summary changes { field before after } } }"""
ENTRY = (
    f"id action actorLabel summary changes {{ field before after }} actor {{ {ALL} }}"
)
PATHS = [
    f"user(id: $id) {{ {ALL} }}",
    f"node(id: $id) {{ ... on User {{ {ALL} }} }}",
    f"node(id: $entry) {{ ... on Activity {{ {ENTRY} }} }}",
    f"onlineUsers(first: 3) {{ {ALL} }}",
    f"users(first: 3) {{ nodes {{ {ALL} }} edges {{ cursor }} }}",
    'users(filter: {search: "very-private"}) { totalCount }',
    f"activity(first: 3) {{ nodes {{ {ENTRY} cursor }} }}",
    f"activity(filter: {{actorIds: [$id]}}, first: 3) {{ nodes {{ {ENTRY} }} }}",
    f"activity(filter: {{targetId: $id}}, first: 3) {{ nodes {{ {ENTRY} }} }}",
    f'activity(filter: {{search: "very-private"}}, first: 3) {{ nodes {{ {ENTRY} }} }}',
    "sessions { id ip device }",
    "notifications { nodes { id title } }",
    "apiKeys { id name createdBy { email } }",
]
REST = [
    "users",
    "users?search=very-private",
    "users/{id}",
    "users.csv",
    "dashboard/activity?actor={id}",
    "dashboard/activity",
    "dashboard/activity.csv",
]


@pytest.fixture
async def vic(services: Services) -> User:
    return await make_user(services, name="Vic", email=HIDDEN)


@pytest.fixture
async def member(services: Services, vic: User) -> User:
    """Once an administrator, who changed Vic's address; a member by now."""
    eve = await make_admin(services, name="Eve")
    root = acting(services, await make_admin(services, name="Root"))
    once = acting(services, eve)
    await users.update_user(once, vic.id, UserChange(email="x@example.com"))
    await users.update_user(once, vic.id, UserChange(email=HIDDEN, role=Role.ADMIN))
    await users.update_user(root, vic.id, UserChange(role=Role.MEMBER))
    await users.update_user(root, eve.id, UserChange(role=Role.MEMBER))
    return eve


async def everything(
    http: httpx.AsyncClient, services: Services, user: User, about: User
) -> dict[str, str]:
    """What `user` is told of `about`, by the path that was asked."""
    client = await signed_in(http, services, user)
    (entry, *_) = await trail(services, "user.updated")
    told = {}
    for path in PATHS:
        variables = {"id": about.id, "entry": entry.id}
        given = {name: one for name, one in variables.items() if f"${name}" in path}
        declared = ", ".join(f"${name}: ID!" for name in given)
        head = f"query ({declared})" if given else "query"
        answer = await client.ask(f"{head} {{ {path} }}", **given)
        assert set(answer.codes) <= {"FORBIDDEN"}, (path, answer.errors)
        told[path] = answer.response.text
    for path in REST:
        address = f"/api/v1/{path.format(id=about.id)}"
        told[path] = (await http.get(address, headers=client.headers)).text
    return told


async def test_a_member_meets_nothing_private_of_somebody_else(
    services: Services, http: httpx.AsyncClient, vic: User, member: User
) -> None:
    session = await open_session(services, vic)
    claims = services.tokens.verify(session.access_token, "access")

    told = await everything(http, services, member, vic)

    for secret in (HIDDEN, "x@example.com", claims.sid, claims.jti):
        assert [path for path, text in told.items() if secret in text] == []
    # That it happened is theirs to see, as they did it; what it became is not.
    hidden = '{"field":"email","before":null,"after":null}'
    assert hidden in told[PATHS[2]]
    assert hidden in told["dashboard/activity"]
    assert hidden in told["dashboard/activity.csv"].replace('""', '"')


async def test_an_administrator_is_told_by_the_same_paths(
    services: Services, http: httpx.AsyncClient, vic: User, member: User
) -> None:
    told = await everything(http, services, await make_admin(services), vic)

    for path in (*PATHS[:3], PATHS[4], PATHS[8], *REST[:4], *REST[-2:]):
        assert HIDDEN in told[path], path


def changed(actor_id: str, target_id: str) -> ActivityHappened:
    """Somebody's address was, by somebody else."""
    entry = happened(actor_id=actor_id, target_id=target_id).activity
    change = FieldChange("email", "x@example.com", HIDDEN)
    return ActivityHappened.of(replace(entry, changes=(change,)))


def test_the_plain_sockets_tell_no_more() -> None:
    event = changed("u_eve", "u_vic")

    def told(user_id: str, role: Role = Role.MEMBER) -> bool:
        return may_be_told(Principal(role=role, user_id=UserId(user_id)), event)

    assert told("u_vic")
    assert told("u_eve", Role.ADMIN)
    assert not told("u_eve")


async def test_nor_do_they_tell_less_for_having_put_it_for_somebody_else(
    services: Services, vic: User
) -> None:
    eve, root = await make_user(services), await make_admin(services)
    event, messages = changed(eve.id, vic.id), Messages()

    (for_eve,) = await messages.of(acting(services, eve), [event])
    (for_root,) = await messages.of(acting(services, root), [event])

    assert HIDDEN not in for_eve.text
    assert HIDDEN in for_root.text
