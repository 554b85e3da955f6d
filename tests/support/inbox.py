"""Inboxes over GraphQL, and what the live log was told about them."""

from typing import Any

from domain.events import Event, Topic
from domain.positions import Delivered, Position
from resolvers.context import Services
from tests.support.clients import GraphQLClient

SEND = """mutation ($input: NotificationInput!, $key: String) {
  sendNotification(input: $input, idempotencyKey: $key)
}"""
MARK = """mutation ($ids: [ID!], $before: DateTime) {
  markNotificationsRead(ids: $ids, before: $before)
}"""
INBOX = """query ($first: Int, $after: String, $unreadOnly: Boolean) {
  notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
    nodes { id title body level link createdAt read readAt }
    pageInfo { hasNextPage endCursor }
    unreadCount
    newestCursor
  }
}"""


async def send(
    client: GraphQLClient, *user_ids: str, key: str | None = None, **fields: Any
) -> list[str]:
    """The ids of the notices, one for each of these people."""
    wanted = {"userIds": user_ids, "title": "Backup finished", **fields}
    sent: list[str] = (await client.data(SEND, input=wanted, key=key))[
        "sendNotification"
    ]
    return sent


async def inbox(client: GraphQLClient, **arguments: Any) -> Any:
    return (await client.data(INBOX, **arguments))["notifications"]


async def titles(client: GraphQLClient, **arguments: Any) -> list[str]:
    return [one["title"] for one in (await inbox(client, **arguments))["nodes"]]


async def mark(client: GraphQLClient, **arguments: Any) -> int:
    count: int = (await client.data(MARK, **arguments))["markNotificationsRead"]
    return count


async def head(services: Services) -> Position:
    position = await services.live.bus.head(Topic.NOTIFICATIONS)
    assert position is not None
    return position


async def told_since(services: Services, start: Position) -> list[Event]:
    """The events about notifications past `start`."""
    items = [i async for i in services.live.bus.replay(Topic.NOTIFICATIONS, start)]
    assert all(isinstance(item, Delivered) for item in items)
    return [item.event for item in items if isinstance(item, Delivered)]
