"""What was acknowledged, and whether everybody was told exactly that, in order."""

import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scripts.listeners import Listener


@dataclass
class Ledger:
    """The events of one topic, by number: when each was sent and acknowledged."""

    sent_s: dict[int, float] = field(default_factory=dict)
    acknowledged_s: dict[int, float] = field(default_factory=dict)
    counted_from: int = 0

    def send(self, number: int) -> None:
        self.sent_s[number] = time.monotonic()

    def acknowledge(self, number: int) -> None:
        self.acknowledged_s[number] = time.monotonic()

    @property
    def due(self) -> set[int]:
        """What every listener is to be told once."""
        return {one for one in self.acknowledged_s if one >= self.counted_from}

    def disordered(self, seen: Sequence[int]) -> int:
        """How many came after one that was sent when they had been acknowledged."""
        count, latest_sent_s = 0, 0.0
        for number in seen:
            if latest_sent_s > self.acknowledged_s.get(number, latest_sent_s):
                count += 1
            latest_sent_s = max(latest_sent_s, self.sent_s[number])
        return count


@dataclass(frozen=True)
class Verdict:
    """One listener and one topic."""

    listener: str
    topic: str
    told: int
    lost: int
    doubled: int
    disordered: int
    gaps: int
    connections: int

    @property
    def is_bad(self) -> bool:
        return bool(self.lost or self.doubled or self.disordered or self.gaps)

    def __str__(self) -> str:
        return (
            f"{self.listener:<12} {self.topic:<22} told {self.told:>5}, "
            f"lost {self.lost}, doubled {self.doubled}, out of order "
            f"{self.disordered}, gaps {self.gaps}, connections {self.connections}"
        )


def verdicts(
    ledgers: Mapping[str, Ledger], listeners: Sequence[Listener]
) -> list[Verdict]:
    return [
        _verdict(topic, ledgers[topic], listener)
        for listener, topic in itertools.product(listeners, ledgers)
    ]


def _verdict(topic: str, ledger: Ledger, listener: Listener) -> Verdict:
    seen = [one for one in listener.seen[topic] if one >= ledger.counted_from]
    return Verdict(
        listener=listener.name,
        topic=topic,
        told=len(seen),
        lost=len(ledger.due.difference(seen)),
        doubled=len(seen) - len(set(seen)),
        disordered=ledger.disordered(seen),
        gaps=sum(gap.startswith(topic) for gap in listener.gaps),
        connections=listener.connections,
    )
