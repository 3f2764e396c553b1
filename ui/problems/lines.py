"""The lines of the list of problems: each kind with its number, below it what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ...io.strings import say
from ...model.plan import Plan
from ...model.problems import ADVICE, Problem
from ..reasons import problem_text

AnyIndex = QModelIndex | QPersistentModelIndex
KINDS = (
    "parent.loop",
    "link.loop",
    "parent.missing",
    "link.dangling",
    "key.duplicate",
    "calendar.empty",
    "link.broken",
    "parent.clamp",
    "deadline.missed",
    "item.overdue",
    "link.backlog",
    *ADVICE,
)
"""Every kind, what damages the plan first."""


class Line(msgspec.Struct, frozen=True):
    """A problem, or the head of a kind with the number of its problems."""

    kind: str
    problem: Problem | None = None
    size: int = 0


class ProblemLines(QAbstractListModel):
    """The problems of one kind, or of all, as lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.plan = Plan()

    def show_problems(self, plan: Plan, problems: Iterable[Problem], kind: str | None) -> None:
        """Show the problems of a kind, or (None) of all, in groups."""
        lines = []
        for name, found in by_kind(problems).items():
            if kind in (None, name):
                lines.append(Line(name, size=len(found)))
                lines += [Line(name, problem) for problem in found]
        if lines == self.lines and plan is self.plan:
            return
        self.beginResetModel()
        self.lines, self.plan = lines, plan
        self.endResetModel()

    def problem_at(self, row: int) -> Problem | None:
        return self.lines[row].problem if 0 <= row < len(self.lines) else None

    def row_of(self, problem: Problem) -> int | None:
        """Where that problem stands, or one that is about the same."""
        rows = [row for row, line in enumerate(self.lines) if line.problem is not None]
        about = (problem.code, problem.ids, problem.link)
        return next((row for row in rows if _about(self.lines[row].problem) == about), None)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if line.problem is None:
                return say(f"problems.kind.{line.kind}")
            return problem_text(self.plan, line.problem)
        if role == Qt.ItemDataRole.ToolTipRole and line.problem is not None:
            return problem_text(self.plan, line.problem)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.lines[index.row()].problem is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def by_kind(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The problems by their kind, in the order of `KINDS`."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    return {kind: found[kind] for kind in KINDS if kind in found}


def keys_of(plan: Plan, problem: Problem) -> Sequence[str]:
    """The keys of the items that a problem is about."""
    return [plan.items[id].key for id in problem.ids if id in plan.items]


def _about(problem: Problem | None) -> tuple[object, ...]:
    return (problem.code, problem.ids, problem.link) if problem is not None else ()
