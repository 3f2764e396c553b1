"""Writes a plan as a Markdown table, for wikis, tickets and e-mails."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from ..model.fields import fields_of, text_of
from ..model.history.earlier import Told
from ..model.plan import Plan
from ..model.query import rows
from ..model.records import View
from ..model.schedule import Schedule
from .atomic import write_atomically
from .strings import field_title, knows, say

COLUMNS = ("key", "title", "status", "owner", "team", "start", "finish", "progress", "depends")
"""Where the view names none."""
_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CALCULATED = re.compile(r"[=+\-@]")
_NUMBERS = frozenset({"days", "number", "percent", "currency"})


def write_markdown(
    path: str | os.PathLike[str],
    plan: Plan,
    schedule: Schedule,
    view: View | None = None,
    told: Told | None = None,
) -> None:
    """Write the items of a view, with its columns, or all; before them what is told of an earlier state.

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    text = markdown(plan, schedule, view)
    if told is not None:
        from .difference import for_wiki, report

        text = f"{for_wiki(report(told.seen_in(view, schedule)))}\n{text}"
    write_atomically(path, text.encode())


def markdown(plan: Plan, schedule: Schedule, view: View | None = None) -> str:
    """A heading and a table, one row for each item; lanes have a row with their name."""
    known = fields_of(plan)
    wanted = [column.field for column in view.columns] if view is not None else []
    fields = [known[key] for key in wanted or COLUMNS if key in known]
    lines = [f"# {escaped(plan.info.title or say('ui.untitled'))}", ""]
    lines.append(_line(escaped(field_title(field)) for field in fields))
    lines.append(_line("---:" if field.kind in _NUMBERS else "---" for field in fields))
    for row in rows(plan, schedule, view, backlog=True):
        if row.item is None:
            head = f"**{escaped(say(row.title) if knows(row.title) else row.title)}**"
            lines.append(_line(head if place == 0 else "" for place, _ in enumerate(fields)))
            continue
        item, cells = plan.items[row.item], []
        for field in fields:
            text = escaped(text_of(field, plan, field.read(plan, schedule, item)))
            cells.append("&emsp;" * row.depth + text if field.key == "title" else text)
        lines.append(_line(cells))
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """The text as it is, whatever signs are in it: no link, no HTML, nothing that a table would end at.

    Where somebody pastes it into a spreadsheet, it is no formula either.
    """
    text = _SPECIAL.sub(r"\\\1", re.sub("[&<>]", lambda match: _ENTITIES[match[0]], text))
    text = f"\\{text}" if _CALCULATED.match(text) else text
    return "<br>".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
