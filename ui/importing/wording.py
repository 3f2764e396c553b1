"""What the import dialog says of what came of a table."""

from __future__ import annotations

from collections.abc import Sequence

from ...io.complaint import Imported
from ...io.strings import count, say
from .reading import Trial
from .ruling import Question

COUNTED = ("items", "links", "teams", "people")


def summary(imported: Imported | None, unread: int) -> str:
    """`39 items, 12 dependencies, 6 teams, 3 cells unreadable`."""
    if imported is None:
        return say("importing.nothing")
    numbers = {name: len(imported.plan.table(name)) for name in COUNTED}
    parts = [count(f"ui.{name}", n) for name, n in numbers.items() if n or name == "items"]
    return ", ".join([*parts, *([count("importing.unread", unread)] if unread else [])])


def remark(trial: Trial, asked: Sequence[Question]) -> str:
    """The sentence below that: what is missing or not settled yet, else how much of it is in sight."""
    if trial.refused is not None:
        if trial.refused.code == "import.no_header":
            return say("importing.no_title")
        return say(trial.refused.code, **trial.refused.values)
    if any(question.asks for question in asked):
        return say("importing.asks_order")
    imported = trial.imported
    if imported is not None and len(imported.plan.items) > len(trial.lines):
        return say("importing.first", shown=len(trial.lines), all=len(imported.plan.items))
    return say("importing.unchanged" if imported is not None and imported.complaints else "importing.clean")
