"""What drills found out, as lines; one that is not good fails the run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Report:
    """`survived` counts faults after which everything was as promised."""

    survived: int = 0
    lost: int = 0
    recoveries_s: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    drill: str = ""

    def tell(self, fault: str, figures: str, *, good: bool) -> None:
        """A line about a fault; not `good` is a promise that was broken."""
        verdict = "ok" if good else "BROKEN"
        print(f"  {fault:<38} {figures:<62} {verdict}", flush=True)
        if good:
            self.survived += 1
        else:
            self.broken.append(f"{self.drill}: {fault}")

    def recovered(self, seconds: float) -> str:
        """Remembers how long a recovery took; says it."""
        self.recoveries_s.append(seconds)
        return f"back after {seconds:.1f} s"

    @contextmanager
    def running(self, drill: str) -> Iterator[None]:
        self.drill = drill
        print(drill, flush=True)
        began = time.monotonic()
        yield
        print(f"  ({time.monotonic() - began:.0f} s)", flush=True)

    def summary(self) -> str:
        worst = max(self.recoveries_s, default=0.0)
        return (
            f"faults survived: {self.survived}; acknowledged writes lost: {self.lost}; "
            f"slowest recovery: {worst:.1f} s; broken: {len(self.broken)}"
        )
