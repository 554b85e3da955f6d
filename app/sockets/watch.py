"""Who has an open connection, and whether they still may."""

import asyncio
from collections.abc import Iterator

from app.sockets.close_codes import CloseCode
from app.sockets.open_socket import OpenSocket
from domain.events import AccessChanged, Topic
from domain.positions import Gap
from realtime.hub import everything
from realtime.trying import for_ever
from resolvers.context import Services
from resolvers.standing import still_signed_in

TICK_S = 1.0  # a token's end is noticed within it
# MongoDB is asked about every connection this often, whatever Redis has told: the
# promise is that a revocation arrives within 30 s even while Redis is away.
RECHECK_S = 25.0


class SocketWatch:
    """Open connections by user, and what ends them.

    News of a changed access are cause for doubt: whoever is in doubt sees no more than
    a member does and is looked up in MongoDB, many with one question.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._by_user: dict[str, dict[OpenSocket, None]] = {}
        self._doubted: dict[OpenSocket, None] = {}
        self._in_doubt = asyncio.Event()
        self._recheck_at_s = 0.0

    def __iter__(self) -> Iterator[OpenSocket]:
        return iter([one for mine in self._by_user.values() for one in mine])

    def of_user(self, user_id: str) -> tuple[OpenSocket, ...]:
        return tuple(self._by_user.get(user_id, ()))

    def add(self, socket: OpenSocket) -> None:
        """Watch it; what ended before this was not heard, so it is looked up."""
        self._by_user.setdefault(socket.user_id, {})[socket] = None
        self.doubt(socket)

    def remove(self, socket: OpenSocket) -> None:
        socket.end()
        self._doubted.pop(socket, None)
        mine = self._by_user[socket.user_id]
        del mine[socket]
        if not mine:
            del self._by_user[socket.user_id]

    def doubt(self, *sockets: OpenSocket) -> None:
        """Have them looked up."""
        if sockets:
            self._doubted.update(dict.fromkeys(sockets))
            self._in_doubt.set()

    async def run(self) -> None:
        """Watches until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(for_ever("hearing of sessions", self._listen))
            tasks.create_task(for_ever("looking up sessions", self._look_up))
            tasks.create_task(for_ever("watching tokens", self._tick))

    async def _listen(self) -> None:
        hub = self._services.live.hub
        with hub.join({Topic.CONTROL}, accept=everything) as news:
            self.doubt(*self)  # whatever was told while nobody listened
            async for item in news:
                self._hear(None if isinstance(item, Gap) else item.event)

    def _hear(self, event: object) -> None:
        if not isinstance(event, AccessChanged):
            self.doubt(*self)
            return
        for socket in self.of_user(event.user_id):
            socket.distrust()
            self.doubt(socket)

    async def _look_up(self) -> None:
        await self._in_doubt.wait()
        self._in_doubt.clear()
        asked, self._doubted = self._doubted, {}
        sessions = {one: one.session_id for one in asked if not one.is_closed}
        try:
            found = await still_signed_in(
                self._services, {one for one in sessions.values() if one}
            )
        except BaseException:
            self.doubt(*sessions)
            raise
        for socket, session_id in sessions.items():
            # In doubt again meanwhile: what was found may be of before that.
            if socket in self._doubted or socket.session_id != session_id:
                continue
            if session_id is None or session_id not in found:
                socket.close(CloseCode.SIGNED_OUT, "the session is over")
            else:
                socket.believe(found[session_id])

    async def _tick(self) -> None:
        clock = self._services.clock
        now_ms = clock.now_ms()
        for socket in self:
            if socket.has_expired(now_ms):
                socket.close(CloseCode.FORBIDDEN, "the token has expired")
        if clock.steady_s() >= self._recheck_at_s:
            self._recheck_at_s = clock.steady_s() + RECHECK_S
            self.doubt(*self)
        await asyncio.sleep(TICK_S)
