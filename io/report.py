"""What was found in a file, as a table that people can keep or send on."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence

from .atomic import write_atomically
from .complaint import Complaint
from .csv_file import guarded
from .strings import say

COLUMNS = ("place", "cell", "code", "message", "done")


def report_rows(complaints: Sequence[Complaint]) -> list[list[str]]:
    """Headings, then a row for each complaint in order."""
    rows = [[say(f"importing.report.{column}") for column in COLUMNS]]
    for one in complaints:
        where = one.cell or (str(one.line) if one.line else "")
        rows.append([one.sheet or one.file, where, one.code, one.message(), one.remedy()])
    return rows


def write_report(path: str | os.PathLike[str], complaints: Sequence[Complaint]) -> None:
    """Write it as CSV. Raises as `write_atomically`."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [guarded(cell) for cell in row] for row in report_rows(complaints)
    )
    write_atomically(path, text.getvalue().encode("utf-8-sig"))
