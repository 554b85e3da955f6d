"""A new password for who has forgotten theirs."""

from domain.activity import Severity
from domain.errors import NotFound
from domain.passwords import check_password
from domain.users import User, check_email
from resolvers.audit import append, entry_for
from resolvers.authenticate import forget
from resolvers.context import Context
from resolvers.notices import tell_of_set_password
from resolvers.passwords import store_password


async def set_password(ctx: Context, email: str, new: str) -> User:
    """Whose it is; all their sessions end, and they are told.

    Asks for nothing of theirs: only for whoever has the machine.

    Raises:
        NotFound: nobody has that e-mail.
        InvalidInput: `new` is too short or too common.
    """
    found = await ctx.repos.users.credentials_by_email(check_email(email))
    if found is None:
        raise NotFound(f"nobody has the e-mail {email}")
    user, _ = found
    new = check_password(new, own=(user.name, user.email))
    entry = entry_for(
        ctx,
        "user.password_changed",
        summary=f"The password of {user.name} was set on the command line",
        target=("user", user.id, user.name),
        severity=Severity.WARNING,
    )
    await store_password(ctx, user, new, entry=entry)
    await ctx.repos.sessions.revoke_all(user.id)
    await forget(ctx.services, user.id)
    await append(ctx, [entry])
    await tell_of_set_password(ctx, user.id)
    return user
