"""Bodies and parameters that are wrong are refused, and what is wrong is named."""

from typing import Any

import httpx
import pytest

from resolvers.context import Services
from tests.support.factories import PASSWORD, make_admin, sign_in
from tests.support.rest import Rest, data_of, error_of, wrong_field

LOGIN = "/auth/login"


@pytest.fixture
async def admin(services: Services, http: httpx.AsyncClient) -> Rest:
    return Rest(http, await sign_in(http, await make_admin(services)))


@pytest.fixture
def anyone(http: httpx.AsyncClient) -> Rest:
    return Rest(http, None)


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json; charset=latin-1",
        "",
    ],
)
async def test_a_body_that_is_not_called_json_is_refused(
    anyone: Rest, media_type: str
) -> None:
    answer = await anyone("POST", LOGIN, b"{}", headers={"Content-Type": media_type})

    error_of(answer, 415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_charset_of_utf_8_may_be_said(anyone: Rest) -> None:
    kind = {"Content-Type": 'Application/JSON; Charset="UTF-8"'}
    answer = await anyone("POST", LOGIN, b"{}", headers=kind)

    assert wrong_field(answer) == "email"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{} {}",
        b"\xff",
        b'{"email": NaN}',
        b'{"email": 1e999}',
        b'{"email": ' + b"9" * 6_000 + b"}",
        b'{"email": "a", "email": "b"}',
        b"[" * 20_000 + b"]" * 20_000,
        b"{'email': 1}",
        b"// no\n{}",
        '{"email": 1}'.encode("utf-16"),
    ],
)
async def test_a_body_that_is_not_json_is_refused(anyone: Rest, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    answer = await anyone("POST", LOGIN, body, headers=kind)

    error = error_of(answer, 400, "INVALID_JSON")
    assert error["message"].startswith("The body is not valid JSON: ")


@pytest.mark.parametrize("body", [5, "x", True, [], [{}]])
async def test_json_that_is_no_object_is_wrong_as_a_whole(
    anyone: Rest, body: Any
) -> None:
    answer = await anyone("POST", LOGIN, body)

    assert wrong_field(answer) == "body"


@pytest.mark.parametrize(
    ("path", "limit"), [("/users", 65_536), ("/dashboard/metrics", 4_194_304)]
)
async def test_a_body_may_have_its_size_and_no_byte_more(
    admin: Rest, path: str, limit: int
) -> None:
    kind = {"Content-Type": "application/json"}
    full = b'{"' + b"x" * (limit - 7) + b'": 1}'
    assert len(full) == limit

    fits = await admin("POST", path, full, headers=kind)
    too_long = await admin("POST", path, full + b" ", headers=kind)

    assert fits.status_code == 422
    error = error_of(too_long, 413, "PAYLOAD_TOO_LARGE")
    assert error["details"] == {"limit_bytes": limit}


async def test_every_problem_of_a_body_is_named(admin: Rest) -> None:
    body: dict[str, Any] = {
        "email": 5,
        "name": None,
        "nick": "x",
        "role": "KING",
        "avatar_url": [],
    }
    answer = await admin("POST", "/users", body)

    details = error_of(answer, 422, "VALIDATION_ERROR")["details"]
    assert {one["field"]: one["reason"] for one in details["errors"]} == {
        "email": "must be a string",
        "password": "is required",
        "name": "must be a string",
        "role": "must be one of ADMIN, MEMBER",
        "avatar_url": "must be a string",
        "nick": "is not known here",
    }


async def test_problems_a_use_case_finds_are_named_in_snake_case(admin: Rest) -> None:
    body = {
        "email": "no address",
        "password": PASSWORD,
        "name": "Ana",
        "avatar_url": "ftp://example.com",
    }
    answer = await admin("POST", "/users", body)

    details = error_of(answer, 422, "VALIDATION_ERROR")["details"]
    assert [one["field"] for one in details["errors"]] == ["email", "avatar_url"]
    assert answer.json()["error"]["message"] == "Invalid input data"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/users?pages=2", "pages"),
        ("/users?page=2&page=3", "page"),
        ("/users?page=1.5", "page"),
        ("/users?page=%C2%B2", "page"),
        ("/users?page=0", "page"),
        ("/users?page=500&page_size=100", "page"),
        ("/users?page_size=101", "page_size"),
        ("/users?role=KING", "role"),
        ("/users?sort=email", "sort"),
        ("/users?search=" + "x" * 65, "search"),
        ("/auth/me?x=1", "x"),
        ("/users?=5", "query"),
        ("/dashboard/stats?range=LAST_YEAR", "range"),
        ("/dashboard/metrics", "names"),
        ("/dashboard/activity?limit=101", "limit"),
        ("/dashboard/activity?from=yesterday", "from"),
        ("/dashboard/activity?after=x", "after"),
        ("/dashboard/activity?action=Nope", "action"),
    ],
)
async def test_a_wrong_parameter_is_named(admin: Rest, path: str, field: str) -> None:
    assert wrong_field(await admin("GET", path)) == field


async def test_an_empty_parameter_counts_as_absent(admin: Rest) -> None:
    path = "/users?page=&page_size=&search=&role=&status=&sort="

    assert len(data_of(await admin("GET", path))) == 1
