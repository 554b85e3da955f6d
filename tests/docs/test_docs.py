"""What the pages list is what the code has, no more and no less."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.settings.rules import PREFIX
from app.settings.settings import Settings
from app.settings.table import markdown
from domain.errors import INTERNAL_ERROR, DashboardError

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LIST_FIGURES = """
import app.asgi, app.cli.main
from kit.metrics import REGISTRY
for name, metric in sorted(REGISTRY.metrics.items()):
    print(f"| `{name}` | {metric.kind} | {metric.meaning} |")
"""


def kinds(error: type[DashboardError]) -> Iterator[type[DashboardError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_the_table_of_settings_is_the_code_s() -> None:
    assert markdown() in (DOCS / "settings.md").read_text()


def test_the_catalogue_of_errors_is_the_code_s() -> None:
    page = (DOCS / "errors.md").read_text()
    listed = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE))

    raised = {
        kind.code: str(kind.http_status)
        for kind in kinds(DashboardError)
        if kind.__module__ == "domain.errors" and "code" in vars(kind)
    }
    assert listed == {**raised, INTERNAL_ERROR: "500"}


def test_the_list_of_figures_is_the_code_s() -> None:
    # In a process of its own: this one may have imported more than serving does.
    printed = subprocess.run(
        [sys.executable, "-c", LIST_FIGURES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    page = (DOCS / "figures.md").read_text()
    assert printed.stdout == page[page.index("| `") :]


def test_the_example_of_dotenv_names_settings_that_exist() -> None:
    named = re.findall(
        r"^# (DASHBOARD_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE
    )

    assert named
    assert {name.removeprefix(PREFIX).lower() for name in named} <= set(
        Settings.model_fields
    )
