"""Reading access logs: what is understood, and what is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.access_log import BYTES, LINE_MAX, REQUESTS, BadLine, Hit, parse_line
from kit.times import parse_rfc3339

COMMON = (
    '83.149.9.216 - - [17/May/2015:10:05:03 +0000] "GET /a.png HTTP/1.1" 200 203023'
)


def line(
    *,
    host: str = "83.149.9.216",
    user: str = "-",
    time: str = "17/May/2015:10:05:03 +0000",
    request: str = "GET / HTTP/1.1",
    tail: str = "200 5",
) -> str:
    return f'{host} - {user} [{time}] "{request}" {tail}'


def test_a_common_line_is_understood() -> None:
    assert parse_line(COMMON) == Hit(
        at_ms=parse_rfc3339("2015-05-17T10:05:03Z"),
        method="GET",
        status="200",
        size=203_023,
    )


@pytest.mark.parametrize(
    "tail",
    [
        ' "http://example.com/" "Mozilla/5.0 (X11; Linux x86_64)"',
        ' "-" "-"',
        r' "http://example.com/?q=\"x\"" "say \"hi\" \\"',
        ' "-" "an agent that says "hi" without escaping"',
        ' "-" "-" "10.0.0.1" 0.003',
        ' "cut off in the mid',
    ],
)
def test_whatever_follows_the_bytes_changes_nothing(tail: str) -> None:
    assert parse_line(COMMON + tail) == parse_line(COMMON)


@pytest.mark.parametrize(
    ("time", "utc"),
    [
        ("17/May/2015:10:05:03 +0000", "2015-05-17T10:05:03Z"),
        ("17/May/2015:10:05:03 +0200", "2015-05-17T08:05:03Z"),
        ("01/Jan/2016:00:30:00 +0530", "2015-12-31T19:00:00Z"),
        ("31/Dec/2015:23:59:59 -0800", "2016-01-01T07:59:59Z"),
        ("29/Feb/2024:12:00:00 +0000", "2024-02-29T12:00:00Z"),
    ],
)
def test_the_zone_of_a_line_is_respected(time: str, utc: str) -> None:
    assert parse_line(line(time=time)).at_ms == parse_rfc3339(utc)


@pytest.mark.parametrize(
    ("request_line", "method"),
    [
        ("HEAD / HTTP/1.0", "HEAD"),
        (r"GET /say?\"hello\" HTTP/1.1", "GET"),
        (r"GET /\" 404 1 HTTP/1.1", "GET"),
        ("GET /no-protocol", "GET"),
        ("-", "OTHER"),
        ("", "OTHER"),
        (r"\x16\x03\x01\x02", "OTHER"),
        ("PROPFIND /dav HTTP/1.1", "OTHER"),
        ("get / HTTP/1.1", "OTHER"),
    ],
)
def test_only_real_methods_become_tags(request_line: str, method: str) -> None:
    hit = parse_line(line(request=request_line))

    assert (hit.method, hit.status, hit.size) == (method, "200", 5)


def test_addresses_of_version_6_and_names_of_users_are_let_through() -> None:
    hit = parse_line(line(host="2001:db8::1", user="Ana Maria"))

    assert hit.size == 5


def test_a_dash_for_bytes_gives_no_point_of_bytes() -> None:
    hit = parse_line(line(tail="304 -"))

    assert hit.size is None
    assert [(p.name, p.value, p.tags) for p in hit.points()] == [
        (REQUESTS, 1, {"status": "304", "method": "GET"})
    ]


def test_a_line_gives_one_point_of_requests_and_one_of_bytes() -> None:
    requests, sent = parse_line(COMMON).points(at_ms=7)

    assert (requests.name, requests.value, requests.at_ms) == (REQUESTS, 1, 7)
    assert (sent.name, sent.value, sent.unit, sent.at_ms) == (
        BYTES,
        203_023,
        "bytes",
        7,
    )


def test_a_status_no_server_sends_is_folded() -> None:
    assert parse_line(line(tail="000 0")).status == "OTHER"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "hello",
        "{}",
        COMMON[:-7],  # the bytes are cut off
        line(time="32/May/2015:10:05:03 +0000"),
        line(time="17/Mai/2015:10:05:03 +0000"),
        line(time="17/May/2015:25:05:03 +0000"),
        line(time="17/May/2015:10:05:03 +9900"),
        line(time="17/May/2015:10:05:03"),
        line(time="31/Dec/1969:23:59:59 +0000"),
        line(time="01/Jan/0001:00:00:00 +0100"),
        line(tail="200 -5"),
        line(tail="200 5x"),
        line(tail="20 5"),
        line(tail="200 9999999999999999999"),
        line(request='GET /"unescaped" HTTP/1.1'),
    ],
)
def test_a_bad_line_is_refused_with_a_reason(bad: str) -> None:
    with pytest.raises(BadLine, match=r"^(is|has) "):
        parse_line(bad)


@given(st.text(max_size=300))
def test_any_text_is_a_hit_or_a_bad_line(text: str) -> None:
    for attempt in (text, COMMON + text, line(request=text), line(time=text)):
        try:
            hit = parse_line(attempt)
        except BadLine:
            continue
        assert hit.at_ms >= 0


def test_a_hostile_line_costs_no_time_worth_naming() -> None:
    for attempt in (
        "[" * LINE_MAX,
        "a a " + "b" * LINE_MAX,
        'a a a [x] "' + "\\" * 999,
    ):
        with pytest.raises(BadLine):
            parse_line(attempt)
