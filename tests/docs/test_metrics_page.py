"""The page on metrics lists what the service itself records."""

import re
from pathlib import Path

from app.cli.access_log import BYTES, REQUESTS
from domain import metric_rules
from domain.metrics import Aggregate, Fill, MetricKind
from resolvers import figures

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "metrics.md").read_text()


def test_every_metric_of_our_own_is_listed() -> None:
    listed = set(re.findall(r"^\| `([a-z_]+\.[a-z_.]+)` \|", PAGE, re.MULTILINE))

    assert listed == {
        *(figures.REQUESTS, figures.ERRORS, figures.RESPONSE_MS, "auth.logins"),
        *(figures.TOTAL, figures.ACTIVE, figures.ONLINE),
        *(REQUESTS, BYTES),
    }


def test_every_kind_aggregate_filling_and_rejection_is_explained() -> None:
    codes = [
        metric_rules.VALIDATION_ERROR,
        metric_rules.OUT_OF_WINDOW,
        metric_rules.KIND_MISMATCH,
        metric_rules.CARDINALITY_LIMIT,
    ]

    for word in (*MetricKind, *Aggregate, *Fill, *codes):
        assert f"`{word}`" in PAGE
