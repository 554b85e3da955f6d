"""One cursor for all that a socket is told: how far it has come in each log."""

from collections.abc import Mapping
from contextlib import suppress

from domain.errors import InvalidInput
from domain.events import Topic
from domain.positions import Position
from resolvers.context import Services
from resolvers.live_cursors import read_position

LIST = "live:socket"  # the name it is signed for
TOPICS = (Topic.ACTIVITY, Topic.NOTIFICATIONS, Topic.PRESENCE)
Positions = Mapping[Topic, Position]


def sign_positions(services: Services, positions: Positions) -> str | None:
    """The cursor of these positions; None while Redis is away, when they are not
    known.
    """
    if any(topic not in positions for topic in TOPICS):
        return None
    places = ",".join(str(positions[topic]) for topic in TOPICS)
    return services.cursors.sign(LIST, places)


def read_positions(services: Services, cursor: str) -> Positions:
    """What is in a cursor of `sign_positions`, or in one of a single log, such as
    `activity.newestCursor`.

    Raises:
        InvalidInput: it is neither.
    """
    with suppress(ValueError):
        places = services.cursors.read(LIST, cursor).split(",")
        return dict(zip(TOPICS, map(Position.parse, places), strict=True))
    for topic in (Topic.ACTIVITY, Topic.NOTIFICATIONS):
        with suppress(InvalidInput):
            return {topic: read_position(services, topic, cursor)}
    raise InvalidInput.of("after", "is not a cursor of this service")
