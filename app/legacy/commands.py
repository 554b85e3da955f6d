"""What a client of `/ws/{client_id}` may say."""

from dataclasses import dataclass

from domain.errors import InvalidInput, InvalidJson
from kit.strict_json import loads


@dataclass(frozen=True)
class Ping:
    """Are you there?"""


@dataclass(frozen=True)
class Auth:
    """This is who I am; said again, it renews the token."""

    token: str


@dataclass(frozen=True)
class Resume:
    """Tell me what came past this cursor."""

    after: str


Command = Ping | Auth | Resume


def read_command(text: str) -> Command:
    """The command in a message: a JSON object with its `type`.

    Raises:
        InvalidJson, InvalidInput: it is none.
    """
    try:
        message = loads(text.encode())
    except ValueError as err:
        raise InvalidJson(f"The message is not valid JSON: {err}") from err
    match message:
        case {"type": "ping"}:
            return Ping()
        case {"type": "auth", "token": str(token)}:
            return Auth(token)
        case {"type": "resume", "after": str(after)}:
            return Resume(after)
        case {"type": "auth"}:
            raise InvalidInput.of("token", "must be an access token")
        case {"type": "resume"}:
            raise InvalidInput.of("after", "must be a cursor")
    raise InvalidInput.of("type", "must be auth, resume or ping")
