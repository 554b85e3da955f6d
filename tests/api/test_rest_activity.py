"""The trail over REST."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.factories import make_admin, make_api_key, make_user, sign_in
from tests.support.rest import Rest, data_of, pagination_of, wrong_field

ACTIVITY = "/dashboard/activity"


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await sign_in(http, boss))


@pytest.fixture
async def machine(services: Services, http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await make_api_key(services, boss))


async def test_an_event_becomes_an_entry_with_its_actor(
    machine: Rest, admin: Rest, boss: User
) -> None:
    event = {
        "action": "report.exported",
        "summary": "Exported Q2",
        "actor_id": boss.id,
        "target_type": "report",
        "target_id": "q2",
        "target_label": "Q2 2025",
        "severity": "NOTICE",
        "occurred_at": "2025-06-21T09:00:00+02:00",
    }
    data_of(await machine("POST", ACTIVITY, {"events": [event]}), 201)

    (entry,) = data_of(await admin("GET", ACTIVITY, action="report.*"))

    assert entry["id"].startswith("a_")
    assert entry["cursor"]
    assert {k: v for k, v in entry.items() if k not in ("id", "cursor")} == {
        "action": "report.exported",
        "actor": {
            "id": boss.id,
            "name": "Boss",
            "avatar_url": None,
            "presence": "OFFLINE",
        },
        "actor_label": "Boss",
        "target_type": "report",
        "target_id": "q2",
        "target_label": "Q2 2025",
        "summary": "Exported Q2",
        "changes": [],
        "severity": "NOTICE",
        "occurred_at": "2025-06-21T07:00:00.000Z",
    }


async def test_the_trail_is_walked_to_its_end_without_a_gap(
    machine: Rest, admin: Rest, clock: ManualClock
) -> None:
    for number in range(7):
        clock.advance(seconds=1)
        event = {"action": "report.exported", "summary": f"Report {number}"}
        data_of(await machine("POST", ACTIVITY, {"events": [event]}), 201)

    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await admin("GET", ACTIVITY, limit=3, after=after, action="report.*")
        seen += [one["summary"] for one in data_of(page)]
        after = pagination_of(page)["next"]

    assert seen == [f"Report {number}" for number in reversed(range(7))]
    assert after is None
    assert set(pagination_of(page)) == {"limit", "next", "newest"}


@pytest.mark.parametrize(
    ("query", "summaries"),
    [
        ({"action": "report.exported,deploy.*"}, ["Deployed", "Exported"]),
        ({"severity": "warning"}, ["Deployed"]),
        ({"target_type": "report", "target_id": "q2"}, ["Exported"]),
        ({"search": "depl", "action": "deploy.*"}, ["Deployed"]),
        (
            {
                "action": "report.*,deploy.*",
                "from": "2025-06-21T08:00:00Z",
                "to": "2025-06-21T09:00:00Z",
            },
            ["Exported"],
        ),
        ({"actor": "k_nobody"}, []),
    ],
)
async def test_the_trail_shows_what_the_filters_let_through(
    machine: Rest, admin: Rest, query: dict[str, Any], summaries: list[str]
) -> None:
    events = [
        {
            "action": "report.exported",
            "summary": "Exported",
            "target_type": "report",
            "target_id": "q2",
            "occurred_at": "2025-06-21T08:30:00Z",
        },
        {
            "action": "deploy.finished",
            "summary": "Deployed",
            "severity": "WARNING",
            "occurred_at": "2025-06-21T09:00:00Z",
        },
    ]
    data_of(await machine("POST", ACTIVITY, {"events": events}), 201)

    entries = data_of(await admin("GET", ACTIVITY, **query))

    assert [one["summary"] for one in entries] == summaries


async def test_a_page_of_the_trail_with_actors_costs_few_reads(
    machine: Rest, admin: Rest, boss: User, database_ops: Any
) -> None:
    events = [{"action": "report.exported", "actor_id": boss.id}] * 30
    data_of(await machine("POST", ACTIVITY, {"events": events}), 201)
    await admin("GET", "/auth/me")  # from here on the session is known
    database_ops.clear()

    data_of(await admin("GET", ACTIVITY, limit=30))

    assert [op.collection for op in database_ops.reads] == ["audit_logs", "users"]


async def test_members_see_their_own_trail_alone(
    services: Services, http: httpx.AsyncClient, admin: Rest
) -> None:
    user = await make_user(services, name="Ana")
    rest = Rest(http, await sign_in(http, user))

    entries = data_of(await rest("GET", ACTIVITY))

    assert [one["action"] for one in entries] == ["auth.login"]
    assert entries[0]["actor"]["id"] == user.id
    assert len(data_of(await admin("GET", ACTIVITY))) == 2


async def test_a_cursor_of_another_list_is_refused(
    services: Services, admin: Rest
) -> None:
    foreign = services.cursors.sign("users:NAME_ASC", "x")

    assert wrong_field(await admin("GET", ACTIVITY, after=foreign)) == "after"
