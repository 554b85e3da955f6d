"""Adding to the trail: what applications may, and what the service leaves itself."""

from dataclasses import replace

import pytest

from domain.activity import Activity, ActivityDraft, FieldChange, Severity
from domain.errors import (
    IdempotencyConflict,
    InvalidInput,
    NotAllowed,
    NotAuthenticated,
)
from domain.principal import ANONYMOUS, SYSTEM
from resolvers.activity import list_activity, record_activity
from resolvers.audit import record
from resolvers.context import Context, Services
from tests.support.clock import ManualClock
from tests.support.factories import acting, bearing, make_admin, make_api_key, make_user

DRAFT = ActivityDraft("report.exported")


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services, name="Root"))


@pytest.fixture
async def machine(services: Services) -> Context:
    secret = await make_api_key(services, await make_admin(services), "collector")
    return await bearing(services, secret)


async def entries(ctx: Context) -> list[Activity]:
    return list((await list_activity(ctx, first=100)).items)


async def test_a_machine_records_in_its_own_name(
    machine: Context, admin: Context, clock: ManualClock
) -> None:
    draft = ActivityDraft(
        "report.exported",
        summary="Exported Q2",
        target_type="report",
        target_id="2025-01-01",
        target_label="Q2",
        severity=Severity.NOTICE,
    )

    result = await record_activity(machine, [draft])

    assert (result.accepted, result.rejected) == (1, [])
    [entry] = await entries(admin)
    assert entry == Activity(
        id=entry.id,
        action="report.exported",
        actor_id=machine.principal.key_id,
        actor_label="collector",
        target_type="report",
        target_id="2025-01-01",
        target_label="Q2",
        summary="Exported Q2",
        changes=(),
        severity=Severity.NOTICE,
        occurred_ms=clock.now_ms(),
        recorded_ms=clock.now_ms(),
        request_id="test",
        address="192.0.2.7",
    )


async def test_a_person_may_be_named_as_the_actor_and_is_labelled_by_name(
    services: Services, machine: Context, admin: Context
) -> None:
    ana = await make_user(services, name="Ana")

    await record_activity(machine, [replace(DRAFT, actor_id=ana.id)])

    [entry] = await entries(admin)
    assert (entry.actor_id, entry.actor_label) == (ana.id, "Ana")


async def test_only_administrators_and_machines_record(services: Services) -> None:
    with pytest.raises(NotAllowed):
        await record_activity(acting(services, await make_user(services)), [DRAFT])
    with pytest.raises(NotAuthenticated):
        await record_activity(acting(services), [DRAFT])


@pytest.mark.parametrize(
    "action",
    ["auth.login", "user.created", "session.revoked", "api_key.created", "import.x"],
)
async def test_the_services_own_actions_cannot_be_forged(
    machine: Context, admin: Context, action: str
) -> None:
    for ctx in (machine, admin):
        result = await record_activity(ctx, [ActivityDraft(action)])

        assert result.accepted == 0
        assert result.rejected[0].code == "VALIDATION_ERROR"
    assert await entries(admin) == []


async def test_each_event_is_taken_or_rejected_by_itself(
    machine: Context, admin: Context, clock: ManualClock
) -> None:
    now_ms = clock.now_ms()
    past_ms = machine.limits.activity_past_s * 1000
    events = [
        DRAFT,
        ActivityDraft("Nonsense"),
        replace(DRAFT, actor_id="u_nobody"),
        replace(DRAFT, actor_id="2025-01-01"),
        replace(DRAFT, occurred_ms=now_ms - past_ms),
        replace(DRAFT, occurred_ms=now_ms - past_ms - 1),
        replace(DRAFT, occurred_ms=now_ms + 600_000),
        replace(DRAFT, occurred_ms=now_ms + 600_001),
    ]

    result = await record_activity(machine, events)

    assert result.accepted == 3
    assert [(one.index, one.code) for one in result.rejected] == [
        (1, "VALIDATION_ERROR"),
        (2, "VALIDATION_ERROR"),
        (3, "VALIDATION_ERROR"),
        (5, "OUT_OF_WINDOW"),
        (7, "OUT_OF_WINDOW"),
    ]
    assert result.rejected[1].message == "actorId: is not the id of a user"
    assert len(await entries(admin)) == 3


async def test_a_call_carries_one_to_a_thousand_events(
    machine: Context, admin: Context
) -> None:
    for many in (0, 1_001):
        with pytest.raises(InvalidInput, match="events: must hold 1 to 1000 events"):
            await record_activity(machine, [DRAFT] * many)

    result = await record_activity(machine, [DRAFT] * 1_000)

    assert result.accepted == 1_000
    assert len(await entries(admin)) == 100


async def test_an_event_id_is_stored_once_for_each_recorder(
    machine: Context, admin: Context
) -> None:
    event = replace(DRAFT, event_id="7")

    for _ in range(2):
        result = await record_activity(machine, [event, event])
        assert result.accepted == 2
    await record_activity(admin, [event])

    assert {entry.actor_label for entry in await entries(admin)} == {
        "collector",
        "Root",
    }
    assert len(await entries(admin)) == 2


async def test_a_call_with_an_idempotency_key_is_stored_once(
    machine: Context, admin: Context
) -> None:
    sent = [DRAFT, ActivityDraft("no"), replace(DRAFT, summary="again")]

    first = await record_activity(machine, sent, idempotency_key="k1")
    again = await record_activity(machine, sent, idempotency_key="k1")

    assert first == again
    assert (first.accepted, len(first.rejected)) == (2, 1)
    assert len(await entries(admin)) == 2
    with pytest.raises(IdempotencyConflict):
        await record_activity(machine, [DRAFT], idempotency_key="k1")
    await record_activity(admin, [DRAFT], idempotency_key="k1")
    assert len(await entries(admin)) == 3


async def test_without_id_or_key_each_event_is_new(
    machine: Context, admin: Context
) -> None:
    for _ in range(2):
        await record_activity(machine, [DRAFT])

    assert len(await entries(admin)) == 2


async def test_the_services_own_entries_say_who_did_what_to_whom_from_where(
    services: Services, admin: Context, clock: ManualClock
) -> None:
    ana = await make_user(services, name="Ana")

    await record(
        admin,
        "user.updated",
        summary="Root changed\r\nAna",
        target=("user", ana.id, "Ana"),
        changes=[FieldChange("role", "MEMBER", "ADMIN")],
        severity=Severity.WARNING,
    )

    [entry] = await entries(admin)
    assert entry.id.startswith("a_")
    assert (entry.actor_id, entry.actor_label) == (admin.principal.user_id, "Root")
    assert (entry.target_type, entry.target_id) == ("user", ana.id)
    assert entry.summary == "Root changed  Ana"
    assert entry.changes == (FieldChange("role", "MEMBER", "ADMIN"),)
    assert (entry.occurred_ms, entry.recorded_ms) == (clock.now_ms(),) * 2
    assert (entry.request_id, entry.address) == ("test", "192.0.2.7")


async def test_the_service_may_act_for_itself_or_in_anothers_name(
    services: Services, admin: Context
) -> None:
    await record(acting(services), "auth.login_failed", summary="x")
    await record(admin, "import.done", summary="x", actor=SYSTEM)

    labels = {(e.actor_id, e.actor_label) for e in await entries(admin)}
    assert labels == {(None, ANONYMOUS.label), (None, "system")}
