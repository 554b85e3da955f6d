"""No document is too much: it is refused before it runs, saying what and how much."""

from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from resolvers.context import Services
from tests.support.clients import (
    GRAPHQL_JSON,
    GraphQLClient,
    nobody,
    only_code,
    post,
    signed_in,
)
from tests.support.database_ops import DatabaseOps
from tests.support.documents import MEASURED, deep, refusal, skipped
from tests.support.factories import make_admin, make_user


@pytest.fixture
async def admin(http: httpx.AsyncClient, services: Services) -> GraphQLClient:
    return await signed_in(http, services, await make_admin(services))


@pytest.mark.parametrize(("what", "make", "limit"), MEASURED)
async def test_as_much_as_is_allowed_runs_and_one_more_does_not(
    admin: GraphQLClient, what: str, make: Any, limit: int
) -> None:
    allowed = await admin.ask(make(limit))
    assert "QUERY_TOO_COMPLEX" not in allowed.codes, allowed.errors

    refused = await admin.ask(make(limit + 1))

    assert refusal(refused) == {"what": what, "limit": limit, "value": limit + 1}
    assert (
        refused.errors[0]["message"] == f"{what} is {limit + 1}; the limit is {limit}"
    )


async def test_a_place_has_at_most_5_directives(admin: GraphQLClient) -> None:
    answer = await admin.ask(skipped(1, 6))

    expected = {"what": "directives per node", "limit": 5, "value": 6}
    assert refusal(answer) == expected


@pytest.mark.parametrize("levels", [100, 5_000])
async def test_any_depth_is_refused_as_such(admin: GraphQLClient, levels: int) -> None:
    details = refusal(await admin.ask(deep(levels)))

    assert (details["what"], details["limit"]) == ("depth", 10)
    assert details["value"] >= 100


async def test_depth_is_counted_through_fragments(admin: GraphQLClient) -> None:
    text = """query { me { ...A } }
        fragment A on User { activity { nodes { ...B } } }
        fragment B on Activity { actor { ...C } }
        fragment C on User { activity { nodes { actor { activity { nodes { actor {
            id } } } } } } }"""

    assert refusal(await admin.ask(text))["value"] == 11


async def test_an_alias_in_a_fragment_counts_wherever_it_is_used(
    admin: GraphQLClient,
) -> None:
    uses = " ".join("... on Query { ...A }" for _ in range(16))

    details = refusal(
        await admin.ask(f"{{ {uses} }} fragment A on Query {{ a: __typename }}")
    )

    assert details == {"what": "aliases", "limit": 15, "value": 16}


async def test_cost_is_refused_before_anything_is_read(
    admin: GraphQLClient, database_ops: DatabaseOps
) -> None:
    text = """query ($n: Int) {
        users(first: 100) { nodes { activity(first: $n) { nodes { id } } } } }"""
    database_ops.clear()

    details = refusal(await admin.ask(text, n=100))

    assert details == {"what": "cost", "limit": 5_000, "value": 30_402}
    assert not [op for op in database_ops if "activity" in str(op)]
    assert not (await admin.ask(text, n=2)).errors


@pytest.mark.parametrize("first", [0, -1, 101])
async def test_a_page_has_1_to_100(admin: GraphQLClient, first: int) -> None:
    for text in (
        "{ users(first: %d) { totalCount } }",
        "{ onlineUsers(first: %d) { id } }",
    ):
        error = await admin.error(text % first)

        reason = "must be between 1 and 100"
        assert error["message"] == f"first: {reason}"


async def test_who_asks_for_the_cost_is_told(admin: GraphQLClient) -> None:
    query = "{ users(first: 7) { nodes { id } } }"
    cost = {"requested": 23, "allowed": 5_000}
    sent = {"query": query, "extensions": {"cost": True}}

    posted = await post(admin.http, sent, **admin.headers)
    params = {"query": query, "extensions": '{"cost": true}'}
    got = await admin.http.get("/graphql", params=params, headers=admin.headers)
    others = [
        await post(admin.http, {"query": query, "extensions": said}, **admin.headers)
        for said in ({}, {"cost": False}, {"cost": 1}, None)
    ]

    assert posted.json()["extensions"] == got.json()["extensions"] == {"cost": cost}
    assert ["extensions" in other.json() for other in others] == [False] * 4


async def test_a_refused_operation_tells_its_cost_too(admin: GraphQLClient) -> None:
    query = "{ users(first: 100) { nodes { sessions { id device } } } }"
    sent = {"query": query, "extensions": {"cost": True}}

    answer = await post(admin.http, sent, **admin.headers)

    assert only_code(answer) == "QUERY_TOO_COMPLEX"
    assert answer.json()["extensions"]["cost"]["requested"] == 8_202


async def test_batches_are_refused_whole(http: httpx.AsyncClient) -> None:
    for batch in (
        [],
        [{"query": "{ __typename }"}],
        [{"query": "{ __typename }"}] * 50,
    ):
        response = await post(http, batch, Accept=GRAPHQL_JSON)

        assert (response.status_code, only_code(response)) == (400, "INVALID_JSON")
        assert "batches are not taken" in response.text


async def test_the_query_of_explorers_is_no_exception_to_any_limit_but_depth(
    http: httpx.AsyncClient,
) -> None:
    text = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )

    assert "__schema" in await nobody(http).data(text)


async def test_at_most_20_errors_are_told(
    http: httpx.AsyncClient, services: Services
) -> None:
    wrong = f"{{ {' '.join(f'wrong{n}' for n in range(100))} }}"
    variables = "query ($u: [ID!]!) { __typename } "
    member = await signed_in(http, services, await make_user(services))
    failing = " ".join(
        f"a{n}: apiKeys {{ id }} users {{ totalCount }}" for n in range(15)
    )

    answers = [
        await member.ask(wrong),
        await member.ask(variables, u=[1.5] * 100),
        await member.ask(f"{{ {failing} }}"),
    ]

    assert [0 < len(answer.errors) <= 20 for answer in answers] == [True] * 3
