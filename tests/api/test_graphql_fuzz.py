"""Whatever a client makes up, it gets an answer with codes and never our bugs."""

from typing import Any

import httpx
import pytest
from graphql import parse_value
from graphql.type import get_named_type, is_composite_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, from_schema, nodes

from domain.principal import Role
from kit.jsonio import dumps
from resolvers.context import Services
from schema.build import build_schema
from tests.support.clients import JSON, PATH, GraphQLClient, signed_in
from tests.support.factories import make_user

SCHEMA = build_schema()
SDL, CORE = SCHEMA.as_str(), SCHEMA._schema
# Every field of both roots; but who signs out asks nothing more.
FIELDS = [
    (root, name, field)
    for root in (CORE.query_type, CORE.mutation_type)
    if root is not None
    for name, field in root.fields.items()
    if name != "logout"
]
MOMENTS = st.one_of(st.datetimes().map(lambda at: f"{at.isoformat()}Z"), st.text())
TAGS = st.sampled_from(["{}", '{a: "b"}', "{a: 1}", '{a: {b: "c"}}', "5"])
SCALARS = {"DateTime": MOMENTS.map(nodes.String), "JSON": TAGS.map(parse_value)}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
# The driver's threads use `random` while a strategy draws, which looks like its own.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")
# The same examples each time; the clients outlive an example on purpose.
steady = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
async def clients(http: httpx.AsyncClient, services: Services) -> list[GraphQLClient]:
    """A member and an administrator."""
    users = [await make_user(services, role=role) for role in (Role.MEMBER, Role.ADMIN)]
    return [await signed_in(http, services, user) for user in users]


def check(answer: httpx.Response) -> None:
    codes = [e["extensions"]["code"] for e in answer.json().get("errors", [])]
    assert answer.status_code < 500, answer.text
    assert "INTERNAL_ERROR" not in codes, answer.text


def made_up(mode: Mode) -> st.SearchStrategy[Any]:
    fields = [name for _, name, _ in FIELDS]
    return from_schema(SDL, fields=fields, custom_scalars=SCALARS, mode=mode)


@steady
@given(text=made_up(Mode.POSITIVE), who=st.sampled_from([0, 1]))
async def test_a_random_valid_operation_meets_no_bug(
    clients: list[GraphQLClient], text: str, who: int
) -> None:
    check((await clients[who].ask(text)).response)


@steady
@given(text=made_up(Mode.NEGATIVE), who=st.sampled_from([0, 1]))
async def test_a_random_invalid_operation_meets_no_bug(
    clients: list[GraphQLClient], text: str, who: int
) -> None:
    check((await clients[who].ask(text)).response)


@steady
@given(data=st.data(), chosen=st.sampled_from(FIELDS))
async def test_random_variables_meet_no_bug(
    clients: list[GraphQLClient], data: st.DataObject, chosen: Any
) -> None:
    root, name, field = chosen
    declared = ", ".join(f"${a}: {d.type}" for a, d in field.args.items())
    passed = ", ".join(f"{a}: ${a}" for a in field.args)
    text = name + (f"({passed})" if passed else "")
    if is_composite_type(get_named_type(field.type)):
        text += " { __typename }"
    values = data.draw(st.fixed_dictionaries(dict.fromkeys(field.args, ANYTHING)))
    kind = "query" if root is CORE.query_type else "mutation"

    operation = f"{kind} ({declared}) {{ {text} }}" if declared else f"{{ {text} }}"
    check((await clients[1].ask(operation, **values)).response)


@steady
@given(body=st.binary() | st.text().map(str.encode) | ANYTHING.map(dumps))
async def test_random_bodies_meet_no_bug(
    clients: list[GraphQLClient], body: bytes
) -> None:
    headers = {**clients[0].headers, "Content-Type": JSON}
    response = await clients[0].http.post(PATH, content=body, headers=headers)

    check(response)
    assert response.status_code == 400
