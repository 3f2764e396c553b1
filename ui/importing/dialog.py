"""One dialog for every import: what the table has, what it becomes, and the plan that comes of it, live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
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

from ...io.complaint import Complaint, Imported
from ...io.strings import count, say
from ...io.tables.mapping import Mapping
from ...io.tables.source import Source
from ...model.plan import Plan, new_plan
from ...model.refused import Refused
from ..dialogs.complaints import ComplaintTable
from ..jobs import Job, Jobs
from ..palette import Theme
from .becoming import Becoming
from .columns import ColumnList
from .head import TableHead
from .memory import Memory
from .preview import Preview
from .reading import Trial, first_mapping, lines_of, mapping_at, samples, try_out
from .rules import RulesForm
from .ruling import answered, questions

PAUSE = 60
"""Milliseconds after a choice before the plan is made anew: several in a row make one."""
SIZE = (1180, 720)
COUNTED = ("items", "links", "teams", "people")


class Taken(NamedTuple):
    """What is to be imported, whether into the open plan, and how it was read (None: the file said so)."""

    imported: Imported
    into_open: bool
    mapping: Mapping | None


class ImportDialog(QDialog):
    """Accepted, `taken` carries a `Taken`. Before that, and when it is cancelled, nothing happens."""

    taken = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        name: str,
        read: Source | Imported,
        plan: Plan,
        *,
        jobs: Jobs,
        memory: Memory,
        theme: Theme,
        fail: Callable[[Exception], object],
    ) -> None:
        """`read` is the table, or a file that says itself what everything in it means; `plan` is the one that
        is open."""
        super().__init__(parent)
        self.setWindowTitle(say("importing.title", file=name))
        self._plan, self._jobs, self._memory, self._fail = plan, jobs, memory, fail
        self._source = read if isinstance(read, Source) else None
        self._mapping = self._offered = Mapping("", 0, (), {})
        self._trial: Trial | None = None
        self._job: Job | None = None
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._try_out)
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
        jobs.changed.connect(self._follow)
        self.columns.chosen.connect(self._choose_column)
        self.rules.answered.connect(self._answer)
        self.head.chosen.connect(self._choose_head)
        self.head.forgotten.connect(self._forget)
        self.target.currentIndexChanged.connect(self._choose_target)
        if isinstance(read, Imported):
            self._show(Trial(self._mapping, read, None, lines_of(read.plan)))
        else:
            self._begin(read)

    @property
    def into_open(self) -> bool:
        """Whether it goes into the open plan."""
        return bool(self.target.currentData())

    @property
    def ready(self) -> bool:
        """Whether what is shown is what would be taken."""
        return self._job is None and not self._later.isActive() and self._trial is not None

    # Choosing

    def _begin(self, source: Source) -> None:
        self._offered = first_mapping(source)
        recalled = self._memory.recall(source, self._offered)
        self._mapping = recalled or self._offered
        self._show_mapping()
        self.head.remember(recalled is not None)
        self._try_out()

    def _choose_head(self, sheet: str, row: int, preset: object) -> None:
        """Another sheet (with row -1 for the best one in it), header row or preset."""
        assert self._source is not None
        before = self._mapping
        if row < 0:
            self._mapping = first_mapping(self._source, sheet)
        else:
            self._mapping = mapping_at(self._source, sheet, row, None if preset is None else str(preset))
        self.head.remember(False)
        if before.sheet == sheet and before.headers == self._mapping.headers:
            self._mapping = _with_choices_by_hand(self._mapping, before)
        self._show_mapping()
        self._later.start()

    def _forget(self) -> None:
        assert self._source is not None
        self._memory.forget(self._offered)
        self._mapping = first_mapping(self._source)
        self.head.remember(False)
        self._show_mapping()
        self._later.start()

    def _choose_column(self, column: int, becoming: Becoming) -> None:
        self._mapping = self._mapping.with_column(column, *becoming)
        self._show_mapping()
        self._later.start()

    def _answer(self, id: tuple[str, str], answer: Any) -> None:
        self._mapping = replace(self._mapping, rules=answered(self._mapping.rules, id, answer))
        self._later.start()

    def _choose_target(self) -> None:
        if self._source is not None:
            self._later.start()
        elif self._trial is not None:
            self._show(self._trial)

    # Making the plan

    def _try_out(self) -> None:
        """Make the plan of the choices as they are, off the UI thread; an older try is given up."""
        self._later.stop()
        if self._job is not None and self._job in self._jobs.running:
            self._job.cancel()
        source, mapping = self._source, self._mapping
        assert source is not None
        into = self._plan.info if self.into_open else None
        self._take.setEnabled(False)
        self._job = self._jobs.start(
            say("importing.trying"),
            lambda told: try_out(source, mapping, told, into),
            self._arrived,
            self._failed,
        )

    def _follow(self) -> None:
        """Show how far the making is."""
        job = self._job
        self.progress.setVisible(job is not None)
        if job is not None:
            self.progress.setRange(0, max(job.total, 0))
            self.progress.setValue(job.done)

    def _arrived(self, trial: Trial) -> None:
        self._job = None
        self._show(trial)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._follow()
        self._fail(error)

    # Showing

    def _show_mapping(self) -> None:
        source, mapping = self._source, self._mapping
        assert source is not None
        self.columns.show_mapping(mapping, samples(source, mapping))
        self.head.show_mapping(source, mapping)

    def _show(self, trial: Trial) -> None:
        self._trial = trial
        self._follow()
        imported = trial.imported
        self.preview.show_lines(trial.lines)
        if self._source is not None:
            self.columns.show_mapping(trial.mapping, samples(self._source, trial.mapping))
            self.columns.show_kinds(imported.how.kinds if imported is not None else {})
        known = self._plan if self.into_open else new_plan("")
        asked = questions(trial, [one.title for one in known.statuses.values()])
        self.rules.show_questions(asked)
        complaints = imported.complaints if imported is not None else ()
        lost = len([one for one in complaints if one.level == "warning"])
        self.troubles.show_complaints(complaints)
        self.tabs.setTabText(1, say("importing.tab.troubles", n=lost) if lost else say("importing.tab.notes"))
        self.tabs.setTabEnabled(1, bool(complaints))
        if not self._source and complaints:
            self.tabs.setCurrentIndex(1)
        self.summary.setText(summary(imported, len(trial.unread)))
        unsettled = any(question.asks for question in asked)
        self.words.setText(say("importing.asks_order") if unsettled else _said(trial, complaints))
        self._take.setEnabled(imported is not None and bool(imported.plan.items))

    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and not (self.ready and self._take.isEnabled()):
            return
        self._later.stop()
        if self._job is not None and self._job in self._jobs.running:
            self._job.cancel()
        trial, into_open = self._trial, self.into_open
        super().done(result)
        self.deleteLater()
        if result == QDialog.DialogCode.Accepted and trial is not None and trial.imported is not None:
            mapping = None
            if self._source is not None:
                mapping = trial.mapping
                self._memory.keep(self._offered, mapping)
            self.taken.emit(Taken(trial.imported, into_open, mapping))

    # Arranging

    def _arrange(self, name: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        if self._source is not None:
            layout.addWidget(self.head)
        layout.addWidget(self._middle(), 1)
        self.words.setWordWrap(True)
        self.words.setProperty("tone", "second")
        self.summary.setProperty("tone", "strong")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(120, 6)
        line = QHBoxLayout()
        line.addWidget(self.summary)
        line.addWidget(self.progress)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addLayout(self._foot())
        self.resize(*_fitting(self.parentWidget()))

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
        self.target.setMinimumContentsLength(24)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self._take, QDialogButtonBox.ButtonRole.AcceptRole)
        self._take.setObjectName("importing.take")
        self._take.setDefault(True)
        self.target.setFocus()
        self._take.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row.addWidget(label)
        row.addWidget(self.target)
        row.addStretch(1)
        row.addWidget(buttons)
        return row


def summary(imported: Imported | None, unread: int) -> str:
    """`39 items, 12 dependencies, 6 teams, 3 cells unreadable`."""
    if imported is None:
        return say("importing.nothing")
    numbers = {name: len(imported.plan.table(name)) for name in COUNTED}
    parts = [count(f"ui.{name}", n) for name, n in numbers.items() if n or name == "items"]
    return ", ".join([*parts, *([count("importing.unread", unread)] if unread else [])])


def _said(trial: Trial, complaints: tuple[Complaint, ...]) -> str:
    if trial.refused is not None:
        return _why(trial.refused)
    if trial.imported is not None and len(trial.imported.plan.items) > len(trial.lines):
        return say("importing.first", shown=len(trial.lines), all=len(trial.imported.plan.items))
    return say("importing.clean" if not complaints else "importing.unchanged")


def _why(refused: Refused) -> str:
    if refused.code == "import.no_header":
        return say("importing.no_title")
    return say(refused.code, **refused.values)


def _with_choices_by_hand(mapping: Mapping, before: Mapping) -> Mapping:
    """The mapping with what somebody chose for columns of the same table before."""
    for column, why in before.why.items():
        if why == "hand" and column in mapping.columns:
            mapping = mapping.with_column(column, before.columns[column], before.own.get(column))
    return mapping


def _fitting(parent: QWidget | None) -> tuple[int, int]:
    """As large as wanted, and as there is room."""
    screen = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    return min(SIZE[0], room.width() - 32), min(SIZE[1], room.height() - 56)
