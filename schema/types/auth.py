"""What signing in hands out, for people and for machines."""

import strawberry

from domain import sessions
from resolvers.sign_in import SignIn
from resolvers.users import get_user
from schema.info import Info
from schema.scalars import DateTime
from schema.types.user import User


@strawberry.type
class AuthPayload:
    access_token: str
    refresh_token: str
    token_type: str = strawberry.field(description='Always "bearer".')
    expires_in: int = strawberry.field(
        description="Seconds the access token is good for."
    )
    user: User

    @classmethod
    def of(cls, record: SignIn) -> "AuthPayload":
        return cls(
            access_token=record.access_token,
            refresh_token=record.refresh_token,
            token_type="bearer",  # noqa: S106  a scheme, not a secret
            expires_in=record.expires_in_s,
            user=User.of(record.user),
        )


@strawberry.type
class AuthState:
    expires_at: DateTime = strawberry.field(
        description="When the access token that is in effect now ends."
    )


@strawberry.type(description="A machine's key: it may record, and nothing else.")
class ApiKey:
    record: strawberry.Private[sessions.ApiKey]
    id: strawberry.ID
    name: str
    hint: str = strawberry.field(description="The last characters of the secret.")
    created_at: DateTime
    last_used_at: DateTime | None
    revoked: bool

    @classmethod
    def of(cls, record: sessions.ApiKey) -> "ApiKey":
        used_ms = record.last_used_ms
        return cls(
            record=record,
            id=strawberry.ID(record.id),
            name=record.name,
            hint=record.hint,
            created_at=DateTime(record.created_ms),
            last_used_at=DateTime(used_ms) if used_ms else None,
            revoked=record.revoked,
        )

    @strawberry.field(description="Null when that account is gone.")
    async def created_by(self, info: Info) -> User | None:
        found = await get_user(info.context, self.record.created_by)
        return None if found is None else User.of(found)


@strawberry.type
class ApiKeySecret:
    api_key: ApiKey
    secret: str = strawberry.field(
        description="The only time it is shown: send it as `Authorization: Bearer`."
    )
