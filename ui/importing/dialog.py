"""One dialog for every import: what the table has, what it becomes, and the plan that comes of it, live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ...io.complaint import Imported
from ...io.strings import say
from ...io.tables.mapping import Mapping
from ...model.plan import Plan, new_plan
from ..dialogs.complaints import ComplaintTable
from ..drawing.palette import Theme
from ..jobs import Jobs
from .becoming import Becoming
from .columns import ColumnList
from .head import TableHead
from .making import Making, Wanted
from .memory import Memory, Seen
from .preview import Preview
from .reading import Trial, first_mapping, lines_of, mapping_at, samples, with_choices_by_hand
from .rules import RulesForm
from .ruling import answered, questions
from .wording import remark, summary

SIZE = (1180, 720)


class Taken(NamedTuple):
    """What is to be imported, and whether into the open plan."""

    imported: Imported
    into_open: bool


class ImportDialog(QDialog):
    """Accepted, `taken` carries a `Taken`. Before that, and when it is cancelled, nothing happens."""

    taken = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        name: str,
        read: Seen | Imported,
        plan: Plan,
        *,
        jobs: Jobs,
        memory: Memory,
        theme: Theme,
        fail: Callable[[Exception], object],
    ) -> None:
        """`read` is a table, or what came of a file that says itself what everything in it means; `plan` is
        the one that is open."""
        super().__init__(parent)
        self.setWindowTitle(say("importing.title", file=name))
        self._plan, self._memory = plan, memory
        self._seen = read if isinstance(read, Seen) else None
        self._source = self._seen.source if self._seen is not None else None
        self._mapping = Mapping("", 0, (), {})
        self._pending: Wanted | None = None
        self._trial: Trial | None = None
        self._making = Making(self, self._source, jobs, fail) if self._source is not None else None
        self.columns = ColumnList(self, plan, theme)
        self.head = TableHead(self)
        self.preview = Preview(self)
        self.rules = RulesForm(self)
        self.troubles = ComplaintTable()
        self.tabs = QTabWidget()
        self.summary = QLabel()
        self.words = QLabel()
        self.progress = QProgressBar()
        self.target = QComboBox()
        self._take = QPushButton(say("importing.take"))
        self._arrange(name)
        self.columns.chosen.connect(self._choose_column)
        self.rules.answered.connect(self._answer)
        self.head.chosen.connect(self._choose_head)
        self.head.forgotten.connect(self._forget)
        self.target.currentIndexChanged.connect(self._choose_target)
        if isinstance(read, Imported):
            self._show(Trial(self._mapping, read, None, lines_of(read.plan)))
        else:
            self._begin(read)
        if self._making is not None:
            self._making.changed.connect(self._follow)
            self._making.begun.connect(self._begun)
            self._making.made.connect(self._show)

    @property
    def into_open(self) -> bool:
        """Whether it goes into the open plan."""
        return bool(self.target.currentData())

    @property
    def ready(self) -> bool:
        """Whether what is shown is what would be taken."""
        return self._trial is not None and (self._making is None or not self._making.busy)

    # Choosing

    def _begin(self, seen: Seen) -> None:
        self._mapping = seen.recalled or seen.offered
        self._show_mapping()
        self.head.remember(seen.recalled is not None)
        self._count()
        self._try_out()

    def _choose_head(self, sheet: str, row: int, preset: object) -> None:
        """Another sheet (with row -1 for the best one in it), header row or preset."""
        assert self._source is not None
        source, before = self._source, self._mapping

        def wanted() -> Mapping:
            if row < 0:
                return first_mapping(source, sheet)
            mapping = mapping_at(source, sheet, row, None if preset is None else str(preset))
            same = (before.sheet, before.headers) == (sheet, mapping.headers)
            return with_choices_by_hand(mapping, before) if same else mapping

        self.head.remember(False)
        self._await(True)
        self._try_out(wanted)

    def _forget(self) -> None:
        assert self._seen is not None
        self._memory.forget(self._seen.offered)
        self._mapping = self._seen.offered
        self.head.remember(False)
        self._show_mapping()
        self._try_out()

    def _choose_column(self, column: int, becoming: Becoming) -> None:
        self._mapping = self._mapping.with_column(column, *becoming)
        self._show_mapping()
        self._try_out()

    def _answer(self, id: tuple[str, str], answer: Any) -> None:
        self._mapping = replace(self._mapping, rules=answered(self._mapping.rules, id, answer))
        self._try_out()

    def _choose_target(self) -> None:
        if self._source is not None:
            self._try_out()
        elif self._trial is not None:
            self._show(self._trial)

    # Making the plan

    def _try_out(self, wanted: Wanted | None = None) -> None:
        """Make the plan of the choices as they are, or of what is wanted now."""
        assert self._making is not None
        mapping = self._mapping
        self._pending = wanted or self._pending
        self._take.setEnabled(False)
        into = self._plan.info if self.into_open else None
        self._making.make(self._pending or (lambda: mapping), into)

    def _follow(self) -> None:
        """Show how far the making is."""
        job = self._making.job if self._making is not None else None
        if job is not None:
            self.progress.setRange(0, job.total)
            self.progress.setValue(job.done)

    def _begun(self, trial: Trial) -> None:
        """Show what becomes of the first rows while all of them are read."""
        self._show_beginning(trial)
        self._count()

    def _count(self) -> None:
        """Say that it is not known yet what all of it comes to."""
        self.summary.setText(say("importing.counting"))
        self.words.clear()
        self.progress.show()

    def _await(self, waiting: bool) -> None:
        """Until it is known what columns there are, nothing can be chosen for them."""
        self.columns.setEnabled(not waiting)
        self.rules.setEnabled(not waiting)

    # Showing

    def _show_mapping(self) -> None:
        source, mapping = self._source, self._mapping
        assert source is not None
        self.columns.show_mapping(mapping, samples(source, mapping))
        self.head.show_mapping(source, mapping)

    def _show_beginning(self, trial: Trial) -> None:
        imported = trial.imported
        self.preview.show_lines(trial.lines)
        if self._source is not None:
            self._mapping, self._pending = trial.mapping, None
            self._show_mapping()
            self._await(False)
            self.columns.show_kinds(imported.how.kinds if imported is not None else {})

    def _show(self, trial: Trial) -> None:
        self._trial = trial
        self.progress.hide()
        self._show_beginning(trial)
        imported = trial.imported
        known = self._plan if self.into_open else new_plan("")
        asked = questions(trial, [one.title for one in known.statuses.values()])
        self.rules.show_questions(asked)
        complaints = imported.complaints if imported is not None else ()
        lost = len([one for one in complaints if one.level == "warning"])
        self.troubles.show_complaints(complaints)
        self.tabs.setTabText(1, say("importing.tab.troubles", n=lost) if lost else say("importing.tab.notes"))
        self.tabs.setTabEnabled(1, bool(complaints))
        self.summary.setText(summary(imported, len(trial.unread)))
        self.words.setText(remark(trial, asked))
        self._take.setEnabled(imported is not None and bool(imported.plan.items))

    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and not (self.ready and self._take.isEnabled()):
            return
        if self._making is not None:
            self._making.stop()
        trial, into_open = self._trial, self.into_open
        super().done(result)
        self.deleteLater()
        if result == QDialog.DialogCode.Accepted and trial is not None and trial.imported is not None:
            if self._seen is not None:
                self._memory.keep(self._seen.offered, trial.mapping)
            self.taken.emit(Taken(trial.imported, into_open))

    # Arranging

    def _arrange(self, name: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        if self._source is not None:
            layout.addWidget(self.head)
        layout.addWidget(self._middle(), 1)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("tone", "second")
        self.summary.setProperty("tone", "strong")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(120, 6)
        self.progress.hide()
        line = QHBoxLayout()
        line.addWidget(self.summary)
        line.addWidget(self.progress)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addLayout(self._foot())
        self.resize(*_fitting(self.parentWidget()))
        self.target.setFocus()

    def _middle(self) -> QWidget:
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self.preview)
        self.tabs.addTab(self.rules, say("importing.tab.rules"))
        self.tabs.addTab(self.troubles, say("importing.tab.notes"))
        self.tabs.setDocumentMode(True)
        right.addWidget(self.tabs)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        if self._source is None:
            self.tabs.setTabVisible(0, False)
            self.columns.hide()
            self.head.hide()
            return right
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.columns)
        both.addWidget(right)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        return both

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(say("importing.into"))
        label.setBuddy(self.target)
        self.target.addItem(say("importing.into.new"), False)
        title = self._plan.info.title or say("ui.untitled")
        self.target.addItem(say("importing.into.open", plan=title), True)
        self.target.setCurrentIndex(0 if self._plan.items else 1)
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumContentsLength(36)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self._take, QDialogButtonBox.ButtonRole.AcceptRole)
        self._take.setObjectName("importing.take")
        self._take.setDefault(True)
        self._take.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row.addWidget(label)
        row.addWidget(self.target)
        row.addStretch(1)
        row.addWidget(buttons)
        return row


def _fitting(parent: QWidget | None) -> tuple[int, int]:
    """As large as wanted, and as there is room."""
    screen = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    return min(SIZE[0], room.width() - 32), min(SIZE[1], room.height() - 56)
