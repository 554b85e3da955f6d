"""What a password must be: long enough, and none of those everybody tries first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from domain.common_passwords import SEQUENCES, WORDS
from domain.errors import InvalidInput
from domain.text import check_text

LENGTH_MIN = 12
LENGTH_MAX = 128
BYTES_MAX = 512  # 128 characters of four bytes
_PIECES_MIN = 5
_RUN_MIN = 4  # three neighbours occur by chance; `123` and `abc` are among the words
_SHORTEST = 3  # word of ours or of the person's own; repeat of one character
_WORD = re.compile(r"[^\W_]+")
_LEET = str.maketrans("013457@$!", "oieastasi")
_LONGEST_WORD = max(map(len, WORDS))
_RUNS = tuple(run for line in SEQUENCES for run in (line, line[::-1]))


def read_password(raw: str, *, field: str = "password") -> str:
    """A presented password in the form it is hashed in: NFC.

    Raises:
        InvalidInput: more than 512 bytes (refused before it is looked at), a
            control character, or half a surrogate pair.
    """
    if len(raw) > BYTES_MAX or len(raw.encode(errors="surrogatepass")) > BYTES_MAX:
        raise InvalidInput.of(field, f"must have at most {LENGTH_MAX} characters")
    return check_text(raw, field)


def check_password(
    raw: str, *, field: str = "password", own: Iterable[str] = ()
) -> str:
    """A new password in NFC: 12 to 128 characters, and not easily guessed.

    `own` are the person's name and e-mail, which alone make no password.

    Raises:
        InvalidInput: as `read_password`; too short or long; too common.
    """
    password = read_password(raw, field=field)
    if len(password) < LENGTH_MIN:
        raise InvalidInput.of(field, f"must have at least {LENGTH_MIN} characters")
    if len(password) > LENGTH_MAX:
        raise InvalidInput.of(field, f"must have at most {LENGTH_MAX} characters")
    if is_common(password, own=own):
        raise InvalidInput.of(field, "is too common or too simple to guess")
    return password


def is_common(password: str, *, own: Iterable[str] = ()) -> bool:
    """Whether a guesser would come to it soon.

    No list of leaked passwords is behind this, but a rule: the text is cut into
    common words (in any case, with `0` for `o` and the like), runs of the keyboard
    and the alphabet, years, repeated characters, and what remains, character by
    character. With fewer than five different pieces it is common: `Password2024!`
    has three, `qwertyuiop123` two, `aaaaaaaaaaaa` one.
    """
    folded = _fold(password)
    return len(set(_pieces(folded, frozenset(_own_words(own))))) < _PIECES_MIN


def _pieces(text: str, own: frozenset[str]) -> Iterator[str]:
    plain = text.translate(_LEET)
    longest = max([_LONGEST_WORD, *map(len, own)])
    at = 0
    while at < len(text):
        length = max(
            _word_length(text, plain, at, longest, own),
            _run_length(text, at),
            _year_length(text, at),
            1,
        )
        yield plain[at : at + length]
        at += length


def _word_length(
    text: str, plain: str, at: int, longest: int, own: frozenset[str]
) -> int:
    for length in range(min(longest, len(text) - at), _SHORTEST - 1, -1):
        spellings = {text[at : at + length], plain[at : at + length]}
        if spellings & WORDS or spellings & own:
            return length
    return 0


def _run_length(text: str, at: int) -> int:
    """How long a repeated character or a stretch of a keyboard row goes on."""
    repeated = len(text) - at - len(text[at:].lstrip(text[at]))
    best = repeated if repeated >= _SHORTEST else 0
    length = max(best + 1, _RUN_MIN)
    while at + length <= len(text) and any(
        text[at : at + length] in run for run in _RUNS
    ):
        best = length
        length += 1
    return best


def _year_length(text: str, at: int) -> int:
    year = text[at : at + 4]
    is_year = len(year) == 4 and year.isascii() and year.isdigit()  # noqa: PLR2004
    return 4 if is_year and year.startswith(("19", "20")) else 0


def _own_words(own: Iterable[str]) -> Iterator[str]:
    """Names and addresses whole and word by word."""
    for raw in own:
        folded = _fold(raw)
        for word in (folded, *_WORD.findall(folded)):
            if len(word) >= _SHORTEST:
                yield word


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
