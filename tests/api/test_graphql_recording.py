"""What machines and administrators record over GraphQL."""

import asyncio

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clients import (
    GraphQLClient,
    machine,
    signed_in,
)
from tests.support.factories import make_admin


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(
    http: httpx.AsyncClient, services: Services, boss: User
) -> GraphQLClient:
    return await signed_in(http, services, boss)


async def test_a_machine_records_until_its_key_is_revoked(
    admin: GraphQLClient, http: httpx.AsyncClient
) -> None:
    made = await admin.data(
        'mutation { createApiKey(name: "ci") { secret apiKey '
        "{ id name hint createdAt lastUsedAt revoked createdBy { name } } } }"
    )
    secret, key = made["createApiKey"]["secret"], made["createApiKey"]["apiKey"]
    robot = machine(http, secret)
    record = 'mutation { recordActivity(events: [{action: "ci.built"}]) { accepted } }'
    assert await robot.data(record) == {"recordActivity": {"accepted": 1}}

    await admin.data("mutation ($id: ID!) { revokeApiKey(id: $id) }", id=key["id"])

    assert key.pop("id").startswith("k_")
    assert key == {
        "name": "ci",
        "hint": secret[-4:],
        "createdAt": "2025-06-21T10:00:00.000Z",
        "lastUsedAt": None,
        "revoked": False,
        "createdBy": {"name": "Boss"},
    }
    assert (await robot.ask(record)).codes == ["UNAUTHENTICATED"]
    listed = (await admin.data("{ apiKeys { revoked lastUsedAt } }"))["apiKeys"]
    assert [key["lastUsedAt"] for key in listed] in (
        [],
        ["2025-06-21T10:00:00.000Z"],
    )


async def test_each_event_is_taken_or_rejected_by_itself(
    admin: GraphQLClient,
) -> None:
    events = [
        {"action": "report.exported", "summary": "Ana exported", "eventId": "e1"},
        {"action": "NOT DOTTED"},
        {"action": "report.exported", "occurredAt": "2035-01-01T00:00:00Z"},
        {"action": "report.exported", "summary": "Ana exported", "eventId": "e1"},
    ]
    result = await admin.data(
        """mutation ($events: [ActivityInput!]!) { recordActivity(events: $events) {
          accepted rejected { index code message }
        } }""",
        events=events,
    )

    recorded = result["recordActivity"]
    assert recorded["accepted"] == 2
    assert [(one["index"], one["code"]) for one in recorded["rejected"]] == [
        (1, "VALIDATION_ERROR"),
        (2, "OUT_OF_WINDOW"),
    ]
    trail = await admin.data(
        '{ activity(filter: {actions: ["report.*"]}) { nodes { summary severity } } }'
    )
    assert trail["activity"]["nodes"] == [
        {"summary": "Ana exported", "severity": "INFO"}
    ]


async def test_a_call_repeated_under_its_key_is_done_once(
    admin: GraphQLClient,
) -> None:
    record = """mutation ($action: String!) {
      recordActivity(events: [{action: $action}], idempotencyKey: "once") { accepted }
    }"""

    answers = await asyncio.gather(
        *(admin.data(record, action="report.exported") for _ in range(5))
    )

    assert answers == [{"recordActivity": {"accepted": 1}}] * 5
    error = await admin.error(record, action="report.deleted")
    assert error["extensions"]["code"] == "IDEMPOTENCY_CONFLICT"
    trail = await admin.data(
        '{ activity(filter: {actions: ["report.*"]}) { nodes { action } } }'
    )
    assert trail["activity"]["nodes"] == [{"action": "report.exported"}]
