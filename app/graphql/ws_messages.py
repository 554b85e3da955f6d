"""The messages of graphql-transport-ws: what clients send, checked; what we send.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.graphql.http import GraphQLRequest, read_json
from app.sockets.close_codes import CloseCode, SocketClosed
from domain.errors import InvalidJson
from kit.jsonio import dumps

SUBPROTOCOL = "graphql-transport-ws"
ID_MAX = 1_000  # characters: it is sent back with every result
ACK = '{"type":"connection_ack"}'


@dataclass(frozen=True)
class Init:
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Ping:
    payload: Mapping[str, Any] | None


@dataclass(frozen=True)
class Pong:
    pass


@dataclass(frozen=True)
class Subscribe:
    id: str
    asked: GraphQLRequest


@dataclass(frozen=True)
class Complete:
    id: str


Message = Init | Ping | Pong | Subscribe | Complete


def read_message(text: str) -> Message:
    """The message of a frame.

    Raises:
        SocketClosed: BAD_MESSAGE; the reason says what is wrong.
    """
    try:
        sent = read_json(text.encode())
    except (InvalidJson, UnicodeEncodeError):
        raise _bad("not JSON") from None
    if not isinstance(sent, dict):
        raise _bad("a message must be an object")
    match sent.get("type"):
        case "connection_init":
            return Init(_object(sent, "payload") or {})
        case "ping":
            return Ping(_object(sent, "payload"))
        case "pong":
            _object(sent, "payload")
            return Pong()
        case "subscribe":
            return Subscribe(_id(sent), _asked(sent))
        case "complete":
            return Complete(_id(sent))
        case _:
            raise _bad("unknown message type")


def pong(payload: Mapping[str, Any] | None) -> str:
    """The answer to a ping, with what it carried."""
    said = {} if payload is None else {"payload": payload}
    return dumps({"type": "pong", **said}).decode()


def next_start(operation_id: str) -> str:
    """All of a `next` message but its payload and the last brace."""
    return f'{{"id":{dumps(operation_id).decode()},"type":"next","payload":'


def failed(operation_id: str, errors: list[Any]) -> str:
    return dumps({"id": operation_id, "type": "error", "payload": errors}).decode()


def complete(operation_id: str) -> str:
    return dumps({"id": operation_id, "type": "complete"}).decode()


def _asked(sent: Mapping[str, Any]) -> GraphQLRequest:
    payload = sent.get("payload")
    if not isinstance(payload, dict):
        raise _bad("subscribe needs a payload")
    query, name = payload.get("query"), payload.get("operationName")
    if not isinstance(query, str):
        raise _bad("payload.query must be a string")
    if not isinstance(name, str | None):
        raise _bad("payload.operationName must be a string")
    variables, extensions = (_object(payload, n) for n in ("variables", "extensions"))
    return GraphQLRequest(query, name, variables, extensions=extensions)


def _id(sent: Mapping[str, Any]) -> str:
    given = sent.get("id")
    if not isinstance(given, str) or not 1 <= len(given) <= ID_MAX:
        raise _bad(f"id must be a string of 1 to {ID_MAX} characters")
    return given


def _object(sent: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    given = sent.get(name)
    if not isinstance(given, dict | None):
        raise _bad(f"{name} must be an object")
    return given


def _bad(reason: str) -> SocketClosed:
    return SocketClosed(CloseCode.BAD_MESSAGE, reason)
