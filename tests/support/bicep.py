"""Bicep templates as trees: what they declare, and what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_bicep.language()))
# Around the value of a declaration: a condition, or one for each.
_AROUND = {"if_statement", "for_statement"}


def text_of(node: Node) -> str:
    return (node.text or b"").decode()


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def plain_text(node: Node) -> str | None:
    """What a string says; None when it is none, or when something is filled in."""
    if node.type != "string" or any(c.type == "interpolation" for c in node.children):
        return None
    return "".join(text_of(c) for c in node.named_children)


def properties(node: Node) -> dict[str, Node]:
    """Of an object: its values by name."""
    found = {}
    for one in node.named_children:
        if one.type == "object_property":
            name, value = one.named_children[0], one.named_children[-1]
            found[plain_text(name) or text_of(name)] = value
    return found


def inner(node: Node) -> Node:
    """What a condition or a loop is about."""
    return inner(node.named_children[-1]) if node.type in _AROUND else node


@dataclass(frozen=True)
class Declaration:
    """`kind` is resource, module, parameter, variable or output; `target` the type of
    a resource with its version, or the path of a module; `value` None for none.
    """

    kind: str
    name: str
    target: str
    value: Node | None
    is_existing: bool = False

    @property
    def body(self) -> dict[str, Node]:
        assert self.value is not None
        return properties(inner(self.value))


class Template:
    """A `.bicep` file; a file of parameters is read as the variables it sets."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text()
        if path.suffix == ".bicepparam":
            lines = text.replace("\nparam ", "\nvar ").splitlines()
            text = "\n".join(line for line in lines if not line.startswith("using "))
        self.root = _PARSER.parse(text.encode()).root_node

    @property
    def faults(self) -> list[str]:
        """Where it is no Bicep."""
        return [
            f"{self.path.name}:{node.start_point.row + 1}: {text_of(node)[:60]!r}"
            for node in walk(self.root)
            if node.type == "ERROR" or node.is_missing
        ]

    @cached_property
    def declarations(self) -> list[Declaration]:
        kept = [n for n in self.root.children if n.type.endswith("_declaration")]
        return [_declaration(node) for node in kept]

    def of_kind(self, kind: str) -> dict[str, Declaration]:
        return {one.name: one for one in self.declarations if one.kind == kind}

    def resource(self, resource_type: str) -> Declaration:
        """The one of that type that the template makes."""
        (found,) = [
            one
            for one in self.of_kind("resource").values()
            if one.target.split("@")[0] == resource_type and not one.is_existing
        ]
        return found

    def at(self, node: Node, *path: str | int) -> Node:
        """Down from an object or array, through variables of the template."""
        for step in path:
            node = self.resolved(node)
            if isinstance(step, str):
                node = properties(node)[step]
            else:
                node = node.named_children[step]
        return self.resolved(node)

    def resolved(self, node: Node) -> Node:
        """Of the name of a variable, what it stands for."""
        if node.type == "identifier":
            known = self.of_kind("variable").get(text_of(node))
            if known and known.value:
                return known.value
        return node


def _declaration(node: Node) -> Declaration:
    kind = node.type.removesuffix("_declaration")
    name, *rest = [n for n in node.named_children if n.type != "decorators"]
    target = ""
    if kind in ("resource", "module"):
        target = plain_text(rest[0]) or ""
    values = [n for n in rest if n.type not in ("type", "primitive_type")]
    if target:
        values = values[1:]
    is_existing = any(text_of(c) == "existing" for c in node.children)
    return Declaration(
        kind, text_of(name), target, values[-1] if values else None, is_existing
    )
