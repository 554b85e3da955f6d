"""Identifiers: random ones, and ones that sort by time.

None of them looks like an ObjectId (24 hex digits) or starts like a date: both
are read as something else by the embedded database.
"""

import hashlib
import secrets
import threading

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
_RANDOM_BITS = 80
_lock = threading.Lock()
_last_ms = 0
_last_random = 0


def random_id(prefix: str) -> str:
    """`prefix_` and 128 random bits in hex."""
    return f"{prefix}_{secrets.token_hex(16)}"


def derived_id(prefix: str, *parts: str) -> str:
    """The same 128-bit id for the same parts, whoever asks and however often."""
    digest = hashlib.sha256("\x00".join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:32]}"


def sortable_id(prefix: str, at_ms: int) -> str:
    """`prefix_` and 26 characters that sort by `at_ms`, then by order of making.

    The ULID layout: 48 bits of milliseconds and 80 of randomness. Within one
    millisecond of one process the random part counts up, so order is kept.
    """
    global _last_ms, _last_random  # noqa: PLW0603  a process-wide sequence
    with _lock:
        if at_ms == _last_ms:
            _last_random = (_last_random + 1) % (1 << _RANDOM_BITS)
        else:
            _last_ms = at_ms
            # The top bit stays free, so counting up does not wrap at once.
            _last_random = secrets.randbits(_RANDOM_BITS - 1)
        number = (at_ms << _RANDOM_BITS) | _last_random
    return f"{prefix}_{_base32(number, digits=26)}"


def _base32(number: int, *, digits: int) -> str:
    characters = []
    for _ in range(digits):
        number, rest = divmod(number, 32)
        characters.append(_ALPHABET[rest])
    return "".join(reversed(characters))
