"""What is noted of each root field: that it was asked for, and how long it took."""

from collections.abc import Callable
from functools import partial
from inspect import isawaitable
from typing import Any

from graphql import GraphQLResolveInfo, GraphQLSchema

from kit import tracing

DOOR = "graphql"  # in the figures
_Resolve = Callable[..., Any]


def watch_roots(schema: GraphQLSchema) -> None:
    """Put a watcher before the resolver of each query and mutation. Subscriptions are
    noted where they begin, as one execution is for many.
    """
    for root in (schema.query_type, schema.mutation_type):
        assert root is not None
        for name, field in root.fields.items():
            assert field.resolve is not None
            field.resolve = partial(_watched, field.resolve, name)


def _watched(
    resolve: _Resolve,
    name: str,
    source: Any,
    info: GraphQLResolveInfo[Any],
    /,  # a field may take an argument of any name
    **arguments: Any,
) -> Any:
    context = info.context
    context.services.usage.note(DOOR, name, context.principal)
    if not tracing.is_recording():
        return resolve(source, info, **arguments)
    return _traced(resolve, name, source, info, **arguments)


async def _traced(
    resolve: _Resolve,
    name: str,
    source: Any,
    info: GraphQLResolveInfo[Any],
    /,  # a field may take an argument of any name
    **arguments: Any,
) -> Any:
    with tracing.span(f"resolver {name}"):
        found = resolve(source, info, **arguments)
        return await found if isawaitable(found) else found
