"""What they changed, looked at before it is merged: ticked is taken, and the plan behind shows it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.returned import Returned
from ...io.strings import count, say
from ...model.document import Document
from ...model.effect import effect
from ...model.merge import Merge, merge_each, merge_replies
from ...model.records import ItemId
from .. import dates
from ..drawing.palette import Theme
from .notes import headline, how_matched, notes, senders
from .reviewed import Reviewed
from .wording import Group, Line

if TYPE_CHECKING:
    from ...io.workbook.match import Alike

COLUMNS = ("what", "base", "mine", "theirs", "who")
THEIRS, WHO = 3, 4
ROW, WIDTH = 26, 165
"""Pixels of a row, and of a column but the first."""
_LINE = Qt.ItemDataRole.UserRole
_ALIKE = Qt.ItemDataRole.UserRole + 1


class MergeReview(QDialog):
    """Of one copy or of several at once. Accepted, the merge is one step of the document; rejected, nothing
    has happened.
    """

    merged = Signal(object)
    """The `Merge` that was kept."""

    def __init__(self, parent: QWidget, document: Document, copies: Sequence[Returned], theme: Theme) -> None:
        super().__init__(parent)
        self._document, self._theme = document, theme
        self._reviewed = Reviewed(copies, document.kept)
        several = len(copies) > 1
        files = count("merging.files", len(copies)) if several else copies[0].file
        self.setWindowTitle(say("merging.title", file=files))
        self.resize(980 if several else 880, 600)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.windowTitle())
        self.people = QComboBox()
        self.people.setAccessibleName(say("merging.people"))
        self.people.addItem(say("merging.everybody"), None)
        for place, name in enumerate(self._reviewed.names):
            self.people.addItem(name, place)
        self.people.setVisible(several)
        self._title, self._senders, self._said = QLabel(), QLabel(), QLabel()
        self._senders.setVisible(several)
        self._said.setWordWrap(True)
        self._arrange()
        self._fill()
        for column in range(1, len(COLUMNS)):
            self.tree.setColumnWidth(column, WIDTH)
        self.tree.itemChanged.connect(self._changed)
        self.people.currentIndexChanged.connect(self._show_people)
        self._show()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at: no copy has a change that this plan has not."""
        return self._reviewed.is_empty

    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            kept, document, author = self._merge(), self._document, self._document.author
            document.author = self._reviewed.author or author
            document.reason = "; ".join(copy.reason for copy in self._reviewed.copies)
            document.commit(merge_replies, self._reviewed.wished)
            document.author, document.reason = author, ""
            super().done(result)
            self.merged.emit(kept)
        else:
            self._document.cancel()
            super().done(result)
        self.deleteLater()

    # The list

    def _fill(self) -> None:
        """List what the copies propose, from the beginning."""
        reviewed, tree = self._reviewed, self.tree
        self._title.setText(headline(reviewed))
        self._senders.setText(senders(reviewed))
        self._title.setToolTip("\n".join(map(how_matched, reviewed.copies)).strip())
        tree.clear()
        labels = [say(f"merging.column.{column}") for column in COLUMNS]
        if len(reviewed.copies) == 1 and reviewed.copies[0].author:
            labels[THEIRS] = say("merging.theirs_of", name=reviewed.names[0])
        tree.setHeaderLabels(labels)
        tree.setColumnHidden(WHO, len(reviewed.copies) == 1)
        tree.setUniformRowHeights(True)
        questions = [
            self._question(place, copy.alike) for place, copy in enumerate(reviewed.copies) if copy.alike
        ]
        for branch in (*questions, *map(self._branch, reviewed.groups)):
            tree.addTopLevelItem(branch)
            branch.setFirstColumnSpanned(True)
        tree.expandAll()
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _question(self, copy: int, alike: tuple[Alike, ...]) -> QTreeWidgetItem:
        """The rows that only look like an item: ticked, they are taken for it."""
        branch = _head(say("merging.same_item"))
        for one in alike:
            item = self._document.kept.items.get(one.item)
            known = f"{item.key}  {item.title}" if item is not None else ""
            what = say("merging.same_row", row=one.row, title=one.title)
            likeness = say("merging.likeness", percent=round(one.likeness))
            leaf = _leaf([what, known, "", likeness, self._reviewed.names[copy]], one.taken)
            leaf.setData(0, _ALIKE, (copy, one.row))
            branch.addChild(leaf)
        return branch

    def _branch(self, group: Group) -> QTreeWidgetItem:
        branch = _head(group.title)
        names = self._reviewed.names
        for line in group.lines:
            who = ", ".join(names[copy] for copy in line.copies)
            texts = [line.what, line.base, line.mine, line.theirs, who]
            leaf = _leaf(texts, self._reviewed.is_taken(line))
            leaf.setData(0, _LINE, line)
            if line.rivals:
                differ = ", ".join(names[copy] for copy in sorted((*line.copies, *line.rivals)))
                leaf.setText(0, say("merging.differ", what=line.what, names=differ))
            elif line.is_asked:
                leaf.setText(0, say("merging.both", what=line.what))
            leaf.setToolTip(0, leaf.text(0))
            if line.is_asked:
                for column in range(len(COLUMNS)):
                    leaf.setForeground(column, QBrush(QColor(self._theme.colors.danger)))
            branch.addChild(leaf)
        return branch

    def _branches(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [branch for branch in found if branch is not None]

    def _leaves(self) -> list[tuple[QTreeWidgetItem, Line]]:
        """The lines that are proposals."""
        leaves = [branch.child(n) for branch in self._branches() for n in range(branch.childCount())]
        return [(leaf, leaf.data(0, _LINE)) for leaf in leaves if leaf and leaf.data(0, _LINE) is not None]

    def _changed(self, leaf: QTreeWidgetItem) -> None:
        ticked = leaf.checkState(0) == Qt.CheckState.Checked
        line, alike = leaf.data(0, _LINE), leaf.data(0, _ALIKE)
        if line is not None:
            self._reviewed.take(line, ticked)
            self._show()
        elif alike is not None:
            copy, row = alike
            self._reviewed.answer(copy, row, ticked)
            # not while the tree still tells of the line that is about to go
            QTimer.singleShot(0, self, self._fill_again)

    def _choose_sheet(self, copy: int, sheet: str) -> None:
        self._reviewed.choose_sheet(copy, sheet)
        self._fill_again()

    def _fill_again(self) -> None:
        with QSignalBlocker(self.tree):
            self._fill()
        self._show_people()
        self._show()

    def _show_people(self) -> None:
        """List what the chosen one proposes, or everybody."""
        chosen = self.people.currentData()
        for leaf, line in self._leaves():
            leaf.setHidden(chosen is not None and chosen not in line.copies)
        for branch in self._branches():
            below = (branch.child(n) for n in range(branch.childCount()))
            hidden = [leaf.isHidden() for leaf in below if leaf is not None]
            branch.setHidden(all(hidden))

    def _take_all(self, wanted: bool) -> None:
        lines = [line for leaf, line in self._leaves() if not leaf.isHidden()]
        self._reviewed.take_all(lines, wanted, self.people.currentData() is None)
        self._show()

    # What it does

    def _merge(self) -> Merge:
        return merge_each(self._document.kept, self._reviewed.wished)

    def _show(self) -> None:
        """Preview the merge, and say what it does to the dates and what had to be settled."""
        document, merge = self._document, self._merge()
        document.preview(lambda _: merge.plan)
        done = effect(document.plan, document.schedule, document.kept_schedule)
        said = [count("merging.moved", done.moved)]
        if done.end is not None and done.days:
            shift = dates.working_days(abs(done.days))
            said.append(say("merging.later" if done.days > 0 else "merging.earlier", days=shift))
        self._show_ticks()
        settled = (say(one.code, **one.values) for one in merge.settled)
        lines = [" ".join(said), *settled, *notes(self._reviewed.copies)]
        self._said.setText("\n".join(lines))

    def _show_ticks(self) -> None:
        """Tick what is taken; beside each new start stands what the schedule makes of it, if another day."""
        document = self._document
        with QSignalBlocker(self.tree):
            for leaf, line in self._leaves():
                taken = self._reviewed.is_taken(line)
                leaf.setCheckState(0, Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked)
                proposal = line.proposal
                if (proposal.table, proposal.field) != ("items", "start") or proposal.theirs is None:
                    continue
                span = document.schedule.dates(ItemId(proposal.id))
                text = dates.day(proposal.theirs)
                if taken and span is not None and span.first != proposal.theirs:
                    text = say("merging.stands", day=text, becomes=dates.day(span.first))
                leaf.setText(THEIRS, text)
                leaf.setToolTip(THEIRS, text)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        self._title.setProperty("tone", "strong")
        self._title.setWordWrap(True)
        layout.addWidget(self._title)
        layout.addWidget(self._senders)
        copies = self._reviewed.copies
        known = all(copy.base is not None for copy in copies)
        text = QLabel(say("merging.text" if known else "merging.no_base"))
        text.setWordWrap(True)
        layout.addWidget(text)
        for place, copy in enumerate(copies):
            if len(copy.sheets) > 1:
                layout.addLayout(self._sheets(place, copy))
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._said)
        layout.addLayout(self._buttons())

    def _sheets(self, place: int, copy: Returned) -> QHBoxLayout:
        """Which of several copies of the table counts."""
        row = QHBoxLayout()
        choice = QComboBox()
        choice.setObjectName("merging.sheet")
        choice.addItems(list(copy.sheets))
        choice.setCurrentText(copy.sheet)
        choice.textActivated.connect(lambda sheet: self._choose_sheet(place, sheet))
        label = QLabel(say("merging.which_sheet", file=copy.file))
        label.setBuddy(choice)
        row.addWidget(label)
        row.addWidget(choice)
        row.addStretch(1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.people)
        row.addWidget(_button("merging.all", lambda: self._take_all(True)))
        row.addWidget(_button("merging.none", lambda: self._take_all(False)))
        row.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        take = buttons.addButton(say("merging.take"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("merging.take")
        take.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons)
        return row


def _head(title: str) -> QTreeWidgetItem:
    """A heading over lines."""
    branch = QTreeWidgetItem([title])
    branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
    branch.setToolTip(0, title)
    branch.setSizeHint(0, QSize(0, ROW))
    bold = branch.font(0)
    bold.setBold(True)
    branch.setFont(0, bold)
    return branch


def _leaf(texts: list[str], ticked: bool) -> QTreeWidgetItem:
    leaf = QTreeWidgetItem(texts)
    leaf.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    for column, text in enumerate(texts):
        leaf.setToolTip(column, text)
    leaf.setSizeHint(0, QSize(0, ROW))
    return leaf


def _button(code: str, run: Callable[[], None]) -> QPushButton:
    button = QPushButton(say(code))
    button.setObjectName(code)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())
    return button
