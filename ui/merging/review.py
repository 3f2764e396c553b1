"""What they changed, looked at before it is merged: ticked is taken, and the plan behind shows it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
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
from ...model.merge import Merge, Proposal, Question, merge, merge_in
from ...model.records import ItemId
from .. import dates
from ..dialogs.complaints import place
from ..drawing.palette import Theme
from .wording import Group, groups

if TYPE_CHECKING:
    from ...io.workbook.match import Alike

COLUMNS = ("what", "base", "mine", "theirs")
MOST_NOTES = 4
ROW = 26
"""Pixels."""
_PROPOSAL = Qt.ItemDataRole.UserRole
_ALIKE = Qt.ItemDataRole.UserRole + 1


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


class MergeReview(QDialog):
    """Accepted, the merge is one step of the document; rejected, nothing has happened."""

    merged = Signal(object)
    """The `Merge` that was kept."""

    def __init__(self, parent: QWidget, document: Document, copy: Returned, theme: Theme) -> None:
        super().__init__(parent)
        self._document, self._copy, self._theme = document, copy, theme
        self._same: dict[int, bool] = {}
        """Which rows are the item that they look like, as far as somebody has said."""
        self.setWindowTitle(say("merging.title", file=copy.file))
        self.resize(880, 560)
        self.tree = QTreeWidget()
        self._title, self._said = QLabel(), QLabel()
        self._said.setWordWrap(True)
        self._fill()
        self._arrange()
        self.tree.itemChanged.connect(self._changed)
        self._show()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at: the copy has no change that this plan has not."""
        return not self._groups and not self._copy.alike

    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            kept, document, author = self._merge(), self._document, self._document.author
            document.author, document.reason = self._copy.author or author, self._copy.reason
            document.commit(merge_in, self._copy.base, self._copy.plan, frozenset(self._turned))
            document.author, document.reason = author, ""
            super().done(result)
            self.merged.emit(kept)
        else:
            self._document.cancel()
            super().done(result)
        self.deleteLater()

    # The list

    def _fill(self) -> None:
        """List what the copy proposes, from the beginning."""
        copy, kept, tree = self._copy, self._document.kept, self.tree
        self._turned: set[Question] = set(copy.declined)
        first = merge(copy.base, kept, copy.plan)
        self._groups = groups(first.proposals, kept, copy.plan, copy.base)
        self._conflicts = len(first.conflicts)
        self._title.setText(self._headline())
        self._title.setToolTip(self._how())
        tree.clear()
        tree.setAccessibleName(say("merging.title", file=copy.file))
        labels = [say(f"merging.column.{column}") for column in COLUMNS]
        if copy.author:
            labels[-1] = say("merging.theirs_of", name=copy.author)
        tree.setHeaderLabels(labels)
        tree.setAlternatingRowColors(False)
        tree.setUniformRowHeights(True)
        branches = [self._question(copy.alike)] if copy.alike else []
        for branch in (*branches, *map(self._branch, self._groups)):
            tree.addTopLevelItem(branch)
            branch.setFirstColumnSpanned(True)
        tree.expandAll()
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _question(self, alike: tuple[Alike, ...]) -> QTreeWidgetItem:
        """The rows that only look like an item: ticked, they are taken for it."""
        branch = _head(say("merging.same_item"))
        for one in alike:
            item = self._document.kept.items.get(one.item)
            known = f"{item.key}  {item.title}" if item is not None else ""
            texts = [
                say("merging.same_row", row=one.row, title=one.title),
                known,
                "",
                say("merging.likeness", percent=round(one.likeness)),
            ]
            leaf = QTreeWidgetItem(texts)
            leaf.setData(0, _ALIKE, one.row)
            leaf.setCheckState(0, Qt.CheckState.Checked if one.taken else Qt.CheckState.Unchecked)
            for column, text in enumerate(texts):
                leaf.setToolTip(column, text)
            leaf.setSizeHint(0, QSize(0, ROW))
            branch.addChild(leaf)
        return branch

    def _branch(self, group: Group) -> QTreeWidgetItem:
        branch = _head(group.title)
        for line in group.lines:
            conflict = line.proposal.state == "conflict"
            leaf = QTreeWidgetItem([line.what, line.base, line.mine, line.theirs])
            leaf.setData(0, _PROPOSAL, line.proposal)
            taken = (line.proposal.state == "theirs") != (line.proposal.question in self._turned)
            leaf.setCheckState(0, Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked)
            for column, text in enumerate((line.what, line.base, line.mine, line.theirs)):
                leaf.setToolTip(column, text)
                if conflict:
                    leaf.setForeground(column, QBrush(QColor(self._theme.colors.danger)))
            if conflict:
                leaf.setText(0, say("merging.both", what=line.what))
            leaf.setSizeHint(0, QSize(0, ROW))
            branch.addChild(leaf)
        return branch

    def _leaves(self) -> list[QTreeWidgetItem]:
        """The lines that are proposals."""
        branches = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        leaves = (branch.child(n) for branch in branches if branch for n in range(branch.childCount()))
        return [leaf for leaf in leaves if leaf is not None and leaf.data(0, _PROPOSAL) is not None]

    def _changed(self, leaf: QTreeWidgetItem) -> None:
        row = leaf.data(0, _ALIKE)
        if row is None or self._copy.again is None:
            self._ticked()
            return
        self._same[row] = leaf.checkState(0) == Qt.CheckState.Checked
        self._copy = self._copy.again(self._same)
        # not while the tree still tells of the line that is about to go
        QTimer.singleShot(0, self, self._fill_again)

    def _fill_again(self) -> None:
        with QSignalBlocker(self.tree):
            self._fill()
        self._show()

    def _ticked(self) -> None:
        self._turned.clear()
        for leaf in self._leaves():
            proposal: Proposal = leaf.data(0, _PROPOSAL)
            ticked = leaf.checkState(0) == Qt.CheckState.Checked
            if ticked != (proposal.state == "theirs"):
                self._turned.add(proposal.question)
        self._show()

    def _tick_all(self, ticked: bool) -> None:
        """Tick everything or nothing; but where much is missing, deletions are ticked one by one."""
        kept = self._copy.declined if ticked and self._copy.many_deleted else ()
        with QSignalBlocker(self.tree):
            for leaf in self._leaves():
                if leaf.data(0, _PROPOSAL).question not in kept:
                    leaf.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._ticked()

    # What it does

    def _merge(self) -> Merge:
        return merge(self._copy.base, self._document.kept, self._copy.plan, frozenset(self._turned))

    def _show(self) -> None:
        """Preview the merge, and say what it does to the dates and what had to be settled."""
        document = self._document
        document.preview(merge_in, self._copy.base, self._copy.plan, frozenset(self._turned))
        done = effect(document.plan, document.schedule, document.kept_schedule)
        said = [count("merging.moved", done.moved)]
        if done.end is not None and done.days:
            shift = dates.working_days(abs(done.days))
            said.append(say("merging.later" if done.days > 0 else "merging.earlier", days=shift))
        self._show_starts()
        lines = [" ".join(said), *(say(s.code, **s.values) for s in self._merge().settled), *self._notes()]
        self._said.setText("\n".join(lines))

    def _show_starts(self) -> None:
        """Beside each new start what the schedule makes of it, where that is another day."""
        document = self._document
        with QSignalBlocker(self.tree):
            for leaf in self._leaves():
                proposal: Proposal = leaf.data(0, _PROPOSAL)
                if (proposal.table, proposal.field) != ("items", "start") or proposal.theirs is None:
                    continue
                span = document.schedule.dates(ItemId(proposal.id))
                text = dates.day(proposal.theirs)
                taken = leaf.checkState(0) == Qt.CheckState.Checked
                if taken and span is not None and span.first != proposal.theirs:
                    text = say("merging.stands", day=text, becomes=dates.day(span.first))
                leaf.setText(COLUMNS.index("theirs"), text)
                leaf.setToolTip(COLUMNS.index("theirs"), text)

    def _notes(self) -> list[str]:
        """What to beware of, and what could not be read of the copy, the first of it."""
        copy = self._copy
        beware = [say("merging.merged_before")] if copy.merged_before else []
        if copy.many_deleted:
            beware.append(say("merging.many_deleted", n=len(copy.deleted)))
        troubles = [c for c in self._copy.complaints if c.level == "warning"]
        lines = [say("merging.trouble", place=place(c), what=c.message()) for c in troubles[:MOST_NOTES]]
        more = len(troubles) - len(lines)
        return [*beware, *lines, *([count("merging.more", more)] if more else [])]

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        self._title.setProperty("tone", "strong")
        self._title.setWordWrap(True)
        layout.addWidget(self._title)
        text = QLabel(say("merging.text" if self._copy.base is not None else "merging.no_base"))
        text.setWordWrap(True)
        layout.addWidget(text)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._said)
        layout.addLayout(self._buttons())

    def _headline(self) -> str:
        changes = sum(len(group.lines) for group in self._groups)
        words = count("merging.changes", changes, file=self._copy.file)
        more = [count("merging.conflicts", self._conflicts)] if self._conflicts else []
        name, day = self._copy.author, self._copy.exported
        if name and day:
            more.append(say("merging.from", name=name, day=dates.day(day)))
        elif day:
            more.append(say("merging.sent", day=dates.day(day)))
        elif name:
            more.append(say("merging.from_only", name=name))
        return " ".join([words, *more])

    def _how(self) -> str:
        """By what the rows of a workbook were known, for the tip of the headline."""
        found = [say(f"merging.how.{name}", n=n) for name, n in self._copy.matched.items() if n]
        return say("merging.how", how=", ".join(found)) if found else ""

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for code, ticked in (("merging.all", True), ("merging.none", False)):
            button = QPushButton(say(code))
            button.setObjectName(code)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, ticked=ticked: self._tick_all(ticked))
            row.addWidget(button)
        row.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        take = buttons.addButton(say("merging.take"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("merging.take")
        take.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons)
        return row
