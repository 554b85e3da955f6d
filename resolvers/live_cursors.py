"""One cursor for every live transport: a signed place in a topic's log."""

from domain.errors import InvalidInput
from domain.events import Topic
from domain.positions import Position
from resolvers.context import Context, Services

_IN_NO_LOG = Position(epoch="0", ms=0, number=0)


def sign_position(services: Services, topic: Topic, position: Position) -> str:
    """The cursor of that place: an `after` for what comes past it."""
    return services.cursors.sign(_list_of(topic), str(position))


def read_position(
    services: Services, topic: Topic, cursor: str, *, field: str = "after"
) -> Position:
    """The place that `sign_position` made a cursor of.

    Raises:
        InvalidInput: names `field`; the cursor is none of this topic's.
    """
    try:
        return Position.parse(services.cursors.read(_list_of(topic), cursor))
    except ValueError as err:
        raise InvalidInput.of(field, str(err)) from err


async def head_cursor(ctx: Context, topic: Topic) -> str | None:
    """The cursor for "from now on"; None while Redis is away."""
    head = await ctx.services.live.bus.head(topic)
    return None if head is None else sign_position(ctx.services, topic, head)


async def newest_cursor(ctx: Context, topic: Topic) -> str:
    """A place to go on from, live: read it before a page, and nothing falls between.

    While Redis is away it is a place in no log, and who goes on from there is told
    that something is missing.
    """
    cursor = await head_cursor(ctx, topic)
    return cursor or sign_position(ctx.services, topic, _IN_NO_LOG)


def _list_of(topic: Topic) -> str:
    return f"live:{topic}"
