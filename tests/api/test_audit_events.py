"""What the trail tells: each thing once, in full, and no secret."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import product

import httpx
import pytest

from domain.activity import Result
from domain.errors import BadCredentials, BadRefreshToken, Unavailable
from domain.principal import Role
from domain.users import AccountStatus, UserChange, UserDraft
from kit import jsonio
from persistence.activity import ActivityRepository
from persistence.activity_documents import to_document
from resolvers import api_keys, auth, sessions, users
from resolvers.activity import list_activity
from resolvers.context import Context, Services
from resolvers.trail import complete, look_after
from tests.support.clock import ManualClock
from tests.support.crashes import Crash, CrashingCollection, Moment
from tests.support.factories import (
    PASSWORD,
    acting,
    bearing,
    make_admin,
    make_user,
    open_session,
    sign_in,
)
from tests.support.trail import trail

NEW = "another long enough password"


async def signed_in(services: Services, *, admin: bool = True) -> Context:
    make = make_admin if admin else make_user
    session = await open_session(services, await make(services, name="Root"))
    return await bearing(services, session.access_token)


async def create(ctx: Context) -> None:
    await users.create_user(ctx, UserDraft("ana@example.com", PASSWORD, "Ana"))


async def change(ctx: Context) -> None:
    ana = await make_user(ctx.services)
    await users.update_user(ctx, ana.id, UserChange(role=Role.ADMIN))


async def disable(ctx: Context) -> None:
    ana = await make_user(ctx.services)
    await users.update_user(ctx, ana.id, UserChange(status=AccountStatus.DISABLED))


async def delete(ctx: Context) -> None:
    await users.delete_user(ctx, (await make_user(ctx.services)).id)


async def change_password(ctx: Context) -> None:
    await auth.change_password(ctx, PASSWORD, NEW)


async def log_out(ctx: Context) -> None:
    await auth.logout(ctx)


async def log_out_everywhere(ctx: Context) -> None:
    await auth.logout(ctx, everywhere=True)


async def revoke_session(ctx: Context) -> None:
    assert ctx.principal.session_id is not None
    await sessions.revoke_session(ctx, ctx.principal.session_id)


async def create_key(ctx: Context) -> None:
    await api_keys.create_api_key(ctx, "collector")


Deed = Callable[[Context], Awaitable[None]]
DEEDS: list[tuple[Deed, str]] = [
    (create, "user.created"),
    (change, "user.updated"),
    (disable, "user.updated"),
    (delete, "user.deleted"),
    (change_password, "user.password_changed"),
    (log_out, "auth.logout"),
    (log_out_everywhere, "auth.logout"),
    (revoke_session, "session.revoked"),
    (create_key, "api_key.created"),
]


@pytest.mark.parametrize(("deed", "action"), DEEDS)
async def test_each_deed_leaves_one_entry_that_says_who_where_and_what_came_of_it(
    services: Services, clock: ManualClock, deed: Deed, action: str
) -> None:
    ctx = await signed_in(services)
    told = len(await trail(services))

    await deed(ctx)
    await complete(services)

    entries = (await trail(services))[told:]
    assert [entry.action for entry in entries] == [action]
    (entry,) = entries
    assert entry.occurred_ms == entry.recorded_ms == clock.now_ms()
    assert (entry.actor_id, entry.session_id, entry.address, entry.request_id) == (
        ctx.principal.user_id,
        ctx.principal.session_id,
        "192.0.2.7",
        "test",
    )
    assert entry.target_id
    assert entry.result is Result.OK
    written = jsonio.dumps(to_document(entry)).decode()
    assert PASSWORD not in written
    assert NEW not in written


@pytest.mark.parametrize(("deed", "action"), DEEDS)
async def test_a_change_whose_process_died_is_told_by_the_next_one(
    services: Services, deed: Deed, action: str
) -> None:
    ctx = await signed_in(services)
    told = len(await trail(services))
    entries = services.repos.trail._entries
    dying = CrashingCollection(entries, 0, Moment.BEFORE)
    doomed = replace(
        services.repos,
        activity=ActivityRepository(dying.as_collection(), services.repos.chain),
    )
    with pytest.raises(Crash):
        await deed(replace(ctx, services=replace(services, repos=doomed)))
    assert len(await trail(services)) == told

    assert await complete(services) == 1

    assert [one.action for one in (await trail(services))[told:]] == [action]
    assert await complete(services) == 0


async def test_what_cannot_be_told_is_refused_and_told_later(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = await signed_in(services)

    async def away(*_: object) -> set[str]:
        raise Unavailable

    with monkeypatch.context() as patched:
        patched.setattr(services.repos.activity, "append", away)
        with pytest.raises(Unavailable):
            await create(ctx)
    await complete(services)

    assert len(await trail(services, "user.created")) == 1


async def test_a_sign_in_its_refresh_and_a_theft_are_told_once_each(
    services: Services, clock: ManualClock
) -> None:
    ana = await make_user(services, name="Ana")
    nobody = acting(services)
    session = await auth.login(nobody, ana.email, PASSWORD)
    for _ in range(3):  # the second and third get the same pair
        await auth.refresh(acting(services), session.refresh_token)
    clock.advance(11)
    for _ in range(2):
        with pytest.raises(BadRefreshToken):
            await auth.refresh(acting(services), session.refresh_token)
    with pytest.raises(BadCredentials):
        await auth.login(acting(services), ana.email, NEW)

    told = await trail(services)
    (refreshed,) = await trail(services, "auth.refreshed")

    assert [(one.action, one.result) for one in told] == [
        ("auth.login", Result.OK),
        ("auth.refresh_reuse", Result.REFUSED),
        ("auth.login_failed", Result.REFUSED),
    ]
    assert told[0].session_id == told[1].session_id == refreshed.session_id
    assert refreshed.session_id is not None
    tokens = (session.access_token, session.refresh_token)
    for entry in (*told, refreshed):
        written = jsonio.dumps(to_document(entry)).decode()
        assert not any(token in written for token in tokens)


async def test_refreshes_are_in_no_feed_and_found_when_asked_for(
    services: Services, http: httpx.AsyncClient
) -> None:
    ana = await make_user(services)
    mine = await sign_in(http, ana)
    await http.post("/api/v1/auth/refresh", json={"refresh_token": mine.refresh})

    async def actions(**query: str) -> list[str]:
        answer = await http.get(
            "/api/v1/dashboard/activity", params=query, headers=mine.headers
        )
        return [one["action"] for one in answer.json()["data"]]

    assert await actions() == ["auth.login"]
    assert await actions(action="auth.*") == ["auth.login"]
    assert await actions(action="auth.refreshed") == ["auth.refreshed"]
    mixed = await http.get(
        "/api/v1/dashboard/activity?action=auth.refreshed,auth.login",
        headers=mine.headers,
    )
    assert mixed.status_code == 422


async def test_a_refusal_is_told_once_on_either_interface(
    services: Services, http: httpx.AsyncClient
) -> None:
    ana = await make_user(services, name="Ana")
    mine = await sign_in(http, ana)

    answer = await http.get("/api/v1/users", headers=mine.headers)
    assert answer.status_code == 403
    query = {"query": "{ users { totalCount } apiKeys { id } }"}
    await http.post("/graphql", json=query, headers=mine.headers)

    entries = await trail(services, "access.refused")
    assert len(entries) == 2
    assert {one.actor_id for one in entries} == {ana.id}
    assert {one.result for one in entries} == {Result.REFUSED}
    assert entries[0].summary.startswith("Ana was refused GET /api/v1/users: ")


async def test_that_an_administrator_reads_is_told_once_an_hour(
    services: Services, clock: ManualClock
) -> None:
    root = acting(services, await make_admin(services, name="Root"))
    member = acting(services, await make_user(services))

    for _ in range(2):
        await list_activity(root)
        await list_activity(member)
        await users.list_users(root)
    assert {one.summary for one in await trail(services, "audit.read")} == {
        "Root read everybody's activity",
        "Root read the list of accounts",
    }

    clock.advance(3_600)
    await list_activity(root)
    assert len(await trail(services, "audit.read")) == 3
    assert await trail(services) == []


async def test_line_ends_in_what_is_sent_make_no_second_line(
    services: Services, http: httpx.AsyncClient
) -> None:
    ana = await make_user(services, name="Ana")
    mine = await sign_in(http, ana)

    await http.post(
        "/graphql", json={"query": "{ users { nodes { id } } }"}, headers=mine.headers
    )
    await http.post(
        "/api/v1/auth/login",
        json={"email": "a\r\nb@example.com", "password": PASSWORD},
    )
    await http.delete("/api/v1/users/a%0D%0Ab", headers=mine.headers)

    for entry in await trail(services):
        assert "\n" not in entry.summary + entry.actor_label
        assert "\r" not in entry.summary + entry.actor_label


async def test_the_sweeper_anchors_the_chain_when_it_has_grown(
    services: Services, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    await make_admin(services)
    await create(await signed_in(services))
    caplog.set_level("INFO", "audit")

    for _ in range(2):
        await look_after(services)
        clock.advance(60)

    assert [one.message for one in caplog.records] == ["audit anchor"]


async def test_a_refusal_that_cannot_be_told_is_unavailable(
    services: Services, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = await sign_in(http, await make_user(services))

    async def away(*_: object) -> set[str]:
        raise Unavailable

    monkeypatch.setattr(services.repos.activity, "append", away)
    rest = await http.get("/api/v1/users", headers=mine.headers)
    query = {"query": "{ apiKeys { id } }"}
    graphql = await http.post("/graphql", json=query, headers=mine.headers)

    assert (rest.status_code, graphql.status_code) == (503, 503)


async def test_no_request_changes_or_removes_an_entry(
    services: Services, http: httpx.AsyncClient
) -> None:
    root = await sign_in(http, await make_admin(services))
    (entry,) = await trail(services)
    paths = ("/api/v1/dashboard/activity", f"/api/v1/dashboard/activity/{entry.id}")

    for path, method in product(paths, ("PUT", "PATCH", "DELETE")):
        answer = await http.request(method, path, json={}, headers=root.headers)
        assert answer.status_code in (404, 405)
    changing = {
        name for name in dir(ActivityRepository) if not name.startswith("_")
    } - {"append", "by_ids", "get", "page", "pages", "recorded_since"}
    assert changing == set()
    assert await trail(services) == [entry]
