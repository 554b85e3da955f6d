"""How fingers walk over keyboards: neighbouring keys, and text in another layout."""

_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_SHIFTED = str.maketrans('!@#$%^&*()_+{}:"<>?', "1234567890-=[];',./")
_PLACE = {
    key: (row, column)
    for row, keys in enumerate(_ROWS)
    for column, key in enumerate(keys)
}
# The Russian keyboard: who thinks in Russian and types with Latin letters on.
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)


def in_russian(text: str) -> str:
    """What the same keys give on a Russian keyboard: `ghbdtn` is `привет`."""
    return text.translate(_TO_RUSSIAN)


def walk_length(text: str, at: int) -> int:
    """How many characters from `at` on are each the same key or one beside the last.

    Shifted and Russian keys count as their keys: `!qaz` walks like `1qaz`.
    """
    keys = text.translate(_SHIFTED).translate(_TO_LATIN)
    end = min(at + 1, len(keys))
    while end < len(keys) and _near(keys[end - 1], keys[end]):
        end += 1
    return end - at


def _near(one: str, other: str) -> bool:
    if one not in _PLACE or other not in _PLACE:
        return False
    (row, column), (other_row, other_column) = _PLACE[one], _PLACE[other]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
