"""`/graphql` keeps to GraphQL over HTTP: methods, media types, status codes."""

import sys
from types import FrameType

import httpx
import pytest
from graphql import parse, validate

from resolvers.context import Services
from tests.support.clients import (
    GRAPHQL_JSON,
    JSON,
    PATH,
    GraphQLClient,
    only_code,
    post,
    signed_in,
)
from tests.support.factories import make_admin, make_user, sign_in

TYPENAME = "{ __typename }"


@pytest.fixture
async def member(http: httpx.AsyncClient, services: Services) -> GraphQLClient:
    return await signed_in(http, services, await make_user(services))


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.5, {JSON}", JSON),
        (f"{JSON}, text/plain, */*", JSON),
        (f"{GRAPHQL_JSON}, */*;q=0.1", GRAPHQL_JSON),
        (f"{JSON};q=0, */*", GRAPHQL_JSON),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON", GRAPHQL_JSON),
        (f"{JSON};q=banana", JSON),
    ],
)
async def test_an_answer_has_the_type_its_client_likes_best(
    http: httpx.AsyncClient, accept: str | None, expected: str
) -> None:
    del http.headers["Accept"]
    headers = {} if accept is None else {"Accept": accept}

    response = await post(http, {"query": TYPENAME}, **headers)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{expected}; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("accept", ["text/html", f"{JSON};q=0", "*/*;q=0", "image/*"])
async def test_a_type_we_cannot_send_is_not_acceptable(
    http: httpx.AsyncClient, accept: str
) -> None:
    response = await post(http, {"query": TYPENAME}, Accept=accept)

    assert (response.status_code, only_code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "media_type",
    [
        "application/jsonp",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json; charset=utf-16",
        "",
    ],
)
async def test_only_json_in_utf_8_is_taken(
    http: httpx.AsyncClient, media_type: str
) -> None:
    response = await post(http, {"query": TYPENAME}, Content_Type=media_type)

    assert (response.status_code, only_code(response)) == (
        415,
        "UNSUPPORTED_MEDIA_TYPE",
    )


@pytest.mark.parametrize(
    "media_type",
    ["application/json; charset=UTF-8", 'Application/JSON;charset="utf-8"'],
)
async def test_parameters_of_the_media_type_are_understood(
    http: httpx.AsyncClient, media_type: str
) -> None:
    response = await post(http, {"query": TYPENAME}, Content_Type=media_type)

    assert response.status_code == 200


async def test_a_query_may_come_by_get(http: httpx.AsyncClient) -> None:
    response = await http.get(
        PATH,
        params={
            "query": "query T($n: String!) { __type(name: $n) { name } }",
            "variables": '{"n": "User"}',
            "operationName": "T",
            "extensions": "{}",
        },
    )

    assert response.json() == {"data": {"__type": {"name": "User"}}}


async def test_a_change_may_not_come_by_get(http: httpx.AsyncClient) -> None:
    response = await http.get(PATH, params={"query": "mutation { logout }"})

    assert (response.status_code, only_code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_other_methods_are_told_which_are_allowed(
    http: httpx.AsyncClient, method: str
) -> None:
    response = await http.request(method, PATH)

    assert (response.status_code, only_code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["Allow"] == "GET, POST"


async def test_an_answer_names_the_request_it_belongs_to(
    http: httpx.AsyncClient,
) -> None:
    response = await post(http, {"query": TYPENAME}, X_Request_ID="mine-1")

    assert response.headers["X-Request-ID"] == "mine-1"


async def test_a_bad_token_is_refused_only_where_somebody_must_be_signed_in(
    http: httpx.AsyncClient,
) -> None:
    bad = {"Authorization": "Bearer nonsense", "Accept": GRAPHQL_JSON}

    assert (await post(http, {"query": TYPENAME}, **bad)).status_code == 200
    response = await post(http, {"query": "{ me { id } }"}, **bad)
    assert (response.status_code, only_code(response)) == (200, "UNAUTHENTICATED")
    assert response.json()["data"] is None


async def test_tokens_elsewhere_than_in_the_header_count_for_nothing(
    http: httpx.AsyncClient, services: Services
) -> None:
    tokens = await sign_in(http, await make_admin(services))
    params = {"query": "{ me { id } }", "access_token": tokens.access}

    response = await http.get(PATH, params=params)

    assert only_code(response) == "UNAUTHENTICATED"


async def test_a_warm_operation_is_neither_parsed_nor_validated(
    member: GraphQLClient,
) -> None:
    called: list[str] = []
    watched = {parse.__code__: "parse", validate.__code__: "validate"}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in watched:
            called.append(watched[frame.f_code])

    query = "query ($id: ID!) { me { name } user(id: $id) { id } }"
    sys.setprofile(note)
    try:
        await member.data(query, id="u_1")
        cold = called.copy()
        await member.data(query, id="u_2")
    finally:
        sys.setprofile(None)

    assert cold == ["parse", "validate"]
    assert called == cold


async def test_field_errors_keep_the_status_ok_beside_data(
    member: GraphQLClient,
) -> None:
    answer = await member.ask("{ me { id } keys: apiKeys { id } }")

    assert answer.response.status_code == 200
    assert answer.data is None
    assert answer.codes == ["FORBIDDEN"]
    assert answer.errors[0]["path"] == ["keys"]
    assert answer.errors[0]["locations"] == [{"line": 1, "column": 13}]
