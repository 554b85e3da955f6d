"""The log of activity, as Redis holds it: cut and lost as a test likes."""

import redis

from domain.events import Topic
from persistence import keys


class Log:
    def __init__(self, client: "redis.Redis") -> None:
        self._client = client
        self._name = keys.LOG.key(topic=Topic.ACTIVITY)

    def trim(self, kept: int) -> None:
        self._client.xtrim(self._name, maxlen=kept, approximate=False)

    def lose(self) -> None:
        self._client.delete(
            self._name,
            keys.LOG_HEAD.key(topic=Topic.ACTIVITY),
            keys.LOG_IDS.key(topic=Topic.ACTIVITY),
        )
