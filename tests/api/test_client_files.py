"""The built web client, as browsers, caches and programs are answered."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.asgi import create_app
from app.lifespan import Platform
from app.web_client.files import read_build
from tests.support.client_build import PAGE, SCRIPT, SQUEEZED, THEME, small_build

ASSET = "/assets/index-1.js"
# What Chromium sends for a page that is opened.
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PLAIN = {"Accept-Encoding": "identity"}


def client_of(platform: Platform, folder: Path | None, **changes: Any) -> Any:
    settings = platform.settings.model_copy(update=changes)
    build = read_build(small_build(folder)) if folder else None
    app = create_app(settings, platform=platform, client=build)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


@pytest.fixture
async def web(platform: Platform, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(platform, tmp_path) as client:
        yield client


async def raw(
    web: httpx.AsyncClient, path: str, **headers: str
) -> tuple[httpx.Response, bytes]:
    """The answer, and its bytes as they travelled."""
    async with web.stream("GET", path, headers=headers) as answer:
        return answer, b"".join([chunk async for chunk in answer.aiter_raw()])


@pytest.mark.parametrize("path", ["/", "/users", "/users/u_1", "/explorer?a=b"])
async def test_every_page_of_the_client_is_its_one_page(
    web: httpx.AsyncClient, path: str
) -> None:
    answer = await web.get(path, headers=BROWSER)

    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["vary"].startswith("Accept, Accept-Encoding")


async def test_the_page_may_load_and_call_what_is_ours_and_nothing_else(
    web: httpx.AsyncClient,
) -> None:
    policy = (await web.get("/")).headers["content-security-policy"].split("; ")

    assert {
        "default-src 'self'",
        "script-src 'self'",
        "connect-src 'self' ws://localhost",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    } <= set(policy)


async def test_a_host_that_is_none_cannot_write_into_the_policy(
    platform: Platform, tmp_path: Path
) -> None:
    async with client_of(platform, tmp_path, allowed_hosts=()) as web:
        answer = await web.get("/", headers={"Host": "x; script-src *"})

    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self';" in policy
    assert "*" not in policy


async def test_an_asset_is_kept_for_a_year(web: httpx.AsyncClient) -> None:
    answer, body = await raw(web, ASSET, **PLAIN)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-length"] == str(len(body))
    assert answer.headers["vary"].startswith("Accept-Encoding")
    assert "content-encoding" not in answer.headers
    assert body.decode() == SCRIPT


async def test_a_file_whose_name_stays_is_asked_about_each_time(
    web: httpx.AsyncClient,
) -> None:
    answer = await web.get("/theme.js")

    assert answer.text == THEME
    assert answer.headers["cache-control"] == "no-cache"


async def test_what_was_packed_by_the_build_is_sent_packed(
    web: httpx.AsyncClient,
) -> None:
    squeezed, body = await raw(web, ASSET, **{"Accept-Encoding": "gzip, br"})
    zipped, zipped_body = await raw(web, ASSET, **{"Accept-Encoding": "gzip"})

    assert (squeezed.headers["content-encoding"], body) == ("br", SQUEEZED)
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped_body).decode() == SCRIPT
    assert squeezed.headers["etag"] != zipped.headers["etag"]


@pytest.mark.parametrize("path", [ASSET, "/users"])
async def test_what_a_browser_has_is_not_sent_again(
    web: httpx.AsyncClient, path: str
) -> None:
    known = (await web.get(path, headers=BROWSER)).headers["etag"]
    again = await web.get(path, headers={**BROWSER, "If-None-Match": f'"x", {known}'})
    other = await web.get(path, headers={**BROWSER, "If-None-Match": '"x"'})

    assert not known.startswith("W/")
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == known
    assert "content-security-policy" in again.headers
    assert other.status_code == 200


async def test_head_says_what_get_would(web: httpx.AsyncClient) -> None:
    got = await web.get(ASSET, headers=PLAIN)
    head = await web.head(ASSET, headers=PLAIN)

    assert head.content == b""
    ours = ("etag", "content-length", "content-type", "cache-control")
    assert [head.headers[name] for name in ours] == [got.headers[name] for name in ours]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/index-2.js",
        "/assets/",
        "/missing.js",
        "/api/v1/nothing",
        "/api/v2",
        "/graphql/nothing",
        "/ws/somebody",
        "/metrics/nothing",
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/assets/index-1.js.br",
        "/assets/index-1.js%00.txt",
    ],
)
async def test_what_is_missing_is_never_answered_with_a_page(
    web: httpx.AsyncClient, path: str
) -> None:
    answer = await web.get(path, headers=BROWSER)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "NOT_FOUND"


async def test_programs_are_told_that_there_is_nothing(web: httpx.AsyncClient) -> None:
    answers = [
        await web.get("/users"),
        await web.get("/users", headers={"Accept": "application/json, text/html"}),
        await web.post("/users", headers=BROWSER),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 405]
    assert {answer.headers["content-type"] for answer in answers} == {
        "application/json"
    }


async def test_a_missing_asset_is_not_remembered(web: httpx.AsyncClient) -> None:
    answer = await web.get("/assets/index-2.js")

    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("env", "graphiql", "explorers"),
    [
        ("test", "auto", "everybody"),
        ("test", "off", "nobody"),
        ("production", "auto", "nobody"),
        ("production", "on", "admins"),
    ],
)
async def test_a_browser_at_graphql_is_led_to_the_explorer_where_it_is_on(
    platform: Platform, tmp_path: Path, env: str, graphiql: str, explorers: str
) -> None:
    async with client_of(platform, tmp_path, env=env, graphiql=graphiql) as web:
        answer = await web.get("/graphql?query={__typename}", headers=BROWSER)
        known = (await web.get("/client.json")).json()

    assert known["graphiql"] == explorers
    if explorers == "nobody":
        assert answer.json() == {"data": {"__typename": "Query"}}
    else:
        assert answer.status_code == 303
        assert answer.headers["location"] == "/explorer?query=%7B__typename%7D"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*"])
async def test_a_program_at_graphql_gets_its_answer(
    web: httpx.AsyncClient, accept: str
) -> None:
    headers = {"Accept": accept}
    answer = await web.get("/graphql?query={__typename}", headers=headers)

    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_an_open_page_can_ask_what_is_served_now(
    web: httpx.AsyncClient,
) -> None:
    answer = await web.get("/client.json")

    assert answer.headers["cache-control"] == "no-cache"
    assert answer.json() == {
        "version": "1.0.0",
        "build": "b1",
        "graphiql": "everybody",
        "introspection": True,
    }


async def test_without_a_build_the_api_says_so_and_works(platform: Platform) -> None:
    async with client_of(platform, None) as api:
        landing = await api.get("/", headers=BROWSER)
        known = (await api.get("/client.json")).json()
        query = await api.get("/graphql?query={__typename}", headers=BROWSER)
        page = await api.get("/users", headers=BROWSER)

    assert "There is no client build here" in landing.text
    assert known["build"] is None
    assert query.status_code == 200
    assert page.status_code == 404
