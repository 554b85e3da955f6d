"""Requests made up from the document: no 5xx, no answer that the document lacks."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from app.rest.openapi import document
from domain.principal import Role
from domain.users import User
from resolvers.context import Services
from tests.support.factories import bearer, make_user, sign_in

EXAMPLES = 6  # of each mode, for each operation and caller
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


def _operations() -> Mapping[str, Any]:
    """By method and path. Strict about what answers hold: nothing unlisted."""
    strict = document()
    for schema in strict["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    # Who calls is this test's part, so no tokens are made up.
    del strict["components"]["securitySchemes"]
    for methods in strict["paths"].values():
        for operation in methods.values():
            del operation["security"]
    found: Any = schemathesis.openapi.from_dict(strict).get_all_operations()
    return {one.ok().label: one.ok() for one in found}


OPERATIONS = _operations()


@pytest.fixture(
    params=[None, Role.MEMBER, Role.ADMIN], ids=["anyone", "member", "admin"]
)
async def caller(
    request: pytest.FixtureRequest, services: Services, http: httpx.AsyncClient
) -> dict[str, str]:
    """The headers of who calls."""
    if request.param is None:
        return {}
    user = await make_user(services, role=request.param)
    return bearer((await sign_in(http, user)).access)


@pytest.fixture
async def someone(services: Services) -> User:
    return await make_user(services)


@pytest.mark.parametrize("label", OPERATIONS)
@settings(
    max_examples=EXAMPLES * len(GenerationMode),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
async def test_the_server_answers_as_the_document_says(
    label: str,
    caller: dict[str, str],
    someone: User,
    http: httpx.AsyncClient,
    data: st.DataObject,
) -> None:
    mode = data.draw(st.sampled_from(GenerationMode))
    case = data.draw(OPERATIONS[label].as_strategy(mode))
    if "id" in case.path_parameters and data.draw(st.booleans()):
        case.path_parameters["id"] = someone.id
    sent = case.as_transport_kwargs(base_url="http://localhost")
    sent["headers"] = {
        name: value.encode() for name, value in {**sent["headers"], **caller}.items()
    }
    sent.pop("cookies")
    if "data" in sent:
        sent["content"] = sent.pop("data")

    answer = await http.request(**sent)

    assert answer.status_code < 500, answer.text
    case.validate_response(answer, checks=CHECKS)
