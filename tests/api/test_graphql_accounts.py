"""Accounts and sessions changed over GraphQL."""

import asyncio

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clients import (
    GraphQLClient,
    machine,
    nobody,
    signed_in,
)
from tests.support.factories import PASSWORD, make_admin, make_user, open_session

UPDATE = """mutation ($id: ID!, $input: UpdateUserInput!, $version: Int) {
  updateUser(id: $id, input: $input, expectedVersion: $version) {
    name avatarUrl status role version
  }
}"""
SIGN_IN = """mutation ($email: String!, $password: String!) {
  login(email: $email, password: $password) { accessToken refreshToken user { name } }
}"""
REFRESH = "mutation ($t: String) { refreshToken(refreshToken: $t) { refreshToken } }"


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(
    http: httpx.AsyncClient, services: Services, boss: User
) -> GraphQLClient:
    return await signed_in(http, services, boss)


async def test_an_account_lives_through_its_whole_life(
    admin: GraphQLClient, http: httpx.AsyncClient
) -> None:
    given = {"email": "Ana@Example.com ", "name": "Ana", "password": PASSWORD}
    created = await admin.data(
        "mutation ($i: CreateUserInput!) { createUser(input: $i) "
        "{ id email role status version avatarUrl presence } }",
        i=given,
    )
    user_id = created["createUser"].pop("id")
    assert created["createUser"] == {
        "email": "ana@example.com",
        "role": "MEMBER",
        "status": "ACTIVE",
        "version": 1,
        "avatarUrl": None,
        "presence": "OFFLINE",
    }
    signed = await nobody(http).data(
        SIGN_IN, email="ANA@example.com", password=PASSWORD
    )
    assert signed["login"]["user"] == {"name": "Ana"}

    deleted = await admin.data(
        "mutation ($id: ID!) { deleteUser(id: $id) }", id=user_id
    )

    assert deleted == {"deleteUser": user_id}
    error = await nobody(http).error(
        SIGN_IN, email="ana@example.com", password=PASSWORD
    )
    assert error["extensions"]["code"] == "INVALID_CREDENTIALS"


async def test_only_what_is_given_changes_and_null_takes_an_avatar_away(
    admin: GraphQLClient, boss: User
) -> None:
    url = "https://example.com/a.png"
    first = await admin.data(UPDATE, id=boss.id, input={"avatarUrl": url})
    assert first["updateUser"]["avatarUrl"] == url
    assert first["updateUser"]["name"] == "Boss"

    second = await admin.data(UPDATE, id=boss.id, input={"avatarUrl": None})
    assert second["updateUser"]["avatarUrl"] is None

    same = await admin.data(UPDATE, id=boss.id, input={})
    assert same["updateUser"] == second["updateUser"]


@pytest.mark.parametrize("field", ["name", "email", "role", "status"])
async def test_what_must_be_there_cannot_be_nulled(
    admin: GraphQLClient, boss: User, field: str
) -> None:
    error = await admin.error(UPDATE, id=boss.id, input={field: None})

    assert error["extensions"]["code"] == "VALIDATION_ERROR"
    assert error["extensions"]["details"]["field"] == field


async def test_of_twenty_changes_of_one_version_one_wins(
    admin: GraphQLClient, services: Services
) -> None:
    ana = await make_user(services)

    answers = await asyncio.gather(
        *(
            admin.ask(UPDATE, id=ana.id, input={"name": f"N{n}"}, version=ana.version)
            for n in range(20)
        )
    )

    codes = sorted(str(answer.codes) for answer in answers)
    assert codes == ["['CONFLICT']"] * 19 + ["[]"]


async def test_what_follows_a_change_in_one_operation_sees_it(
    admin: GraphQLClient, services: Services, boss: User
) -> None:
    other = await open_session(services, boss)
    claims = services.tokens.verify(other.access_token, "access")

    data = await admin.data(
        """mutation ($id: ID!, $session: ID!) {
          before: updateUser(id: $id, input: {name: "One"}) { sessions { current } }
          revokeSession(id: $session)
          after: updateUser(id: $id, input: {name: "Two"}) {
            name sessions { current }
          }
        }""",
        id=boss.id,
        session=claims.sid,
    )

    assert len(data["before"]["sessions"]) == 2
    assert data["after"] == {"name": "Two", "sessions": [{"current": True}]}


async def test_a_session_is_refreshed_renewed_and_ended(
    http: httpx.AsyncClient, services: Services
) -> None:
    ana = await make_user(services)
    tokens = (await nobody(http).data(SIGN_IN, email=ana.email, password=PASSWORD))[
        "login"
    ]
    client = machine(http, tokens["accessToken"])

    fresh = await nobody(http).data(REFRESH, t=tokens["refreshToken"])
    state = await client.data(
        "mutation ($t: String!) { authenticate(accessToken: $t) { expiresAt } }",
        t=tokens["accessToken"],
    )

    assert fresh["refreshToken"]["refreshToken"] != tokens["refreshToken"]
    assert state == {"authenticate": {"expiresAt": "2025-06-21T10:30:00.000Z"}}
    assert await client.data("mutation { logout }") == {"logout": True}
    assert (await client.ask("{ me { id } }")).codes == ["UNAUTHENTICATED"]
    for token in (fresh["refreshToken"]["refreshToken"], None, "", "nonsense"):
        error = await nobody(http).error(REFRESH, t=token)
        assert error["extensions"]["code"] == "INVALID_REFRESH_TOKEN"


async def test_a_changed_password_ends_the_other_sessions(
    http: httpx.AsyncClient, services: Services
) -> None:
    ana = await make_user(services)
    here, there = [await signed_in(http, services, ana) for _ in range(2)]

    await here.data(
        "mutation ($a: String!, $b: String!) "
        "{ changePassword(currentPassword: $a, newPassword: $b) }",
        a=PASSWORD,
        b="another long password",
    )

    assert (await here.ask("{ me { id } }")).codes == []
    assert (await there.ask("{ me { id } }")).codes == ["UNAUTHENTICATED"]
