"""Panels and alerts ask for figures that there are, by labels that they have."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import promql_parser as promql
import pytest
import yaml

from kit.metrics import REGISTRY

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "grafana"
BOARD = json.loads((FOLDER / "dashboard.json").read_text())
PANELS = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
RULES = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
ASKED = [
    *(target["expr"] for panel in PANELS for target in panel["targets"]),
    *(rule["expr"] for rule in RULES),
]
# What Prometheus itself adds, what histograms have, what our queries make.
KNOWN_LABELS = {"instance", "job", "worker", "le", "door"}
SUFFIXES = re.compile("_(bucket|sum|count)$")


def parsed(text: str) -> Any:
    return promql.parse(text.replace("$__rate_interval", "5m"))


def parts(expression: Any) -> Iterator[Any]:
    """The expression and all within it."""
    yield expression
    for name in ("lhs", "rhs", "expr", "args", "vector_selector"):
        found = getattr(expression, name, None) or ()
        for part in found if isinstance(found, list) else [found]:
            if isinstance(part, promql.Expr) and part is not expression:
                yield from parts(part)


def figures_of(expression: Any) -> list[str]:
    found = [p for p in parts(expression) if isinstance(p, promql.VectorSelector)]
    return [one.name or "" for one in found]


def labels_of(expression: Any) -> set[str]:
    """Those it matches, and those it groups by."""
    found = set()
    for part in parts(expression):
        if isinstance(part, promql.VectorSelector):
            found |= {matcher.name for matcher in part.matchers.matchers}
        elif isinstance(part, promql.AggregateExpr) and part.modifier:
            found |= set(part.modifier.labels)
    return found


def wrong_with(asked: str, served: dict[str, str]) -> list[str]:
    """What the query takes for granted and is not so."""
    expression = parsed(asked)
    faults, labels = [], set(KNOWN_LABELS)
    for name in figures_of(expression):
        known = SUFFIXES.sub("", name)
        if (served.get(known) == "histogram") != (known != name):
            faults.append(f"{name} is a {served.get(known)}")
        elif known not in served:
            faults.append(f"there is no {name}")
        else:
            labels |= set(REGISTRY.metrics[known].labels)
    return faults + sorted(labels_of(expression) - labels)


# What Azure is asked of the same figures, in its own language.
AZURE = FOLDER.parent / "azure" / "modules" / "alerts.bicep"
ASKED_OF_AZURE = re.findall(r'Name == "(\w+)"', AZURE.read_text())


async def test_every_figure_asked_for_is_served_with_the_labels_it_is_asked_by(
    http: httpx.AsyncClient,
) -> None:
    text = (await http.get("/metrics")).text
    served = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))

    assert len(ASKED) > 50
    assert all(figures_of(parsed(asked)) for asked in ASKED)
    assert {a: wrong for a in ASKED if (wrong := wrong_with(a, served))} == {}
    assert ASKED_OF_AZURE
    assert set(ASKED_OF_AZURE) <= set(served)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("sum(rate(gone_total[5m]))", ["there is no gone_total"]),
        ("lag_seconds", ["lag_seconds is a histogram"]),
        ("ready_count", ["ready_count is a gauge"]),
        ('sum by (nope) (rate(ready{no="1"}[5m]))', ["no", "nope"]),
    ],
)
def test_a_query_that_nothing_answers_would_be_noticed(
    asked: str, wrong: list[str]
) -> None:
    served = {"dashboard_ready": "gauge", "dashboard_live_lag_seconds": "histogram"}
    asked = asked.replace("ready", "dashboard_ready").replace(
        "lag_", "dashboard_live_lag_"
    )

    found = [
        fault.replace("dashboard_live_", "") for fault in wrong_with(asked, served)
    ]

    assert [fault.replace("dashboard_", "") for fault in found] == wrong


def test_the_board_can_be_provisioned() -> None:
    assert BOARD["uid"] == "user-dashboard"
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    assert all(panel["datasource"]["uid"] == "${datasource}" for panel in PANELS)
    (variable,) = BOARD["templating"]["list"]
    assert (variable["name"], variable["type"]) == ("datasource", "datasource")
    (provider,) = yaml.safe_load((FOLDER / "provider.yaml").read_text())["providers"]
    assert provider["type"] == "file"


def test_every_alert_says_how_bad_it_is_and_what_it_is_about() -> None:
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "warn"}
    assert all(rule["annotations"]["summary"] for rule in RULES)
