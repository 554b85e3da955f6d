"""From a connection of the web framework to the context of a use case."""

from collections.abc import Sequence

from starlette.requests import HTTPConnection

from domain.activity import Origin
from domain.errors import NotAuthenticated
from domain.principal import ANONYMOUS, Principal
from resolvers.authenticate import authenticate
from resolvers.context import Context, Services

USER_AGENT_MAX = 300


async def open_context(
    services: Services,
    *,
    authorization: Sequence[str] = (),
    address: str | None = None,
    user_agent: str | None = None,
    request_id: str = "-",
    known: Principal | None = None,
) -> Context:
    """The context of a request whose `Authorization` headers are given, or of which it
    is `known` already whose it is.

    A token that does not do makes the principal anonymous with a refusal, which is
    raised only by what needs somebody signed in.

    Raises:
        Unavailable: the session cannot be checked just now.
    """
    principal = known or await _principal(services, authorization)
    agent = user_agent[:USER_AGENT_MAX] if user_agent else None
    origin = Origin(request_id=request_id, address=address, user_agent=agent)
    return Context(services=services, principal=principal, origin=origin)


async def context_of(connection: HTTPConnection) -> Context:
    """The context of an HTTP request, or of a socket's handshake.

    Also leaves the user's id where the access log finds it.
    """
    context = await open_context(
        services_of(connection),
        authorization=connection.headers.getlist("authorization"),
        address=connection.client.host if connection.client else None,
        user_agent=connection.headers.get("user-agent"),
        request_id=request_id_of(connection),
        known=getattr(connection.state, "principal", None),
    )
    connection.state.user_id = context.principal.actor_id
    return context


def services_of(connection: HTTPConnection) -> Services:
    """The services of the process; `app.lifespan` made them."""
    services: Services = connection.state.services
    return services


def request_id_of(connection: HTTPConnection) -> str:
    """The id `app.http.middleware.RequestId` gave this request."""
    return str(getattr(connection.state, "request_id", "-"))


async def _principal(services: Services, authorization: Sequence[str]) -> Principal:
    if not authorization:
        return ANONYMOUS
    scheme, _, token = authorization[0].partition(" ")
    if len(authorization) > 1 or scheme.lower() != "bearer" or not token.strip():
        refusal = NotAuthenticated("Send one header `Authorization: Bearer <token>`")
        return Principal(refusal=refusal)
    return await authenticate(services, token.strip())
