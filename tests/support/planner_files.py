"""Files of other planners as small as their point, for tests of the readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from roadwright.io.complaint import Imported
from roadwright.io.importing import import_file

WEEK = '<default-week id="1" name="default" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>'


def gan(
    folder: Path, tasks: str, more: str = "", week: str = WEEK, dates: str = "", name: str = "p.gan"
) -> Path:
    """A GanttProject file with these tasks; `more` comes behind them, `dates` are its holidays."""
    path = folder / name
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><project name="House" view-date="2026-01-05" version="3.3">\n'
        f"<calendars><day-types>{week}</day-types>{dates}</calendars>\n"
        f'<tasks empty-milestones="true">\n{tasks}\n</tasks>{more}</project>',
        "utf-8",
    )
    return path


def mspdi(folder: Path, tasks: str, more: str = "", head: str = "", name: str = "p.xml") -> Path:
    """A Microsoft Project file with these tasks, `head` before the calendars and `more` behind the tasks."""
    path = folder / name
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">\n'
        f"<Title>House</Title><MinutesPerDay>480</MinutesPerDay>{head}\n"
        f"<Tasks>\n{tasks}\n</Tasks>{more}</Project>",
        "utf-8",
    )
    return path


def task(uid: int, name: str, start: str, finish: str, hours: float, level: int = 1, more: str = "") -> str:
    """A task of Microsoft Project; days without a time begin at 8 and end at 17 o'clock."""
    start = start if "T" in start else f"{start}T08:00:00"
    finish = finish if "T" in finish else f"{finish}T17:00:00"
    minutes = round(hours * 60)
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"<Start>{start}</Start><Finish>{finish}</Finish>"
        f"<Duration>PT{minutes // 60}H{minutes % 60}M0S</Duration>{more}</Task>\n"
    )


def after(uid: int, type: int = 1, lag: int = 0, form: int = 7) -> str:
    """A link from another task; FF 0, FS 1, SF 2, SS 3, the lag in tenths of minutes."""
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{type}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat></PredecessorLink>"
    )


def ics(folder: Path, *lines: str) -> Path:
    path = folder / "p.ics"
    path.write_bytes("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode())
    return path


def trello(folder: Path, lists: list[str], cards: list[dict[str, Any]], **more: Any) -> Path:
    """A board; each card names its list by place."""
    board = {
        "id": "board",
        "name": "Board",
        "actions": [{"id": "a", "data": {"nested": [1, 2]}}],
        "lists": [{"id": f"l{n}", "name": name, "closed": False, "pos": n} for n, name in enumerate(lists)],
        "cards": [
            {"id": f"c{n}", "idShort": n, "idList": "l0", "pos": n, "closed": False, **card}
            for n, card in enumerate(cards, 1)
        ],
        **more,
    }
    path = folder / "board.json"
    path.write_text(json.dumps(board), "utf-8")
    return path


def read(path: Path) -> Imported:
    return import_file(path)
