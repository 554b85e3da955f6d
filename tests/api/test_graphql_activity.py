"""The trail over GraphQL: entries, filters, cursors, and the reads they cost."""

from typing import Any

import httpx
import pytest

from domain.activity import Severity
from domain.principal import Principal
from domain.users import User
from resolvers.audit import record
from resolvers.context import Services
from tests.support.clients import GraphQLClient, signed_in
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, make_admin, make_user


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(
    http: httpx.AsyncClient, services: Services, boss: User
) -> GraphQLClient:
    return await signed_in(http, services, boss)


async def make_entries(
    services: Services, clock: ManualClock, actor: User, count: int
) -> None:
    for number in range(count):
        clock.advance(1)
        await record(
            acting(services, actor),
            f"test.number{number}",
            summary=f"Number {number}",
            severity=Severity.NOTICE,
        )


async def test_fifty_entries_with_their_actors_cost_two_reads(
    admin: GraphQLClient,
    services: Services,
    clock: ManualClock,
    database_ops: DatabaseOps,
) -> None:
    actors = [await make_user(services) for _ in range(10)]
    for actor in actors:
        await make_entries(services, clock, actor, 5)
    await admin.data("{ me { id } }")
    database_ops.clear()

    data = await admin.data("{ activity(first: 50) { nodes { id actor { name } } } }")

    names = [entry["actor"]["name"] for entry in data["activity"]["nodes"]]
    assert sorted(set(names)) == sorted(actor.name for actor in actors)
    assert len(names) == 50
    assert [op.collection for op in database_ops.reads] == ["audit_logs", "users"]


async def test_every_page_has_a_cursor_to_go_on_from_live(
    admin: GraphQLClient, services: Services, clock: ManualClock, boss: User
) -> None:
    page = '{ activity(filter: {actions: ["no.such"]}) { newestCursor } }'
    before = (await admin.data(page))["activity"]["newestCursor"]
    await make_entries(services, clock, boss, 1)
    after = (await admin.data(page))["activity"]["newestCursor"]

    # Of the live log: pages have cursors of their own.
    assert before
    error = await admin.error(
        "query ($c: String) { activity(after: $c) { nodes { id } } }", c=after
    )
    assert error["extensions"]["details"]["field"] == "after"


async def test_an_entry_is_told_whole(
    admin: GraphQLClient, services: Services, boss: User, clock: ManualClock
) -> None:
    clock.set("2025-06-21T10:00:01.005Z")
    await admin.data(
        'mutation ($id: ID!) { updateUser(id: $id, input: {name: "Chief"}) { id } }',
        id=boss.id,
    )

    data = await admin.data(
        """{ activity(first: 1) { nodes {
          action actor { id name } actorLabel targetType targetId targetLabel
          changes { field before after } severity occurredAt
        } } }"""
    )

    assert data["activity"]["nodes"] == [
        {
            "action": "user.updated",
            "actor": {"id": boss.id, "name": "Chief"},
            "actorLabel": "Boss",
            "targetType": "user",
            "targetId": boss.id,
            "targetLabel": "Chief",
            "changes": [{"field": "name", "before": "Boss", "after": "Chief"}],
            "severity": "INFO",
            "occurredAt": "2025-06-21T10:00:01.005Z",
        }
    ]


ENDED = "{ nodes { action outcome sessionId } }"


async def test_outcome_and_session_are_for_administrators(
    http: httpx.AsyncClient, admin: GraphQLClient, services: Services
) -> None:
    ana = await make_user(services, name="Ana")
    member = await signed_in(http, services, ana)
    await member.ask("{ users { totalCount } }")  # is refused
    (session,) = (await member.data("{ sessions { id } }"))["sessions"]
    told = {
        "action": "access.refused",
        "outcome": "REFUSED",
        "sessionId": session["id"],
    }

    seen = await admin.data(f"{{ activity(filter: {{outcome: REFUSED}}) {ENDED} }}")
    own = await member.data(f"{{ activity(filter: {{outcome: REFUSED}}) {ENDED} }}")
    done = await admin.data(f"{{ activity(filter: {{outcome: OK}}) {ENDED} }}")

    assert seen["activity"]["nodes"] == [told]
    assert own["activity"]["nodes"] == [{**told, "outcome": None, "sessionId": None}]
    assert {one["outcome"] for one in done["activity"]["nodes"]} <= {"OK"}


async def test_the_trail_can_be_filtered(
    admin: GraphQLClient, services: Services, clock: ManualClock
) -> None:
    ana = await make_user(services, name="Ana")
    await make_entries(services, clock, ana, 3)
    query = "query ($f: ActivityFilter) { activity(filter: $f) { nodes { summary } } }"

    async def found(**conditions: Any) -> list[str]:
        data = await admin.data(query, f=conditions)
        return [entry["summary"] for entry in data["activity"]["nodes"]]

    numbers = ["Number 2", "Number 1", "Number 0"]
    assert await found(actorIds=[ana.id]) == numbers
    assert await found(actions=["test.*"], severity="NOTICE") == numbers
    assert await found(actions=["test.number1"]) == ["Number 1"]
    assert await found(search="number 2") == ["Number 2"]
    # The clock started at 10:00:00 and each entry came a second after the last.
    since = {"from": "2025-06-21T10:00:02Z", "to": "2025-06-21T12:00:03.000+02:00"}
    assert await found(actions=["test.*"], **since) == ["Number 1"]


async def test_an_entry_of_the_system_or_a_machine_has_a_label_and_no_actor(
    admin: GraphQLClient, services: Services
) -> None:
    ctx = acting(services)
    await record(ctx, "a.b", summary="S", actor=Principal(label="system"))

    data = await admin.data(
        "{ activity(first: 1) { nodes { actorLabel actor { id } } } }"
    )

    assert data["activity"]["nodes"] == [{"actorLabel": "system", "actor": None}]
