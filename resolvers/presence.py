"""Who is online: those with an open connection, on any replica.

While Redis is away nobody can tell; those seen within the last minutes stand in.
"""

from collections.abc import Collection

from domain.errors import InvalidInput
from domain.paging import PAGE_MAX
from domain.sessions import Session
from domain.users import Presence, User
from resolvers.context import Context, Services

ONLINE_MAX = 20_000  # as many as a filter looks at


async def presence_of(ctx: Context, user: User) -> Presence:
    """Whether they are online; one round trip for all who are asked about at once."""
    told = await ctx.loaders.presence.load(user.id)
    if told is not None:
        return told
    seen = user.seen_ms >= _since_ms(ctx.services)
    return Presence.ONLINE if seen else Presence.OFFLINE


async def online_users(ctx: Context, first: int = 50) -> list[User]:
    """Those online, who came last first; at most 100."""
    ctx.principal.require_user()
    if not 1 <= first <= PAGE_MAX:
        raise InvalidInput.of("first", f"must be between 1 and {PAGE_MAX}")
    ids = await ctx.services.live.presence.online_ids(first)
    if ids is None:
        users = await ctx.repos.users.online(first, _since_ms(ctx.services))
        ctx.loaders.remember(users)
        return users
    found = await ctx.loaders.user.load_many(ids)
    return [user for user in found if user is not None]


async def online_ids(ctx: Context) -> Collection[str]:
    """The ids of all who are online, for a filter; at most 20,000.

    Raises:
        InvalidInput: there are more; names `filter.presence`.
    """
    ids = await ctx.services.live.presence.online_ids(ONLINE_MAX + 1)
    if ids is None:
        since_ms = _since_ms(ctx.services)
        seen = await ctx.repos.users.online(ONLINE_MAX + 1, since_ms)
        ids = [user.id for user in seen]
    if len(ids) > ONLINE_MAX:
        raise InvalidInput.of("filter.presence", "finds too many: leave it out")
    return frozenset(ids)


async def count_online(services: Services) -> int:
    """How many are online."""
    count = await services.live.presence.online_count()
    if count is None:
        return await services.repos.users.count_seen(_since_ms(services))
    return count


async def live_connections(ctx: Context, session: Session) -> int:
    """How many sockets and event streams the session holds open, on all replicas;
    0 while Redis is away.
    """
    return await ctx.loaders.connections.load(session.id) or 0


async def note_seen(services: Services) -> None:
    """Keep in MongoDB when whoever is connected here was last seen.

    Raises:
        Unavailable: it could not be written; it is kept for the next time.
    """
    await services.live.presence.flush_seen(services.repos.users.touch)


def _since_ms(services: Services) -> int:
    return services.clock.now_ms() - services.limits.online_window_s * 1000
