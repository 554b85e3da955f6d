"""Every field has a guard, and every guard does what it says."""

from types import SimpleNamespace
from typing import Any

import pytest

from domain.errors import NotAllowed, NotAuthenticated, TokenExpired
from domain.ids import ApiKeyId, UserId
from domain.principal import ANONYMOUS, Principal, Role
from schema.build import build_schema, compose
from schema.guards import GUARDS, Access, GuardTableWrong, guard

MEMBER = Principal(role=Role.MEMBER, user_id=UserId("u_1"))
ADMIN = Principal(role=Role.ADMIN, user_id=UserId("u_2"))
MACHINE = Principal(role=Role.SERVICE, key_id=ApiKeyId("k_1"))
EXPIRED = Principal(refusal=TokenExpired())


def test_a_field_without_a_guard_stops_the_build() -> None:
    table = {name: access for name, access in GUARDS.items() if name != "User.email"}

    with pytest.raises(GuardTableWrong, match=r"unguarded: \['User.email'\]"):
        guard(build_schema()._schema, table)


def test_a_guard_without_a_field_stops_the_build() -> None:
    with pytest.raises(GuardTableWrong, match=r"unknown: \['User.shoeSize'\]"):
        guard(build_schema()._schema, {**GUARDS, "User.shoeSize": Access.OPEN})


def test_every_query_and_mutation_says_who_may_ask() -> None:
    roots = {name: a for name, a in GUARDS.items() if name.startswith(("Query", "Mut"))}

    assert Access.PARENT not in roots.values()
    assert [name for name, access in roots.items() if access is Access.OPEN] == [
        "Mutation.login",
        "Mutation.refreshToken",
    ]


@pytest.mark.parametrize(
    ("field", "principal", "refusal"),
    [
        ("me", ANONYMOUS, NotAuthenticated),
        ("me", EXPIRED, TokenExpired),
        ("me", MACHINE, NotAllowed),
        ("me", MEMBER, None),
        ("me", ADMIN, None),
        ("apiKeys", ANONYMOUS, NotAuthenticated),
        ("apiKeys", MACHINE, NotAllowed),
        ("apiKeys", MEMBER, NotAllowed),
        ("apiKeys", ADMIN, None),
    ],
)
def test_a_guard_lets_through_whom_it_says(
    field: str, principal: Principal, refusal: type[Exception] | None
) -> None:
    schema = compose()._schema  # of its own, as it is changed
    query = schema.query_type
    assert query is not None
    query.fields[field].resolve = lambda *_: "let through"
    guard(schema)
    info: Any = SimpleNamespace(context=SimpleNamespace(principal=principal))
    resolve: Any = query.fields[field].resolve

    if refusal is None:
        assert resolve(None, info) == "let through"
    else:
        with pytest.raises(refusal):
            resolve(None, info)
