"""The page on the live protocol leaves nothing out."""

import re
from pathlib import Path

from app.sockets.close_codes import CloseCode
from domain.positions import GapReason
from realtime.codec import WIRE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text()
SCHEMA = (ROOT / "schema" / "schema.graphql").read_text()


def test_every_close_code_is_there_under_its_name_and_no_other() -> None:
    listed = re.findall(r"^\| (\d{4}) \| `(\w+)` \|", PAGE, re.MULTILINE)

    assert {name: int(code) for code, name in listed} == {
        code.name: code.value for code in CloseCode
    }


def test_every_event_and_its_channel_are_there() -> None:
    told = [wire for wire in WIRE.values() if wire.name]

    assert told
    assert [w for w in told if f"`{w.name}`" not in PAGE] == []
    assert [w for w in told if f"`{w.channel}`" not in PAGE] == []


def test_every_reason_for_a_gap_is_there() -> None:
    assert [one for one in GapReason if f"| `{one.value}` |" not in PAGE] == []


def test_every_subscription_is_there() -> None:
    fields = SCHEMA.partition("type Subscription {")[2].partition("\n}")[0]
    names = re.findall(r"^  (\w+)[(:]", fields, re.MULTILINE)

    assert names
    assert [name for name in names if f"`{name}`" not in PAGE] == []
