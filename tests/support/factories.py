"""People, machines and their requests, made in one line."""

import itertools
import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from domain.activity import Origin
from domain.ids import API_KEY, USER, UserId
from domain.principal import ANONYMOUS, Principal, Role
from domain.sessions import ApiKey
from domain.users import AccountStatus, NewUser, User
from kit.ids import random_id
from resolvers import auth
from resolvers.authenticate import API_KEY_PREFIX, authenticate, secret_hash
from resolvers.context import Context, Services
from resolvers.sign_in import SignIn

PASSWORD = "correct horse battery staple"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_numbers = itertools.count(1)


async def make_user(
    services: Services,
    *,
    role: Role = Role.MEMBER,
    name: str | None = None,
    email: str | None = None,
    password: str = PASSWORD,
    status: AccountStatus = AccountStatus.ACTIVE,
) -> User:
    """A stored account; leaves nothing in the trail."""
    number = next(_numbers)
    now_ms = services.clock.now_ms()
    new = NewUser(
        id=UserId(random_id(USER)),
        email=email or f"user{number}@example.com",
        name=name or f"User {number}",
        role=role,
        avatar_url=None,
        password_hash=await services.passwords.hash(password),
    )
    user = await services.repos.users.insert(new, now_ms)
    if status is AccountStatus.ACTIVE:
        return user
    changed = await services.repos.users.update(
        user.id, {"status": status}, user.version, now_ms
    )
    assert changed is not None
    return changed


async def make_admin(services: Services, **wishes: Any) -> User:
    return await make_user(services, role=Role.ADMIN, **wishes)


def acting(services: Services, user: User | None = None) -> Context:
    """A request of `user`'s without a session behind it, or of nobody's."""
    principal = ANONYMOUS
    if user is not None:
        principal = Principal(role=user.role, label=user.name, user_id=user.id)
    return Context(services, principal, make_origin())


def make_origin() -> Origin:
    return Origin(request_id="test", address="192.0.2.7", user_agent=FIREFOX)


async def open_session(services: Services, user: User) -> SignIn:
    """What signing in as `user` hands out."""
    return await auth.login(acting(services), user.email, PASSWORD)


async def bearing(services: Services, token: str) -> Context:
    """A request with that bearer token, as an edge would make it."""
    return Context(services, await authenticate(services, token), make_origin())


async def make_api_key(services: Services, user: User, name: str = "collector") -> str:
    """The secret of a stored key."""
    secret = API_KEY_PREFIX + secrets.token_urlsafe(32)
    now_ms = services.clock.now_ms()
    key = ApiKey(
        id=random_id(API_KEY),
        name=name,
        hint=secret[-4:],
        created_ms=now_ms,
        created_by=user.id,
        last_used_ms=0,
        revoked=False,
    )
    await services.repos.api_keys.insert(key, secret_hash(secret))
    return secret


@dataclass(frozen=True)
class Tokens:
    """A pair as the wire gave it."""

    access: str
    refresh: str

    @property
    def headers(self) -> dict[str, str]:
        return bearer(self.access)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def sign_in(
    http: httpx.AsyncClient, user: User, password: str = PASSWORD
) -> Tokens:
    """Signs in over REST."""
    answer = await http.post(
        "/api/v1/auth/login", json={"email": user.email, "password": password}
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    data = answer.json()["data"]
    return Tokens(data["access_token"], data["refresh_token"])
