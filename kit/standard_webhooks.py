"""Signatures of webhooks: Standard Webhooks, symmetric."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
BYTES_MIN, BYTES_MAX = 24, 64


def read_secret(text: str) -> bytes:
    """The key that `whsec_…` stands for.

    Raises:
        ValueError: it is none; says what one looks like.
    """
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not text.startswith(PREFIX) or not BYTES_MIN <= len(key) <= BYTES_MAX:
        raise ValueError(
            f"{PREFIX} and {BYTES_MIN} to {BYTES_MAX} random bytes in Base64, such as "
            f'`echo "{PREFIX}$(openssl rand -base64 32)"` prints'
        )
    return key


def signature_headers(
    keys: Sequence[bytes], event_id: str, now_ms: int, body: bytes
) -> dict[str, str]:
    """`webhook-id`, `webhook-timestamp` in whole seconds, and `webhook-signature` with
    one signature for each key.
    """
    stamp = str(now_ms // 1_000)
    signed = b".".join([event_id.encode(), stamp.encode(), body])
    digests = [hmac.digest(key, signed, hashlib.sha256) for key in keys]
    return {
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            f"v1,{base64.b64encode(digest).decode()}" for digest in digests
        ),
    }
