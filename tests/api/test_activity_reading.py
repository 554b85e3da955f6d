"""Reading the trail: who sees what, in which order, and from where on."""

from contextlib import aclosing

import pytest

from domain.activity import Activity, ActivityDraft, ActivityFilter, Severity
from domain.errors import InvalidInput, NotAllowed, NotAuthenticated
from domain.events import ActivityHappened
from domain.positions import Delivered
from domain.users import User
from resolvers.activity import (
    activity_of,
    cursor_of,
    get_activity,
    list_activity,
    newest_cursor,
    record_activity,
)
from resolvers.context import Context, Services
from resolvers.live_logs import watch_activity
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, bearing, make_admin, make_api_key, make_user


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services, name="Root"))


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana")


@pytest.fixture
async def bo(services: Services) -> User:
    return await make_user(services, name="Bo")


async def fill(admin: Context, clock: ManualClock, *drafts: ActivityDraft) -> None:
    """One entry a second."""
    for draft in drafts:
        clock.advance(1)
        await record_activity(admin, [draft])


def by(user: User, action: str = "report.read") -> ActivityDraft:
    return ActivityDraft(action, actor_id=user.id, summary=f"{action} by {user.name}")


def about(user: User, action: str = "account.checked") -> ActivityDraft:
    return ActivityDraft(action, target_type="user", target_id=user.id)


def actions(entries: object) -> list[str]:
    assert isinstance(entries, (list, tuple))
    return [entry.action for entry in entries if isinstance(entry, Activity)]


async def test_an_administrator_sees_all_newest_first(
    admin: Context, ana: User, clock: ManualClock
) -> None:
    await fill(admin, clock, by(ana, "a.one"), about(ana, "a.two"), by(ana, "a.three"))

    page = await list_activity(admin)

    assert actions(page.items) == ["a.three", "a.two", "a.one"]
    assert (page.has_next, page.has_previous) == (False, False)


async def test_a_member_sees_what_they_did_and_what_was_done_to_them(
    services: Services, admin: Context, ana: User, bo: User, clock: ManualClock
) -> None:
    await fill(
        admin,
        clock,
        by(ana, "a.one"),
        about(ana, "a.two"),
        by(bo, "b.one"),
        about(bo, "b.two"),
        ActivityDraft("c.one", target_type="report", target_id=ana.id),
    )
    ctx = acting(services, ana)

    assert actions((await list_activity(ctx)).items) == ["a.two", "a.one"]
    asked = ActivityFilter(actor_ids=(bo.id,))
    assert actions((await list_activity(ctx, where=asked)).items) == []


async def test_nobody_and_machines_see_nothing(services: Services) -> None:
    secret = await make_api_key(services, await make_admin(services))
    machine = await bearing(services, secret)

    for ctx, refusal in ((acting(services), NotAuthenticated), (machine, NotAllowed)):
        with pytest.raises(refusal):
            await list_activity(ctx)
        with pytest.raises(refusal):
            await get_activity(ctx, "a_1")
        with pytest.raises(refusal):
            await newest_cursor(ctx)


async def test_one_entry_is_there_for_whom_it_concerns(
    services: Services, admin: Context, ana: User, bo: User, clock: ManualClock
) -> None:
    await fill(admin, clock, by(ana))
    [entry] = (await list_activity(admin)).items

    assert await get_activity(admin, entry.id) == entry
    assert await get_activity(acting(services, ana), entry.id) == entry
    assert await get_activity(acting(services, bo), entry.id) is None
    assert await get_activity(admin, "a_none") is None


async def test_a_persons_activity_is_for_them_and_administrators(
    services: Services, admin: Context, ana: User, bo: User, clock: ManualClock
) -> None:
    await fill(admin, clock, by(ana, "a.one"), by(bo, "b.one"), about(ana, "a.two"))

    for ctx in (admin, acting(services, ana)):
        page = await activity_of(ctx, ana, first=1)
        assert actions(page.items) == ["a.two"]
        assert page.has_next
        after = cursor_of(ctx, page.items[0])
        rest = await activity_of(ctx, ana, after=after)
        assert actions(rest.items) == ["a.one"]
    for ctx in (acting(services, bo), acting(services)):
        hidden = await activity_of(ctx, ana)
        assert (hidden.items, hidden.has_next) == ([], False)


async def test_pages_follow_one_another_both_ways_without_loss(
    admin: Context, ana: User, clock: ManualClock
) -> None:
    await fill(admin, clock, *(by(ana, f"n.a{n}") for n in range(7)))
    everything = list((await list_activity(admin)).items)

    forward: list[Activity] = []
    after = None
    while True:
        page = await list_activity(admin, first=3, after=after)
        forward += page.items
        if not page.has_next:
            break
        after = cursor_of(admin, page.items[-1])
    backward: list[Activity] = []
    before = None
    while True:
        page = await list_activity(admin, last=3, before=before)
        backward = [*page.items, *backward]
        if not page.has_previous:
            break
        before = cursor_of(admin, page.items[0])

    assert forward == everything
    assert backward == everything


async def test_what_follows_the_newest_cursor_is_told_live(
    services: Services, admin: Context, ana: User, bo: User, clock: ManualClock
) -> None:
    await fill(admin, clock, by(ana, "a.one"))
    newest = await newest_cursor(admin)
    await fill(admin, clock, by(bo, "b.two"), by(ana, "a.two"))

    for ctx, expected in (
        (admin, ["b.two", "a.two"]),
        (acting(services, ana), ["a.two"]),
    ):
        told = []
        async with aclosing(watch_activity(ctx, after=newest)) as events:
            async for item in events:
                assert isinstance(item, Delivered)
                assert isinstance(item.event, ActivityHappened)
                told.append(item.event.activity.action)
                if len(told) == len(expected):
                    break
        assert told == expected


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (ActivityFilter(actions=("order.paid",)), "2"),
        (ActivityFilter(actions=("order.*",)), "421"),
        (ActivityFilter(actions=("order.refund.*", "report.*")), "43"),
        (ActivityFilter(target_type="order"), "421"),
        (ActivityFilter(target_type="order", target_id="7"), "41"),
        (ActivityFilter(target_id="7"), "41"),
        (ActivityFilter(severity=Severity.WARNING), "4"),
        (ActivityFilter(search="SEVEN"), "41"),
        (ActivityFilter(search="ana"), "3"),
        (ActivityFilter(actions=("order.*",), search="eight"), "2"),
        (ActivityFilter(), "4321"),
    ],
)
async def test_filters_find_what_they_say(
    admin: Context, ana: User, clock: ManualClock, where: ActivityFilter, found: str
) -> None:
    def order(action: str, number: str, label: str) -> ActivityDraft:
        return ActivityDraft(
            action, target_type="order", target_id=number, target_label=label
        )

    refund = order("order.refund.asked", "7", "Seven")
    await fill(
        admin,
        clock,
        order("order.made", "7", "Order seven"),
        order("order.paid", "8", "Order Eight"),
        by(ana, "report.exported"),
        ActivityDraft(**{**vars(refund), "severity": Severity.WARNING}),
    )
    numbers = {
        "order.made": "1",
        "order.paid": "2",
        "report.exported": "3",
        "order.refund.asked": "4",
    }

    page = await list_activity(admin, where=where)

    assert "".join(numbers[entry.action] for entry in page.items) == found


async def test_a_range_includes_its_start_and_not_its_end(
    admin: Context, ana: User, clock: ManualClock
) -> None:
    await fill(admin, clock, *(by(ana, f"n.a{n}") for n in range(3)))
    end_ms = clock.now_ms()

    where = ActivityFilter(from_ms=end_ms - 1_000, to_ms=end_ms)

    page = await list_activity(admin, where=where)
    assert actions(page.items) == ["n.a1"]


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"first": 101}, "first"),
        ({"first": -1}, "first"),
        ({"last": 101}, "last"),
        ({"first": 1, "last": 1}, "last"),
        ({"after": "nonsense"}, "after"),
        ({"before": "é"}, "before"),
        ({"where": ActivityFilter(actions=("$x",))}, "filter.actions"),
    ],
)
async def test_bad_arguments_are_named(
    admin: Context, arguments: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await list_activity(admin, **arguments)  # type: ignore[arg-type]

    assert refused.value.problems[0].field == field


async def test_a_cursor_of_another_list_is_refused(
    services: Services, admin: Context
) -> None:
    foreign = services.cursors.sign("users:NAME_ASC", "x")

    with pytest.raises(InvalidInput, match="after: is not a cursor of this list"):
        await list_activity(admin, after=foreign)


async def test_a_page_without_lists_in_its_filter_costs_one_read(
    admin: Context, ana: User, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    await fill(admin, clock, *(by(ana, f"n.a{n}") for n in range(60)))
    database_ops.clear()

    page = await list_activity(admin, first=50)

    assert len(page.items) == 50
    assert len(database_ops.reads) == 1
