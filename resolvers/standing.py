"""Whether those who signed in some time ago still are."""

from collections.abc import Collection, Mapping

from domain.ids import SessionId
from domain.users import AccountStatus, User
from resolvers.context import Services


async def still_signed_in(
    services: Services, session_ids: Collection[SessionId]
) -> Mapping[SessionId, User]:
    """The account behind each of the sessions that is live; the others are over.

    Asks MongoDB, never the cache: two reads for each 500 sessions.

    Raises:
        Unavailable: MongoDB did not answer.
    """
    sessions = await services.repos.sessions.by_ids(list(session_ids))
    now_ms = services.clock.now_ms()
    owners = {
        SessionId(session.id): session.user_id
        for session in sessions.values()
        if session.is_live(now_ms)
    }
    users = await services.repos.users.by_ids(list({*owners.values()}))
    return {
        session_id: users[user_id]
        for session_id, user_id in owners.items()
        if user_id in users and users[user_id].status is AccountStatus.ACTIVE
    }
