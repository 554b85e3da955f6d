"""Keys for machines that record metrics and activity."""

import secrets

from domain.activity import Activity, Severity
from domain.errors import NotFound
from domain.ids import API_KEY
from domain.sessions import ApiKey
from domain.users import check_name
from kit.ids import random_id
from resolvers.audit import append, entry_for
from resolvers.authenticate import API_KEY_PREFIX, secret_hash
from resolvers.context import Context

_SECRET_BYTES = 32
_HINT_LENGTH = 4


async def list_api_keys(ctx: Context) -> list[ApiKey]:
    """All keys, without their secrets, which nobody has; for an administrator."""
    ctx.principal.require_admin()
    return await ctx.repos.api_keys.list()


async def create_api_key(ctx: Context, name: str) -> tuple[ApiKey, str]:
    """A new key and its secret `udk_…`, which cannot be shown again."""
    admin_id = ctx.principal.require_admin()
    secret = API_KEY_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    key = ApiKey(
        id=random_id(API_KEY),
        name=check_name(name),
        hint=secret[-_HINT_LENGTH:],
        created_ms=ctx.now_ms(),
        created_by=admin_id,
        last_used_ms=0,
        revoked=False,
    )
    entry = _entry(ctx, "api_key.created", key)
    await ctx.repos.api_keys.insert(key, secret_hash(secret), entry=entry)
    await append(ctx, [entry])
    return key, secret


async def revoke_api_key(ctx: Context, key_id: str) -> bool:
    """End a key: the next request with it is refused. Returns whether it was live.

    Raises:
        NotFound: there is no such key.
    """
    ctx.principal.require_admin()
    keys = await ctx.repos.api_keys.list()
    key = next((key for key in keys if key.id == key_id), None)
    if key is None:
        raise NotFound
    entry = _entry(ctx, "api_key.revoked", key)
    was_live = await ctx.repos.api_keys.revoke(key.id, entry=entry)
    if was_live:
        await append(ctx, [entry])
    return was_live


def _entry(ctx: Context, action: str, key: ApiKey) -> Activity:
    verb = action.rpartition(".")[2]
    return entry_for(
        ctx,
        action,
        summary=f"{ctx.principal.label} {verb} the API key {key.name} (…{key.hint})",
        target=("api_key", key.id, key.name),
        severity=Severity.NOTICE,
    )
