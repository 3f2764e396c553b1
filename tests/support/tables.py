"""Small spreadsheets as tests write them down, and plans as one would read them off the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from roadwright.io.complaint import Complaint, Imported
from roadwright.io.importing import import_file
from roadwright.model.plan import Plan
from roadwright.model.records import Item
from roadwright.model.schedule import schedule

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Real files that are no part of the project."""
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real files are not there: {DATA.name}")


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text table, its lines written indented for the eye."""
    lines = [line.strip("\n") for line in text.strip("\n").splitlines()]
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    path.write_bytes("\r\n".join(line[margin:] for line in lines).encode(encoding))
    return path


def workbook(path: Path, *sheets: Sequence[Sequence[Any]], titles: Sequence[str] = ()) -> Path:
    """A workbook with these rows; a cell that begins with `=` is a formula without a result."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[number] if titles else f"Sheet{number + 1}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def read_csv(folder: Path, text: str, **options: Any) -> Imported:
    return import_file(csv_file(folder / "plan.csv", text), **options)


def read_rows(folder: Path, *rows: Sequence[Any], **options: Any) -> Imported:
    return import_file(workbook(folder / "plan.xlsx", rows), **options)


def item(plan: Plan, name: str) -> Item:
    """The one item of that key or title."""
    found = [one for one in plan.items.values() if name in (one.key, one.title)]
    assert len(found) == 1, f"{name}: {[one.key for one in found]}"
    return found[0]


def spans(plan: Plan) -> dict[str, str]:
    """The days that the timeline shows, by key: `2026-01-05..2026-01-09`, or `` for the backlog."""
    shown = schedule(plan)
    days = {one.key: shown.dates(one.id) for one in plan.items.values()}
    return {key: f"{span.first}..{span.last}" if span else "" for key, span in days.items()}


def links(plan: Plan) -> set[str]:
    """Every link as `A FS+2 B`."""
    keys = {one.id: one.key for one in plan.items.values()}
    return {
        f"{keys[link.source]} {link.type}{f'{link.lag:+d}' if link.lag else ''} {keys[link.target]}"
        for link in plan.links.values()
    }


def owner(plan: Plan, name: str) -> str:
    found = item(plan, name).owner
    return plan.people[found].name if found else ""


def team(plan: Plan, name: str) -> str:
    found = item(plan, name).team
    return plan.teams[found].title if found else ""


def parent(plan: Plan, name: str) -> str:
    found = item(plan, name).parent
    return plan.items[found].key if found else ""


def level(plan: Plan, name: str) -> str:
    found = item(plan, name).level
    return plan.levels[found].title if found else ""


def status(plan: Plan, name: str) -> str:
    found = item(plan, name).status
    return plan.statuses[found].title if found else ""


def said(imported: Imported, code: str) -> list[Complaint]:
    """The complaints of a code, in order."""
    return [complaint for complaint in imported.complaints if complaint.code == code]


def codes(imported: Imported, level: str = "warning") -> list[str]:
    return [complaint.code for complaint in imported.complaints if complaint.level == level]
