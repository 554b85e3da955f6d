"""Settings of connections that stay open."""

from dataclasses import dataclass

from pydantic import Field
from pydantic_settings import BaseSettings

KIB = 1_024


@dataclass(frozen=True)
class SocketLimits:
    """Connections open at once in one worker."""

    per_user: int = 20
    per_address: int = 50
    per_worker: int = 2_000


class SocketSettings(BaseSettings):
    """Whom they let in, for how long, and how they end."""

    sockets_per_user_max: int = Field(
        SocketLimits.per_user, ge=1, description="open sockets of a user, per worker"
    )
    sockets_per_address_max: int = Field(
        SocketLimits.per_address,
        ge=1,
        description="open sockets from an address, per worker",
    )
    sockets_per_worker_max: int = Field(
        SocketLimits.per_worker, ge=1, description="open sockets of a worker"
    )
    socket_sign_in_s: int = Field(
        3, ge=1, le=60, description="a socket must have said who it is within it"
    )
    socket_message_max_bytes: int = Field(
        64 * KIB, ge=KIB, description="largest message a socket may send"
    )
    socket_ping_s: int = Field(
        20,
        ge=1,
        le=600,
        description="sockets are pinged this often, and closed when as long silent",
    )
    socket_drain_s: int = Field(
        3, ge=0, le=600, description="before stopping, sockets are closed over it"
    )

    def socket_limits(self) -> SocketLimits:
        return SocketLimits(
            per_user=self.sockets_per_user_max,
            per_address=self.sockets_per_address_max,
            per_worker=self.sockets_per_worker_max,
        )
