"""`/api/v1/users`."""

from collections.abc import Mapping, Sequence
from functools import partial

from starlette.requests import Request

from app.http.etag import versions
from app.rest import bodies, present, queries, read, shapes
from app.rest.operation import Answer, Call, NoBody
from app.rest.queries import NoQuery
from domain.errors import Conflict, InvalidInput, NotFound, VersionMismatch
from domain.paging import PAGE_MAX
from domain.users import User, UserChange, UserDraft, UserFilter
from resolvers import users
from resolvers.context import Context

PATH = "/api/v1/users"
_NO_VERSION = -1


async def list_users(
    call: Call[queries.Users, NoBody],
) -> Answer[list[shapes.User]]:
    asked = call.query
    offset = (asked.page - 1) * asked.page_size
    if offset + asked.page_size > queries.REACH_MAX:
        reason = f"must not reach past entry {queries.REACH_MAX}; search instead"
        raise InvalidInput.of("page", reason)
    where = asked.where()
    total = await users.count_users(call.ctx, where)
    found = await _entries(call.ctx, where, asked, offset) if offset < total else []
    return Answer(
        await present.users_of(call.ctx, found),
        pagination={
            "page": asked.page,
            "page_size": asked.page_size,
            "total": total,
            "pages": -(-total // asked.page_size),
        },
    )


async def get_user(call: Call[NoQuery, NoBody]) -> Answer[shapes.User]:
    found = await users.get_user(call.ctx, _id(call.request))
    if found is None:
        raise NotFound
    return await _user(call.ctx, found)


async def create_user(call: Call[NoQuery, bodies.CreateUser]) -> Answer[shapes.User]:
    key = read.idempotency_key(call.request)
    made = await users.create_user(call.ctx, UserDraft(**dict(call.body)), key)
    return await _user(call.ctx, made, {"Location": f"{PATH}/{made.id}"})


async def update_user(call: Call[NoQuery, bodies.UpdateUser]) -> Answer[shapes.User]:
    user_id = _id(call.request)
    body = call.body
    change = UserChange(**{one: getattr(body, one) for one in body.model_fields_set})
    expected = await _expected_version(call.ctx, user_id, call.request)
    try:
        changed = await users.update_user(call.ctx, user_id, change, expected)
    except Conflict as err:
        if err.field == "expectedVersion":
            raise VersionMismatch from err
        raise
    return await _user(call.ctx, changed)


async def delete_user(call: Call[NoQuery, NoBody]) -> Answer[shapes.DeletedUser]:
    return Answer({"id": await users.delete_user(call.ctx, _id(call.request))})


def _id(request: Request) -> str:
    return str(request.path_params["id"])


async def _user(
    ctx: Context, record: User, headers: Mapping[str, str] | None = None
) -> Answer[shapes.User]:
    said = await present.user(ctx, record)
    return Answer(said, headers=headers or {}, version=record.version)


async def _entries(
    ctx: Context, where: UserFilter, asked: queries.Users, offset: int
) -> Sequence[User]:
    """The page that starts at `offset`. The list can only be walked, in steps of
    100: the safe subset of what databases agree on has no skipping.
    """
    list_page = partial(users.list_users, ctx, where=where, order=asked.sort.order)
    after = None
    while offset > 0:
        passed = await list_page(first=min(offset, PAGE_MAX), after=after)
        if not passed.has_next:
            return []
        offset -= len(passed.items)
        after = ctx.services.cursors.sign(
            f"users:{asked.sort.order}", passed.positions[-1]
        )
    return (await list_page(first=asked.page_size, after=after)).items


async def _expected_version(ctx: Context, user_id: str, request: Request) -> int | None:
    """The version `If-Match` insists on; None when it insists on none, and one that
    there never was when it names no good one.
    """
    header = ", ".join(request.headers.getlist("if-match"))
    wanted = versions(header) if header else None
    if wanted is None:
        return None
    if len(wanted) > 1:
        found = await users.get_user(ctx, user_id)
        wanted &= {found.version} if found else set()
    return next(iter(wanted), _NO_VERSION)
