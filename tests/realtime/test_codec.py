"""Events on the wire: nothing is lost, and what is newer is no trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activity import Activity
from domain.events import (
    ActivityHappened,
    Event,
    NotificationAdded,
    NotificationsRead,
    StatsChanged,
)
from domain.notifications import Notification
from domain.positions import Position
from kit import jsonio
from realtime import figures
from realtime.codec import WIRE, decode, encode
from tests.support.live import happened

moments = st.integers(0, 2**53)
activities = st.builds(Activity, occurred_ms=moments, recorded_ms=moments)
fields: dict[type[Event], dict[str, st.SearchStrategy[object]]] = {
    ActivityHappened: {"activity": activities},
    NotificationAdded: {
        "notification": st.builds(
            Notification, created_ms=moments, read_ms=st.none() | moments
        )
    },
    NotificationsRead: {"before_ms": st.none() | moments},
}
events = st.sampled_from(sorted(WIRE, key=lambda kind: kind.__name__)).flatmap(
    lambda kind: st.builds(kind, at_ms=moments, **fields.get(kind, {}))
)
words = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)


@given(events)
def test_every_event_comes_back_as_it_was(event: Event) -> None:
    assert decode(WIRE[type(event)].kind, encode(event)) == event


def test_a_field_of_a_newer_replica_is_passed_over() -> None:
    event = happened()
    fields = jsonio.loads(encode(event))
    fields["mood"] = "sunny"
    fields["activity"]["weather"] = {"wind": 3}

    assert decode(WIRE[ActivityHappened].kind, jsonio.dumps(fields)) == event


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("activity/2", b"{}"),
        ("weather/1", b'{"wind": 3}'),
        ("stats/1", b"no JSON"),
        ("stats/1", b'{"at_ms": "soon"}'),
    ],
)
def test_what_cannot_be_read_is_left_unread_and_counted(
    kind: str, payload: bytes
) -> None:
    before = figures.UNREAD.value()

    assert decode(kind, payload) is None
    assert figures.UNREAD.value() == before + 1


def test_every_event_has_a_kind_of_its_own() -> None:
    def leaves(kind: type[Event]) -> set[type[Event]]:
        found = {leaf for sub in kind.__subclasses__() for leaf in leaves(sub)}
        return found or {kind}

    assert leaves(Event) == set(WIRE)
    assert len({wire.kind for wire in WIRE.values()}) == len(WIRE)


def test_the_wire_does_not_change_by_accident() -> None:
    event = StatsChanged(at_ms=1, id="e_1")

    assert encode(event) == b'{"at_ms":1,"id":"e_1"}'


@given(st.builds(Position, epoch=words, ms=moments, number=moments))
def test_a_position_survives_being_written_down(position: Position) -> None:
    assert Position.parse(str(position)) == position


@pytest.mark.parametrize("text", ["", "a-1", "a-1-2-3", "a-x-1", "a-1--1", "-1-1"])
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a position"):
        Position.parse(text)
