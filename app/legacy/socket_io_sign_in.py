"""Who a Socket.IO client is: `auth: {token, after}`, as it connects."""

from collections.abc import Mapping
from typing import Any

from app.context import open_context
from app.legacy.cursor import Positions, read_positions
from domain.errors import InvalidInput, NotAuthenticated
from resolvers.context import Context, Services


async def sign_in(
    services: Services, environ: Mapping[str, Any], auth: object
) -> tuple[Context, Positions | None]:
    """The client's context, and where it wants to go on from.

    Raises:
        NotAuthenticated, NotAllowed: the token does not do, or is a machine's.
        InvalidInput: `after` is no cursor.
        Unavailable: the token cannot be checked just now.
    """
    said = auth if isinstance(auth, Mapping) else {}
    token, after = said.get("token"), said.get("after")
    if not isinstance(token, str):
        raise NotAuthenticated("Connect with auth: {token}")
    scope = environ["asgi.scope"]
    context = await open_context(
        services,
        authorization=[f"Bearer {token}"],
        address=address_of(environ),
        user_agent=environ.get("HTTP_USER_AGENT"),
        request_id=scope["state"]["request_id"],
    )
    context.principal.require_user()
    if after is None:
        return context, None
    if not isinstance(after, str):
        raise InvalidInput.of("after", "must be a cursor")
    return context, read_positions(services, after)


def address_of(environ: Mapping[str, Any]) -> str | None:
    """What `REMOTE_ADDR` is not: the server puts 127.0.0.1 there."""
    client = environ["asgi.scope"].get("client")
    return client[0] if client else None


def token_in(said: tuple[Any, ...]) -> str:
    """The token in the first value of an event.

    Raises:
        InvalidInput: there is none.
    """
    token = said[0].get("token") if said and isinstance(said[0], Mapping) else None
    if not isinstance(token, str):
        raise InvalidInput.of("token", "must be an access token")
    return token
