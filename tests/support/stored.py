"""What a database holds, read past everything of ours."""

from typing import Any

import pymongo

from app.settings.settings import Settings


def documents(settings: Settings) -> dict[str, dict[str, Any]]:
    """Everything in the database, by collection and id."""
    with pymongo.MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        database = client[settings.mongodb_database]
        return {
            name: {row["_id"]: row for row in database[name].find()}
            for name in ("users", "sessions", "dashboard_data", "audit_logs")
        }
