"""What a call left to be counted once looks like, in memory and stored."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from domain.metric_rules import Sample
from domain.metrics import LATEST_MS, MetricKind
from kit import jsonio
from persistence.safe import Document

PARTITION = "intake"
OPEN, DONE = "open|", "done|"


@dataclass(frozen=True)
class Call:
    """What is to be counted once, what is answered then (any JSON value), and a hash
    of what was sent.
    """

    samples: Sequence[Sample]
    result: Any
    body: str = ""


@dataclass(frozen=True)
class Journal:
    """One call. `batch` names what it counted, and is new for every call, while a
    key used again after it was forgotten makes the same `id`. `body` is a hash of
    what was sent.
    """

    id: str
    batch: str
    created_ms: int
    samples: Sequence[Sample]
    result: Any
    body: str = ""
    done: bool = False


def position_of(state: str, journal: Journal) -> str:
    return f"{state}{journal.created_ms:013d}|{journal.id}"


def document_of(journal: Journal) -> Document:
    return {
        "_id": journal.id,
        "s": PARTITION,
        "b": position_of(OPEN, journal),
        "exp": LATEST_MS,
        "batch": journal.batch,
        "created": journal.created_ms,
        "points": jsonio.dumps([astuple(one) for one in journal.samples]).decode(),
        "result": jsonio.dumps(journal.result).decode(),
        "body": journal.body,
    }


def journal_of(document: Document) -> Journal:
    return Journal(
        id=document["_id"],
        batch=document["batch"],
        created_ms=document["created"],
        samples=[_sample(row) for row in jsonio.loads(document.get("points", "[]"))],
        result=jsonio.loads(document["result"]),
        body=document["body"],
        done=document["b"].startswith(DONE),
    )


def _sample(row: list[Any]) -> Sample:
    sample = Sample(*row)
    kind = None if sample.kind is None else MetricKind(sample.kind)
    tags = tuple((key, value) for key, value in sample.tags)
    return replace(sample, kind=kind, tags=tags)
