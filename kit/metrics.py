"""Figures of this process, in the text format Prometheus reads.

Each process counts for itself, in memory. A metric is made once, where its module
is imported, and shows up in `REGISTRY.render()` from then on.
"""

import bisect
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

Labels = tuple[str, ...]
Cell = tuple[Labels, Sequence[float]]
Snapshot = Mapping[str, Sequence[Cell]]  # by metric
# A label set nobody bounded must not eat the memory; the rest is counted as one.
LABEL_SETS_MAX = 1_000
OTHER = "__other__"
LATENCY_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metric:
    """What all kinds share: a name, a meaning, and one cell per label set."""

    kind = "untyped"

    def __init__(self, name: str, meaning: str, labels: Sequence[str] = ()) -> None:
        self.name = name
        self.meaning = meaning
        self.labels = tuple(labels)
        self._lock = threading.Lock()

    def cells(self) -> Iterable[Cell]:
        """The numbers of each label set, as the kind keeps them."""
        raise NotImplementedError

    def lines(self, cells: Iterable[Cell], more: str = "") -> Iterable[str]:
        """`cells` as text; `more` is a label of all."""
        for labels, (value,) in cells:
            yield self._line("", labels, value, more)

    def _bounded(self, labels: Labels, known: Mapping[Labels, Any]) -> Labels:
        if len(labels) != len(self.labels):
            raise ValueError(f"{self.name} has the labels {self.labels}")
        if labels in known or len(known) < LABEL_SETS_MAX:
            return labels
        return (OTHER,) * len(labels)

    def _line(self, suffix: str, labels: Labels, value: float, more: str = "") -> str:
        pairs = [
            f'{name}="{_escape(text)}"'
            for name, text in zip(self.labels, labels, strict=True)
        ]
        inner = ",".join([*pairs, more] if more else pairs)
        braces = f"{{{inner}}}" if inner else ""
        return f"{self.name}{suffix}{braces} {value}"


class Counter(Metric):
    """Only grows; Prometheus makes rates of it. Its name ends in `_total`."""

    kind = "counter"

    def __init__(self, name: str, meaning: str, labels: Sequence[str] = ()) -> None:
        super().__init__(name, meaning, labels)
        self._values: dict[Labels, float] = {} if labels else {(): 0}

    def inc(self, *labels: str, by: float = 1) -> None:
        with self._lock:
            labels = self._bounded(labels, self._values)
            self._values[labels] = self._values.get(labels, 0) + by

    def value(self, *labels: str) -> float:
        return self._values.get(labels, 0)

    def cells(self) -> Iterable[Cell]:
        with self._lock:
            return [(labels, (n,)) for labels, n in sorted(self._values.items())]


class Gauge(Counter):
    """Goes up and down by label: `inc("a", by=-1)` takes one away."""

    kind = "gauge"

    def set(self, value: float, *labels: str) -> None:
        with self._lock:
            self._values[self._bounded(labels, self._values)] = value


class Reading(Metric):
    """One value: set now and then, or asked for whenever somebody looks."""

    def __init__(self, name: str, meaning: str, kind: str) -> None:
        super().__init__(name, meaning)
        self.kind = kind
        self._read: Callable[[], float] = lambda: 0.0

    def set(self, value: float) -> None:
        self._read = lambda: value

    def ask(self, read: Callable[[], float]) -> None:
        """From now on the value is what `read` answers."""
        self._read = read

    def value(self) -> float:
        return self._read()

    def cells(self) -> Iterable[Cell]:
        return [((), (self.value(),))]


class Histogram(Metric):
    """How readings spread, in seconds unless the name says otherwise."""

    kind = "histogram"

    def __init__(
        self,
        name: str,
        meaning: str,
        labels: Sequence[str] = (),
        *,
        buckets: Sequence[float] = LATENCY_BUCKETS_S,
    ) -> None:
        super().__init__(name, meaning, labels)
        self.bounds = tuple(buckets)
        self._cells: dict[Labels, list[float]] = {}

    def observe(self, value: float, *labels: str) -> None:
        """Adds a reading to its bucket: the first bound it does not exceed."""
        with self._lock:
            labels = self._bounded(labels, self._cells)
            empty = [0.0] * (len(self.bounds) + 2)  # one per bound, beyond, the sum
            cell = self._cells.setdefault(labels, empty)
            cell[bisect.bisect_left(self.bounds, value)] += 1
            cell[-1] += value

    def cells(self) -> Iterable[Cell]:
        """How many in each bucket, how many beyond the last, and the sum."""
        with self._lock:
            return sorted((labels, tuple(c)) for labels, c in self._cells.items())

    def lines(self, cells: Iterable[Cell], more: str = "") -> Iterable[str]:
        for labels, cell in cells:
            count = 0.0
            for bound, here in zip((*self.bounds, "+Inf"), cell[:-1], strict=True):
                count += here
                le = f'le="{bound}"'
                both = f"{le},{more}" if more else le
                yield self._line("_bucket", labels, count, both)
            yield self._line("_sum", labels, cell[-1], more)
            yield self._line("_count", labels, count, more)


M = TypeVar("M", bound=Metric)


class Registry:
    """Every metric of a process, by name."""

    def __init__(self) -> None:
        self.metrics: dict[str, Metric] = {}

    def counter(self, name: str, meaning: str, labels: Sequence[str] = ()) -> Counter:
        return self._keep(Counter(name, meaning, labels))

    def gauge(self, name: str, meaning: str, labels: Sequence[str] = ()) -> Gauge:
        return self._keep(Gauge(name, meaning, labels))

    def reading(self, name: str, meaning: str, kind: str = "gauge") -> Reading:
        """A value that goes up and down; or, as "counter", one kept elsewhere."""
        return self._keep(Reading(name, meaning, kind))

    def histogram(
        self,
        name: str,
        meaning: str,
        labels: Sequence[str] = (),
        *,
        buckets: Sequence[float] = LATENCY_BUCKETS_S,
    ) -> Histogram:
        return self._keep(Histogram(name, meaning, labels, buckets=buckets))

    def snapshot(self) -> Snapshot:
        """What all of them say now."""
        return {name: list(metric.cells()) for name, metric in self.metrics.items()}

    def render(self, workers: Mapping[str, Snapshot] | None = None) -> str:
        """All of them in Prometheus text format 0.0.4; or those of several `workers`,
        which share what they count, with their names.
        """
        lines: list[str] = []
        for name, metric in sorted(self.metrics.items()):
            lines += [f"# HELP {name} {metric.meaning}", f"# TYPE {name} {metric.kind}"]
            if workers is None:
                lines += metric.lines(metric.cells())
                continue
            for worker, said in workers.items():
                lines += metric.lines(said.get(name, ()), f'worker="{worker}"')
        return "\n".join(lines) + "\n"

    def _keep(self, metric: M) -> M:
        if metric.name in self.metrics:
            raise ValueError(f"there is a metric {metric.name} already")
        self.metrics[metric.name] = metric
        return metric


REGISTRY = Registry()


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
