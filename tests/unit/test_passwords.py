"""Passwords: what is let in, and how it is kept."""

import asyncio
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.passwords import check_password, is_common, read_password
from kit.passwords import Busy, PasswordHasher

GOOD = "correct horse battery staple"


@pytest.fixture
def hasher() -> Iterator[PasswordHasher]:
    hasher = PasswordHasher(cost=4, threads=2, queue=8)
    yield hasher
    hasher.close()


def reason(raw: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        check_password(raw, field="newPassword")
    (problem,) = caught.value.problems
    assert problem.field == "newPassword"
    return problem.reason


async def test_the_right_password_matches_and_no_other(hasher: PasswordHasher) -> None:
    stored = await hasher.hash(GOOD)

    assert await hasher.verify(GOOD, stored)
    assert not await hasher.verify(GOOD + " ", stored)
    assert not await hasher.verify("", stored)


async def test_no_password_is_cut(hasher: PasswordHasher) -> None:
    stored = await hasher.hash("x" * 99 + "1")

    assert await hasher.verify("x" * 99 + "1", stored)
    assert not await hasher.verify("x" * 99 + "2", stored)
    assert not await hasher.verify("x" * 72, stored)


async def test_a_nul_ends_no_password(hasher: PasswordHasher) -> None:
    stored = await hasher.hash("before\x00after")

    assert not await hasher.verify("before", stored)
    assert not await hasher.verify("before\x00other", stored)


async def test_the_same_password_is_stored_differently_each_time(
    hasher: PasswordHasher,
) -> None:
    assert await hasher.hash(GOOD) != await hasher.hash(GOOD)


@pytest.mark.parametrize(
    "stored",
    ["", "plain text", "$2b$04$" + "a" * 53, "sha256-bcrypt:", "sha256-bcrypt:$2b$99$"],
)
async def test_what_is_no_hash_of_ours_never_matches(
    hasher: PasswordHasher, stored: str
) -> None:
    assert not await hasher.verify(GOOD, stored)
    assert hasher.needs_rehash(stored)


async def test_a_cheaper_hash_is_due_to_be_made_anew(hasher: PasswordHasher) -> None:
    stored = await hasher.hash(GOOD)
    dearer = PasswordHasher(cost=5, threads=1, queue=1)

    assert dearer.needs_rehash(stored)
    assert not hasher.needs_rehash(stored)
    assert not hasher.needs_rehash(await dearer.hash(GOOD))
    dearer.close()


async def test_pretending_does_the_work_of_checking(
    hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = hasher.verify

    async def noted(password: str, stored: str) -> bool:
        checked.append(stored)
        return await verify(password, stored)

    monkeypatch.setattr(hasher, "verify", noted)
    await hasher.pretend()

    (stored,) = checked
    assert not hasher.needs_rehash(stored)


async def test_a_full_queue_says_so_at_once_and_recovers() -> None:
    hasher = PasswordHasher(cost=10, threads=1, queue=2)
    results = await asyncio.gather(
        *(hasher.hash(GOOD) for _ in range(10)), return_exceptions=True
    )

    assert sum(isinstance(result, str) for result in results) == 3
    assert sum(isinstance(result, Busy) for result in results) == 7
    assert await hasher.verify(GOOD, next(r for r in results if isinstance(r, str)))
    hasher.close()


async def test_callers_that_went_away_leave_their_places() -> None:
    hasher = PasswordHasher(cost=8, threads=1, queue=2)
    for _ in range(5):
        tasks = [asyncio.ensure_future(hasher.hash(GOOD)) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # What was running goes on to its end; what waited is gone at once.
        assert await hasher.hash(GOOD)
    hasher.close()


async def test_the_loop_stays_free_while_passwords_are_hashed() -> None:
    hasher = PasswordHasher(cost=9, threads=1, queue=8)
    hashing = asyncio.gather(*(hasher.hash(GOOD) for _ in range(4)))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0)
        turns += 1
    hasher.close()

    assert turns > 100


def test_twelve_to_128_characters_of_any_script_will_do() -> None:
    assert check_password("Zwölf Boxkämpfer") == "Zwölf Boxkämpfer"
    assert check_password("пингвин летит на юг") == "пингвин летит на юг"
    assert check_password("🐧🚀🌍🎉🍕🎸🏔🌊🔑🧭🪐🧩") == "🐧🚀🌍🎉🍕🎸🏔🌊🔑🧭🪐🧩"
    assert check_password("k9#mQ2$vX7!p")
    assert check_password("ab1.cd2-ef3_" * 10 + "gh4,ij5;")


def test_other_lengths_will_not() -> None:
    assert reason("k9#mQ2$vX7!") == "must have at least 12 characters"
    assert reason("k9#mQ2$vX7!p" * 11) == "must have at most 128 characters"
    assert reason("🐧" * 129) == "must have at most 128 characters"
    assert reason("a" * 10_000_000) == "must have at most 128 characters"


def test_one_spelling_of_an_accent_is_as_good_as_another() -> None:
    composed = "Crème brûlée à volonté"
    decomposed = unicodedata.normalize("NFD", composed)

    assert decomposed != composed
    assert read_password(decomposed) == check_password(decomposed) == composed


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\n", "\ud800"])
def test_what_breaks_storage_or_terminals_is_refused(bad: str) -> None:
    assert "must" in reason(f"correct horse {bad} battery")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2024!",
        "P@ssw0rd1234",
        "passwordpassword",
        "qwertyuiop123",
        "QWERTYUIOP[]",
        "1qaz2wsx3edc",
        "123456789012",
        "098765432109",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "administrator",
        "letmeinletmein",
        "iloveyou1234",
        "Summer2024!!!",
        "trustno1trustno1",
        "manchesterunited",
        "hunter2hunter2",
        "changeme12345",
        "welcomewelcome1",
        "monkeydragon12",
    ],
)
def test_the_commonest_are_refused_in_any_case(password: str) -> None:
    for spelling in (password, password.upper(), password.title(), password.swapcase()):
        assert reason(spelling) == "is too common or too simple to guess"


@pytest.mark.parametrize(
    "password",
    ["ana@example.com", "AnaLovelace1", "Ana Lovelace!", "Lovelace-2024"],
)
def test_ones_own_name_or_address_alone_is_refused(password: str) -> None:
    own = ("Ana Lovelace", "ana@example.com")

    assert is_common(password, own=own)
    with pytest.raises(InvalidInput):
        check_password(password.ljust(12, "!"), own=own)
    assert not is_common(password + " rides a tandem", own=own)


@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=12, max_size=128
    )
)
def test_a_password_is_let_in_as_it_will_be_checked_or_refused_by_field(
    raw: str,
) -> None:
    try:
        checked = check_password(raw)
    except InvalidInput as err:
        refused = [problem.field for problem in err.problems]
    else:
        refused = []
        assert checked == read_password(raw) == unicodedata.normalize("NFC", raw)
        assert check_password(checked) == checked
    assert refused in ([], ["password"])
