"""A browser's refresh token: in a cookie no script reads and no other site sends.

Only callers who say so, with the header `X-Refresh-Token: cookie`, get and use it.
A foreign page cannot add that header without asking us first (CORS), and the
`Origin` is checked beside it.
"""

from collections.abc import Collection
from http.cookies import SimpleCookie

from starlette.requests import Request

from domain.errors import InvalidInput, NotAllowed

HEADER = "X-Refresh-Token"
NAME = "refresh_token"
PATH = "/api/v1/auth"


def is_wanted(request: Request, origins: Collection[str]) -> bool:
    """Whether the caller keeps the refresh token in the cookie.

    Raises:
        InvalidInput: the header says something else than "cookie".
        NotAllowed: the page that calls is neither ours nor one of `origins`.
    """
    asked = request.headers.get(HEADER)
    if asked is None:
        return False
    if asked.strip().lower() != "cookie":
        raise InvalidInput.of(HEADER, 'must be "cookie", or be left out')
    origin = request.headers.get("origin")
    if origin is None or origin in origins:
        return True
    # Only the host: behind a proxy that ends TLS our own scheme differs.
    if origin.partition("://")[2] != request.headers.get("host"):
        raise NotAllowed("This origin may not use the cookie")
    return True


def kept(token: str, *, max_age_s: int, secure: bool) -> str:
    """The `Set-Cookie` that keeps `token`; with an empty one, that removes it."""
    cookie = SimpleCookie({NAME: token})
    morsel = cookie[NAME]
    morsel["path"] = PATH
    morsel["max-age"] = max_age_s
    morsel["httponly"] = True
    morsel["samesite"] = "Strict"
    morsel["secure"] = secure
    return morsel.OutputString()
