"""Kinds of values that bodies and queries are made of."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.fields import FieldInfo

from domain.principal import Role
from kit.times import parse_rfc3339

_WHOLE = re.compile(r"-?[0-9]{1,9}")
MOMENT_SCHEMA = {
    "type": "string",
    "format": "date-time",
    "examples": ["2025-06-21T10:00:00.000Z"],
}


class Strict(BaseModel):
    """Nothing unknown, nothing turned into another type on the quiet."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _moment(raw: object) -> int:
    return parse_rfc3339(raw if isinstance(raw, str) else "")


def _whole(raw: object) -> int:
    if not isinstance(raw, str) or not _WHOLE.fullmatch(raw):
        raise ValueError("must be a whole number")
    return int(raw)


def _by_commas(raw: object) -> object:
    if not isinstance(raw, list):
        return raw
    parts = (part.strip() for text in raw for part in text.split(","))
    return tuple(part for part in parts if part)


def _as_tuple(raw: object) -> object:
    return tuple(raw) if isinstance(raw, list) else raw


def choice(members: Iterable[StrEnum], *, any_case: bool = False) -> Any:
    """What turns the name of one of `members` into it."""
    members = list(members)
    fold = str.lower if any_case else str
    by_name = {fold(member): member for member in members}
    reason = f"must be one of {', '.join(members)}"

    def member(raw: object) -> object:
        found = by_name.get(fold(raw)) if isinstance(raw, str) else None
        if found is None:
            raise ValueError(reason)
        return found

    return BeforeValidator(member)


def text(*examples: str, says: str | None = None, **rules: Any) -> Any:
    """What the document says of a string. The rules are the domain's to apply,
    after it has put the text into its one spelling.
    """
    return Field(
        description=says,
        examples=list(examples) or None,
        json_schema_extra=rules or None,
    )


def is_by_commas(field: FieldInfo) -> bool:
    """Whether a list in a query may be written `a,b`."""
    return any(
        isinstance(rule, BeforeValidator) and rule.func is _by_commas
        for rule in field.metadata
    )


PERSONS_ROLES = (Role.ADMIN, Role.MEMBER)
_ROLE_SCHEMA = WithJsonSchema({"type": "string", "enum": list(PERSONS_ROLES)})
# A role that people have.
PersonsRole = Annotated[Role, choice(PERSONS_ROLES), _ROLE_SCHEMA]
AnyCaseRole = Annotated[Role, choice(PERSONS_ROLES, any_case=True), _ROLE_SCHEMA]
# RFC 3339 with an offset -> epoch milliseconds.
Moment = Annotated[int, BeforeValidator(_moment), WithJsonSchema(MOMENT_SCHEMA)]
# What an answer says of a moment.
Time = Annotated[str, WithJsonSchema(MOMENT_SCHEMA)]
# Digits of a query -> int.
Whole = Annotated[int, BeforeValidator(_whole)]
# `a,b`, or the parameter repeated, or both -> ("a", "b").
Commas = Annotated[tuple[str, ...], BeforeValidator(_by_commas)]
# The parameter repeated, commas being part of a value.
Repeated = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
