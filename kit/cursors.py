"""Opaque positions in a list, sealed: nobody can read one, or make one up."""

import base64
import binascii
import hashlib
import hmac

_MAC_BYTES = 12


class CursorSigner:
    """Turns sort keys into cursors and back; each list has cursors of its own.

    A position may tell when somebody else did something, so it is hidden as well as
    signed: the MAC over it is also what its mask is made from (as in SIV), so equal
    positions have equal cursors.
    """

    def __init__(self, secrets: list[bytes]) -> None:
        """The first secret signs; all of them verify, so that keys can rotate."""
        self._keys = [
            hashlib.sha256(b"user-dashboard cursor\x00" + secret).digest()
            for secret in secrets
        ]

    def sign(self, list_name: str, position: str) -> str:
        """The cursor of `position` in the list called `list_name`."""
        key, plain = self._keys[0], position.encode()
        mac = _mac(key, list_name, plain)
        sealed = mac + _masked(key, mac, plain)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def read(self, list_name: str, cursor: str) -> str:
        """The position in a cursor of that list.

        Raises:
            ValueError: not a cursor of ours, or one of another list.
        """
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as err:
            raise ValueError("is not a cursor") from err
        mac, sealed = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        for key in self._keys:
            plain = _masked(key, mac, sealed)
            if hmac.compare_digest(mac, _mac(key, list_name, plain)):
                return plain.decode()
        raise ValueError("is not a cursor of this list")


def _mac(key: bytes, list_name: str, plain: bytes) -> bytes:
    message = list_name.encode() + b"\x00" + plain
    return hmac.digest(key, message, "sha256")[:_MAC_BYTES]


def _masked(key: bytes, mac: bytes, text: bytes) -> bytes:
    """`text` under the mask of `mac`; a second time takes it off."""
    mask = hashlib.shake_256(key + b"mask" + mac).digest(len(text))
    return bytes(a ^ b for a, b in zip(text, mask, strict=True))
