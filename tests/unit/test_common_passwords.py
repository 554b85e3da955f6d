"""Whoever guesses by what people choose finds nobody's password."""

# ruff: noqa: RUF001, SIM905  a list of passwords reads best as a text

import secrets
import string

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from domain.errors import InvalidInput
from domain.passwords import LENGTH_MIN, check_password, is_common

COMMON = """
    sanfrancisco philadelphia cheeseburger counterstrike professional international
    justinbieber leavemealone finalfantasy needforspeed sonyericsson supernatural
    unbelievable transformers playstation3 residentevil mortalkombat ilovemyfamily
    jesuslovesme ingodwetrust whosyourdaddy fucktheworld skateboarding frankenstein
    heartbreaker constitution registration entertainment michelangelo greenlantern
    harrypotter123 linkinpark2010 liverpool2023 Welcome2024! Welcome@12345
    Passw0rd2025! Changeme123! Qwerty123456! P@ssword12345 iloveyou2023! 1q2w3e4r5t6y
    1a2s3d4f5g6h 123qwe456rty z1x2c3v4b5n6 q1q2q3q4q5q6 12qw34er56ty qazwsxedcrfv
    qazxswedcvfr qwaszxerdfcv zaqwsxcderfv 1qaz2wsx3edc4rfv !QAZ2wsx#EDC 123321qweewq
    123ewqasdcxz qwerasdfzxcv 111222333444 123123123123 159753159753 010203040506
    102030405060 741852963000 89161234567890 ghjcnjgfhjkm ghbdtnghbdtn flvbybcnhfnjh
    fktrcfylhjdyf привет123456 пароль123456 йцукенгшщзхъ александрович dragondragon
    geniusgenius abcdabcdabcd ha!ha!ha!ha!ha! manchestercity Admin@123456
    password2024!! Summer2024!!! hakunamatata showmethemoney
""".split()
GOOD = [
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "xK9#mQ2$vL7p",
    "fzvrwqhkmtgp",
    "T!ger-lily 92 canoe",
    "Wonderland-42-tea",
    "mein Fahrrad hat drei Gänge",
    "кот учёный ходит кругом",
    "正しい馬電池ホチキス通学鞄犬",
]


@pytest.mark.parametrize("password", COMMON)
def test_what_many_people_choose_is_refused(password: str) -> None:
    for spelling in (password, password.upper(), password.capitalize()):
        with pytest.raises(InvalidInput, match="too common"):
            check_password(spelling.ljust(12, "!"))


@pytest.mark.parametrize("password", GOOD)
def test_what_nobody_would_guess_is_let_in(password: str) -> None:
    assert check_password(password) == password


@pytest.mark.parametrize(
    "alphabet", [string.ascii_lowercase, string.ascii_letters + string.digits]
)
def test_what_a_generator_makes_is_let_in(alphabet: str) -> None:
    made = ["".join(secrets.choice(alphabet) for _ in range(16)) for _ in range(300)]

    assert not any(map(is_common, made))


def test_every_published_password_that_is_long_enough_is_refused() -> None:
    published = [one for one in FREQUENCY_LISTS["passwords"] if len(one) >= LENGTH_MIN]

    assert len(published) > 200
    assert [one for one in published if not is_common(one)] == []
