"""`dashboard serve`, as a process: how it starts, serves and stops."""

import re
import signal
import socket
import ssl
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.settings.settings import Settings
from tests.support.processes import Serving, run, serving

EMAIL, PASSWORD = "ana@example.com", "correct horse battery staple"
ADMIN = {"ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}
# A port of the reserved range, where nobody listens.
NO_MONGODB = "mongodb://127.0.0.1:1/?directConnection=true"
NO_REDIS = "redis://127.0.0.1:1"
DEMO = """{
  users { totalCount }
  stats(range: LAST_7_DAYS) { requests { value previous } }
  activity(first: 100) { nodes { id } }
  metrics(
    names: ["api.requests"], range: {last: "P15D"}, interval: PT1H, maxPoints: 400
  ) { series { points { count } } }
}"""
# The authorities of the machine are not read anew for each request in plain text.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
get = partial(httpx.get, verify=NO_TLS)
post = partial(httpx.post, verify=NO_TLS)


def signed_in(url: str, email: str, password: str) -> dict[str, str]:
    answer = post(
        f"{url}/api/v1/auth/login", json={"email": email, "password": password}
    )
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['data']['access_token']}"}


def asked(url: str, headers: dict[str, str], query: str) -> dict[str, Any]:
    answer = post(f"{url}/graphql", json={"query": query}, headers=headers)
    data: dict[str, Any] = answer.json()["data"]
    return data


def requests_counted(url: str, headers: dict[str, str]) -> float:
    query = '{ metrics(names: ["api.requests"]) { series { summary { sum } } } }'
    series: list[Any] = asked(url, headers, query)["metrics"]["series"]
    return float(series[0]["summary"]["sum"]) if series else 0


def drains_until_told_again(service: Serving) -> None:
    """Not ready, but still serving; a second signal means now."""
    service.process.send_signal(signal.SIGTERM)

    ready = get(f"{service.url}/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "draining")
    assert get(f"{service.url}/health").is_success

    assert service.stop(signal.SIGTERM) == 0


def test_a_fresh_install_says_how_to_sign_in_and_has_its_data_to_itself(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as service:
        health = get(f"{service.url}/health")
        email, password = service.said("Sign in").split()
        headers = signed_in(service.url, email, password)

        assert health.json()["status"] == "ok"
        assert "server" not in health.headers
        assert get(f"{service.url}/api/v1/auth/me", headers=headers).is_success
        assert service.said("Databases") == f"embedded, in {tmp_path / 'data'}"
        assert password not in service.log.read_text()

        second = run(tmp_path, "serve")
        assert second.returncode == 1
        assert f"is in use by process {service.process.pid}" in second.stderr
        assert second.stderr.count("\n") == 1
        assert service.stop(signal.SIGINT) == 0


def test_a_stop_loses_no_figure_and_the_next_start_has_everything(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, **ADMIN) as service:
        headers = signed_in(service.url, EMAIL, PASSWORD)
        for _ in range(20):
            get(f"{service.url}/api/v1/auth/me", headers=headers)
        assert service.stop(signal.SIGTERM) == 0

    with serving(tmp_path, **ADMIN, DRAIN_S="30") as service:
        # The sign-in, the token still good, and the twenty.
        assert requests_counted(service.url, headers) == 21
        assert not [line for line in service.greeting if "Sign in" in line]
        drains_until_told_again(service)


def test_a_port_that_is_taken_is_one_line_and_starts_nothing(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        ended = run(tmp_path, "serve", PORT=port)

    assert ended.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_without_mongodb_it_does_not_start_and_says_why(tmp_path: Path) -> None:
    ended = run(
        tmp_path,
        "serve",
        MONGODB_URI=NO_MONGODB,
        MONGODB_TIMEOUT_MS="200",
        REDIS_URL=NO_REDIS,
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("dashboard: MongoDB does not answer")
    assert ended.stderr.count("\n") == 1


def test_without_redis_it_starts_and_works(tmp_path: Path, settings: Settings) -> None:
    with serving(
        tmp_path,
        **ADMIN,
        MONGODB_URI=settings.mongodb_uri or "",
        MONGODB_DATABASE=settings.mongodb_database,
        REDIS_URL=NO_REDIS,
    ) as service:
        headers = signed_in(service.url, EMAIL, PASSWORD)

        health = get(f"{service.url}/health").json()
        assert health["status"] == "degraded"
        assert health["checks"] == {"mongodb": "ok", "redis": "unavailable"}
        assert get(f"{service.url}/api/v1/auth/me", headers=headers).is_success


def test_several_workers_share_the_embedded_servers(tmp_path: Path) -> None:
    with serving(tmp_path, **ADMIN, WORKERS="2") as service:
        transport = httpx.HTTPTransport(retries=10)
        with httpx.Client(transport=transport, base_url=service.url) as http:
            http.get("/health")
        headers = signed_in(service.url, EMAIL, PASSWORD)
        # A connection each, so that both workers get some.
        answers = [
            get(f"{service.url}/api/v1/auth/me", headers=headers) for _ in range(20)
        ]

        assert all(answer.is_success for answer in answers)
        figures = get(f"{service.url}/metrics").text
        ready = re.findall(r'^dashboard_ready{worker="(\d+)"}', figures, re.MULTILINE)
        assert len(set(ready)) == 2, "whoever is asked answers for both"
        assert service.stop(signal.SIGTERM) == 0


@pytest.mark.slow
def test_the_demo_is_there_at_once_with_two_weeks_of_figures(tmp_path: Path) -> None:
    with serving(tmp_path, "--demo") as service:
        email, password = service.said("Sign in").split()
        headers = signed_in(service.url, email, password)

        shown = asked(service.url, headers, DEMO)

        assert shown["users"]["totalCount"] == 20
        assert len(shown["activity"]["nodes"]) == 100
        (requests,) = shown["metrics"]["series"]
        assert len([one for one in requests["points"] if one["count"]]) >= 14 * 24
        assert shown["stats"]["requests"]["value"] > 100_000
        assert shown["stats"]["requests"]["previous"] is not None
