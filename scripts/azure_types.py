"""Keeps what Azure says about the resources our templates declare, for the tests.

    python -m scripts.azure_types CHECKOUT

CHECKOUT is a copy of https://github.com/Azure/bicep-types-az, whose types Bicep's own
compiler checks against (MIT licence). Run it when a template declares another resource
or another API version. Writes tests/deploy/azure_types.json: for each resource what it
may hold, as `{"?name": schema}` for what may be left out, `{"name": schema}` for what
may not and `{"*": schema}` for names of any kind; a list of one for arrays; "string",
"int", "bool" and "any"; and `{"one of": […]}` for texts that are given.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "tests" / "deploy" / "azure_types.json"
TEMPLATES = ROOT / "deploy" / "azure"
DECLARED = re.compile(r"^resource \w+ '([^']+)'", re.MULTILINE)
REQUIRED, READ_ONLY = 1, 2
DEPTH_MAX = 14
PLAIN = {"StringType": "string", "IntegerType": "int", "BooleanType": "bool"}


def declared() -> list[str]:
    """Every `type@version` of the templates."""
    texts = (path.read_text() for path in TEMPLATES.rglob("*.bicep"))
    return sorted({name for text in texts for name in DECLARED.findall(text)})


class Types:
    """A file of types, whose entries refer to each other by number."""

    def __init__(self, path: Path) -> None:
        self._entries: list[Any] = json.loads(path.read_text())

    def resources(self) -> Iterator[tuple[str, Any]]:
        for entry in self._entries:
            if entry["$type"] == "ResourceType":
                yield entry["name"], self._schema(entry["body"], 0)

    def _schema(self, reference: Any, depth: int) -> Any:
        entry = self._entries[int(reference["$ref"].removeprefix("#/"))]
        if depth > DEPTH_MAX:
            return "any"

        def inside(one: Any) -> Any:
            return self._schema(one, depth + 1)

        found: Any
        match entry["$type"]:
            case "ObjectType":
                found = self._object(entry, inside)
            case "ArrayType":
                found = [inside(entry["itemType"])]
            case "UnionType":
                found = self._union([inside(one) for one in entry["elements"]])
            case "StringLiteralType":
                found = {"one of": [entry["value"]]}
            case "DiscriminatedObjectType":
                found = {"any of": [inside(one) for one in entry["elements"].values()]}
            case kind:
                found = PLAIN.get(kind, "any")
        return found

    @staticmethod
    def _object(entry: Any, inside: Callable[[Any], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, one in entry.get("properties", {}).items():
            flags = one.get("flags", 0)
            if not flags & READ_ONLY:
                mark = "" if flags & REQUIRED else "?"
                found[mark + name] = inside(one["type"])
        if "additionalProperties" in entry:
            found["*"] = inside(entry["additionalProperties"])
        return found

    @staticmethod
    def _union(parts: list[Any]) -> Any:
        texts = [t for p in parts if isinstance(p, dict) for t in p.get("one of", [])]
        return {"one of": texts} if texts else parts[0]


def main(checkout: Path) -> None:
    wanted = {name.lower(): name for name in declared()}
    found: dict[str, Any] = {}
    for name in wanted:
        resource, version = name.split("@")
        provider = resource.split("/")[0]
        for path in checkout.glob(f"generated/*/{provider}/{version}/types.json"):
            types = Types(path).resources()
            found |= {wanted[n.lower()]: s for n, s in types if n.lower() in wanted}
    missing = sorted(set(wanted.values()) - set(found))
    if missing:
        raise SystemExit(f"not in there: {', '.join(missing)}")
    lines = (f"{json.dumps(n)}: {json.dumps(s)}" for n, s in sorted(found.items()))
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
