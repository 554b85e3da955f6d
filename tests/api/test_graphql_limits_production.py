"""What a service in production keeps to itself."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.asgi import create_app
from app.lifespan import Platform
from tests.support.clients import nobody
from tests.support.documents import refusal


@pytest.fixture
async def closed(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """The service as it is in production, but for its addresses."""
    settings = platform.settings.model_copy(update={"env": "production"})
    app = create_app(settings, platform=platform)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as http:
        yield http


async def test_production_tells_nothing_of_the_schema(
    closed: httpx.AsyncClient,
) -> None:
    for text in (
        "{ __schema { types { name } } }",
        '{ __type(name: "User") { name } }',
    ):
        answer = await nobody(closed).ask(text)
        assert answer.data is None
        assert set(answer.codes) == {"VALIDATION_ERROR"}
    for text in ("{ mee { id } }", "{ me { nam } }", "query ($r: Rol) { __typename }"):
        answer = await nobody(closed).ask(text)
        assert answer.data is None
        assert "Did you mean" not in answer.response.text
    page = await closed.get("/graphql", headers={"Accept": "text/html"})
    assert page.status_code >= 400
    assert "<html" not in page.text


async def test_production_counts_the_depth_of_introspection(
    closed: httpx.AsyncClient,
) -> None:
    text = "{ __schema { types { " + "ofType { " * 12 + "name" + " }" * 15

    assert refusal(await nobody(closed).ask(text))["what"] == "depth"
