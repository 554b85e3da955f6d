"""Accounts, looked at over REST."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.factories import make_admin, make_user, sign_in
from tests.support.rest import Rest, data_of, error_of, pagination_of


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss", email="boss@example.com")


@pytest.fixture
async def admin(http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await sign_in(http, boss))


async def member(services: Services, http: httpx.AsyncClient) -> Rest:
    return Rest(http, await sign_in(http, await make_user(services)))


async def test_pages_hold_everybody_once_in_order(
    services: Services, admin: Rest, clock: ManualClock
) -> None:
    made = []
    for number in range(24):
        clock.advance(seconds=1)
        made.append(await make_user(services, name=f"Person {number:02d}"))

    pages = [
        await admin("GET", "/users", page=page, page_size=10, sort="created_at")
        for page in (1, 2, 3, 4)
    ]

    listed = [one["id"] for page in pages for one in data_of(page)]
    assert listed[1:] == [user.id for user in made]
    assert [pagination_of(page) for page in pages] == [
        {"page": number, "page_size": 10, "total": 25, "pages": 3}
        for number in (1, 2, 3, 4)
    ]
    assert [len(data_of(page)) for page in pages] == [10, 10, 5, 0]


async def test_a_page_behind_many_steps_is_the_right_one(
    services: Services, admin: Rest, clock: ManualClock
) -> None:
    made = []
    for _ in range(130):
        clock.advance(seconds=1)
        made.append(await make_user(services))

    answer = await admin("GET", "/users", page=18, page_size=7, sort="created_at")

    # The administrator stands before them all.
    assert [one["id"] for one in data_of(answer)] == [u.id for u in made[118:125]]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Ana", "Boss", "Zoe"]),
        ("-name", ["Zoe", "Boss", "Ana"]),
        ("created_at", ["Boss", "Zoe", "Ana"]),
        ("-created_at", ["Ana", "Zoe", "Boss"]),
        (None, ["Ana", "Zoe", "Boss"]),
    ],
)
async def test_a_list_is_sorted_as_asked(
    services: Services,
    admin: Rest,
    clock: ManualClock,
    sort: str | None,
    names: list[str],
) -> None:
    for name in ("Zoe", "Ana"):
        clock.advance(seconds=1)
        await make_user(services, name=name)

    answer = await admin("GET", "/users", sort=sort)

    assert [one["name"] for one in data_of(answer)] == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"search": "LIM"}, ["Ana Lima"]),
        ({"role": "member"}, ["Ana Lima", "Zoe Lind"]),
        ({"role": "ADMIN"}, ["Boss"]),
        ({"search": "li", "role": "MEMBER"}, ["Ana Lima", "Zoe Lind"]),
        ({"status": "DISABLED"}, []),
        ({"search": "100% .*"}, []),
    ],
)
async def test_a_list_holds_what_the_filters_let_through(
    services: Services, admin: Rest, query: dict[str, Any], names: list[str]
) -> None:
    await make_user(services, name="Ana Lima")
    await make_user(services, name="Zoe Lind")

    answer = await admin("GET", "/users", sort="name", **query)

    assert [one["name"] for one in data_of(answer)] == names
    assert pagination_of(answer)["total"] == len(names)


async def test_a_member_may_not_list_users(
    services: Services, http: httpx.AsyncClient
) -> None:
    answer = await (await member(services, http))("GET", "/users")

    error_of(answer, 403, "FORBIDDEN")


async def test_a_member_sees_the_public_profile_of_others(
    services: Services, http: httpx.AsyncClient, boss: User
) -> None:
    answer = await (await member(services, http))("GET", f"/users/{boss.id}")

    seen = data_of(answer)
    assert seen["name"] == "Boss"
    assert seen["email"] is None
    assert seen["role"] is None
    assert "boss@example.com" not in answer.text


@pytest.mark.parametrize(
    "user_id", ["u_0", "x", "2025-01-01", "a" * 24, "%00", "%F0%9F%98%80", "$ne", "*"]
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_an_account_there_is_not_is_not_found(
    admin: Rest, method: str, user_id: str
) -> None:
    body = {"name": "New"} if method == "PUT" else None
    answer = await admin(method, f"/users/{user_id}", body)

    error_of(answer, 404, "NOT_FOUND")


@pytest.mark.parametrize("form", ["{etag}", "W/{etag}", '"x", {etag}', "*"])
async def test_who_has_the_answer_already_is_not_sent_it(
    services: Services, admin: Rest, form: str
) -> None:
    path = f"/users/{(await make_user(services)).id}"
    etag = (await admin("GET", path)).headers["etag"]

    answer = await admin("GET", path, headers={"If-None-Match": form.format(etag=etag)})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == etag


@pytest.mark.parametrize("path", ["/auth/me", "/users", "/dashboard/activity"])
async def test_every_read_has_an_etag_that_spares_the_next(
    admin: Rest, clock: ManualClock, path: str
) -> None:
    first = await admin("GET", path)
    clock.advance(seconds=1)
    known = {"If-None-Match": first.headers["etag"]}

    assert (await admin("GET", path, headers=known)).status_code == 304


async def test_a_list_that_changed_has_another_etag(
    services: Services, admin: Rest, clock: ManualClock
) -> None:
    before = await admin("GET", "/users", page_size=1, sort="created_at")
    clock.advance(seconds=1)
    await make_user(services)
    after = await admin("GET", "/users", page_size=1, sort="created_at")

    assert data_of(before)[0]["id"] == data_of(after)[0]["id"]
    assert before.headers["etag"] != after.headers["etag"]  # by its total
