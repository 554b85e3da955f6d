"""Keys: how machines come in, and how they are kept out again."""

import pytest

from domain.errors import InvalidInput, NotAllowed, NotAuthenticated, NotFound
from domain.principal import Role
from resolvers import api_keys
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, bearing, make_admin, make_user
from tests.support.trail import trail


async def test_a_key_lets_a_machine_record_and_nothing_else(
    services: Services,
) -> None:
    admin = acting(services, await make_admin(services))

    key, secret = await api_keys.create_api_key(admin, " collector ")

    principal = (await bearing(services, secret)).principal
    assert secret.startswith("udk_")
    assert (principal.role, principal.label) == (Role.SERVICE, "collector")
    assert principal.require_recorder() == key.id
    with pytest.raises(NotAllowed):
        principal.require_user()


async def test_the_secret_is_shown_once_and_kept_nowhere(
    services: Services, database_ops: DatabaseOps
) -> None:
    admin = acting(services, await make_admin(services))

    key, secret = await api_keys.create_api_key(admin, "collector")

    assert secret not in repr([op.command for op in database_ops])
    (listed,) = await api_keys.list_api_keys(admin)
    assert (listed.id, listed.name, listed.hint) == (key.id, "collector", secret[-4:])
    assert listed.created_by == admin.principal.user_id
    (entry,) = await trail(services, "api_key.created")
    assert (entry.target_type, entry.target_id) == ("api_key", key.id)
    assert secret not in repr(entry)


async def test_a_revoked_key_is_refused_at_once(services: Services) -> None:
    admin = acting(services, await make_admin(services))
    key, secret = await api_keys.create_api_key(admin, "collector")
    assert (await bearing(services, secret)).principal.key_id

    assert await api_keys.revoke_api_key(admin, key.id)

    principal = (await bearing(services, secret)).principal
    with pytest.raises(NotAuthenticated):
        principal.require_recorder()
    assert not await api_keys.revoke_api_key(admin, key.id)
    assert len(await trail(services, "api_key.revoked")) == 1
    with pytest.raises(NotFound):
        await api_keys.revoke_api_key(admin, "k_none")


async def test_a_changed_secret_is_no_key(services: Services) -> None:
    admin = acting(services, await make_admin(services))
    _, secret = await api_keys.create_api_key(admin, "collector")

    for wrong in (secret[:-1], secret + "x", secret.upper(), "udk_" + "A" * 43):
        assert (await bearing(services, wrong)).principal.role is None


async def test_last_use_is_noted(services: Services, clock: ManualClock) -> None:
    admin = acting(services, await make_admin(services))
    _, secret = await api_keys.create_api_key(admin, "collector")
    clock.advance(60)

    await bearing(services, secret)

    (key,) = await api_keys.list_api_keys(admin)
    assert key.last_used_ms == clock.now_ms()


async def test_keys_are_for_administrators(services: Services) -> None:
    member = acting(services, await make_user(services))
    nobody = acting(services)
    admin = acting(services, await make_admin(services))
    _, secret = await api_keys.create_api_key(admin, "collector")
    machine = await bearing(services, secret)

    for ctx, refusal in (
        (member, NotAllowed),
        (machine, NotAllowed),
        (nobody, NotAuthenticated),
    ):
        with pytest.raises(refusal):
            await api_keys.list_api_keys(ctx)
        with pytest.raises(refusal):
            await api_keys.create_api_key(ctx, "mine")
        with pytest.raises(refusal):
            await api_keys.revoke_api_key(ctx, "k_1")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "\ud800"])
async def test_a_key_has_a_name(services: Services, name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await api_keys.create_api_key(
            acting(services, await make_admin(services)), name
        )

    assert caught.value.problems[0].field == "name"
