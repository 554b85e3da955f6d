"""The Bicep templates are Bicep, fit together, and say what Azure understands."""

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("tree_sitter_bicep")

from tests.support.azure_types import disagreements
from tests.support.bicep import Template, inner, properties, text_of, walk

ROOT = Path(__file__).resolve().parents[2]
AZURE = ROOT / "deploy" / "azure"
TYPES = json.loads((Path(__file__).parent / "azure_types.json").read_text())
TEMPLATES = {
    p.relative_to(AZURE).as_posix(): Template(p) for p in AZURE.rglob("*.bicep")
}
PARAMETERS = sorted(AZURE.rglob("*.bicepparam"))
# The functions and names of the language that the templates use.
BUILT_IN = {
    *("allowed", "description", "minValue", "secure", "string", "int", "bool"),
    *("concat", "empty", "guid", "items", "join", "json", "length", "map", "take"),
    *("loadJsonContent", "readEnvironmentVariable", "resourceGroup", "subscription"),
    *("subscriptionResourceId", "uniqueString", "uriComponent"),
}


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_is_bicep_whose_names_are_all_declared(name: str) -> None:
    template = TEMPLATES[name]
    known = {one.name for one in template.declarations} | BUILT_IN
    for node in walk(template.root):
        if node.type in ("for_statement", "lambda_expression"):
            known |= {text_of(n) for n in node.named_children[:1]}
        if node.type in ("loop_variable", "loop_enumerator"):
            known.add(text_of(node))
    used = {
        text_of(node)
        for node in walk(template.root)
        if node.type == "identifier"
        and node.parent is not None
        and not (
            node.parent.type == "object_property"
            and node.parent.named_children[0] == node
        )
    }

    assert template.faults == []
    assert used - known == set()


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_every_resource_has_what_azure_publishes_about_it(name: str) -> None:
    template = TEMPLATES[name]
    wrong = []
    for resource in template.of_kind("resource").values():
        if not resource.is_existing and resource.value:
            found = disagreements(template, resource.value, TYPES[resource.target], "")
            wrong += [f"{resource.name}{one}" for one in found]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_modules_get_the_parameters_they_have_and_give_the_outputs_asked_for(
    name: str,
) -> None:
    template = TEMPLATES[name]
    for module in template.of_kind("module").values():
        path = (AZURE / name).parent / module.target
        called = TEMPLATES[path.resolve().relative_to(AZURE).as_posix()]
        parameters = called.of_kind("parameter")
        needed = {one.name for one in parameters.values() if one.value is None}
        given = set(properties(inner(module.body["params"])))
        outputs = set(called.of_kind("output"))
        text = text_of(template.root)
        asked = set(re.findall(rf"\b{module.name}!?\.outputs\.(\w+)", text))

        assert needed <= given <= set(parameters), module.name
        assert asked <= outputs, module.name


@pytest.mark.parametrize("path", PARAMETERS, ids=lambda path: path.stem)
def test_a_file_of_parameters_sets_what_its_template_takes(path: Path) -> None:
    using = re.search(r"^using '\.\./([\w.-]+)'", path.read_text(), re.MULTILINE)
    assert using
    parameters = TEMPLATES[using[1]].of_kind("parameter")
    needed = {one.name for one in parameters.values() if one.value is None}
    given = Template(path)

    assert given.faults == []
    assert needed <= set(given.of_kind("variable")) <= set(parameters)


def test_a_fault_of_each_kind_is_found(tmp_path: Path) -> None:
    path = tmp_path / "wrong.bicep"
    path.write_text(
        "resource r 'Microsoft.Cache/redis@2024-11-01' = {\n  name: 'r'\n"
        "  properties: {\n    sku: {\n      name: 'Bsic'\n      family: 'C'\n    }\n"
        "    enableNonSslPort: 'no'\n    shards: 2\n  }\n}\n"
    )
    template = Template(path)
    redis = template.resource("Microsoft.Cache/redis")
    assert redis.value

    found = list(disagreements(template, redis.value, TYPES[redis.target], ""))

    assert [one.split(" is ")[0] for one in found] == [
        *(".properties.sku.name", ".properties.sku.capacity"),
        *(".properties.enableNonSslPort", ".properties.shards", ".location"),
    ]
