"""Log lines: one JSON object each, whatever is in them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from kit.logs import request_id, set_up_logging
from resolvers import anchors


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("INFO", stream)
    yield stream
    root.handlers[:], root.level = before


def only_line(stream: io.StringIO) -> dict[str, Any]:
    (line,) = stream.getvalue().splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_line_has_time_level_logger_message_and_fields(lines: io.StringIO) -> None:
    logging.getLogger("access").info("request", extra={"fields": {"status": 200}})

    line = only_line(lines)

    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "INFO",
        "logger": "access",
        "message": "request",
        "status": 200,
    }


def test_a_line_names_the_request_it_belongs_to(lines: io.StringIO) -> None:
    token = request_id.set("r_1")
    logging.getLogger("x").warning("slow")
    request_id.reset(token)

    assert only_line(lines)["request_id"] == "r_1"


def test_a_line_break_in_a_message_forges_no_line(lines: io.StringIO) -> None:
    logging.getLogger("x").warning("bad name: %s", 'eve\n{"level": "INFO"}')

    assert only_line(lines)["message"] == 'bad name: eve\n{"level": "INFO"}'


def test_an_exception_is_told_with_its_traceback(lines: io.StringIO) -> None:
    try:
        int("gone")
    except ValueError:
        logging.getLogger("x").exception("failed")

    assert "ValueError: invalid literal" in only_line(lines)["error"]


@pytest.mark.parametrize("odd", ["\ud800", object(), {1: 2}])
def test_a_value_json_has_no_form_for_is_still_logged(
    lines: io.StringIO, odd: object
) -> None:
    logging.getLogger("x").warning("odd", extra={"fields": {"value": odd}})

    assert "odd" in only_line(lines)["message"]


def test_anchors_of_the_trail_are_written_whatever_the_level(
    lines: io.StringIO,
) -> None:
    set_up_logging("ERROR", lines)

    logging.getLogger("access").info("request")
    anchors._log.info(anchors.ANCHOR)

    assert only_line(lines)["message"] == "audit anchor"
