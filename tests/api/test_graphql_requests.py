"""What is no GraphQL request, or cannot be executed, is told so."""

from typing import Any

import httpx
import pytest

from app.settings.settings import Settings
from tests.support.clients import (
    GRAPHQL_JSON,
    JSON,
    PATH,
    only_code,
    post,
)

TYPENAME = "{ __typename }"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b"5",
        b"null",
        b"true",
        b'"x"',
        b"[]",
        b'[{"query":"{__typename}"}]',
        b"[" * 40_000,
        b'{"query":"{__typename}","variables":'
        + b'{"a":' * 20_000
        + b"1"
        + b"}" * 20_001,
        b'{"query":"{__typename}","variables":{"a":' + b"9" * 6_000 + b"}}",
        b'{"query":"{__typename}","variables":{"a":1e400}}',
        b'{"query":"{__typename}","variables":{"a":NaN}}',
        b'{"query":"{__typename}","variables":{"a":-Infinity}}',
        b'{"query":"{__typename}","query":"{me{id}}"}',
        b'{"query":"\xff\xfe"}',
        b'{"query":"{__typename}","variables":{"a":"\\ud800"}}',
        b'\xef\xbb\xbf{"query":"{__typename}"}',
    ],
)
async def test_a_malformed_body_is_invalid_json(
    http: httpx.AsyncClient, body: bytes
) -> None:
    response = await post(http, body)

    assert (response.status_code, only_code(response)) == (400, "INVALID_JSON")


@pytest.mark.parametrize("wrong", [{"obj": "ect"}, 0, 1.5, True, ["array"]])
@pytest.mark.parametrize(
    "parameter", ["query", "operationName", "variables", "extensions"]
)
async def test_a_parameter_of_the_wrong_type_is_named(
    http: httpx.AsyncClient, parameter: str, wrong: object
) -> None:
    if parameter in ("variables", "extensions") and isinstance(wrong, dict):
        wrong = "string"
    response = await post(http, {"query": TYPENAME, parameter: wrong})

    assert (response.status_code, only_code(response)) == (400, "VALIDATION_ERROR")
    (error,) = response.json()["errors"]
    assert error["extensions"]["details"]["field"] == parameter


@pytest.mark.parametrize("body", [{}, {"qeury": TYPENAME}, {"query": ""}])
async def test_a_request_without_a_query_is_told_so(
    http: httpx.AsyncClient, body: object
) -> None:
    response = await post(http, body)

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["details"]["field"] == "query"


@pytest.mark.parametrize("parameter", ["operationName", "variables", "extensions"])
async def test_null_is_as_good_as_nothing(
    http: httpx.AsyncClient, parameter: str
) -> None:
    response = await post(http, {"query": TYPENAME, parameter: None})

    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"query": "{"}, "query"),
        ({"query": "   "}, "query"),
        ({"query": "{ nothingLikeIt }"}, "query"),
        ({"query": "fragment F on Query { __typename }"}, "query"),
        ({"query": "query A { __typename } query B { __typename }"}, "operationName"),
        ({"query": "query A { __typename }", "operationName": "B"}, "operationName"),
        ({"query": "query A { __typename }", "operationName": ""}, "operationName"),
        ({"query": "query ($id: ID!) { user(id: $id) { id } }"}, "id"),
        ({"query": "subscription { __typename }"}, "query"),
    ],
)
async def test_what_cannot_be_executed_has_no_data_and_a_status_by_media_type(
    http: httpx.AsyncClient, body: dict[str, Any], field: str
) -> None:
    modern = await post(http, body, Accept=GRAPHQL_JSON)
    old = await post(http, body, Accept=JSON)

    assert (modern.status_code, old.status_code) == (400, 200)
    assert modern.json() == old.json()
    assert modern.json().keys() == {"errors"}
    assert only_code(modern) == "VALIDATION_ERROR"
    (error,) = modern.json()["errors"]
    assert error["extensions"]["details"]["field"] == field


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", "VALIDATION_ERROR"),
        ("query=", "VALIDATION_ERROR"),
        ("query={__typename}&query={__typename}", "VALIDATION_ERROR"),
        ("query={__typename}&variables=5", "VALIDATION_ERROR"),
        ("query={__typename}&variables={", "INVALID_JSON"),
    ],
)
async def test_a_malformed_get_is_a_bad_request(
    http: httpx.AsyncClient, parameters: str, expected: str
) -> None:
    response = await http.get(f"{PATH}?{parameters}")

    assert (response.status_code, only_code(response)) == (400, expected)


async def test_a_body_over_the_limit_is_refused(
    http: httpx.AsyncClient, settings: Settings
) -> None:
    filler = "#" * settings.graphql_body_max_bytes

    response = await post(http, {"query": f"{TYPENAME} {filler}"})

    assert (response.status_code, only_code(response)) == (413, "PAYLOAD_TOO_LARGE")


async def test_deep_documents_are_refused_not_crashed_on(
    http: httpx.AsyncClient,
) -> None:
    for depth in (1_000, 20_000):
        deep = "{ me " * depth + "{ id }" + "}" * depth
        response = await post(http, {"query": deep}, Accept=GRAPHQL_JSON)

        assert (response.status_code, only_code(response)) == (400, "QUERY_TOO_COMPLEX")


async def test_a_thousand_mistakes_get_a_short_answer(http: httpx.AsyncClient) -> None:
    fields = " ".join(f"wrong{number}" for number in range(1_000))

    response = await post(http, {"query": f"{{ {fields} }}"})

    assert len(response.json()["errors"]) <= 21
