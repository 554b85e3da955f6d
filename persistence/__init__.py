"""MongoDB and Redis: the only importer of their drivers."""

import os

# Motor waits for MongoDB in threads, five for each core unless told before it is
# imported. While MongoDB is away each call holds one for 2 s, and so few would make
# callers queue for much longer than that.
os.environ.setdefault("MOTOR_MAX_WORKERS", "64")
