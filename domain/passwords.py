"""What a password must be: long enough, and none of those everybody tries first."""

from collections.abc import Iterable

from domain.errors import InvalidInput
from domain.text import check_text
from kit.guessing import guesses_log10

LENGTH_MIN = 12
LENGTH_MAX = 128
BYTES_MAX = 512  # 128 characters of four bytes
# A little above 10⁸, which zxcvbn gives any three pieces: `Admin@123456` is three.
_GUESSES_LOG10_MIN = 8.5


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

    That is within 300 million guesses, as `kit.guessing` estimates them, or because
    it is only repeated and what is repeated is shorter than a password may be. Holds
    the event loop for 5 ms, at worst 30: little for once in each new password.
    """
    if _period(password) < LENGTH_MIN:
        return True
    return guesses_log10(password, own) < _GUESSES_LOG10_MIN


def _period(text: str) -> int:
    """The length of the shortest text that makes this one when repeated."""
    folded = text.casefold()
    return (folded * 2).find(folded, 1)
