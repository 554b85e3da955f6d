"""Rows of CSV (RFC 4180), which a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the start of a formula: OWASP, "CSV Injection".
# The wide ones are what some read as the plain ones.
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)


def csv_rows(rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """The rows in UTF-8, each ended by CR LF; None is an empty cell.

    A text that a spreadsheet would run gets an apostrophe in front.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def _cell(cell: str | int | None) -> str | int | None:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
