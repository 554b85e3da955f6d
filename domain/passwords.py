"""What a password must be: long enough, and none of those everybody tries first."""

from collections.abc import Iterable

from domain.errors import InvalidInput
from domain.password_pieces import different_pieces, period
from domain.text import check_text

LENGTH_MIN = 12
LENGTH_MAX = 128
BYTES_MAX = 512  # 128 characters of four bytes
_PIECES_MIN = 5
_LONG = 20  # four words without a space are enough from here on


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

    A rule rather than a list: the text is cut into common words of several languages
    (in any case, with `0` for `o` and the like, typed on the wrong keyboard), walks
    over a keyboard, numbers and repeated characters, and what remains, character by
    character. With fewer than five different pieces it is common: `Password2024!`
    has three, `qwertyuiop123` two, `1a2s3d4f5g6h` two. So is what is shorter than a
    password may be and only repeated.
    """
    needed = _PIECES_MIN - (len(password) > _LONG)
    return period(password) < LENGTH_MIN or different_pieces(password, own) < needed
