"""What they changed, looked at before it is merged: ticked is taken, and the plan behind shows it at once."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
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
from .. import dates
from ..dialogs.complaints import place
from ..palette import Theme
from .wording import Group, groups

COLUMNS = ("what", "base", "mine", "theirs")
MOST_NOTES = 4
ROW = 26
"""Pixels."""
_PROPOSAL = Qt.ItemDataRole.UserRole


class MergeReview(QDialog):
    """Accepted, the merge is one step of the document; rejected, nothing has happened."""

    merged = Signal(object)
    """The `Merge` that was kept."""

    def __init__(self, parent: QWidget, document: Document, copy: Returned, theme: Theme) -> None:
        super().__init__(parent)
        self._document, self._copy, self._theme = document, copy, theme
        self._turned: set[Question] = set(copy.declined)
        first = merge(copy.base, document.kept, copy.plan)
        self._groups = groups(first.proposals, document.kept, copy.plan, copy.base)
        self._conflicts = len(first.conflicts)
        self.setWindowTitle(say("merging.title", file=copy.file))
        self.resize(880, 560)
        self.tree = self._tree()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._arrange()
        self.tree.itemChanged.connect(self._ticked)
        self._show()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at: the copy has no change that this plan has not."""
        return not self._groups

    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            kept, document, author = self._merge(), self._document, self._document.author
            document.author = self._copy.author or author
            document.commit(merge_in, self._copy.base, self._copy.plan, frozenset(self._turned))
            document.author = author
            super().done(result)
            self.merged.emit(kept)
        else:
            self._document.cancel()
            super().done(result)
        self.deleteLater()

    # The list

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(say("merging.title", file=self._copy.file))
        tree.setHeaderLabels([say(f"merging.column.{column}") for column in COLUMNS])
        tree.setAlternatingRowColors(False)
        tree.setUniformRowHeights(True)
        for group in self._groups:
            branch = self._branch(group)
            tree.addTopLevelItem(branch)
            branch.setFirstColumnSpanned(True)
        tree.expandAll()
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return tree

    def _branch(self, group: Group) -> QTreeWidgetItem:
        branch = QTreeWidgetItem([group.title])
        branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
        branch.setToolTip(0, group.title)
        branch.setSizeHint(0, QSize(0, ROW))
        bold = branch.font(0)
        bold.setBold(True)
        branch.setFont(0, bold)
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
        branches = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        leaves = (branch.child(n) for branch in branches if branch for n in range(branch.childCount()))
        return [leaf for leaf in leaves if leaf is not None]

    def _ticked(self) -> None:
        self._turned.clear()
        for leaf in self._leaves():
            proposal: Proposal = leaf.data(0, _PROPOSAL)
            ticked = leaf.checkState(0) == Qt.CheckState.Checked
            if ticked != (proposal.state == "theirs"):
                self._turned.add(proposal.question)
        self._show()

    def _tick_all(self, ticked: bool) -> None:
        with QSignalBlocker(self.tree):
            for leaf in self._leaves():
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
        lines = [" ".join(said), *(say(s.code, **s.values) for s in self._merge().settled), *self._notes()]
        self._said.setText("\n".join(lines))

    def _notes(self) -> list[str]:
        """What could not be read of the copy, the first of it."""
        troubles = [c for c in self._copy.complaints if c.level == "warning"]
        lines = [say("merging.trouble", place=place(c), what=c.message()) for c in troubles[:MOST_NOTES]]
        more = len(troubles) - len(lines)
        return [*lines, *([count("merging.more", more)] if more else [])]

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        title = QLabel(self._headline())
        title.setProperty("tone", "strong")
        title.setWordWrap(True)
        layout.addWidget(title)
        text = QLabel(say("merging.text" if self._copy.base is not None else "merging.no_base"))
        text.setWordWrap(True)
        layout.addWidget(text)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._said)
        layout.addLayout(self._buttons())

    def _headline(self) -> str:
        changes = sum(len(group.lines) for group in self._groups)
        words = count("merging.changes", changes, file=self._copy.file)
        return words + (" " + count("merging.conflicts", self._conflicts) if self._conflicts else "")

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
