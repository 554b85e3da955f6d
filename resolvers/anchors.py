"""How far the audit chain has come, written down where the chain is not."""

import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial

from domain.chain import Anchor, Sign
from kit import jsonio
from kit.metrics import REGISTRY
from kit.tokens import TokenSigner
from persistence.chain_documents import anchor_fields, anchor_of
from persistence.keys import ANCHORS
from resolvers.context import Services

ANCHORS_KEPT = 1_000
ANCHOR = "audit anchor"  # the log line by which one is found
MADE = REGISTRY.counter(
    "dashboard_audit_anchors_total", "Anchors of the audit chain written down"
)
BROKEN = REGISTRY.counter(
    "dashboard_audit_broken_total", "Times the audit chain was found cut or rewritten"
)
_log = logging.getLogger("audit")
_log.setLevel(logging.INFO)  # evidence: written whatever DASHBOARD_LOG_LEVEL is


async def anchor(services: Services) -> Anchor | None:
    """Write down, in Redis and in the log, how far the chain has come; None when that
    is written already, or when the chain does not reach what was written before.
    """
    services.repos.chain.wants_anchor = False
    # In this order: the chain may grow in between, and be anchored by others.
    before = max(await anchors(services) or (), key=_number, default=None)
    end = await services.repos.chain.end()
    if end.number == 0 or (before is not None and before.end == end):
        return None
    if before is not None and before.end.number >= end.number:
        BROKEN.inc()
        _log.error(
            "the audit chain was cut or rewritten",
            extra={"fields": {"anchored": before.end.number, "found": end.number}},
        )
        return None
    made = Anchor(end, services.clock.now_ms())
    made = replace(made, signature=signing(services.tokens)(made.text())[0])
    fields = anchor_fields(made)
    await services.cache.keep_highest(
        ANCHORS.key(), end.number, jsonio.dumps(fields), count=ANCHORS_KEPT
    )
    MADE.inc()
    _log.info(ANCHOR, extra={"fields": fields})
    return made


async def anchors(services: Services) -> list[Anchor] | None:
    """The anchors in Redis that are signed by a key of ours; None while it is down."""
    kept = await services.cache.kept(ANCHORS.key())
    if kept is None:
        return None
    found: list[Anchor] = []
    for one in kept:
        with suppress(ValueError, KeyError, TypeError):
            found.append(anchor_of(jsonio.loads(one)))
    return [one for one in found if one.is_signed(signing(services.tokens))]


def signing(tokens: TokenSigner) -> Sign:
    """Signs with a key derived from the JWT secret, each live one."""
    return partial(tokens.derive, "audit")


def _number(anchor: Anchor) -> int:
    return anchor.end.number
