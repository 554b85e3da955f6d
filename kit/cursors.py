"""Opaque positions in a list, signed so that nobody can make one up."""

import base64
import binascii
import hashlib
import hmac

_MAC_BYTES = 12


class CursorSigner:
    """Turns sort keys into cursors and back; each list has cursors of its own."""

    def __init__(self, secrets: list[bytes]) -> None:
        """The first secret signs; all of them verify, so that keys can rotate."""
        self._keys = [
            hashlib.sha256(b"user-dashboard cursor\x00" + secret).digest()
            for secret in secrets
        ]

    def sign(self, list_name: str, position: str) -> str:
        """The cursor of `position` in the list called `list_name`."""
        mac = self._mac(self._keys[0], list_name, position)
        return base64.urlsafe_b64encode(mac + position.encode()).decode().rstrip("=")

    def read(self, list_name: str, cursor: str) -> str:
        """The position in a cursor of that list.

        Raises:
            ValueError: not a cursor of ours, or one of another list.
        """
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
            mac, position = raw[:_MAC_BYTES], raw[_MAC_BYTES:].decode()
        except (binascii.Error, UnicodeError, ValueError) as err:
            raise ValueError("is not a cursor") from err
        for key in self._keys:
            if hmac.compare_digest(mac, self._mac(key, list_name, position)):
                return position
        raise ValueError("is not a cursor of this list")

    @staticmethod
    def _mac(key: bytes, list_name: str, position: str) -> bytes:
        message = f"{list_name}\x00{position}".encode()
        return hmac.digest(key, message, "sha256")[:_MAC_BYTES]
