"""Holds what a template declares against what Azure publishes about it."""

from collections.abc import Iterator
from typing import Any

from tree_sitter import Node

from tests.support.bicep import Template, inner, plain_text, properties, text_of

# What the language takes beside the resource's own.
OF_THE_LANGUAGE = {"parent", "scope", "dependsOn", "name"}
LITERALS = {"number": "int", "boolean": "bool", "string": "string"}


def disagreements(
    template: Template, node: Node, schema: Any, path: str
) -> Iterator[str]:
    """What is unknown, missing or of another kind; what is computed is passed over."""
    node = template.resolved(inner(node))
    if node.type == "ternary_expression":
        for branch in node.named_children[1:]:
            yield from disagreements(template, branch, schema, path)
    elif isinstance(schema, dict) and "any of" in schema:
        tries = [[*disagreements(template, node, s, path)] for s in schema["any of"]]
        yield from min(tries, key=len)
    elif isinstance(schema, dict) and "one of" in schema:
        said = plain_text(node)
        if said is not None and said not in schema["one of"]:
            yield f"{path} is {said!r}, not one of {schema['one of']}"
    elif isinstance(schema, dict):
        yield from _of_object(template, node, schema, path)
    elif isinstance(schema, list):
        # The body of a loop stands for its items.
        items = node.named_children if node.type == "array" else [node]
        for number, item in enumerate(items):
            yield from disagreements(template, item, schema[0], f"{path}[{number}]")
    elif schema != "any" and LITERALS.get(node.type, schema) != schema:
        yield f"{path} is {text_of(node)}, not {schema}"


def _of_object(
    template: Template, node: Node, schema: dict[str, Any], path: str
) -> Iterator[str]:
    if node.type in ("array", *LITERALS):
        yield f"{path} is {text_of(node)[:40]}, not an object"
    if node.type != "object":
        return
    given = properties(node)
    top = {*OF_THE_LANGUAGE} if not path else set()
    for name, value in given.items():
        one = schema.get(name, schema.get(f"?{name}", schema.get("*")))
        if one is not None:
            yield from disagreements(template, value, one, f"{path}.{name}")
        elif name not in top:
            yield f"{path}.{name} is unknown"
    needed = {name for name in schema if not name.startswith(("?", "*"))}
    for name in sorted(needed - set(given) - top):
        yield f"{path}.{name} is missing"
