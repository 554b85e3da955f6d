"""What a parsed document holds, as it will be once its fragments are in place.

Nothing is put in place for that, as fragments of fragments may double at each step:
each definition is walked once, and what its fragments hold is added.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
)
from graphql.language import ExecutableDefinitionNode, Node

INTROSPECTION = frozenset({"__schema", "__type"})
_Inside = tuple[SelectionSetNode, int | None]


@dataclass(frozen=True)
class Counts:
    """`depth` is how many fields lie within one another."""

    fields: int = 0
    aliases: int = 0
    depth: int = 0


@dataclass
class _Walk:
    """One definition without its fragments. `spreads` name those, each with the depth
    it is at: None where depth does not count.
    """

    fields: int = 0
    aliases: int = 0
    depth: int = 0
    directives: list[int] = field(default_factory=list)
    spreads: list[tuple[str, int | None]] = field(default_factory=list)


def counted(
    document: DocumentNode, *, introspection: bool
) -> Iterator[tuple[str, int]]:
    """How much there is of what `OperationLimits` limits, used or not: name by name,
    so that whoever checks them in turn is spared the rest of a hostile document.

    With `introspection`, what asks for the schema may be as deep as it has to be.
    """
    definitions = [
        one for one in document.definitions if isinstance(one, ExecutableDefinitionNode)
    ]
    fragments = [d for d in definitions if isinstance(d, FragmentDefinitionNode)]
    yield "operations", len(definitions) - len(fragments)
    yield "fragments", len(fragments)
    exempt = INTROSPECTION if introspection else frozenset()
    walks = {id(one): _walk(one, exempt) for one in definitions}
    directives = [count for walk in walks.values() for count in walk.directives]
    yield "directives_per_node", max(directives, default=0)
    yield "directives", sum(directives)
    counts = _of_fragments({one.name.value: walks[id(one)] for one in fragments})
    spread = {name for walk in walks.values() for name, _ in walk.spreads}
    beginnings = [
        _with_fragments(walks[id(one)], counts)
        for one in definitions
        if not isinstance(one, FragmentDefinitionNode) or one.name.value not in spread
    ]
    yield "depth", max((one.depth for one in beginnings), default=0)
    yield "fields", sum(one.fields for one in beginnings)
    yield "aliases", sum(one.aliases for one in beginnings)


def _walk(definition: ExecutableDefinitionNode, exempt: frozenset[str]) -> _Walk:
    walk = _Walk(directives=[_directives(definition)])
    walk.directives += [
        _directives(one) for one in definition.variable_definitions or ()
    ]
    inside: list[_Inside] = [(definition.selection_set, 0)]
    while inside:
        selections, depth = inside.pop()
        for one in selections.selections:
            walk.directives.append(_directives(one))
            below = _note(walk, one, depth, exempt)
            if below is not None:
                inside.append(below)
    return walk


def _note(
    walk: _Walk, one: SelectionNode, depth: int | None, exempt: frozenset[str]
) -> _Inside | None:
    """Counts a selection; what is to be walked below it, and how deep that is."""
    if isinstance(one, FragmentSpreadNode):
        walk.spreads.append((one.name.value, depth))
        return None
    if isinstance(one, InlineFragmentNode):
        return one.selection_set, depth
    assert isinstance(one, FieldNode)
    walk.fields += 1
    walk.aliases += one.alias is not None
    if depth is not None:
        depth = None if one.name.value in exempt else depth + 1
        walk.depth = max(walk.depth, depth or 0)
    return None if one.selection_set is None else (one.selection_set, depth)


def _directives(node: Node) -> int:
    return len(getattr(node, "directives", None) or ())


def _of_fragments(fragments: Mapping[str, _Walk]) -> Mapping[str, Counts]:
    """Each fragment with those in it. One that holds itself, which validation refuses,
    counts as if it did not.
    """
    counts: dict[str, Counts] = {}

    def count(name: str, within: frozenset[str]) -> None:
        within = within | {name}
        for spread, _ in fragments[name].spreads:
            if spread in fragments and spread not in counts and spread not in within:
                count(spread, within)
        counts[name] = _with_fragments(fragments[name], counts)

    for name in fragments:
        if name not in counts:
            count(name, frozenset())
    return counts


def _with_fragments(walk: _Walk, counts: Mapping[str, Counts]) -> Counts:
    # A spread counts for one at least: also without fields it is work.
    found = [(counts.get(name, Counts()), depth) for name, depth in walk.spreads]
    depths: Iterable[int] = (
        depth + one.depth for one, depth in found if depth is not None
    )
    return Counts(
        walk.fields + sum(max(one.fields, 1) for one, _ in found),
        walk.aliases + sum(one.aliases for one, _ in found),
        max([walk.depth, *depths]),
    )
