"""What every listener does: it hears, goes on where it was cut off, keeps count."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.exceptions import WebSocketException

ACTIVITY, NOTIFICATIONS = "activityAdded", "notificationReceived"
ACTION = "soak.done"
TEXTS = {
    ACTIVITY: """subscription($after: String) {
        activityAdded(after: $after, filter: {actions: ["soak.done"]}) {
          __typename ... on ActivityAdded { cursor activity { summary } }
          ... on Gap { reason to } } }""",
    NOTIFICATIONS: """subscription($after: String) {
        notificationReceived(after: $after) {
          __typename ... on NotificationAdded { cursor notification { title } }
          ... on Gap { reason to } } }""",
}
CUT_OFF = (OSError, WebSocketException, httpx.HTTPError, TimeoutError)
CONNECT_S = 5


@dataclass
class Listener:
    """What one client was told, by topic, in order; `cursors` are where it stands."""

    name: str
    url: str
    token: str
    seen: dict[str, list[int]] = field(
        default_factory=lambda: {ACTIVITY: [], NOTIFICATIONS: []}
    )
    cursors: dict[str, str] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    connections: int = 0
    closed: list[str] = field(default_factory=list)
    cut: Callable[[], object] = lambda: None

    async def run(self) -> None:
        """Listens, and comes back whenever it is cut off; until cancelled."""
        while True:
            try:
                await self.once()
            except CUT_OFF as err:
                self.closed.append(str(err) or type(err).__name__)
            self.cut = lambda: None
            await asyncio.sleep(random.uniform(0.02, 0.2))  # noqa: S311  no secret

    async def once(self) -> None:
        """One connection, until its end."""
        raise NotImplementedError

    @property
    def is_listening(self) -> bool:
        """Whether it has heard of each topic, and so has a place to go on from."""
        return set(self.cursors) >= set(self.seen)

    def told(self, topic: str, item: Any) -> None:
        """Takes what a GraphQL subscription of that topic gave."""
        if item["__typename"] == "Gap":
            self.gaps.append(f"{topic} {item['reason']}")
            self.cursors[topic] = item["to"]
            return
        if "cursor" in item:
            self.cursors[topic] = item["cursor"]
        about = item.get("activity") or item.get("notification")
        if about:
            self.heard(topic, about.get("summary") or about["title"])

    def heard(self, topic: str, words: str) -> None:
        """Notes the number that ends the words."""
        number = words.rpartition(" ")[2]
        if number.isdigit():
            self.seen[topic].append(int(number))
