"""How the command line shows schedules and complaints, as JSON values and as text for people."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

from ..model.fields import FIELDS
from ..model.plan import Plan
from ..model.records import ItemId
from ..model.schedule import Schedule
from .complaint import Complaint
from .returned import NEW_SAYS
from .strings import field_title, say

WIDEST_TITLE = 48
"""Columns of the terminal."""
MOST_COMPLAINTS = 20
"""Complaints that are shown where they are not what was asked for."""


def schedule_json(plan: Plan, times: Schedule) -> dict[str, Any]:
    """Every item in the plan's order, and the day on which the last of them is finished.

    `driver` is the key of the item whose link fixes the start, else the rule that does (start, pinned,
    status, parent, children), or null for what is not on the timeline.
    """
    items = [_item_json(plan, times, id) for id in plan.outline.order]
    return {"items": items, "finish": max((i["finish"] for i in items if i["finish"]), default=None)}


def _item_json(plan: Plan, times: Schedule, id: ItemId) -> dict[str, Any]:
    item, span = plan.items[id], times.dates(id)
    return {
        "key": item.key,
        "title": item.title,
        "start": span.first.isoformat() if span else None,
        "finish": span.last.isoformat() if span else None,
        "slack": times.slack(id),
        "critical": times.critical(id),
        "driver": _driver(plan, times, id),
        "conflicts": _conflicts(plan, times, id),
    }


def _driver(plan: Plan, times: Schedule, id: ItemId) -> str | None:
    driver = times.driver(id)
    if driver is None:
        return None
    if driver.link is not None and driver.link in plan.links:
        return plan.items[plan.links[driver.link].source].key
    return driver.rule


def _conflicts(plan: Plan, times: Schedule, id: ItemId) -> list[dict[str, Any]]:
    found = []
    for conflict in times.conflicts(id):
        other = plan.items[conflict.other].key if conflict.other is not None else None
        message = say(f"problem.{conflict.code}", key=plan.items[id].key, other=other or "")
        found.append({"code": conflict.code, "other": other, "message": message})
    return found


def schedule_text(plan: Plan, times: Schedule) -> str:
    """A table for the terminal, children indented below their parents."""
    values = schedule_json(plan, times)
    columns = ("key", "title", "start", "finish", "slack", "critical", "driver", "conflicts")
    rows = [[say(f"cli.column.{column}") for column in columns]]
    for id, entry in zip(plan.outline.order, values["items"], strict=True):
        title = "  " * plan.outline.depth[id] + " ".join(entry["title"].split())
        rows.append(
            [
                entry["key"],
                _shortened(title),
                entry["start"] or "",
                entry["finish"] or "",
                "" if entry["slack"] is None else str(entry["slack"]),
                say("cli.critical") if entry["critical"] else "",
                entry["driver"] or "",
                "; ".join(conflict["message"] for conflict in entry["conflicts"]),
            ]
        )
    finish = values["finish"]
    last = say("cli.finish", finish=finish) if finish else say("cli.no_finish")
    return f"{_aligned(rows)}\n\n{last}"


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: wide letters two, marks on letters none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _shortened(text: str) -> str:
    if _width(text) <= WIDEST_TITLE:
        return text
    while _width(text) >= WIDEST_TITLE:
        text = text[: WIDEST_TITLE - 1] if len(text) > 2 * WIDEST_TITLE else text[:-1]
    return f"{text}…"


def show_complaints(complaints: Sequence[Complaint], everything: bool = False) -> None:
    """Print complaints, each on a line with its place, to the standard error.

    Where they are not what was asked for, only warnings, and not more than a person reads.
    """
    shown = [complaint for complaint in complaints if everything or complaint.level == "warning"]
    most = len(shown) if everything else MOST_COMPLAINTS
    for complaint in shown[:most]:
        text = f"{_place(complaint)}: {complaint.message()} {complaint.remedy()}"
        print(" ".join(text.split()), file=sys.stderr)
    if len(shown) > most:
        print(say("cli.more", count=len(shown) - most), file=sys.stderr)


def _place(complaint: Complaint) -> str:
    line = str(complaint.line) if complaint.line and not complaint.cell else ""
    return ":".join(part for part in (complaint.file, complaint.sheet, complaint.cell or line) if part)


def merge_text(told: dict[str, Any]) -> str:
    """One file of a merge, for people: what was taken, what needs a decision."""
    lines = [say("cli.merged", file=told["file"], author=told["author"] or say("cli.somebody"))]
    if told["merged_before"]:
        lines.append("  " + say("cli.merge_before"))
    for change in told["changes"]:
        if change["state"] != "same":
            code = "cli.merge_conflict" if change["state"] == "conflict" else "cli.merge_change"
            values = {name: _merged(change.get(name)) for name in ("base", "mine", "theirs")}
            lines.append("  " + say(code, key=change["key"], field=change["field"] or "", **values))
    for entry in told["new"]:
        said = [(field, entry[field]) for field in NEW_SAYS if entry[field] not in (None, "")]
        words = [say("merging.new_field", field=field_title(FIELDS[key]), value=value) for key, value in said]
        lines.append(
            "  " + say("cli.merge_new", key=entry["key"], title=entry["title"], what=", ".join(words))
        )
    for entry in told["deleted"]:
        code = "cli.merge_deleted" if entry["applied"] else "cli.merge_missing"
        lines.append("  " + say(code, key=entry["key"], title=entry["title"]))
    for comment in told["comments"]:
        name = comment["author"] or say("cli.somebody")
        text = " ".join(comment["text"].split())
        lines.append("  " + say("cli.merge_comment", key=comment["key"], name=name, text=text))
    lines += [f"  {text}" for text in told["settled"]]
    return "\n".join(lines)


def _merged(value: object) -> str:
    return say("diff.empty") if value in (None, "", []) else str(value)
