"""The audits of graphql-http, which reads the GraphQL-over-HTTP draft as tests."""

import asyncio
import json
from collections import Counter

from app.settings.settings import Settings
from tests.support.live import PATIENCE_S
from tests.support.node import FOLDER, NODE, needs_node
from tests.support.replicas import replica


@needs_node
async def test_every_audit_of_graphql_over_http_is_passed(settings: Settings) -> None:
    async with replica(settings) as server:
        assert NODE is not None
        process = await asyncio.create_subprocess_exec(
            *(NODE, "audit_server.mjs", json.dumps({"url": f"{server.http}/graphql"})),
            cwd=FOLDER,
            stdout=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE_S):
            said, _ = await process.communicate()

    audits = [json.loads(line) for line in said.splitlines()]
    assert [one for one in audits if one["told"] != "ok"] == []
    assert Counter(one["told"] for one in audits) == {"ok": 61}
    assert len({one["id"] for one in audits}) == 61
