"""Storing a new account, whoever asked for it."""

import secrets

from domain.activity import Origin, field_changes
from domain.ids import USER, UserId
from domain.principal import SYSTEM, Role
from domain.user_rules import check_draft
from domain.users import NewUser, User, UserDraft
from kit.ids import random_id
from resolvers.audit import append, entry_for
from resolvers.context import Context, Services
from resolvers.last_admin import one_at_a_time
from resolvers.passwords import hash_password
from resolvers.stats import touch_stats

# A fresh install without settings must be usable; nobody receives mail there.
FIRST_ADMIN_EMAIL = "admin@localhost"
FIRST_ADMIN_NAME = "Administrator"
_ONE_TIME_BYTES = 15  # 20 characters to type


async def ensure_first_admin(
    services: Services, email: str | None, password: str | None
) -> str | None:
    """Make an administrator when there is no active one; at the start of a process.

    Without `email` it is admin@localhost, for nothing works without a first one.
    Without `password` a random one is made and returned, to be shown once and kept
    nowhere; None is returned when there was nothing to make up. Of several
    processes starting together one does it.

    Raises:
        InvalidInput: the e-mail or the password breaks its rule.
        Conflict: the e-mail is that of an account which is no active administrator.
    """
    ctx = Context(services, SYSTEM, Origin(request_id="start"))
    if await ctx.repos.users.count_admins():
        return None
    draft = UserDraft(
        email=email or FIRST_ADMIN_EMAIL,
        password=password or secrets.token_urlsafe(_ONE_TIME_BYTES),
        name=FIRST_ADMIN_NAME,
        role=Role.ADMIN,
    )
    async with one_at_a_time(ctx):
        if await ctx.repos.users.count_admins():
            return None
        await add_user(ctx, check_draft(draft))
    return None if password else draft.password


async def add_user(
    ctx: Context, draft: UserDraft, *, user_id: str | None = None
) -> User:
    """Store a checked draft. Asks nobody's leave: that is its caller's part."""
    new = NewUser(
        id=UserId(user_id or random_id(USER)),
        email=draft.email,
        name=draft.name,
        role=draft.role,
        avatar_url=draft.avatar_url,
        password_hash=await hash_password(ctx, draft.password),
    )
    entry = entry_for(
        ctx,
        "user.created",
        summary=f"{ctx.principal.label} created the account of {new.name}",
        target=("user", new.id, new.name),
        changes=field_changes({}, {"email": new.email, "role": new.role}),
        once=(new.id,),
    )
    user = await ctx.repos.users.insert(new, ctx.now_ms(), entry=entry)
    await append(ctx, [entry])
    await touch_stats(ctx)
    return user
