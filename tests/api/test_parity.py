"""An account asked for over GraphQL and over REST is one account."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.both import USER, Both, in_snake_case, signed_in
from tests.support.clock import ManualClock
from tests.support.factories import PASSWORD, make_admin, make_user
from tests.support.rest import data_of, pagination_of


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss", email="boss@example.com")


@pytest.fixture
async def admin(http: httpx.AsyncClient, services: Services, boss: User) -> Both:
    return await signed_in(http, services, boss)


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana Lima", email="ana@example.com")


@pytest.fixture
async def member(http: httpx.AsyncClient, services: Services, ana: User) -> Both:
    return await signed_in(http, services, ana)


@pytest.fixture
def nobody(http: httpx.AsyncClient) -> Both:
    return Both(http)


async def test_me(admin: Both, member: Both) -> None:
    for caller in (admin, member):
        asked = await caller.graphql.data(f"{{ me {{ {USER} }} }}")

        assert data_of(await caller.rest("GET", "/auth/me")) == in_snake_case(
            asked["me"]
        )


async def test_an_account_as_each_may_see_it(
    admin: Both, member: Both, boss: User, ana: User
) -> None:
    query = f"query ($id: ID!) {{ user(id: $id) {{ {USER} }} }}"
    for caller in (admin, member):
        for user in (boss, ana):
            asked = await caller.graphql.data(query, id=user.id)
            seen = data_of(await caller.rest("GET", f"/users/{user.id}"))
            assert seen == in_snake_case(asked["user"])
        asked = await caller.graphql.data(query, id="u_0")
        assert asked == {"user": None}
        assert (await caller.rest("GET", "/users/u_0")).status_code == 404


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ("first: 3", {"page_size": 3}),
        ("first: 100, orderBy: NAME_ASC", {"page_size": 100, "sort": "name"}),
        ("orderBy: CREATED_AT_ASC", {"sort": "created_at"}),
        ('filter: {search: "per"}', {"search": "per"}),
        ("filter: {role: ADMIN}", {"role": "ADMIN"}),
        ("filter: {status: DISABLED}", {"status": "DISABLED"}),
        ('filter: {search: "no", role: MEMBER}', {"search": "no", "role": "MEMBER"}),
    ],
)
async def test_a_list_of_accounts(
    services: Services,
    admin: Both,
    clock: ManualClock,
    arguments: str,
    query: dict[str, Any],
) -> None:
    for number in range(5):
        clock.advance(seconds=1)
        await make_user(services, name=f"Person {number}")

    asked = await admin.graphql.data(
        f"{{ users({arguments}) {{ totalCount nodes {{ {USER} }} }} }}"
    )
    listed = await admin.rest("GET", "/users", **query)

    assert data_of(listed) == in_snake_case(asked["users"]["nodes"])
    assert pagination_of(listed)["total"] == asked["users"]["totalCount"]


async def test_signing_in(nobody: Both, ana: User) -> None:
    text = f"""mutation ($e: String!, $p: String!) {{ login(email: $e, password: $p) {{
        accessToken refreshToken tokenType expiresIn user {{ {USER} }} }} }}"""
    asked = await nobody.graphql.data(text, e=ana.email, p=PASSWORD)
    body = {"email": ana.email, "password": PASSWORD}
    seen = data_of(await nobody.rest("POST", "/auth/login", body))

    for pair in (asked["login"], seen):
        pair.pop("accessToken", None) or pair.pop("access_token")
        pair.pop("refreshToken", None) or pair.pop("refresh_token")
    assert seen == in_snake_case(asked["login"])


async def test_what_is_created_changed_and_deleted(admin: Both) -> None:
    create = f"mutation ($i: CreateUserInput!) {{ createUser(input: $i) {{ {USER} }} }}"
    update = f"""mutation ($id: ID!, $i: UpdateUserInput!) {{
        updateUser(id: $id, input: $i) {{ {USER} }} }}"""
    given = {"name": "Bio", "password": PASSWORD, "role": "MEMBER"}
    change = {"name": "Bio Costa", "status": "DISABLED"}

    asked = (await admin.graphql.data(create, i={**given, "email": "one@example.com"}))[
        "createUser"
    ]
    seen = data_of(
        await admin.rest("POST", "/users", {**given, "email": "two@example.com"}), 201
    )
    assert _but(seen, "id", "email") == in_snake_case(_but(asked, "id", "email"))

    asked = (await admin.graphql.data(update, id=asked["id"], i=change))["updateUser"]
    seen = data_of(await admin.rest("PUT", f"/users/{seen['id']}", change))
    assert _but(seen, "id", "email") == in_snake_case(_but(asked, "id", "email"))

    gone = await admin.graphql.data(f'mutation {{ deleteUser(id: "{asked["id"]}") }}')
    assert gone == {"deleteUser": asked["id"]}
    deleted = await admin.rest("DELETE", f"/users/{seen['id']}")
    assert data_of(deleted) == {"id": seen["id"]}


def _but(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}
