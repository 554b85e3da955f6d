"""What a document holds once its fragments are in place, without putting them there."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    parse,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.counting import counted

FRAGMENTS = 4


def selections(spreads: list[str]) -> st.SearchStrategy[str]:
    """Of fields, inline fragments and those `spreads`, in braces."""
    leaf = st.sampled_from(["a", "b: a", "c @x", "__typename", *spreads])
    inner = st.recursive(
        st.lists(leaf, min_size=1, max_size=3).map(" ".join),
        lambda below: st.tuples(
            st.sampled_from(["a", "x: b @y @z", "... on T", "...", "__schema"]), below
        ).map(lambda pair: f"{pair[0]} {{ {pair[1]} }}"),
        max_leaves=5,
    )
    return st.lists(inner, min_size=1, max_size=3).map(" ".join)


NAMES = [f"F{number}" for number in range(FRAGMENTS)]
# Each fragment uses those after it only.
INSIDE = [
    selections([f"...{name}" for name in NAMES[number:]])
    for number in range(FRAGMENTS + 1)
]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Two operations, of which the first uses every fragment."""
    all_ = " ".join(f"...{name}" for name in NAMES)
    parts = [f"{{ {all_} {draw(INSIDE[0])} }}", f"query Q {{ {draw(INSIDE[0])} }}"]
    for number, name in enumerate(NAMES):
        parts.append(f"fragment {name} on T @x {{ {draw(INSIDE[number + 1])} }}")
    return "\n".join(draw(st.permutations(parts)))


def expanded(node: Any, fragments: Mapping[str, Any], depth: int) -> list[Any]:
    """Every field below `node`, as (aliased, depth), each fragment in its place."""
    found: list[Any] = []
    for one in node.selection_set.selections:
        if isinstance(one, FragmentSpreadNode):
            found += expanded(fragments[one.name.value], fragments, depth)
            continue
        below = depth
        if isinstance(one, FieldNode):
            exempt = one.name.value == "__schema" or depth < 0
            below = -1_000 if exempt else depth + 1
            found.append((one.alias is not None, below))
        if one.selection_set is not None:
            found += expanded(one, fragments, below)
    return found


def naive(document: DocumentNode) -> dict[str, int]:
    operations = [
        d for d in document.definitions if isinstance(d, OperationDefinitionNode)
    ]
    fragments = {
        d.name.value: d
        for d in document.definitions
        if isinstance(d, FragmentDefinitionNode)
    }
    fields = [one for op in operations for one in expanded(op, fragments, 0)]
    return {
        "depth": max(0, *(depth for _, depth in fields)),
        "fields": len(fields),
        "aliases": sum(aliased for aliased, _ in fields),
    }


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(documents())
def test_counting_agrees_with_putting_every_fragment_in_its_place(text: str) -> None:
    document = parse(text)

    found = dict(counted(document, introspection=True))

    assert found.items() >= naive(document).items()
    assert found["directives"] == text.count("@")
    assert (found["operations"], found["fragments"]) == (2, FRAGMENTS)


def test_fragments_that_double_at_every_step_are_counted_at_once() -> None:
    steps = [f"fragment F{n} on T {{ ...F{n + 1} ...F{n + 1} }}" for n in range(49)]
    text = " ".join(["{ ...F0 }", *steps, "fragment F49 on T { a b: a { c } }"])

    found = dict(counted(parse(text), introspection=False))

    assert found["fields"] == 3 * 2**49
    assert found["aliases"] == 2**49
    assert found["depth"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "{ ...A } fragment A on T { a ...A }",
        "{ ...A } fragment A on T { a ...B } fragment B on T { b ...A }",
        "{ x } fragment A on T { ...B } fragment B on T { ...A }",
        "{ ...Nowhere }",
    ],
)
def test_fragments_that_lead_nowhere_are_left_to_validation(text: str) -> None:
    assert dict(counted(parse(text), introspection=False))["fields"] <= 3


def test_what_is_not_used_counts_as_well() -> None:
    text = "{ a } fragment Unused on T { a { b { c } } x: a }"

    found = dict(counted(parse(text), introspection=False))

    assert (found["fields"], found["depth"], found["aliases"]) == (5, 3, 1)


def test_asking_for_the_schema_may_be_deep_only_where_it_may_be_asked_for() -> None:
    document = parse("{ a { b } __schema { types { fields { name } } } }")

    assert dict(counted(document, introspection=True))["depth"] == 2
    assert dict(counted(document, introspection=False))["depth"] == 4
