"""Reading the documented envelope."""

from typing import Any

import httpx

from tests.support.factories import Tokens, bearer

API = "/api/v1"


def data_of(answer: httpx.Response, status: int = 200) -> Any:
    """The data of a success, whose envelope is checked."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"success", "data", "meta"}
    assert body["success"] is True
    assert body["meta"]["version"] == "1.0.0"
    assert body["meta"]["timestamp"].endswith("Z")
    return body["data"]


def error_of(answer: httpx.Response, status: int, code: str) -> Any:
    """The error of a failure, whose envelope is checked."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert set(body) == {"success", "error"}
    assert body["success"] is False
    assert set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["code"] == code
    return body["error"]


def wrong_field(answer: httpx.Response) -> str:
    """The field that a refusal of input names; its reason is there too."""
    details = error_of(answer, 422, "VALIDATION_ERROR")["details"]
    assert details["reason"]
    assert details["errors"][0] == {
        "field": details["field"],
        "reason": details["reason"],
    }
    return str(details["field"])


def pagination_of(answer: httpx.Response) -> Any:
    return answer.json()["meta"]["pagination"]


class Rest:
    """The REST API as somebody sees it."""

    def __init__(self, http: httpx.AsyncClient, token: str | Tokens | None) -> None:
        access = token.access if isinstance(token, Tokens) else token
        self._http = http
        self.headers = bearer(access) if access else {}

    async def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> httpx.Response:
        """Sends `body` as JSON where it is no bytes; `query` without its Nones."""
        sent: dict[str, Any] = {}
        if isinstance(body, bytes):
            sent["content"] = body
        elif body is not None:
            sent["json"] = body
        given = {name: value for name, value in query.items() if value is not None}
        return await self._http.request(
            method,
            f"{API}{path}",
            headers={**self.headers, **(headers or {})},
            params=given or None,  # an empty one would take away the path's own
            **sent,
        )
