"""What any text from outside must be before a rule of its own looks at it."""

import unicodedata

from domain.errors import InvalidInput

_LAYOUT = frozenset("\t\n\r")


def check_text(
    raw: str, field: str, *, max_length: int | None = None, multiline: bool = False
) -> str:
    """`raw` in NFC.

    Raises:
        InvalidInput: a NUL, another control character or half a surrogate pair
            (they break BSON, UTF-8 or a terminal; tabs and line ends are let in
            where `multiline`), or more than `max_length` characters.
    """
    for character in raw:
        category = unicodedata.category(character)
        if category == "Cs":
            raise InvalidInput.of(field, "must be valid Unicode")
        if category == "Cc" and not (multiline and character in _LAYOUT):
            raise InvalidInput.of(field, "must not contain control characters")
    text = unicodedata.normalize("NFC", raw)
    if max_length is not None and len(text) > max_length:
        raise InvalidInput.of(field, f"must have at most {max_length} characters")
    return text
