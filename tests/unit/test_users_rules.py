"""What an account may look like, and who may ask for what."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput, NotAllowed, NotAuthenticated, TokenExpired
from domain.ids import ApiKeyId, SessionId, UserId
from domain.principal import ANONYMOUS, Principal, Role
from domain.user_rules import check_change, check_draft
from domain.users import (
    AccountStatus,
    UserChange,
    UserDraft,
    check_avatar_url,
    check_email,
    check_name,
    check_search,
    search_tokens,
)

DRAFT = UserDraft(
    email="  Ana@Example.COM ",
    password="correct horse battery staple",
    name=" Ana Lovelace ",
)
ADMIN = Principal(Role.ADMIN, "Ana", UserId("u_1"), SessionId("s_1"))
MEMBER = Principal(Role.MEMBER, "Bob", UserId("u_2"), SessionId("s_2"))
MACHINE = Principal(Role.SERVICE, "collector", key_id=ApiKeyId("k_1"))


def fields(err: InvalidInput) -> list[str]:
    return [problem.field for problem in err.problems]


@pytest.mark.parametrize(
    ("raw", "email"),
    [
        ("ana@example.com", "ana@example.com"),
        ("  ANA@Example.COM\u3000", "ana@example.com"),
        ("\uff41na\uff20example.com", "ana@example.com"),
        ("straße@example.com", "strasse@example.com"),
        ("o'brien+tag@sub.example.co.uk", "o'brien+tag@sub.example.co.uk"),
        ("admin@localhost", "admin@localhost"),
        ("用户@例子.广告", "用户@例子.广告"),
    ],
)
def test_an_address_has_one_spelling(raw: str, email: str) -> None:
    assert check_email(raw) == email
    assert check_email(email) == email


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "ana",
        "@example.com",
        "ana@",
        "ana@@example.com",
        "ana@example..com",
        "ana@-example.com",
        "a b@example.com",
        "ana@exa mple.com",
        "ana@example.com\r\nBcc: all@example.com",
        "<script>@example.com",
        "ana@example.com\x00",
        "\ud800@example.com",
        "a" * 65 + "@example.com",
        "ana@" + "a" * 260 + ".com",
    ],
)
def test_what_is_no_address_is_refused_by_field(raw: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_email(raw)

    assert fields(caught.value) == ["email"]


@given(st.emails())
def test_any_address_is_settled_after_one_check(raw: str) -> None:
    try:
        email = check_email(raw)
    except InvalidInput:
        return  # quoted local parts and the like: real, and not for sign-in
    assert check_email(email) == email == email.casefold()


@given(st.text(max_size=300))
def test_a_checked_name_can_be_stored_and_shown(raw: str) -> None:
    try:
        name = check_name(raw)
    except InvalidInput:
        return
    assert 1 <= len(name) <= 100
    assert name == unicodedata.normalize("NFC", name).strip()
    name.encode()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/ana.png",
        "https://cdn.example.com/a%20b?size=64#x",
        "http://localhost:3000/a.png",
        "  https://example.com/a.png ",
    ],
)
def test_an_avatar_is_an_https_address(url: str) -> None:
    assert check_avatar_url(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "//example.com/a.png",
        "https://example.com/a b.png",
        'https://example.com/"onerror="x',
        "https://",
        "https://example.com/" + "a" * 2_048,
    ],
)
def test_other_avatars_are_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        check_avatar_url(url)


def test_no_avatar_is_none() -> None:
    assert check_avatar_url(None) is None
    assert check_avatar_url("  ") is None


def test_a_search_is_folded_and_bounded() -> None:
    assert check_search("  STRASSE ") == "strasse"
    assert check_search(" ") is None
    assert check_search(None) is None
    with pytest.raises(InvalidInput):
        check_search("x" * 65)


@given(st.text(min_size=1, max_size=100))
def test_a_search_finds_the_start_of_every_word(name: str) -> None:
    tokens = search_tokens(name, "ana@example.com")

    assert len(tokens) <= 20
    assert len(set(tokens)) == len(tokens)
    assert all(0 < len(token) <= 100 for token in tokens)


def test_a_search_finds_words_address_and_domain() -> None:
    assert search_tokens("Ana María Lovelace", "ana@example.com") == (
        "ana maría lovelace",
        "maría lovelace",
        "lovelace",
        "ana@example.com",
        "example.com",
    )


def test_a_good_draft_comes_back_as_it_will_be_stored() -> None:
    draft = check_draft(DRAFT)

    assert (draft.email, draft.name, draft.role, draft.avatar_url) == (
        "ana@example.com",
        "Ana Lovelace",
        Role.MEMBER,
        None,
    )


def test_a_bad_draft_names_everything_that_is_wrong_with_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        check_draft(UserDraft("nobody", "short", "", Role.SERVICE, "ftp://x"))

    assert fields(caught.value) == ["email", "name", "password", "avatarUrl", "role"]


def test_a_password_made_of_the_draft_itself_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        check_draft(UserDraft(DRAFT.email, "Ana Lovelace 1", DRAFT.name))

    assert fields(caught.value) == ["password"]


def test_a_change_holds_what_was_given_and_nothing_else() -> None:
    assert check_change(UserChange()) == {}
    assert check_change(UserChange(avatar_url=None)) == {"avatar_url": None}
    assert check_change(
        UserChange(name=" Bob ", email="BOB@x.org", status=AccountStatus.DISABLED)
    ) == {"name": "Bob", "email": "bob@x.org", "status": AccountStatus.DISABLED}


def test_a_bad_change_names_everything_that_is_wrong_with_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        check_change(
            UserChange(
                name=None, email="x", role=Role.SERVICE, status=None, avatar_url="x"
            )
        )

    assert fields(caught.value) == ["name", "email", "role", "status", "avatarUrl"]


def test_only_an_administrator_is_one() -> None:
    assert ADMIN.require_admin() == "u_1"
    for principal in (MEMBER, MACHINE):
        with pytest.raises(NotAllowed):
            principal.require_admin()
    with pytest.raises(NotAuthenticated):
        ANONYMOUS.require_admin()


def test_a_machine_is_no_person_but_may_record() -> None:
    assert MACHINE.require_recorder() == "k_1"
    assert ADMIN.require_recorder() == "u_1"
    with pytest.raises(NotAllowed):
        MACHINE.require_user()
    with pytest.raises(NotAllowed):
        MEMBER.require_recorder()


def test_why_a_token_did_not_do_is_told_only_where_somebody_is_needed() -> None:
    expired = Principal(refusal=TokenExpired())

    assert not expired.may_see_private(UserId("u_1"))
    for require in (
        expired.require_user,
        expired.require_admin,
        expired.require_recorder,
    ):
        with pytest.raises(TokenExpired):
            require()


def test_private_fields_are_for_oneself_and_administrators() -> None:
    assert MEMBER.may_see_private(UserId("u_2"))
    assert ADMIN.may_see_private(UserId("u_2"))
    assert not MEMBER.may_see_private(UserId("u_1"))
    assert not MACHINE.may_see_private(UserId("u_2"))
    assert not ANONYMOUS.may_see_private(UserId("u_2"))
