"""`/api/v1/auth`."""

from starlette.requests import Request

from app.rest import bodies, cookie, present, shapes
from app.rest.operation import Answer, Call, NoBody
from app.rest.queries import NoQuery
from app.settings.settings import Settings
from domain.errors import BadRefreshToken, InvalidInput
from resolvers import auth, users
from resolvers.sign_in import SignIn

NO_STORE = {"Cache-Control": "no-store"}
COOKIE_HEADER = {
    cookie.HEADER: {
        "description": "`cookie`: the refresh token goes into, and comes from, an "
        "HttpOnly cookie instead of the JSON body. For browsers.",
        "schema": {"type": "string", "enum": ["cookie"]},
    }
}


async def login(call: Call[NoQuery, bodies.Login]) -> Answer[shapes.Tokens]:
    in_cookie = _in_cookie(call.request)
    signed_in = await auth.login(call.ctx, call.body.email, call.body.password)
    return await _tokens(call, signed_in, in_cookie=in_cookie)


async def refresh(call: Call[NoQuery, bodies.Refresh]) -> Answer[shapes.Tokens]:
    in_cookie = _in_cookie(call.request)
    token = call.body.refresh_token
    if token is None and in_cookie:
        token = call.request.cookies.get(cookie.NAME)
        if token is None:
            raise BadRefreshToken("There is no refresh token in the cookie: sign in")
    if token is None:
        raise InvalidInput.of("refresh_token", "is required")
    renewed = await auth.refresh(call.ctx, token)
    return await _tokens(call, renewed, in_cookie=in_cookie)


async def logout(call: Call[NoQuery, bodies.Logout]) -> Answer[shapes.LoggedOut]:
    ended = await auth.logout(call.ctx, everywhere=call.body.everywhere)
    headers = NO_STORE
    if cookie.NAME in call.request.cookies:
        gone = cookie.kept("", max_age_s=0, secure=_is_secure(call.request))
        headers = {**NO_STORE, "Set-Cookie": gone}
    return Answer({"logged_out": ended}, headers=headers)


async def me(call: Call[NoQuery, NoBody]) -> Answer[shapes.User]:
    record = await users.me(call.ctx)
    said = await present.user(call.ctx, record)
    return Answer(said, headers=NO_STORE, version=record.version)


async def _tokens(
    call: Call[NoQuery, bodies.Login] | Call[NoQuery, bodies.Refresh],
    signed_in: SignIn,
    *,
    in_cookie: bool,
) -> Answer[shapes.Tokens]:
    headers = NO_STORE
    if in_cookie:
        kept = cookie.kept(
            signed_in.refresh_token,
            max_age_s=call.ctx.limits.refresh_token_ttl_s,
            secure=_is_secure(call.request),
        )
        headers = {**NO_STORE, "Set-Cookie": kept}
    said: shapes.Tokens = {
        "access_token": signed_in.access_token,
        "refresh_token": None if in_cookie else signed_in.refresh_token,
        "token_type": "bearer",
        "expires_in": signed_in.expires_in_s,
        "user": await present.user(call.ctx, signed_in.user),
    }
    return Answer(said, headers=headers)


def _in_cookie(request: Request) -> bool:
    return cookie.is_wanted(request, _settings(request).backend_cors_origins)


def _is_secure(request: Request) -> bool:
    return _settings(request).env == "production"


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.platform.settings
    return settings
