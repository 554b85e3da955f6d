"""Accounts, made, changed and deleted over REST."""

import asyncio
from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.factories import PASSWORD, make_admin, make_user, sign_in
from tests.support.rest import Rest, data_of, error_of, pagination_of, wrong_field

BIO = {"email": "bio@example.com", "password": PASSWORD, "name": "Bio Costa"}


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss", email="boss@example.com")


@pytest.fixture
async def admin(http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await sign_in(http, boss))


async def test_an_account_is_made_at_the_place_it_names(admin: Rest) -> None:
    answer = await admin("POST", "/users", {**BIO, "avatar_url": "https://x.example/a"})

    made = data_of(answer, 201)
    assert made["email"] == "bio@example.com"
    assert made["role"] == "MEMBER"
    assert made["version"] == 1
    assert answer.headers["location"] == f"/api/v1/users/{made['id']}"
    assert data_of(await admin("GET", f"/users/{made['id']}")) == made


async def test_a_taken_address_is_a_conflict_that_names_it(admin: Rest) -> None:
    data_of(await admin("POST", "/users", BIO), 201)
    answer = await admin("POST", "/users", {**BIO, "email": "BIO@example.com"})

    assert error_of(answer, 409, "CONFLICT")["details"]["field"] == "email"


async def test_a_repeated_key_makes_one_account(admin: Rest) -> None:
    key = {"Idempotency-Key": "once"}

    first = await admin("POST", "/users", BIO, headers=key)
    again = await admin("POST", "/users", BIO, headers=key)
    other = await admin("POST", "/users", {**BIO, "name": "Else"}, headers=key)

    assert data_of(first, 201) == data_of(again, 201)
    assert again.headers["location"] == first.headers["location"]
    error_of(other, 422, "IDEMPOTENCY_CONFLICT")
    assert pagination_of(await admin("GET", "/users"))["total"] == 2


async def test_twenty_creations_at_once_with_one_key_make_one_account(
    admin: Rest,
) -> None:
    key = {"Idempotency-Key": "once"}
    answers = await asyncio.gather(
        *(admin("POST", "/users", BIO, headers=key) for _ in range(20))
    )

    assert len({data_of(answer, 201)["id"] for answer in answers}) == 1


@pytest.mark.parametrize("key", ["", " ", "ä", "x" * 256])
async def test_a_key_that_is_none_is_named(admin: Rest, key: str) -> None:
    headers = {"Idempotency-Key": key.encode()}
    answer = await admin("POST", "/users", BIO, headers=headers)  # type: ignore[arg-type]

    assert wrong_field(answer) == "Idempotency-Key"


async def test_what_a_change_leaves_out_stays(services: Services, admin: Rest) -> None:
    user = await make_user(services, name="Ana")
    path = f"/users/{user.id}"
    await admin("PUT", path, {"avatar_url": "https://example.com/a.png"})

    changed = data_of(await admin("PUT", path, {"name": "Ana Lima"}))
    cleared = data_of(await admin("PUT", path, {"avatar_url": None}))

    assert changed["name"] == "Ana Lima"
    assert changed["email"] == user.email
    assert changed["avatar_url"] == "https://example.com/a.png"
    assert changed["version"] == 3
    assert cleared["avatar_url"] is None


@pytest.mark.parametrize("field", ["name", "email", "role", "status"])
async def test_only_a_picture_can_be_taken_away(
    services: Services, admin: Rest, field: str
) -> None:
    user = await make_user(services)

    assert wrong_field(await admin("PUT", f"/users/{user.id}", {field: None})) == field


async def test_a_member_may_not_promote_themselves(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)
    rest = Rest(http, await sign_in(http, user))

    for change in ({"role": "ADMIN"}, {"status": "DISABLED"}):
        error_of(await rest("PUT", f"/users/{user.id}", change), 403, "FORBIDDEN")
    for change in ({"id": "u_1"}, {"created_at": "2020-01-01T00:00:00Z"}):
        answer = await rest("PUT", f"/users/{user.id}", change)
        assert wrong_field(answer) in change


async def test_ones_own_address_needs_the_password(
    services: Services, http: httpx.AsyncClient
) -> None:
    user = await make_user(services)
    rest = Rest(http, await sign_in(http, user))
    change = {"email": "new@example.com"}

    refused = await rest("PUT", f"/users/{user.id}", change)
    done = await rest(
        "PUT", f"/users/{user.id}", {**change, "current_password": PASSWORD}
    )

    error_of(refused, 401, "INVALID_CREDENTIALS")
    assert data_of(done)["email"] == "new@example.com"


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        (None, 200),
        ("*", 200),
        ("{etag}", 200),
        ('"v9-x", {etag}', 200),
        ('"1"', 200),
        ('"v1"', 200),
        ('"v2-anything"', 412),
        ("W/{etag}", 412),
        ('"nonsense"', 412),
        ("nonsense", 412),
        ('"v9-x", "v8-y"', 412),
    ],
)
async def test_a_change_is_made_only_to_the_version_it_names(
    services: Services, admin: Rest, if_match: str | None, status: int
) -> None:
    user = await make_user(services)
    path = f"/users/{user.id}"
    etag = (await admin("GET", path)).headers["etag"]
    headers = {"If-Match": if_match.format(etag=etag)} if if_match else {}

    answer = await admin("PUT", path, {"name": "New"}, headers=headers)

    if status == 200:
        assert data_of(answer)["name"] == "New"
    else:
        error_of(answer, 412, "VERSION_MISMATCH")
        assert data_of(await admin("GET", path))["name"] == user.name


async def test_coming_online_makes_no_etag_stale_for_a_change(
    services: Services, http: httpx.AsyncClient, admin: Rest
) -> None:
    user = await make_user(services)
    path = f"/users/{user.id}"
    etag = (await admin("GET", path)).headers["etag"]
    await sign_in(http, user)

    assert (await admin("GET", path)).headers["etag"] != etag
    data_of(await admin("PUT", path, {"name": "New"}, headers={"If-Match": etag}))


async def test_the_etag_of_a_change_is_good_for_the_next(
    services: Services, admin: Rest
) -> None:
    user = await make_user(services)
    path = f"/users/{user.id}"

    first = await admin("PUT", path, {"name": "One"})
    match = {"If-Match": first.headers["etag"]}
    second = await admin("PUT", path, {"name": "Two"}, headers=match)
    third = await admin("PUT", path, {"name": "Three"}, headers=match)

    assert data_of(second)["name"] == "Two"
    error_of(third, 412, "VERSION_MISMATCH")


async def test_of_twenty_changes_to_one_version_one_wins(
    services: Services, admin: Rest
) -> None:
    user = await make_user(services)
    path = f"/users/{user.id}"
    match = {"If-Match": '"v1"'}

    answers = await asyncio.gather(
        *(admin("PUT", path, {"name": f"N{n}"}, headers=match) for n in range(20))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 19


async def test_a_deleted_account_is_gone_and_its_address_free(
    services: Services, admin: Rest
) -> None:
    user = await make_user(services, email="bio@example.com")

    gone = await admin("DELETE", f"/users/{user.id}")

    assert data_of(gone) == {"id": user.id}
    error_of(await admin("DELETE", f"/users/{user.id}"), 404, "NOT_FOUND")
    data_of(await admin("POST", "/users", BIO), 201)


async def test_the_last_administrator_stays(admin: Rest, boss: User) -> None:
    path = f"/users/{boss.id}"
    changes: list[Any] = [{"role": "MEMBER"}, {"status": "DISABLED"}]

    for change in changes:
        error_of(await admin("PUT", path, change), 409, "CONFLICT")
    error_of(await admin("DELETE", path), 409, "CONFLICT")
    assert data_of(await admin("GET", path))["role"] == "ADMIN"
