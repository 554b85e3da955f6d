"""The schema, put together once."""

from collections.abc import Callable
from copy import copy
from functools import cache, partial
from typing import Any

import strawberry
from graphql import GraphQLResolveInfo, GraphQLSchema, Undefined
from graphql.type import is_input_object_type, is_object_type
from strawberry.schema.config import StrawberryConfig

from domain.operation_limits import OperationLimits
from schema import enums  # noqa: F401  makes the domain's enumerations known
from schema.documents import Documents
from schema.executing import timed_executor
from schema.extensions import FreshLoaders, KnownDocuments, WireErrors
from schema.guards import guard
from schema.list_sizes import check_sizes
from schema.roots.mutation import Mutation
from schema.roots.query import Query
from schema.roots.subscription import Subscription
from schema.scalars import SCALARS
from schema.types.activity import Activity
from schema.types.notification import Notification
from schema.types.user import User
from schema.watching import watch_roots

DEFAULT_LIMITS = OperationLimits()


class DashboardSchema(strawberry.Schema):
    """`documents` remembers what was asked before, parsed and validated."""

    documents: Documents

    def process_errors(self, *_: Any) -> None:
        """Strawberry would log every error, with what was sent: `schema.errors` logs
        the bugs among them.
        """


def build_schema(
    *,
    introspection: bool = True,
    suggestions: bool = True,
    limits: OperationLimits = DEFAULT_LIMITS,
) -> DashboardSchema:
    """The schema with its guards, its extensions and an empty document cache.

    Raises:
        GuardTableWrong: a field has no guard, or a guard no field.
        ListSizesWrong: a list of objects has no size, or a size no list.
    """
    built = copy(_composed())
    built.execution_context_class = timed_executor(limits.seconds)
    built.documents = Documents(
        built._schema,  # noqa: SLF001  Strawberry has no other way to it
        introspection=introspection,
        suggestions=suggestions,
        limits=limits,
    )
    return built


def compose() -> DashboardSchema:
    """What is the same whatever the settings say: types, guards, extensions.

    Raises:
        as `build_schema` does.
    """
    composed = DashboardSchema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[User, Activity, Notification],
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[WireErrors, FreshLoaders, KnownDocuments],
    )
    core = composed._schema  # noqa: SLF001  Strawberry has no other way to it
    _omit_null_defaults(core)
    watch_roots(core)
    guard(core)
    check_sizes(core)
    _forget_after_changes(core)
    return composed


_composed = cache(compose)


def _omit_null_defaults(core: GraphQLSchema) -> None:
    """Python needs `= None` for what may be left out; clients need not read it."""
    for found in core.type_map.values():
        if is_input_object_type(found):
            values = list(found.fields.values())
        elif is_object_type(found) and not found.name.startswith("__"):
            values = [
                arg for field in found.fields.values() for arg in field.args.values()
            ]
        else:
            continue
        for value in values:
            if value.default_value is None:
                value.default_value = Undefined


def _forget_after_changes(core: GraphQLSchema) -> None:
    """What follows a change in the same operation must not see what was before it."""
    assert core.mutation_type is not None
    for field in core.mutation_type.fields.values():
        assert field.resolve is not None
        field.resolve = partial(_change, field.resolve)


async def _change(
    resolve: Callable[..., Any],
    source: Any,
    info: GraphQLResolveInfo[Any],
    **arguments: Any,
) -> Any:
    try:
        return await resolve(source, info, **arguments)
    finally:
        info.context.renew_loaders()
