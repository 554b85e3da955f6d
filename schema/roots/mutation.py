"""Everything that can be changed: each field calls one use case, wraps the record."""

from functools import partial

import strawberry

from domain.errors import BadRefreshToken
from resolvers import (
    activity,
    api_keys,
    auth,
    metrics,
    notifications,
    sessions,
    users,
)
from schema.info import Info
from schema.scalars import DateTime
from schema.types.activity import ActivityInput
from schema.types.auth import ApiKey, ApiKeySecret, AuthPayload, AuthState
from schema.types.inputs import CreateUserInput, UpdateUserInput
from schema.types.notification import NotificationInput
from schema.types.recording import MetricPointInput, RecordResult
from schema.types.user import User


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Opens a session.")
    async def login(self, info: Info, email: str, password: str) -> AuthPayload:
        return AuthPayload.of(await auth.login(info.context, email, password))

    @strawberry.mutation(
        description="Spends a refresh token for its successor. The same token again "
        "within 10 seconds gets the same successor; later it ends the session."
    )
    async def refresh_token(
        self, info: Info, refresh_token: str | None = None
    ) -> AuthPayload:
        if refresh_token is None:
            raise BadRefreshToken  # the browser's cookie does not come here
        return AuthPayload.of(await auth.refresh(info.context, refresh_token))

    @strawberry.mutation(description="Ends this session, or all of yours.")
    async def logout(self, info: Info, *, everywhere: bool | None = False) -> bool:
        return await auth.logout(info.context, everywhere=bool(everywhere))

    @strawberry.mutation(
        description="Goes on with a fresh access token of yours, on a connection that "
        "outlives its first one."
    )
    async def authenticate(self, info: Info, access_token: str) -> AuthState:
        renew = info.context.stream.renew or partial(auth.renew, info.context)
        expires_ms = await renew(access_token)
        return AuthState(expires_at=DateTime(expires_ms))

    @strawberry.mutation(description="For administrators.")
    async def create_user(self, info: Info, input: CreateUserInput) -> User:  # noqa: A002
        return User.of(await users.create_user(info.context, input.to_record()))

    @strawberry.mutation(
        description="Your own account, or anyone's for administrators. With "
        "`expectedVersion` it is a CONFLICT if somebody changed it meanwhile."
    )
    async def update_user(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        input: UpdateUserInput,  # noqa: A002
        expected_version: int | None = None,
    ) -> User:
        change = input.to_record()
        return User.of(
            await users.update_user(info.context, id, change, expected_version)
        )

    @strawberry.mutation(description="Gives back the id; for administrators.")
    async def delete_user(self, info: Info, id: strawberry.ID) -> strawberry.ID:  # noqa: A002
        return strawberry.ID(await users.delete_user(info.context, id))

    @strawberry.mutation(description="Ends your other sessions.")
    async def change_password(
        self, info: Info, current_password: str, new_password: str
    ) -> bool:
        return await auth.change_password(info.context, current_password, new_password)

    @strawberry.mutation(description="True if the session was alive until now.")
    async def revoke_session(self, info: Info, id: strawberry.ID) -> bool:  # noqa: A002
        return await sessions.revoke_session(info.context, id)

    @strawberry.mutation(
        description="Ends your sessions but for this one; gives back which were alive."
    )
    async def revoke_other_sessions(self, info: Info) -> list[strawberry.ID]:
        ended = await sessions.revoke_other_sessions(info.context)
        return [strawberry.ID(one) for one in ended]

    @strawberry.mutation(
        description="Up to 1,000 points, each taken or rejected by itself; for "
        "administrators and API keys."
    )
    async def record_metrics(
        self,
        info: Info,
        points: list[MetricPointInput],
        idempotency_key: str | None = None,
    ) -> RecordResult:
        sent = [point.to_record() for point in points]
        result = await metrics.record_metrics(info.context, sent, idempotency_key)
        return RecordResult.of(result)

    @strawberry.mutation(
        description="Up to 1,000 events, each taken or rejected by itself; for "
        "administrators and API keys."
    )
    async def record_activity(
        self,
        info: Info,
        events: list[ActivityInput],
        idempotency_key: str | None = None,
    ) -> RecordResult:
        sent = [event.to_record() for event in events]
        result = await activity.record_activity(info.context, sent, idempotency_key)
        return RecordResult.of(result)

    @strawberry.mutation(
        description="Gives back the id in each inbox, in the order of `userIds`; for "
        "administrators."
    )
    async def send_notification(
        self,
        info: Info,
        input: NotificationInput,  # noqa: A002
        idempotency_key: str | None = None,
    ) -> list[strawberry.ID]:
        draft = input.to_record()
        ids = await notifications.send_notification(
            info.context, input.user_ids, draft, idempotency_key
        )
        return [strawberry.ID(one) for one in ids]

    @strawberry.mutation(
        description="These of yours, or all from before a moment, or, with neither, "
        "all. Gives back how many were unread."
    )
    async def mark_notifications_read(
        self,
        info: Info,
        ids: list[strawberry.ID] | None = None,
        before: DateTime | None = None,
    ) -> int:
        return await notifications.mark_read(info.context, ids=ids, before_ms=before)

    @strawberry.mutation(description="For administrators.")
    async def create_api_key(self, info: Info, name: str) -> ApiKeySecret:
        key, secret = await api_keys.create_api_key(info.context, name)
        return ApiKeySecret(api_key=ApiKey.of(key), secret=secret)

    @strawberry.mutation(description="For administrators.")
    async def revoke_api_key(self, info: Info, id: strawberry.ID) -> bool:  # noqa: A002
        return await api_keys.revoke_api_key(info.context, id)
