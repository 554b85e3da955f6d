"""The demo workspace: some people, two weeks of figures, and life that goes on."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, islice
from operator import attrgetter

from app.background import every
from app.demo.activity import any_deed, history
from app.demo.crowd import Crowd, online_at
from app.demo.metrics import PLAN, Plan, points_of, slots
from app.demo.people import COLLEAGUES, DEMO, DEMO_EMAIL, PEOPLE, Person
from domain.activity import Activity, Origin
from domain.errors import Conflict
from domain.ids import ApiKeyId
from domain.principal import SYSTEM, Principal, Role
from domain.users import AccountStatus, NewUser
from kit.times import DAY_MS, MINUTE_MS
from resolvers.audit import record
from resolvers.context import Context, Services
from resolvers.metrics import import_points, record_metrics
from resolvers.stats import touch_stats

SLOTS_PER_BATCH = 100
TICK_S = 2.0
DEEDS_PER_TICK = 0.15  # one in some 13 s
ORIGIN = Origin(request_id="demo")
RECORDER = Principal(role=Role.SERVICE, label="demo", key_id=ApiKeyId("k_demo"))


@dataclass(frozen=True)
class DemoSignIn:
    """An administrator's. `password` None means one that somebody has set since."""

    email: str
    password: str | None


async def seed(services: Services, plan: Plan = PLAN) -> DemoSignIn:
    """Make the workspace unless it is there; how to sign in to it.

    The demo administrator comes last, so that a start cut short is made good by
    the next one: all the rest has ids of its own and is not stored twice. The
    password follows from the signing key: it can be told at each start, and is
    kept nowhere but hashed. All the demo accounts have the same.

    Raises:
        Unavailable: the database is gone.
    """
    ctx = Context(services, SYSTEM, ORIGIN)
    password = _password(services)
    if await ctx.repos.users.get(DEMO.id) is None:
        await _make(ctx, await services.passwords.hash(password), plan)
    found = await ctx.repos.users.credentials_by_email(DEMO_EMAIL)
    good = found is not None and await services.passwords.verify(password, found[1])
    return DemoSignIn(DEMO_EMAIL, password if good else None)


async def keep_moving(services: Services, *, tick_s: float = TICK_S) -> None:
    """Go on adding what such a shop would, a bit at each tick, until cancelled."""
    ctx = Context(services, RECORDER, ORIGIN)
    chance = random.Random()  # noqa: S311  which colleague does what
    async with Crowd(services.live.presence) as crowd:
        await every(tick_s, "demo", lambda: _tick(ctx, chance, crowd))


async def _tick(ctx: Context, chance: random.Random, crowd: Crowd) -> None:
    now_ms = ctx.now_ms()
    await crowd.become(online_at(now_ms))
    await record_metrics(ctx, list(points_of(now_ms, round(TICK_S * 1000))))
    if chance.random() >= DEEDS_PER_TICK:
        return
    deed = any_deed(chance)
    await record(
        ctx,
        deed.action,
        summary=deed.summary,
        target=deed.target,
        changes=deed.changes,
        severity=deed.severity,
        actor=deed.person.principal if deed.person else SYSTEM,
    )


def _password(services: Services) -> str:
    derived = services.tokens.derive("demo password", DEMO_EMAIL)[0]
    return "-".join(derived[i : i + 4] for i in range(0, 16, 4))


async def _make(ctx: Context, password_hash: str, plan: Plan) -> None:
    first, *others = (person for person in PEOPLE if person is not DEMO)
    earlier = await ctx.repos.users.get(first.id)
    made_ms = earlier.created_ms + _age_ms(first) if earlier else ctx.now_ms()
    for person in (first, *others):
        await _insert(ctx, person, password_hash, made_ms)
    await _make_figures(ctx.services, made_ms - made_ms % MINUTE_MS, plan)
    past = list(history(made_ms - plan[0][0], made_ms))
    await ctx.repos.activity.append(past)
    await ctx.repos.users.touch(_last_seen(past))
    await _insert(ctx, DEMO, password_hash, made_ms)
    await touch_stats(ctx)


async def _insert(
    ctx: Context, person: Person, password_hash: str, made_ms: int
) -> None:
    new = NewUser(
        id=person.id,
        email=person.email,
        name=person.name,
        role=person.role,
        avatar_url=None,
        password_hash=password_hash,
    )
    try:
        user = await ctx.repos.users.insert(new, made_ms - _age_ms(person))
    except Conflict:
        return  # somebody of the workspace's own has the address
    if person.status is not AccountStatus.ACTIVE and user.version == 1:
        status = {"status": person.status}
        await ctx.repos.users.update(user.id, status, user.version, made_ms)


async def _make_figures(services: Services, end_ms: int, plan: Plan) -> None:
    spans = slots(end_ms, plan)
    for number in count():
        batch = list(islice(spans, SLOTS_PER_BATCH))
        if not batch:
            return
        points = [point for span in batch for point in points_of(*span)]
        await import_points(services, f"demo:{end_ms}:{number}", points)


def _last_seen(past: Sequence[Activity]) -> dict[str, int]:
    """When each of the colleagues did their latest deed."""
    people = {person.id for person in COLLEAGUES}
    return {
        deed.actor_id: deed.occurred_ms
        for deed in sorted(past, key=attrgetter("occurred_ms"))
        if deed.actor_id in people
    }


def _age_ms(person: Person) -> int:
    return round(person.joined_days * DAY_MS)
