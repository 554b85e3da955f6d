"""Lists taken away as CSV."""

import asyncio
import csv
import io
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from domain.activity import ActivityFilter
from domain.errors import NotAllowed, NotAuthenticated
from domain.ids import USER, UserId
from domain.principal import Role
from domain.users import NewUser, User
from kit.ids import random_id
from resolvers import auth, export
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import (
    acting,
    bearing,
    make_admin,
    make_api_key,
    make_user,
    open_session,
    sign_in,
)
from tests.support.rest import API, Rest, data_of, error_of, wrong_field
from tests.support.trail import trail

USERS = "/users.csv"
TRAIL = "/dashboard/activity"
TRAIL_CSV = "/dashboard/activity.csv"
PAGE = export.PAGE_SIZE


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await sign_in(http, boss))


@pytest.fixture
async def machine(services: Services, http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await make_api_key(services, boss))


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    """The rows of a CSV answer, whose headers are checked."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.endswith(b"\r\n")
    text = answer.content.decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def as_cells(entry: dict[str, Any], columns: list[str]) -> dict[str, str]:
    """What a row says of an entry of the JSON list."""
    said = {name: entry[name] for name in columns}
    return {name: "" if value is None else str(value) for name, value in said.items()}


async def record_many(machine: Rest, count: int) -> None:
    for start in range(0, count, 1_000):
        size = min(1_000, count - start)
        events = [{"action": "report.made", "summary": str(n)} for n in range(size)]
        data_of(await machine("POST", TRAIL, {"events": events}), 201)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"sort": "name"},
        {"sort": "-name", "role": "member"},
        {"search": "lim"},
        {"status": "DISABLED"},
    ],
)
async def test_accounts_as_csv_are_the_rows_of_the_list(
    services: Services, admin: Rest, clock: ManualClock, query: dict[str, Any]
) -> None:
    for name in ("Ana Lima", "Zoë Limón, Dr. 李", "Bo"):
        clock.advance(seconds=1)
        await make_user(services, name=name)

    rows = rows_of(await admin("GET", USERS, **query))

    listed = data_of(await admin("GET", "/users", page_size=100, **query))
    expected = [as_cells(one, list(row)) for row, one in zip(rows, listed, strict=True)]
    assert rows == expected


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"action": "user.*,report.made"},
        {"severity": "warning"},
        {"target_type": "report", "target_id": "q2"},
        {"search": "ligne"},
        {"from": "2025-06-21T08:00:00Z", "to": "2025-06-21T09:00:00Z"},
        {"actor": "u_nobody"},
    ],
)
async def test_activity_as_csv_is_the_rows_of_the_list(
    admin: Rest, machine: Rest, query: dict[str, Any]
) -> None:
    named = {"action": "report.made", "severity": "WARNING", "target_type": "report"}
    events = [
        {**named, "target_id": "q2", "summary": 'Said "première ligne", twice'},
        {"action": "report.sent", "occurred_at": "2025-06-21T08:30:00Z"},
    ]
    data_of(await machine("POST", TRAIL, {"events": events}), 201)
    listed = data_of(await admin("GET", TRAIL, limit=100, **query))

    rows = rows_of(await admin("GET", TRAIL_CSV, **query))

    same = [
        name
        for name in export_columns(rows)
        if name not in ("actor_id", "changes", "outcome", "session_id")
    ]
    assert [{name: row[name] for name in same} for row in rows] == [
        as_cells(one, same) for one in listed
    ]


def export_columns(rows: list[dict[str, str]]) -> list[str]:
    return list(rows[0]) if rows else []


@pytest.mark.parametrize(
    "start",
    ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"],
)
async def test_no_cell_is_a_formula_to_a_spreadsheet(
    services: Services, admin: Rest, start: str
) -> None:
    # As it may have been stored before there were rules.
    await stored_users(services, [f"{start}HYPERLINK(1)", "1 = 1"])

    rows = rows_of(await admin("GET", USERS, role="MEMBER", sort="created_at"))

    assert {row["name"] for row in rows} == {f"'{start}HYPERLINK(1)", "1 = 1"}


async def test_quotes_commas_and_line_ends_come_back_as_they_were(
    services: Services, admin: Rest
) -> None:
    name = 'a "b", c\nd\r\ne; \'f'
    await stored_users(services, [name])

    answer = await admin("GET", USERS, role="MEMBER")

    assert rows_of(answer)[0]["name"] == name
    assert b'"a ""b"", c\nd\r\ne; \'f"' in answer.content


async def test_an_export_of_nothing_has_its_columns(admin: Rest) -> None:
    answer = await admin("GET", USERS, status="DISABLED")

    assert rows_of(answer) == []
    assert answer.text.startswith("id,email,name,role,status,")


async def test_changes_of_an_entry_are_json_in_their_cell(
    services: Services, admin: Rest
) -> None:
    user = await make_user(services, name="Ana")
    data_of(await admin("PUT", f"/users/{user.id}", {"name": 'An"a'}))

    (row,) = rows_of(await admin("GET", TRAIL_CSV, action="user.updated"))

    assert row["changes"] == '[{"field":"name","before":"Ana","after":"An\\"a"}]'


async def test_outcome_and_session_are_cells_for_administrators_alone(
    services: Services, http: httpx.AsyncClient, admin: Rest
) -> None:
    ana = await open_session(services, await make_user(services, name="Ana"))
    member = Rest(http, ana.access_token)
    error_of(await member("GET", "/users"), 403, "FORBIDDEN")

    (row,) = rows_of(await admin("GET", TRAIL_CSV, outcome="refused"))
    (own,) = rows_of(await member("GET", TRAIL_CSV, outcome="refused"))

    (entry,) = await trail(services, "access.refused")
    assert entry.session_id
    assert (row["outcome"], row["session_id"]) == ("REFUSED", entry.session_id)
    assert (own["id"], own["outcome"], own["session_id"]) == (row["id"], "", "")


@pytest.mark.parametrize(
    ("path", "action"), [(USERS, "users.exported"), (TRAIL_CSV, "activity.exported")]
)
async def test_an_export_is_told_in_the_trail_with_its_filter_and_count(
    services: Services, admin: Rest, boss: User, path: str, action: str
) -> None:
    rows = rows_of(await admin("GET", path, search="boss"))

    (entry,) = await trail(services, action)
    assert entry.actor_id == boss.id
    assert entry.severity == "NOTICE"
    assert f"{len(rows)} row" in entry.summary
    assert entry.summary.endswith("with search boss")


async def test_a_member_may_not_take_accounts_away(
    services: Services, http: httpx.AsyncClient
) -> None:
    member = Rest(http, await sign_in(http, await make_user(services)))

    error_of(await member("GET", USERS), 403, "FORBIDDEN")
    assert await trail(services, "users.exported") == []


async def test_a_member_takes_away_their_own_trail_alone(
    services: Services, http: httpx.AsyncClient, admin: Rest
) -> None:
    user = await make_user(services)
    member = Rest(http, await sign_in(http, user))

    rows = rows_of(await member("GET", TRAIL_CSV))

    assert [(row["action"], row["actor_id"]) for row in rows] == [
        ("auth.login", user.id)
    ]
    assert await trail(services, "activity.exported")


async def test_a_machine_takes_nothing_away(machine: Rest) -> None:
    for path in (USERS, TRAIL_CSV):
        error_of(await machine("GET", path), 403, "FORBIDDEN")


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        (USERS, {"sort": "age"}, "sort"),
        (USERS, {"page": "2"}, "page"),
        (USERS, {"search": "x" * 65}, "search"),
        (TRAIL_CSV, {"action": "User"}, "action"),
        (TRAIL_CSV, {"limit": "5"}, "limit"),
    ],
)
async def test_what_is_wrong_is_said_in_the_envelope_before_the_first_byte(
    admin: Rest, path: str, query: dict[str, Any], field: str
) -> None:
    assert wrong_field(await admin("GET", path, **query)) == field


async def test_a_file_is_sent_to_who_takes_csv(admin: Rest) -> None:
    rows_of(await admin("GET", USERS, headers={"Accept": "text/csv"}))
    refused = await admin("GET", USERS, headers={"Accept": "application/json"})

    error_of(refused, 406, "NOT_ACCEPTABLE")


async def test_asking_for_the_head_exports_nothing(
    services: Services, admin: Rest
) -> None:
    answer = await admin("HEAD", USERS)

    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content == b""
    assert await trail(services, "users.exported") == []


async def test_activity_is_read_page_by_page_however_much_there_is(
    admin: Rest, machine: Rest, database_ops: DatabaseOps
) -> None:
    await record_many(machine, 2 * PAGE + 1)
    await admin("GET", "/auth/me")  # from here on the session is known
    database_ops.clear()

    rows = rows_of(await admin("GET", TRAIL_CSV, action="report.made"))

    finds = [op.command for op in database_ops.reads if op.collection == "audit_logs"]
    assert [one["limit"] for one in finds] == [PAGE, PAGE, PAGE]
    assert len({row["id"] for row in rows}) == len(rows) == 2 * PAGE + 1


async def test_accounts_are_read_page_by_page_however_many_there_are(
    services: Services, admin: Rest, database_ops: DatabaseOps
) -> None:
    await stored_users(services, [f"Person {n}" for n in range(PAGE)])
    await admin("GET", "/auth/me")
    database_ops.clear()

    rows = rows_of(await admin("GET", USERS, sort="name"))

    finds = [op.command for op in database_ops.reads if op.collection == "users"]
    assert [one["limit"] for one in finds] == [PAGE + 1, PAGE + 1]
    assert len({row["id"] for row in rows}) == len(rows) == PAGE + 1


async def test_an_export_whose_reader_left_tells_how_far_it_came(
    services: Services, app: Starlette, admin: Rest, machine: Rest
) -> None:
    await record_many(machine, 2 * PAGE)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect" if len(sent) > 1 else "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(request_of(admin, TRAIL_CSV), receive, send)

    assert len(sent) == 2
    assert sent[-1]["more_body"]
    (entry,) = await trail(services, "activity.exported")
    assert f"cut short after {PAGE} rows" in entry.summary


def request_of(rest: Rest, path: str) -> dict[str, Any]:
    headers = {"host": "localhost", **rest.headers}
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": f"{API}{path}",
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 50_000),
    }


@pytest.mark.parametrize("lost", ["session", "role"])
async def test_who_may_not_any_more_is_handed_no_further_page(
    services: Services, boss: User, machine: Rest, clock: ManualClock, lost: str
) -> None:
    await make_admin(services)
    await record_many(machine, 2 * PAGE)
    signed_in = await open_session(services, boss)
    ctx = await bearing(services, signed_in.access_token)
    pages = export.export_activity(ctx, where=ActivityFilter())
    assert len(await anext(pages)) == PAGE

    if lost == "session":
        await auth.logout(ctx, everywhere=True)
    else:
        other = acting(services, boss)
        await other.repos.users.update(
            boss.id, {"role": Role.MEMBER}, boss.version, ctx.now_ms()
        )
    clock.advance(seconds=2)

    refusal = NotAuthenticated if lost == "session" else NotAllowed
    with pytest.raises(refusal):
        await anext(pages)
    (entry,) = await trail(services, "activity.exported")
    assert f"cut short after {PAGE} rows" in entry.summary


async def stored_users(services: Services, names: list[str]) -> None:
    """Accounts nobody can sign in to: made without the time a hash takes."""
    now_ms = services.clock.now_ms()
    await asyncio.gather(
        *(
            services.repos.users.insert(
                NewUser(
                    id=UserId(random_id(USER)),
                    email=f"person{number}@example.com",
                    name=name,
                    role=Role.MEMBER,
                    avatar_url=None,
                    password_hash="-",
                ),
                now_ms,
            )
            for number, name in enumerate(names)
        )
    )
