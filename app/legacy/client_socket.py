"""`WS /ws/{client_id}`: the documented events as JSON, over the hub all others use."""

import asyncio
import re
from functools import partial

from starlette.websockets import WebSocket

from app.context import context_of
from app.legacy.commands import Auth, Ping, Resume, read_command
from app.legacy.cursor import Positions, read_positions
from app.legacy.messages import Message
from app.legacy.source import LiveSource, Telling
from app.sockets.close_codes import CloseCode, SocketClosed
from app.sockets.open_socket import OpenSocket
from app.sockets.sockets import Sockets
from app.sockets.wire import Wire, wire
from domain.errors import NotAllowed, NotAuthenticated
from kit.times import rfc3339
from resolvers.audit import note_refusal
from resolvers.authenticate import authenticate
from resolvers.context import Context

PATH = "/ws/{client_id}"
PROTOCOL = "ws"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_USER_ID = re.compile(r"u_[0-9a-f]{32}")


async def live(websocket: WebSocket) -> None:
    """One connection, from its handshake to its end."""
    state = websocket.app.state
    async with wire(websocket, PROTOCOL) as line:
        sockets: Sockets = state.sockets
        with sockets.admit(websocket.client.host if websocket.client else None):
            talk = _Talk(websocket, line, state.live_source)
            await talk.hold(sockets, state.platform.settings.socket_sign_in_s)


class _Talk:
    def __init__(self, websocket: WebSocket, line: Wire, source: LiveSource) -> None:
        self._websocket = websocket
        self._line = line
        self._source = source

    async def hold(self, sockets: Sockets, sign_in_s: float) -> None:
        client_id = self._websocket.path_params["client_id"]
        if not _NAME.fullmatch(client_id):
            raise NotAllowed("A name is 1 to 64 letters, digits, - and _")
        context = await context_of(self._websocket)
        cursor = self._websocket.query_params.get("after")
        after = None if cursor is None else read_positions(context.services, cursor)
        if not await self._sign_in(context, sign_in_s):
            return
        if _USER_ID.fullmatch(client_id) and client_id != context.principal.user_id:
            await note_refusal(context, f"/ws/{client_id}", "this is another's id")
            raise NotAllowed("This is another user's id")
        async with sockets.open(context, PROTOCOL, self._line.close) as socket:
            await self._tell(socket, after)

    async def _sign_in(self, context: Context, within_s: float) -> bool:
        """By the header or a first message; False when the client has left."""
        if "authorization" in self._websocket.headers:
            context.principal.require_user()
            return True
        try:
            async with asyncio.timeout(within_s):
                while (text := await self._line.receive()) is not None:
                    match read_command(text):
                        case Auth(token):
                            services = context.services
                            context.principal = await authenticate(services, token)
                            context.principal.require_user()
                            return True
                        case Ping():
                            await self._emit(_pong(context))
                        case Resume():
                            raise NotAuthenticated
        except TimeoutError:
            raise SocketClosed(CloseCode.INIT_TIMEOUT, "say who you are") from None
        return False

    async def _tell(self, socket: OpenSocket, after: Positions | None) -> None:
        while True:
            telling = Telling(self._source, socket, after)
            await self._emit(telling.ready(), telling.cursor)
            async with self._line.beside(partial(telling.run, self._emit)):
                after = await self._answer(socket, telling)
            if after is None:
                return

    async def _answer(self, socket: OpenSocket, telling: Telling) -> Positions | None:
        """Answers until the client leaves, or wants to be told from elsewhere on."""
        context = socket.context
        while (text := await self._line.receive()) is not None:
            match read_command(text):
                case Ping():
                    await self._emit(_pong(context), telling.cursor)
                case Auth(token):
                    expires_ms = await socket.renew(token)
                    renewed = {"expires_at": rfc3339(expires_ms)}
                    message = Message.of("renewed", context.now_ms(), renewed)
                    await self._emit(message, telling.cursor)
                case Resume(after):
                    return read_positions(context.services, after)
        return None

    async def _emit(self, message: Message, cursor: str | None = None) -> None:
        meta = f'"timestamp":"{rfc3339(message.at_ms)}"'
        if cursor:
            meta += f',"cursor":"{cursor}"'
        await self._line.send(
            f'{{"event":"{message.event}","data":{message.text},"meta":{{{meta}}}}}'
        )


def _pong(context: Context) -> Message:
    return Message.of("pong", context.now_ms(), {})
