"""Which subscriptions are the same for those who ask them, and whom they are for."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    FieldNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    value_from_ast_untyped,
)

from app.graphql.http import GraphQLRequest
from domain.events import Topic
from domain.principal import Principal, Role
from kit.jsonio import dumps_sorted

LOGS = {"activityAdded": Topic.ACTIVITY, "notificationReceived": Topic.NOTIFICATIONS}
# Nothing below these fields depends on who asks.
FOR_EVERYBODY = frozenset({"dashboardUpdated", "metricUpdated"})
# What below these does is hidden from all but its owner and administrators, so all
# administrators see the same, but for a field that tells one's own session.
FOR_ADMINS_ALIKE = frozenset({"activityAdded", "userStatusChanged"})
OWN_SESSION = "current"
ONCE_USED = 2


@dataclass(frozen=True)
class Plan:
    """A subscription, as far as sharing it goes."""

    asked: GraphQLRequest
    operation: OperationDefinitionNode

    @cached_property
    def field(self) -> str:
        """The name of the root field; empty where a fragment hides it."""
        first = self.operation.selection_set.selections[0]
        return first.name.value if isinstance(first, FieldNode) else ""

    @property
    def topic(self) -> Topic | None:
        """The log it follows, if it does."""
        return LOGS.get(self.field)

    @cached_property
    def after(self) -> str | None:
        """The cursor it asks to go on from."""
        if self._after_node is None:
            return None
        found = value_from_ast_untyped(self._after_node, self._variables)
        return found if isinstance(found, str) else None

    @cached_property
    def key(self) -> Hashable:
        """The same for those who ask the same, whoever they are: but for where they
        go on from, as all come to the same point.
        """
        asked, sent = self.asked, dict(self.asked.variables or {})
        extensions = dumps_sorted(asked.extensions or {})
        if isinstance(self._after_node, VariableNode):
            name = self._after_node.name.value
            uses = re.findall(rf"\${name}\b", asked.query)
            # Its definition and this use: nothing else depends on it.
            if isinstance(sent.get(name), str) and len(uses) <= ONCE_USED:
                sent[name] = ""
        return asked.query, asked.operation_name, dumps_sorted(sent), extensions

    def scope(self, principal: Principal) -> Hashable:
        """The same for those who may be told the same."""
        if self.field in FOR_EVERYBODY:
            return "everybody"
        if self.field not in FOR_ADMINS_ALIKE or OWN_SESSION in self.asked.query:
            return principal.user_id, principal.role, principal.session_id
        return Role.ADMIN if principal.is_admin else principal.user_id

    @cached_property
    def _after_node(self) -> ValueNode | None:
        first = self.operation.selection_set.selections[0]
        for argument in (isinstance(first, FieldNode) and first.arguments) or ():
            if argument.name.value == "after":
                return argument.value
        return None

    @property
    def _variables(self) -> dict[str, Any]:
        defaults = {
            one.variable.name.value: value_from_ast_untyped(one.default_value)
            for one in self.operation.variable_definitions or ()
            if one.default_value is not None
        }
        return {**defaults, **(self.asked.variables or {})}
