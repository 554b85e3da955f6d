"""How many guesses a text withstands, as zxcvbn estimates it."""

import re
import unicodedata
from collections.abc import Iterable

from zxcvbn import zxcvbn

# zxcvbn's work grows with more than the square of the length: some 5 ms here, up to
# 3 s at 128. A text that begins strong is strong.
LENGTH_SEEN = 32
_WORD = re.compile(r"[^\W_]+")
_TO_LATIN = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюё",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)
# Signs that stand for the same letter. zxcvbn tries each reading with each other:
# texts made for it would take 0.5 s, with these as one 0.03 s.
_ALIKE = str.maketrans("{[<|+", "(((!7")


def guesses_log10(text: str, own: Iterable[str] = ()) -> float:
    """The power of ten of the guesses that find the text's first 32 characters.

    Case makes no difference. Cyrillic letters count as the Latin ones on their keys,
    as zxcvbn knows `ghbdtn` from published passwords but not `привет`. `own` are the
    person's own texts: whole, without what is between their words, and word by word
    they are the first that are tried.

    Not for several threads at once: zxcvbn keeps `own` in a global while it works.
    """
    inputs: list[str] = []
    for raw in map(_fold, own):
        words = _WORD.findall(raw)
        inputs += [raw, "".join(words), *words]
    found = zxcvbn(_fold(text)[:LENGTH_SEEN], user_inputs=inputs)
    return float(found["guesses_log10"])


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain.translate(_TO_LATIN).translate(_ALIKE)
