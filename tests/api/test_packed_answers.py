"""GraphQL answers are packed for those who show a token and can unpack them."""

import gzip

import httpx
import pytest

from resolvers.context import Services
from tests.support.clients import PATH, post
from tests.support.factories import make_user, sign_in

# Longer than what is worth packing, and the same for everybody.
LONG = {"query": "{ __schema { types { name description fields { name } } } }"}
SHORT = {"query": "{ __typename }"}


@pytest.fixture
async def headers(http: httpx.AsyncClient, services: Services) -> dict[str, str]:
    return (await sign_in(http, await make_user(services))).headers


async def _sent(
    http: httpx.AsyncClient, body: object, **headers: str
) -> tuple[httpx.Response, bytes]:
    """The answer, and its body as it came."""
    async with http.stream("POST", PATH, json=body, headers=headers) as answer:
        return answer, b"".join([chunk async for chunk in answer.aiter_raw()])


async def test_a_long_answer_is_packed_and_says_the_same(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    plain = (await post(http, LONG)).content
    headers["Accept-Encoding"] = "br, gzip"

    answer, sent = await _sent(http, LONG, **headers)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["Content-Length"] == str(len(sent))
    assert gzip.decompress(sent) == plain
    assert len(sent) * 3 < len(plain)


@pytest.mark.parametrize("accepts", ["identity", "gzip;q=0", "br"])
async def test_who_cannot_unpack_it_gets_it_as_it_is(
    http: httpx.AsyncClient, headers: dict[str, str], accepts: str
) -> None:
    headers["Accept-Encoding"] = accepts

    answer, _ = await _sent(http, LONG, **headers)

    assert "Content-Encoding" not in answer.headers


async def test_what_is_short_or_asked_without_a_token_is_sent_as_it_is(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    accepts = {"Accept-Encoding": "gzip"}
    for body, token in ((SHORT, headers), (LONG, {})):
        answer, _ = await _sent(http, body, **token, **accepts)

        assert "Content-Encoding" not in answer.headers
