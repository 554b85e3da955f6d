"""Whatever a caller sends, the answer is documented and names what is wrong."""

import json
import string
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rest.operation import NoBody, Operation
from app.rest.table import OPERATIONS
from resolvers.context import Services
from tests.support.factories import PASSWORD, make_admin, make_user, sign_in
from tests.support.rest import Rest

EXAMPLES = 15
KIND = {"Content-Type": "application/json"}
thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["\x00", "\ud800", "$ne", "2025-01-01", "a" * 24, "'; --", "𝔘𐍈"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text() | st.sampled_from(["$gt", "a.b"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
GOOD: dict[str, Any] = {
    "/auth/login": {"email": "ana@example.com", "password": PASSWORD},
    "/auth/refresh": {"refresh_token": "x"},
    "/auth/logout": {},
    "/users": {
        "email": "new@example.com",
        "password": PASSWORD,
        "name": "New",
        "role": "MEMBER",
        "avatar_url": None,
    },
    "/users/{id}": {
        "name": "Name",
        "email": "other@example.com",
        "role": "MEMBER",
        "status": "ACTIVE",
        "avatar_url": None,
        "current_password": PASSWORD,
    },
    "/dashboard/metrics": {"points": [{"name": "a.b", "value": 1}]},
    "/dashboard/activity": {"events": [{"action": "a.b"}]},
}
POINT_FIELDS = ["name", "value", "at", "kind", "unit", "tags", "event_id"]
EVENT_FIELDS = [
    "action",
    "summary",
    "actor_id",
    "target_type",
    "target_id",
    "target_label",
    "severity",
    "occurred_at",
    "event_id",
]
ITEMS = {
    "/dashboard/metrics": ("points", POINT_FIELDS),
    "/dashboard/activity": ("events", EVENT_FIELDS),
}


def operations_with_body() -> list[Operation]:
    return [one for one in OPERATIONS if one.body is not NoBody]


def fields_of(operation: Operation) -> list[str]:
    return list(operation.body.model_fields)


@pytest.fixture
async def admin(services: Services, http: httpx.AsyncClient) -> Rest:
    return Rest(http, await sign_in(http, await make_admin(services)))


@pytest.fixture
async def someone(services: Services) -> str:
    return (await make_user(services)).id


def check(answer: httpx.Response, *fields: str) -> None:
    """No 5xx; a refusal of input blames one of `fields` or something in them."""
    assert answer.status_code < 500, answer.text
    if answer.status_code != 422:
        return
    for problem in answer.json()["error"]["details"]["errors"]:
        named = problem["field"]
        assert any(named == one or named.startswith(f"{one}.") for one in fields), named
        assert problem["reason"]


@pytest.mark.parametrize(
    ("operation", "field"),
    [
        pytest.param(one, field, id=f"{one.method} {one.path} {field}")
        for one in operations_with_body()
        for field in fields_of(one)
        if one.path != "/auth/logout"
    ],
)
@thorough
@given(value=ANYTHING)
async def test_any_value_of_any_field_is_taken_or_named(
    admin: Rest, someone: str, operation: Operation, field: str, value: object
) -> None:
    body = {**GOOD[operation.path], field: value}
    path = operation.path.format(id=someone)

    check(await admin(operation.method, path, _json(body), headers=KIND), field)


@pytest.mark.parametrize(
    ("path", "field"),
    [(path, field) for path, (_, fields) in ITEMS.items() for field in fields],
)
@thorough
@given(value=ANYTHING)
async def test_any_value_in_a_point_or_event_is_taken_rejected_or_named(
    admin: Rest, path: str, field: str, value: object
) -> None:
    items, _ = ITEMS[path]
    good = GOOD[path][items][0]
    body = {items: [good, {**good, field: value}]}

    answer = await admin("POST", path, _json(body), headers=KIND)

    check(answer, f"{items}.1.{field}")
    if answer.status_code == 201:
        data = answer.json()["data"]
        assert data["accepted"] + len(data["rejected"]) == 2
        assert all(one["index"] == 1 for one in data["rejected"])


@thorough
@given(body=ANYTHING, number=st.integers(0, 100))
async def test_any_json_may_be_sent_anywhere(
    admin: Rest, someone: str, body: object, number: int
) -> None:
    operations = operations_with_body()
    operation = operations[number % len(operations)]
    path = operation.path.format(id=someone)

    answer = await admin(operation.method, path, _json(body), headers=KIND)

    assert answer.status_code < 500, answer.text


@thorough
@given(sent=st.binary(max_size=200))
async def test_any_bytes_may_be_sent_as_json(admin: Rest, sent: bytes) -> None:
    answer = await admin("POST", "/users", sent, headers=KIND)

    assert answer.status_code in (400, 422), answer.text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param(one.path, field.alias or name, id=f"{one.path} {name}")
        for one in OPERATIONS
        for name, field in one.query.model_fields.items()
    ],
)
@thorough
@given(value=st.text() | st.sampled_from(["\x00", "-1", "1e9", "²", "$ne", "9" * 50]))
async def test_any_value_of_any_parameter_is_taken_or_named(
    admin: Rest, path: str, name: str, value: str
) -> None:
    query = {"names": "a.b", name: value} if "metrics" in path else {name: value}
    # A cut with one end only misses the other.
    also = {"from": "to", "to": "from"}.get(name, name)

    answer = await admin("GET", f"{path}?{urlencode(query)}")

    check(answer, name, also)


@thorough
@given(value=st.text(min_size=1))
async def test_any_text_may_stand_for_an_id(admin: Rest, value: str) -> None:
    path = f"/users/{quote(value, safe='')}"

    for method, body in (("GET", None), ("PUT", {"name": "New"}), ("DELETE", None)):
        answer = await admin(method, path, body)
        assert answer.status_code in (404, 405), answer.text


@pytest.mark.parametrize(
    "name",
    ["If-Match", "If-None-Match", "Idempotency-Key", "Accept", "X-Refresh-Token"],
)
@thorough
@given(value=st.text(string.printable.strip() + " ", max_size=100))
async def test_any_header_is_taken_or_named(
    admin: Rest, someone: str, name: str, value: str
) -> None:
    path = f"/users/{someone}"
    headers = {name: value}

    for method, at, body in (
        ("GET", path, None),
        ("PUT", path, {"name": "New"}),
        ("POST", "/users", GOOD["/users"]),
        ("POST", "/auth/refresh", {"refresh_token": "x"}),
    ):
        answer = await admin(method, at, body, headers=headers)
        assert answer.status_code < 500, answer.text


def _json(value: object) -> bytes:
    """Lone surrogates escaped, as JSON can say them."""
    return json.dumps(value).encode()
