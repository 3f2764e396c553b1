"""The baselines of the plan: take one under a name, rename, delete, choose which one the bars show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.baselines import (
    keep_baseline,
    remove_baseline,
    rename_baseline,
    show_baseline,
    slipped,
    spans_of,
    take_baseline,
)
from ...model.history.kept import local_day
from ...model.records import Baseline, BaselineId, new_id
from ...model.refused import Refused
from .. import dates
from ..changes.sources import Source
from ..messages import Messages

COLUMNS = ("title", "taken", "slipped", "shown")
_ID = Qt.ItemDataRole.UserRole


class BaselinesDialog(QDialog):
    """Everything in it is done at once, and can be undone."""

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        messages: Messages,
        states: Sequence[Source] = (),
        chosen: int = 0,
    ) -> None:
        """`states` are earlier ones that a baseline can be taken of; 0 is now, 1 the first of them."""
        super().__init__(parent)
        self._document, self._messages = document, messages
        self.setWindowTitle(say("baselines.title"))
        self.resize(660, 440)
        words = QLabel(say("baselines.text"))
        words.setWordWrap(True)
        words.setProperty("tone", "second")
        self.name = QLineEdit(say("baselines.name", day=dates.day(date.today())))
        self.name.setAccessibleName(say("baselines.name.label"))
        self.name.returnPressed.connect(self._take)
        self.state = QComboBox()
        self.state.setAccessibleName(say("baselines.of"))
        self.state.setToolTip(say("baselines.of"))
        self.state.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.state.setMinimumContentsLength(14)
        self.state.addItem(say("baselines.of.now"), None)
        for source in states:
            self.state.addItem(source.title, source)
        self.state.setVisible(bool(states))
        self.state.currentIndexChanged.connect(self._propose)
        self.take = QPushButton(say("baselines.take"))
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        self.table = self._table()
        self.table.itemChanged.connect(self._changed)
        self.table.itemSelectionChanged.connect(self._enable)
        self.show_button = QPushButton(say("baselines.show"))
        self.show_button.setAutoDefault(False)
        self.show_button.clicked.connect(self._show_chosen)
        self.delete = QPushButton(say("baselines.delete"))
        self.delete.setAutoDefault(False)
        self.delete.clicked.connect(self._delete)
        self._arrange(words)
        self.state.setCurrentIndex(chosen)
        self.refresh()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus()
        self.name.selectAll()

    def refresh(self) -> None:
        """Show the baselines there are, the latest first."""
        plan, times = self._document.kept, self._document.kept_schedule
        known = sorted(plan.baselines.values(), key=lambda one: (one.taken, one.id), reverse=True)
        chosen, shown = self._chosen(), plan.shown_baseline
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(known))
            for row, baseline in enumerate(known):
                late = slipped(plan, times, baseline)
                texts = (
                    baseline.title,
                    dates.day(baseline.taken),
                    count("baselines.late", late) if late else "–",
                    say("baselines.is_shown") if baseline is shown else "",
                )
                for column, text in enumerate(texts):
                    cell = QTableWidgetItem(text)
                    cell.setData(_ID, baseline.id)
                    if column:
                        cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                    self.table.setItem(row, column, cell)
        ids = [baseline.id for baseline in known]
        self.table.selectRow(ids.index(chosen) if chosen in ids else 0)
        self._enable()

    def _chosen(self) -> BaselineId | None:
        cell = self.table.item(self.table.currentRow(), 0)
        return cell.data(_ID) if cell is not None else None

    def _enable(self) -> None:
        chosen, shown = self._chosen(), self._document.kept.shown_baseline
        self.delete.setEnabled(chosen is not None)
        self.show_button.setEnabled(chosen is not None and shown is not None and chosen != shown.id)

    # What a person does

    def _propose(self) -> None:
        """A name for what is chosen, unless somebody has typed one."""
        if not self.name.isModified():
            source: Source | None = self.state.currentData()
            now = say("baselines.name", day=dates.day(date.today()))
            self.name.setText(say("baselines.name", day=source.title) if source is not None else now)

    def _take(self) -> None:
        id, title = BaselineId(new_id()), self.name.text()
        source: Source | None = self.state.currentData()
        try:
            if source is None:
                self._document.commit(take_baseline, id, title, date.today())
            elif (earlier := source.read()) is not None:
                day = earlier.day or local_day(earlier.since) or date.today()
                spans = spans_of(earlier.plan, earlier.times)
                self._document.commit(keep_baseline, id, title, day, spans)
            else:
                raise Refused("history.broken")
        except Refused as refused:
            self._messages.refuse(refused)
            return
        code = "baselines.taken" if source is None else "baselines.kept"
        self._messages.done(say(code, title=title.strip()))
        self.refresh()
        self.table.selectRow(next(row for row in range(self.table.rowCount()) if self._id_at(row) == id))

    def _changed(self, cell: QTableWidgetItem) -> None:
        try:
            self._document.commit(rename_baseline, BaselineId(cell.data(_ID)), cell.text())
        except Refused as refused:
            self._messages.refuse(refused)
        self.refresh()

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._document.commit(show_baseline, chosen)
            self.refresh()

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            gone: Baseline = self._document.kept.baselines[chosen]
            self._document.commit(remove_baseline, chosen)
            self._messages.done(say("baselines.deleted", title=gone.title))
            self.refresh()

    def _id_at(self, row: int) -> str:
        cell = self.table.item(row, 0)
        return cell.data(_ID) if cell is not None else ""

    # Making

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS))
        table.setAccessibleName(say("baselines.title"))
        table.setHorizontalHeaderLabels([say(f"baselines.column.{column}") for column in COLUMNS])
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        return table

    def _arrange(self, words: QLabel) -> None:
        line = QHBoxLayout()
        line.addWidget(self.name, 3)
        line.addWidget(self.state, 2)
        line.addWidget(self.take)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.show_button)
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(words)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
