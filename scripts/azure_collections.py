"""Writes the collections for Cosmos DB as the code has them: `make azure-collections`.

The template creates them, so that the unique index is there from the first moment (it
cannot be added later to an account with continuous backup) and so that each has its
shard key. The service then finds every index it would make.
"""

import json
import sys
from pathlib import Path
from typing import Any

from persistence.indexes import INDEXES

FILE = Path(__file__).resolve().parents[1] / "deploy" / "azure" / "collections.json"
# Writes find their document by `_id` alone, and Cosmos DB wants the shard key in each
# of them. `users` has none: a unique index must contain the shard key, and an address
# would then be unique per user (ADR 19).
SHARD_KEYS = {"sessions": "_id", "dashboard_data": "_id", "audit_logs": "_id"}


def collections() -> list[dict[str, Any]]:
    """As `Microsoft.DocumentDB/…/mongodbDatabases/collections` describes them."""
    return [
        {
            "id": name,
            **({"shardKey": {SHARD_KEYS[name]: "Hash"}} if name in SHARD_KEYS else {}),
            "indexes": [
                {"key": {"keys": ["_id"]}},
                *(
                    {
                        "key": {"keys": list(index.fields)},
                        "options": {"unique": index.unique},
                    }
                    for index in indexes
                ),
            ],
        }
        for name, indexes in INDEXES.items()
    ]


def text() -> str:
    return json.dumps(collections(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
    print(FILE, file=sys.stderr)
