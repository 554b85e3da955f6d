"""Settings that bound what one GraphQL operation may ask for."""

from pydantic import Field
from pydantic_settings import BaseSettings

from domain.operation_limits import OperationLimits


class OperationSettings(BaseSettings):
    """`domain.operation_limits.OperationLimits`, figure by figure."""

    graphql_tokens_max: int = Field(
        OperationLimits.tokens,
        ge=100,
        le=9_000,
        description="tokens of a document, comments included",
    )
    graphql_depth_max: int = Field(
        OperationLimits.depth,
        ge=3,
        le=50,
        description="fields within one another; introspection is exempt while it is on",
    )
    graphql_operations_max: int = Field(
        OperationLimits.operations, ge=1, le=100, description="operations in a document"
    )
    graphql_fragments_max: int = Field(
        OperationLimits.fragments, ge=0, le=200, description="fragments in a document"
    )
    graphql_directives_max: int = Field(
        OperationLimits.directives,
        ge=0,
        le=500,
        description="directives in a document",
    )
    graphql_directives_per_node_max: int = Field(
        OperationLimits.directives_per_node,
        ge=0,
        le=50,
        description="directives in one place",
    )
    graphql_fields_max: int = Field(
        OperationLimits.fields,
        ge=10,
        le=5_000,
        description="fields in a document, counted at each use of a fragment",
    )
    graphql_aliases_max: int = Field(
        OperationLimits.aliases,
        ge=0,
        le=500,
        description="aliases in a document, counted at each use of a fragment",
    )
    graphql_cost_max: int = Field(
        OperationLimits.cost,
        ge=100,
        le=1_000_000,
        description="cost of an operation: an object 2, a value 1, times the list",
    )

    def operation_limits(self, timeout_s: float) -> OperationLimits:
        """The figures the schema works with."""
        return OperationLimits(
            tokens=self.graphql_tokens_max,
            depth=self.graphql_depth_max,
            operations=self.graphql_operations_max,
            fragments=self.graphql_fragments_max,
            directives=self.graphql_directives_max,
            directives_per_node=self.graphql_directives_per_node_max,
            fields=self.graphql_fields_max,
            aliases=self.graphql_aliases_max,
            cost=self.graphql_cost_max,
            seconds=timeout_s,
        )
