"""The document is whole, and the server is what it says."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

from app.rest.openapi import as_json, document
from app.rest.table import OPERATIONS
from kit.jsonio import loads
from tests.support.rest import API

DOCUMENTED = {
    ("POST", "/auth/login"),
    ("POST", "/auth/refresh"),
    ("POST", "/auth/logout"),
    ("GET", "/auth/me"),
    ("GET", "/users"),
    ("GET", "/users.csv"),
    ("GET", "/users/{id}"),
    ("POST", "/users"),
    ("PUT", "/users/{id}"),
    ("DELETE", "/users/{id}"),
    ("GET", "/dashboard/stats"),
    ("GET", "/dashboard/metrics"),
    ("POST", "/dashboard/metrics"),
    ("GET", "/dashboard/activity"),
    ("GET", "/dashboard/activity.csv"),
    ("POST", "/dashboard/activity"),
}
DOCUMENT = document()


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix(API), operation


def schemas(found: Any) -> Iterator[dict[str, Any]]:
    """Every JSON Schema of the document."""
    yield from DOCUMENT["components"]["schemas"].values()
    if isinstance(found, dict):
        if "schema" in found:
            yield found["schema"]
        for one in found.values():
            yield from schemas(one)
    elif isinstance(found, list):
        for one in found:
            yield from schemas(one)


def test_every_route_is_documented_and_nothing_else() -> None:
    assert {(method, path) for method, path, _ in operations()} == DOCUMENTED
    assert {(one.method, one.path) for one in OPERATIONS} == DOCUMENTED


def test_the_document_is_openapi_3_1_of_version_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["info"]["version"] == "1.0.0"
    assert DOCUMENT["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_every_schema_is_a_json_schema() -> None:
    for schema in schemas(DOCUMENT["paths"]):
        jsonschema_rs.meta.validate(schema)


def test_every_reference_leads_somewhere() -> None:
    names = re.findall(r'"\$ref":"#/components/schemas/(\w+)"', as_json().decode())

    assert names
    assert set(names) <= set(DOCUMENT["components"]["schemas"])
    assert "$defs" not in as_json().decode()


@pytest.mark.parametrize(("method", "path", "operation"), list(operations()))
def test_every_operation_says_what_may_come_back(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    statuses = set(operation["responses"])
    expected = {"406", "422", "500", "503"}
    if method == "GET":
        expected |= {"200"} if path.endswith(".csv") else {"200", "304"}
    if operation["security"]:
        expected |= {"401", "403"}
    if "requestBody" in operation:
        expected |= {"400", "413", "415"}

    assert expected <= statuses
    assert operation["summary"]
    assert all(one["description"] for one in operation["responses"].values())


def test_the_guide_lists_every_route_and_no_other() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "rest.md").read_text()
    listed = re.findall(r"^\| `(\w+) /api/v1(\S+)` \|", guide, re.MULTILINE)

    assert set(listed) == DOCUMENTED


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]

    assert len(set(names)) == len(names)


async def test_the_document_is_served_and_cached(http: httpx.AsyncClient) -> None:
    answer = await http.get(f"{API}/openapi.json")
    known = {"If-None-Match": answer.headers["etag"]}

    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == loads(as_json()) == DOCUMENT
    assert (await http.get(f"{API}/openapi.json", headers=known)).status_code == 304


class Links(HTMLParser):
    """What a page loads, and whether anything in it would run by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        source = given.get("src") or (given.get("href") if tag == "link" else None)
        if source:
            self.loaded.append(source)
        if tag == "script" and "src" not in given:
            self.inline = True
        self.inline |= any(name.startswith("on") or name == "style" for name in given)


async def test_swagger_ui_is_served_from_our_own_files(
    http: httpx.AsyncClient,
) -> None:
    page = await http.get(f"{API}/docs")
    policy = page.headers["content-security-policy"]
    links = Links(page.text)

    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert not links.inline
    assert len(links.loaded) == 4
    for link in links.loaded:
        loaded = await http.get(httpx.URL(f"http://localhost{API}/docs").join(link))
        assert loaded.status_code == 200
        assert loaded.content
        assert loaded.headers["x-content-type-options"] == "nosniff"


async def test_swagger_ui_starts_on_our_document_and_tells_nobody(
    http: httpx.AsyncClient,
) -> None:
    start = (await http.get(f"{API}/docs/start.js")).text

    assert 'url: "openapi.json"' in start
    assert "validatorUrl: null" in start
