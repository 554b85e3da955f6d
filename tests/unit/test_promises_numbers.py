"""The numbers of docs/security.md are what a service that sets nothing goes by."""

from pathlib import Path

import pytest

from app import lifespan
from app.graphql import ws_running
from app.settings.settings import Settings
from app.sockets import rate, watch, wire
from domain import chain, passwords, sessions, users
from persistence import reading
from realtime import reader
from schema import documents
from tests.unit.test_production_start import DEFAULTS

KIB = 1_024
# By promise: what is set, and to what.
PROMISED = {
    1: {"access_token_ttl_s": 1_800},
    2: {"refresh_token_ttl_s": 604_800, "session_absolute_ttl_s": 2_592_000},
    17: {"bcrypt_cost": 12},
    18: {"bcrypt_threads": 2, "bcrypt_queue": 64},
    38: {"graphql_depth_max": 10},
    39: {"graphql_aliases_max": 15},
    40: {"graphql_tokens_max": 2_000, "graphql_body_max_bytes": 256 * KIB},
    41: {
        "graphql_fields_max": 500,
        "graphql_fragments_max": 50,
        "graphql_operations_max": 10,
    },
    42: {"graphql_directives_max": 50, "graphql_directives_per_node_max": 5},
    44: {"graphql_cost_max": 5_000},
    45: {"operation_timeout_s": 10},
    55: {
        "api_body_max_bytes": 64 * KIB,
        "ingest_body_max_bytes": 4_096 * KIB,
        "body_timeout_s": 10,
    },
    60: {"header_max_bytes": 32 * KIB},
    65: {"socket_sign_in_s": 3},
    70: {
        "sockets_per_user_max": 20,
        "sockets_per_address_max": 50,
        "sockets_per_worker_max": 2_000,
    },
    71: {"socket_message_max_bytes": 64 * KIB},
    73: {"socket_ping_s": 20},
    86: {
        "sign_in_failures_per_15_min": 5,
        "sign_in_failures_per_address_per_15_min": 20,
        "sign_in_failures_per_account_per_h": 100,
    },
    89: {
        "refreshes_per_address_per_5_min": 30,
        "requests_per_user_per_min": 600,
        "requests_per_address_per_min": 120,
        "handshakes_per_address_per_min": 30,
    },
    96: {"redis_timeout_ms": 250},
    98: {"mongodb_timeout_ms": 2_000},
    100: {"shutdown_grace_s": 10},
    104: {"loop_lag_max_ms": 500, "loop_lag_lasting_s": 2},
    107: {"header_timeout_s": 10, "read_timeout_s": 10},
    110: {"idempotency_ttl_s": 86_400},
}


@pytest.mark.parametrize("number", PROMISED)
def test_what_is_promised_is_the_default(number: int) -> None:
    settings = Settings(_env_file=None, env="test")

    found = {name: getattr(settings, name) for name in PROMISED[number]}

    assert found == PROMISED[number]


def test_what_is_promised_and_cannot_be_set_is_so() -> None:
    kept = {
        "13, the same successor within 10 s": sessions.SAME_SUCCESSOR_MS == 10_000,
        "15, 12 to 128 characters in 512 bytes": (
            (passwords.LENGTH_MIN, passwords.LENGTH_MAX, passwords.BYTES_MAX)
            == (12, 128, 512)
        ),
        "24, an ended token within 5 s": watch.TICK_S <= 5,
        "25, a revocation nobody told within 30 s": watch.RECHECK_S < 30,
        "27, 20 sessions": sessions.SESSIONS_PER_USER_MAX == 20,
        "42, 20 errors": documents.ERRORS_MAX == 20,
        "45, reads of at most 9 s": reading.READ_MS <= 9_000,
        "69, 50 operations": ws_running.OPERATIONS_MAX == 50,
        "71, 100 messages a second for 5 s": (rate.PER_S_MAX, rate.OVER_S) == (100, 5),
        "72, 100 frames or 1 MiB": (wire.WAITING_FRAMES_MAX, wire.WAITING_BYTES_MAX)
        == (100, KIB * KIB),
        "83, 64 characters": users.SEARCH_MAX == 64,
        "103, the last 1,000 events are known": reader.REMEMBERED == 1_000,
        "113, anchors every 60 s or 1,000 rows": (
            lifespan.SWEEP_S <= 60 and chain.ROWS_PER_ANCHOR == 1_000
        ),
    }

    assert [promise for promise, holds in kept.items() if not holds] == []


def test_at_least_37_known_keys_are_refused() -> None:
    assert len(set(DEFAULTS)) >= 37


def test_no_secret_of_ours_is_in_what_is_delivered() -> None:
    """A made token or private key in a file of the project would be believed by
    whoever copies its setting.
    """
    root = Path(__file__).resolve().parents[2]
    found = [
        path
        for folder in ("app", "deploy", "docs", "domain", "kit", "persistence")
        for path in (root / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml", ".json", ".bicep", ".bicepparam"}
        and any(mark in path.read_text() for mark in ("BEGIN PRIVATE KEY", "eyJhbGci"))
    ]

    assert found == []
