"""Every question that is asked once per level instead of once per row."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from aiodataloader import DataLoader

from domain.sessions import Session
from domain.users import Presence, User
from loaders.base import by_key
from persistence.repositories import Repositories

T = TypeVar("T")
# Answers by key, None while nobody can tell.
Ask: TypeAlias = Callable[[Sequence[str]], Awaitable[Mapping[str, T] | None]]


@dataclass(frozen=True)
class Loaders:
    """One field per question. They remember what they loaded, so they are made
    anew for each operation: see `docs/adr/0003-loaders-fresh-per-operation.md`.

    `user` answers None for an id nobody has. `sessions_by_user` answers every
    session its user still lists, revoked and expired ones too, newest first; None
    for an id nobody has. Both cost one read of MongoDB per 500 keys; sessions cost
    one more for users that were not loaded yet. `presence` of a user and `connections`
    of a session come from Redis, and are None while it is away.
    """

    user: DataLoader[str, User | None]
    sessions_by_user: DataLoader[str, list[Session] | None]
    presence: DataLoader[str, Presence | None]
    connections: DataLoader[str, int | None]

    def remember(self, users: Iterable[User]) -> None:
        """Records read by other means, such as a page: not to be read again."""
        for user in users:
            self.user.prime(user.id, user)


def make_loaders(
    repos: Repositories,
    *,
    statuses: Ask[Presence],
    connections: Ask[int],
) -> Loaders:
    """Loaders that remember nothing yet. Needs a running event loop.

    `statuses` and `connections` are those of `realtime.presence`.
    """
    user = by_key(repos.users.by_ids, "user")

    async def sessions(ids: Sequence[str]) -> Mapping[str, list[Session]]:
        users = [found for found in await user.load_many(ids) if found is not None]
        wanted = [session_id for found in users for session_id in found.session_ids]
        known = await repos.sessions.by_ids(wanted) if wanted else {}
        return {
            found.id: _newest_first(
                known[session_id]
                for session_id in found.session_ids
                if session_id in known
            )
            for found in users
        }

    return Loaders(
        user=user,
        sessions_by_user=by_key(sessions, "sessions_by_user"),
        presence=by_key(_or_nothing(statuses), "presence"),
        connections=by_key(_or_nothing(connections), "connections"),
    )


def _or_nothing(ask: Ask[T]) -> Callable[[Sequence[str]], Awaitable[Mapping[str, T]]]:
    async def answer(ids: Sequence[str]) -> Mapping[str, T]:
        return await ask(ids) or {}

    return answer


def _newest_first(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda session: session.created_ms, reverse=True)
