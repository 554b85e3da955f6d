"""What becomes of a request, noted as its answer goes by."""

from starlette.types import Message, Send


class Noted:
    """A `send` that remembers the status; 0 until an answer began."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)
