"""How many different things somebody has to think of to come to a password."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from domain.common_passwords import SEQUENCES, WORDS
from domain.common_words import LONG
from domain.common_words_russian import RUSSIAN
from domain.keyboards import in_russian, walk_length

_RUN_MIN = 4  # three neighbours occur by chance; `123` and `abc` are among the words
_DIGITS_MIN = 6  # a date, a telephone number
_SHORTEST = 3  # word of ours or of the person's own; repeat of one character
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+", re.ASCII)
_LEET = str.maketrans("013457@$!", "oieastasi")
_KNOWN = WORDS | LONG | RUSSIAN
_LONGEST_WORD = max(map(len, _KNOWN))
_RUNS = tuple(run for line in SEQUENCES for run in (line, line[::-1]))


def different_pieces(text: str, own: Iterable[str] = ()) -> int:
    """The text is cut into common words, walks over a keyboard, numbers and repeats;
    what remains is cut into characters. Only different ones count.

    Where letters and digits take turns and each walk over the keyboard, as in
    `1a2s3d4f`, they are two.
    """
    folded = _fold(text)
    words = frozenset(_own_words(own))
    apart = ["".join(filter(kind, folded)) for kind in (str.isalpha, str.isdecimal)]
    if folded.isalnum() and all(walk_length(part, 0) >= len(part) for part in apart):
        return len(apart)
    return len(set(_pieces(folded, words)))


def period(text: str) -> int:
    """The length of the shortest text that makes this one when repeated."""
    folded = _fold(text)
    return (folded * 2).find(folded, 1)


def _pieces(text: str, own: frozenset[str]) -> Iterator[str]:
    plain = text.translate(_LEET)
    russian = in_russian(text)
    longest = max([_LONGEST_WORD, *map(len, own)])
    at = 0
    while at < len(text):
        length = max(
            _word_length((text, plain, russian), at, longest, own),
            _run_length(text, at),
            _number_length(text, at),
            1,
        )
        yield plain[at : at + length]
        at += length


def _word_length(
    spellings: tuple[str, ...], at: int, longest: int, own: frozenset[str]
) -> int:
    for length in range(min(longest, len(spellings[0]) - at), _SHORTEST - 1, -1):
        for text in spellings:
            part = text[at : at + length]
            if part in _KNOWN or part in own:
                return length
    return 0


def _run_length(text: str, at: int) -> int:
    """How long a repeat, a walk or a stretch of a known sequence goes on."""
    repeated = len(text) - at - len(text[at:].lstrip(text[at]))
    walked = walk_length(text, at)
    best = max(
        repeated if repeated >= _SHORTEST else 0, walked if walked >= _RUN_MIN else 0
    )
    length = max(best + 1, _RUN_MIN)
    while at + length <= len(text) and any(
        text[at : at + length] in run for run in _RUNS
    ):
        best = length
        length += 1
    return best


def _number_length(text: str, at: int) -> int:
    """A year, or digits enough for a date."""
    found = _NUMBER.match(text, at)
    if found is None:
        return 0
    number = found.group()
    if len(number) >= _DIGITS_MIN:
        return len(number)
    is_year = len(number) >= 4 and number.startswith(("18", "19", "20"))  # noqa: PLR2004
    return 4 if is_year else 0


def _own_words(own: Iterable[str]) -> Iterator[str]:
    """Names and addresses whole and word by word."""
    for raw in own:
        folded = _fold(raw)
        for word in (folded, *_WORD.findall(folded)):
            if len(word) >= _SHORTEST:
                yield word


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
