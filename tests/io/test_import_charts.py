"""Timelines drawn in a table by marks or colours: who draws one has no column of dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from roadwright.io.importing import import_file, read_sheets
from roadwright.io.tables.proposal import propose
from tables import codes, csv_file, read_csv, said, spans, workbook

WEEKS = [None, None, date(2026, 1, 5), None, None, None, None, date(2026, 1, 12), None, None, None, None]
LETTERS = ["Task", "Owner", *"MTWRF", *"MTWRF"]


def colored(path: Path, rows: Sequence[Sequence[Any]], cells: str, rgb: str = "FF4472C4") -> Path:
    """A workbook in which these cells are filled: `C3:E3 F4`."""
    from openpyxl import load_workbook
    from openpyxl.styles import PatternFill

    workbook(path, rows)
    book = load_workbook(path)
    for area in cells.split():
        found = book.active[area]
        for row in found if isinstance(found, tuple) else ((found,),):
            for cell in row:
                cell.fill = PatternFill("solid", fgColor=rgb)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("above", "letters"),
    [
        (WEEKS, "MTWRFMTWRF"),
        (WEEKS, "MTWTFMTWTF"),
        (WEEKS, "MDMDFMDMDF"),
        (WEEKS, ["Mon", "Tue", "Wed", "Thu", "Fri"] * 2),
        ([None, None, "Week of Jan 5, 2026", *[None] * 4, "Week of Jan 12, 2026"], "MTWRFMTWRF"),
        ([None, None, "2026-W02", *[None] * 4, "2026-W03"], "MTWRFMTWRF"),
        ([None, None, date(2026, 1, 4), *[None] * 4, date(2026, 1, 11)], "MTWRFMTWRF"),  # its Sunday
        ([None, None, date(2026, 1, 5)], "MTWRFMTWRF"),  # only the first week says it
    ],
    ids=str,
)
def test_weekdays_below_their_weeks(tmp_path: Path, above: list[Any], letters: Sequence[str]) -> None:
    rows = [["Our plan"], above, ["Task", "Owner", *letters], ["Design", "Ann"], ["Build", "Bob"], ["Ship"]]
    imported = import_file(colored(tmp_path / "plan.xlsx", rows, "C4:E4 F5:I5 L6"))
    assert spans(imported.plan) == {
        "RW-1": "2026-01-05..2026-01-07",
        "RW-2": "2026-01-08..2026-01-13",
        "RW-3": "2026-01-16..2026-01-16",
    }
    assert [one.message() for one in said(imported, "import.chart_read")] == [
        "Start and finish are those of the timeline that is drawn in the columns C–L, "
        "from 2026-01-05 to 2026-01-16."
    ]
    assert codes(imported) == []


def test_a_week_of_seven_days_with_the_weekend_shaded(tmp_path: Path) -> None:
    rows = [
        [None, date(2026, 1, 5), *[None] * 6, date(2026, 1, 12)],
        ["Task", *"MTWTFSSMTWTFSS"],
        *([name] for name in ("A", "B", "C", "D")),
    ]
    path = colored(tmp_path / "plan.xlsx", rows, "G3:H6 N3:O6", "FFDDDDDD")
    assert not any(one.start for one in import_file(path).plan.items.values())
    path = colored(tmp_path / "more.xlsx", rows, "G3:H6 N3:O6 B3:C3 D4:F4 I5 J6:K6")
    assert list(spans(import_file(path).plan).values()) == [
        *("2026-01-05..2026-01-06", "2026-01-07..2026-01-09", "2026-01-12..2026-01-12"),
        "2026-01-13..2026-01-14",
    ]


def test_days_of_a_month_with_marks(tmp_path: Path) -> None:
    text = """
        ,,Jan 2026,,,,,Feb 2026,,
        Task,Owner,26,27,28,29,30,2,3,4
        Design,Ann,x,x,,,,,,
        Build,Bob,,,x,x,x,x,,
        Ship,Ann,,,,,,,,◆
        """
    assert list(spans(read_csv(tmp_path, text).plan).values()) == [
        *("2026-01-26..2026-01-27", "2026-01-28..2026-02-02", "2026-02-04..2026-02-04")
    ]


def test_weeks_by_the_dates_on_which_they_begin(tmp_path: Path) -> None:
    rows = [
        ["Task", "Status", *(date(2026, 1, day) for day in (5, 12, 19, 26))],
        ["Design", "Done"],
        ["Build", "Doing"],
        ["Ship", "To do"],
    ]
    imported = import_file(colored(tmp_path / "plan.xlsx", rows, "C2:D2 D3:E3 F4"))
    assert list(spans(imported.plan).values()) == [
        *("2026-01-05..2026-01-16", "2026-01-12..2026-01-23", "2026-01-26..2026-01-30")
    ]
    assert {one.precision for one in imported.plan.items.values()} == {"week"}


def test_months_over_a_column_for_each_week(tmp_path: Path) -> None:
    rows = [
        ["Task", "Owner", "Nov 2026", None, None, "Dec", None, None, "Jan", None, None],
        ["Design", "Ann"],
        ["Build", "Bob"],
    ]
    imported = import_file(colored(tmp_path / "plan.xlsx", rows, "C2:D2 E3:I3"))
    assert list(spans(imported.plan).values()) == ["2026-11-02..2026-11-20", "2026-11-23..2027-01-08"]


def test_quarters_in_colours(tmp_path: Path) -> None:
    rows = [["Feature", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"], ["Basket"], ["Wallet"], ["Offline"]]
    imported = import_file(colored(tmp_path / "plan.xlsx", rows, "B2 C3:D3 E4"))
    assert {one.precision for one in imported.plan.items.values()} == {"quarter"}
    assert list(spans(imported.plan).values())[1] == "2026-04-01..2026-09-30"


def test_rows_with_a_colour_of_their_own_say_nothing(tmp_path: Path) -> None:
    """Every other row is grey from its title on."""
    rows = [WEEKS, LETTERS, ["A", "Ann"], ["B", "Bob"], ["C", "Ann"], ["D", "Bob"]]
    path = colored(tmp_path / "plan.xlsx", rows, "A4:L4 A6:L6", "FFEEEEEE")
    assert not any(one.start for one in import_file(path).plan.items.values())


def test_beside_dates_it_is_left_and_that_is_said(tmp_path: Path) -> None:
    rows = [
        [None, *WEEKS],
        ["Task", "Start", "End", *LETTERS[2:]],
        ["A", date(2026, 3, 2), date(2026, 3, 6)],
        ["B", date(2026, 3, 9), date(2026, 3, 13)],
    ]
    path = colored(tmp_path / "plan.xlsx", rows, "D3:H3 I4:M4")
    imported = import_file(path)
    assert list(spans(imported.plan).values()) == ["2026-03-02..2026-03-06", "2026-03-09..2026-03-13"]
    assert "D–M" in said(imported, "import.chart_left")[0].message()
    source = read_sheets(path)
    assert source is not None
    assert sorted(propose(source).columns) == [0, 1, 2]  # the columns of the chart are nothing to choose from


def test_without_a_date_above_it_is_said(tmp_path: Path) -> None:
    rows = [LETTERS, ["A", "Ann"], ["B", "Bob"]]
    imported = import_file(colored(tmp_path / "plan.xlsx", rows, "C2:F2 G3:J3"))
    assert codes(imported) == ["import.chart_undated"]
    assert "C–J" in said(imported, "import.chart_undated")[0].message()


def test_figures_below_dates_are_times_only_where_there_are_no_others(tmp_path: Path) -> None:
    """Hours per week: whoever works on it in a week is at it."""
    path = csv_file(
        tmp_path / "plan.csv",
        """
        Task,2026-01-05,2026-01-12,2026-01-19,2026-01-26
        Design,8,4,,
        Build,0,16,40,
        """,
    )
    assert list(spans(import_file(path).plan).values()) == [
        *("2026-01-05..2026-01-16", "2026-01-12..2026-01-23")
    ]
