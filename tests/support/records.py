"""Records for the repositories, made in one line."""

import itertools
from typing import Any

from domain.activity import Activity, Severity
from domain.ids import SessionId, UserId
from domain.notifications import Notification
from domain.principal import Role
from domain.sessions import ApiKey, Session
from domain.users import NewUser
from kit.ids import random_id, sortable_id

DAY_MS = 86_400_000
_numbers = itertools.count(1)


def new_user(name: str | None = None, **wishes: Any) -> NewUser:
    number = next(_numbers)
    made: dict[str, Any] = {
        "id": UserId(random_id("u")),
        "email": f"person{number}@example.com",
        "name": name or f"Person {number}",
        "role": Role.MEMBER,
        "avatar_url": None,
        "password_hash": "$2b$04$hash",
    }
    return NewUser(**made | wishes)


def session_of(user_id: str, now_ms: int, **wishes: Any) -> Session:
    made: dict[str, Any] = {
        "id": SessionId(random_id("s")),
        "user_id": UserId(user_id),
        "current_hash": "first",
        "spent_hash": "",
        "created_ms": now_ms,
        "rotated_ms": now_ms,
        "seen_ms": now_ms,
        "expires_ms": now_ms + 7 * DAY_MS,
        "absolute_expires_ms": now_ms + 30 * DAY_MS,
        "revoked": False,
        "device": "Firefox on Linux",
        "ip": "192.0.2.7",
    }
    return Session(**made | wishes)


def api_key(now_ms: int, **wishes: Any) -> ApiKey:
    made: dict[str, Any] = {
        "id": random_id("k"),
        "name": "Importer",
        "hint": "9f3a",
        "created_ms": now_ms,
        "created_by": UserId("u_admin"),
        "last_used_ms": 0,
        "revoked": False,
    }
    return ApiKey(**made | wishes)


def entry(at_ms: int, **wishes: Any) -> Activity:
    made: dict[str, Any] = {
        "id": sortable_id("a", at_ms),
        "action": "report.exported",
        "actor_id": "u_ana",
        "actor_label": "Ana",
        "target_type": "report",
        "target_id": "r_1",
        "target_label": "Sales",
        "summary": "Ana exported Sales",
        "changes": (),
        "severity": Severity.INFO,
        "occurred_ms": at_ms,
        "recorded_ms": at_ms,
    }
    return Activity(**made | wishes)


def notice(at_ms: int, **wishes: Any) -> Notification:
    made: dict[str, Any] = {
        "id": sortable_id("n", at_ms),
        "user_id": "u_ana",
        "title": "Backup finished",
        "body": None,
        "level": Severity.INFO,
        "link": None,
        "created_ms": at_ms,
    }
    return Notification(**made | wishes)
