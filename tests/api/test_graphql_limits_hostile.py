"""Documents made to bring a server down get a plain answer."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as steady
from hypothesis import strategies as st

from resolvers.context import Services
from tests.support.clients import GRAPHQL_JSON, GraphQLClient, post, signed_in
from tests.support.documents import shared
from tests.support.factories import make_admin

BIG = 130_000  # escaped in JSON, at most a body's limit


@pytest.fixture
async def admin(http: httpx.AsyncClient, services: Services) -> GraphQLClient:
    return await signed_in(http, services, await make_admin(services))


def hostile() -> Iterator[str]:
    """Documents that have brought servers down."""
    yield shared(60, 60)
    yield "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    yield "{ ...A } fragment A on Query { ...A __typename }"
    yield "{ " + "... on Query { " * 5 + "me { id } " * 160 + "} " * 6
    yield "{ " + "... on Query { " * 90 + "__typename" + " }" * 91
    yield "{" * BIG
    yield "[" * BIG
    yield "#" * BIG
    yield "#\n" * (BIG // 2)
    yield '"' * BIG
    yield '"""\\' * (BIG // 4)
    yield " " * BIG
    yield "{ a(b: " + "[" * 900 + "]" * 900 + ") }"
    yield "{ __typename " + "@a" * 900 + " }"
    yield "query (" + "$a: Int " * 450 + ") { __typename }"
    yield "{ me { " + "id " * 490 + "} }"
    yield "{ " + "me { id } " * 249 + "}"
    doubling = (
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(49)
    )
    yield "{ ...F0 } " + " ".join(doubling) + " fragment F49 on Query { __typename }"
    # The same where the end of it all is nothing.
    yield "{ ...F0 } " + shared(50, 0).replace("{ __typename }", "{ ...F0 }")
    yield "{ ...A } fragment A on Query { }"
    schema = ["__schema", "types", "fields", "type", "fields", "type", "fields", "name"]
    yield " ".join(f"{{ {one}" for one in schema) + " }" * len(schema)


@pytest.mark.parametrize("text", list(hostile()))
async def test_hostile_documents_get_a_plain_answer(
    http: httpx.AsyncClient, text: str
) -> None:
    response = await post(http, {"query": text}, Accept=GRAPHQL_JSON)

    assert response.status_code in (200, 400), response.text
    codes = {e["extensions"]["code"] for e in response.json().get("errors", [])}
    assert codes <= {"VALIDATION_ERROR", "QUERY_TOO_COMPLEX", "UNAUTHENTICATED"}
    assert len(response.text) < 20_000


PIECES = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "me",
            "id",
            "users",
            "activity",
            "nodes",
            "...",
            "on",
            "Query",
            "User",
            "F",
            "fragment",
            "query",
            "mutation",
            "subscription",
            "$v",
            ":",
            "Int",
            "first",
            "1",
            '"',
            '"""',
            "@skip",
            "if",
            "true",
            "null",
            "#",
            "\n",
            "a:",
            "!",
            "=",
            "-9999999999",
            "1e400",
            "\x00",
            "\\ud800",
            "é",
            "{ me { id } }",
        ]
    ),
    max_size=40,
).map(" ".join)


# The driver's threads use `random` while a strategy draws, which looks like its own.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@steady(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(text=PIECES, repeated=st.sampled_from([1, 1, 50, 2_000]))
async def test_random_documents_meet_no_bug(
    admin: GraphQLClient, text: str, repeated: int
) -> None:
    answer = await admin.ask(text * repeated or " ")

    assert answer.response.status_code < 500, answer.response.text
    assert "INTERNAL_ERROR" not in answer.codes
    assert len(answer.errors) <= 20
