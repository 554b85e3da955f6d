"""What operations cost, and that those people need are affordable."""

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import FragmentDefinitionNode, build_schema, parse, print_ast
from graphql.language import OperationDefinitionNode

from schema.build import build_schema as dashboard_schema
from schema.list_sizes import SIZES, ListSizesWrong, check_sizes

ROOT = Path(__file__).parents[2]
DOCUMENTS = dashboard_schema().documents
ALLOWED = DOCUMENTS.limits.cost
POINT = "start end value count partial"
PERSON = "id email name avatarUrl role status presence lastSeenAt createdAt version"
# What the web client asks, at the most it asks for.
MOST: dict[str, Any] = {
    "first": 100,
    "names": ["a.a", "b.b", "c.c", "d.d"],
    "maxPoints": 300,
    "compareTo": "PREVIOUS_PERIOD",
}


def cost(text: str, **variables: Any) -> int:
    document = DOCUMENTS.get(text)
    assert document.errors == ()
    return document.cost(None, variables)


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("{ __typename }", {}, 1),
        ("{ me { id name } }", {}, 4),
        ("{ users { nodes { id } } }", {}, 2 + 20 * 3),
        ("{ users(first: 5) { nodes { id } totalCount } }", {}, 2 + 5 * 3 + 1),
        ("{ users(last: 5) { edges { node { id } } } }", {}, 2 + 5 * (2 + 3)),
        ("query ($n: Int) { users(first: $n) { nodes { id } } }", {"n": 7}, 2 + 7 * 3),
        ("query ($n: Int = 9) { users(first: $n) { nodes { id } } }", {}, 2 + 9 * 3),
        (
            "query ($n: Int = 9) { users(first: $n) { nodes { id } } }",
            {"n": None},
            2 + 20 * 3,
        ),
        (
            "{ users(first: 3) { nodes { activity(first: 4) { nodes { id } } } } }",
            {},
            2 + 3 * (2 + 2 + 4 * 3),
        ),
        (
            (
                "query ($n: Int) { users(first: 3) { nodes { activity(first: $n) "
                "{ nodes { id } } } } }"
            ),
            {"n": 4},
            2 + 3 * (2 + 2 + 4 * 3),
        ),
        ("{ onlineUsers(first: 2) { id } }", {}, 2 * 3),
        (
            (
                'query ($p: Int) { metrics(names: ["a.a", "b.b"], maxPoints: $p) '
                "{ series { points { value } } } }"
            ),
            {"p": 100},
            2 + 2 * (2 + 10 * 3),
        ),
        (
            (
                'query ($g: [String!]) { metrics(names: ["a.a"], groupBy: $g, '
                "topSeries: 4, maxPoints: 10) { series { points { value } } } }"
            ),
            {"g": ["route"]},
            2 + 5 * (2 + 1 * 3),
        ),
        (
            (
                "mutation ($p: [MetricPointInput!]!) { recordMetrics(points: $p) "
                "{ accepted rejected { index code } } }"
            ),
            {"p": [{}] * 25},
            2 + 1 + 3 * (2 + 2),
        ),
        (
            (
                "subscription { activityAdded { "
                "... on ActivityAdded { activity { id } } ... on Gap { to } } }"
            ),
            {},
            2 + (2 + 1) + 1,
        ),
        ("{ ...Q } fragment Q on Query { a: me { id } b: me { id } }", {}, 6),
    ],
)
def test_an_object_costs_2_a_value_1_and_a_list_as_often_as_it_is_long(
    text: str, variables: dict[str, Any], expected: int
) -> None:
    assert cost(text, **variables) == expected


def test_more_than_a_list_takes_is_priced_as_its_most_for_the_list_refuses_it() -> None:
    text = "query ($n: Int) { users(first: $n) { nodes { id } } }"

    assert cost(text, n=2_000_000_000) == cost(text, n=100)
    assert cost(text, n=-5) == cost(text, n=0)


@pytest.mark.parametrize(
    "text",
    [
        f"{{ users(first: 100) {{ nodes {{ {PERSON} }} edges {{ cursor }} }} }}",
        (
            "{ activity(first: 100) { nodes { id action actor { id name avatarUrl } "
            "actorLabel summary changes { field before after } occurredAt } } }"
        ),
        (
            f'{{ metrics(names: ["a.b"], groupBy: ["route"], maxPoints: 300) '
            f"{{ series {{ tags points {{ {POINT} }} }} }} }}"
        ),
        (
            f'{{ metrics(names: ["a.b"], maxPoints: 2000) '
            f"{{ series {{ points {{ {POINT} }} summary {{ sum }} }} }} }}"
        ),
        (
            "{ notifications(first: 100) { "
            "nodes { id title body level link read readAt } unreadCount } }"
        ),
        "{ onlineUsers(first: 100) { id name avatarUrl presence } }",
    ],
)
def test_a_full_page_with_all_that_is_shown_of_it_is_affordable(text: str) -> None:
    assert cost(text) <= ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "{ users(first: 100) { nodes { activity(first: 100) { nodes { id } } } } }",
        "{ users(first: 100) { nodes { sessions { id device ip } } } }",
        "{ onlineUsers(first: 100) { activity(first: 50) { nodes { id } } } }",
    ],
)
def test_lists_of_lists_are_not(text: str) -> None:
    assert cost(text) > ALLOWED


def client_operations() -> dict[str, str]:
    """Each of the web client's, with the fragments it needs."""
    pages = sorted((ROOT / "client/src/api/operations").glob("*.graphql"))
    document = parse("\n".join(page.read_text() for page in pages) or "{ __typename }")
    fragments = {
        d.name.value: print_ast(d)
        for d in document.definitions
        if isinstance(d, FragmentDefinitionNode)
    }

    def whole(text: str, known: frozenset[str] = frozenset()) -> str:
        names = sorted(set(re.findall(r"\.\.\.(\w+)", text)) & fragments.keys() - known)
        if not names:
            return text
        return whole(f"{text}\n{' '.join(map(fragments.get, names))}", known | {*names})  # type: ignore[arg-type]

    return {
        d.name.value: whole(print_ast(d))
        for d in document.definitions
        if isinstance(d, OperationDefinitionNode) and d.name
    }


@pytest.mark.parametrize(("name", "text"), client_operations().items())
def test_the_web_client_can_afford_what_it_asks(name: str, text: str) -> None:
    assert cost(text, **MOST) <= ALLOWED, name


def test_a_list_nobody_has_sized_stops_the_build() -> None:
    grown = build_schema("type Query { people: [Person] } type Person { id: ID }")

    with pytest.raises(ListSizesWrong, match=r"without a size: \['Query.people'\]"):
        check_sizes(grown, SIZES)
