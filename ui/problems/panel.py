"""The panel of problems: kinds to choose from, what is wrong, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton

from ...io.strings import count, say
from ...model.document import Document
from ...model.fixes import Fix, fix_of_all
from ...model.problems import Problem
from ..drawing.palette import Theme
from ..frame.side_panel import SidePanel
from ..messages import Messages
from ..reasons import fix_text, take_fix
from ..session import Session
from ..signals import DocumentSignals
from .lines import ProblemLines, by_kind
from .list import ProblemList
from .watch import ProblemWatch

_KIND = Qt.ItemDataRole.UserRole
_AT_LINKS = ("link.redundant", "link.long_lag")
"""Kinds that are about a link more than about an item."""


class ProblemsPanel(SidePanel):
    """Follows the watch; a click on a problem selects what it is about and brings it into sight."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        session: Session,
        messages: Messages,
        theme: Theme,
        *,
        watch: ProblemWatch,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("problems")
        self._document, self._session, self._messages, self._watch = document, session, messages, watch
        self._kind: str | None = None
        self._all: Fix | None = None
        self._lines = ProblemLines(self)
        self.kinds = QListWidget(self)
        self.kinds.setObjectName("problem-kinds")
        self.kinds.setAccessibleName(say("problems.kinds"))
        self.kinds.setFixedWidth(220)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list = ProblemList(document, self._lines, theme, today, self)
        self.total = QLabel(self)
        self.total.setObjectName("problem-total")
        self.all = QPushButton(self)
        self.all.setProperty("quiet", True)
        self.all.clicked.connect(self._take_all)
        self.empty = QLabel(self)
        self.empty.setObjectName("problem-empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self.setMinimumHeight(120)
        self.kinds.currentItemChanged.connect(self._choose_kind)
        self.list.asked.connect(self.go_to)
        self.list.taken.connect(self._take)
        watch.changed.connect(self.refresh)
        self.set_theme(theme)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(900, 220)

    def set_theme(self, theme: Theme) -> None:
        self.list.delegate.theme = theme
        self.wear(theme, style(theme))
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.want_advice(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.want_advice(False)

    # Showing

    def refresh(self) -> None:
        """Show what the watch has found; what was chosen stays so if it is there still."""
        found = [*self._watch.problems, *self._watch.advice]
        current = self._lines.problem_at(self.list.currentIndex().row())
        kinds = by_kind(found)
        if self._kind not in kinds:
            self._kind = None
        self._show_kinds({kind: len(some) for kind, some in kinds.items()})
        plan = self._watch.plan
        self._lines.show_problems(plan, found, self._kind)
        row = self._lines.row_of(current) if current is not None else None
        if row is not None:
            self.list.setCurrentIndex(self._lines.index(row))
        self.total.setText(total_words(len(self._watch.problems), len(self._watch.advice)))
        offered = kinds.get("link.redundant", []) if self._kind in (None, "link.redundant") else []
        self._all = fix_of_all(plan, offered)
        self.all.setVisible(self._all is not None)
        if self._all is not None:
            self.all.setText(fix_text(plan, self._all))
        for part in (self.kinds, self.list):
            part.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.empty.setText(say("problems.none" if plan.items else "problems.no-items"))

    def _show_kinds(self, sizes: dict[str, int]) -> None:
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind, size in ((None, sum(sizes.values())), *sizes.items()):
            words = say(f"problems.kind.{kind}") if kind is not None else say("problems.all")
            item = QListWidgetItem(f"{words}  {size}", self.kinds)
            item.setData(_KIND, kind)
            item.setSizeHint(QSize(0, 26))
            if kind == self._kind:
                self.kinds.setCurrentItem(item)
        self.kinds.blockSignals(False)

    def _arrange(self) -> None:
        self.head.insertWidget(1, self.total)
        self.head.insertWidget(3, self.all)
        body = QHBoxLayout()
        body.setContentsMargins(8, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.kinds)
        body.addWidget(self.list, 1)
        body.addWidget(self.empty, 1)
        self.column.addLayout(body, 1)

    # What a person does

    def _choose_kind(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._kind = item.data(_KIND)
            self.refresh()

    def go_to(self, problem: Problem) -> None:
        """Select what a problem is about and bring it into sight."""
        plan = self._document.plan
        ids = [id for id in problem.ids if id in plan.items]
        if problem.code in _AT_LINKS and problem.link in plan.links:
            self._session.select(link=problem.link)
        elif ids:
            self._session.select(ids if problem.code.endswith((".loop", ".duplicate")) else ids[:1])
        if ids:
            self.shown.emit(ids[0])

    def _take(self, fix: Fix) -> None:
        take_fix(self._document, self._messages, fix)
        self._watch.look()

    def _take_all(self) -> None:
        if self._all is not None and self._document.kept is self._watch.plan:
            self._take(self._all)


def total_words(problems: int, advice: int) -> str:
    """`3 problems, 2 hints`."""
    parts = [count("problems.count", problems)] if problems else []
    return ", ".join([*parts, count("problems.advice", advice)] if advice else parts)


def style(theme: Theme) -> str:
    """What is of this panel alone, in the theme's colours."""
    c = theme.colors
    return f"""
    #problem-total {{ color: {c.ink2}; }}
    #problem-empty {{ color: {c.ink2}; padding: 8px 24px; }}
    #problem-list {{ background: {c.background}; border: none; outline: none; }}
    #problem-kinds {{ background: {c.background}; border: none; outline: none; }}
    #problem-kinds::item {{ color: {c.ink2}; border-radius: 4px; padding: 2px 8px; }}
    #problem-kinds::item:hover {{ background: {c.hover}; }}
    #problem-kinds::item:selected {{ background: {c.selection}; color: {c.ink}; }}
    """
