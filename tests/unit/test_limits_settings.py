"""The limits of operations are settings, and what they say holds."""

import pytest
from graphql import GraphQLError

from app.settings.settings import Settings
from domain.errors import QueryTooComplex
from domain.operation_limits import OperationLimits
from schema.build import build_schema


def test_unset_they_are_the_documented_ones() -> None:
    settings = Settings(env="test")

    limits = settings.operation_limits(settings.operation_timeout_s)
    assert limits == OperationLimits()


def test_what_is_set_is_what_holds() -> None:
    settings = Settings(env="test", graphql_depth_max=3, graphql_fields_max=10)
    limits = settings.operation_limits(7)
    documents = build_schema(limits=limits).documents

    assert limits.seconds == 7
    documents.get("{ users { nodes { id } } }")
    with pytest.raises(GraphQLError) as caught:
        documents.get("{ users { edges { node { id } } } }")
    assert isinstance(caught.value.original_error, QueryTooComplex)
    assert caught.value.original_error.details == {
        "what": "depth",
        "limit": 3,
        "value": 4,
    }
