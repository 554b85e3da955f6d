"""What each kind of id is, so that mypy keeps them apart.

Every id starts with the letters of its kind (`u_`, `s_`, `a_`, `k_`, `n_`), which
is how `node(id)` knows whom to ask.
"""

from typing import NewType

UserId = NewType("UserId", str)
SessionId = NewType("SessionId", str)
ActivityId = NewType("ActivityId", str)
ApiKeyId = NewType("ApiKeyId", str)

USER, SESSION, ACTIVITY, API_KEY = "u", "s", "a", "k"
NOTIFICATION = "n"
