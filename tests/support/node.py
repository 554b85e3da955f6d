"""The npm clients of `tests/clients`, each a process that tells what it is told."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.live import PATIENCE_S

FOLDER = Path(__file__).resolve().parents[1] / "clients"
NODE = shutil.which("node")
LOOKED_AT = 20
QUIET_S = 0.3  # for what must not come; it is no measure of anything

needs_node = pytest.mark.skipif(
    NODE is None or not (FOLDER / "node_modules").is_dir(),
    reason="needs Node 20 or newer, and `npm ci` in tests/clients (make setup)",
)


class NodeClient:
    """`heard` is all it has told, in order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.heard: list[dict[str, Any]] = []

    async def do(self, what: str, **given: Any) -> None:
        """Has it obey that command."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **given}).encode() + b"\n")
        await self._process.stdin.drain()

    async def told(self, what: str, **details: Any) -> dict[str, Any]:
        """The next thing of that kind it tells, with those details."""
        wanted = {"told": what, **details}
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    line = await self._line()
                    if wanted.items() <= line.items():
                        return line
        except TimeoutError:
            heard = self.heard[:LOOKED_AT]
            raise AssertionError(f"never told {wanted}, but {heard}") from None

    async def stays_quiet(self, what: str) -> None:
        """Fails when it tells something of that kind soon."""
        try:
            async with asyncio.timeout(QUIET_S):
                while True:
                    assert (await self._line())["told"] != what, self.heard[-1]
        except TimeoutError:
            return

    async def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        text = await self._process.stdout.readline()
        assert text, f"the client ended after {self.heard}"
        line: dict[str, Any] = json.loads(text)
        self.heard.append(line)
        return line


@asynccontextmanager
async def node_client(script: str, **settings: Any) -> AsyncIterator[NodeClient]:
    """`tests/clients/{script}.mjs` until the block ends."""
    assert NODE is not None
    process = await asyncio.create_subprocess_exec(
        *(NODE, f"{script}.mjs", json.dumps(settings)),
        cwd=FOLDER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        client = NodeClient(process)
        await client.told("started")
        yield client
    finally:
        process.kill()
        await process.wait()
