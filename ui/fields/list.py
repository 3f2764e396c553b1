"""The plan's own fields in their order, and the button that adds one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidgetItem, QMenu, QPushButton, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.fields import fields_of
from ...model.plan import Plan
from ...model.records import CUSTOM_KINDS, CustomKind, FieldId
from ..icons import Icons
from .kinds import ICONS
from .ordered import OrderedList

_ID = Qt.ItemDataRole.UserRole
_ROW = 34


class FieldList(QWidget):
    """Tells which field is chosen, and what is to be done with it; whoever keeps the draft shows it again."""

    chosen = Signal(str)
    """The id of the field that was chosen."""
    add_asked = Signal(str)
    """A new field of that kind is wanted."""
    moved = Signal(str, str)
    """A field, and the one that it is to come before (empty: the end)."""
    removal_asked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(220)
        self._icons = icons
        self.list = OrderedList(18, self)
        self.list.setObjectName("roomy")
        self.list.setAccessibleName(say("group.own"))
        self.list.currentItemChanged.connect(self._tell)
        self.list.arranged.connect(self._tell_order)
        self.list.removal_asked.connect(self.removal_asked)
        self.add = QPushButton(say("fields.add"), self)
        self.add.setAutoDefault(False)
        self.add.setMenu(self._kinds())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.add)

    def show_plan(self, plan: Plan, chosen: FieldId | None) -> None:
        """Show the plan's own fields."""
        self.list.blockSignals(True)
        self.list.clear()
        for field in fields_of(plan).values():
            if field.own is None:
                continue
            item = QListWidgetItem(self._icons.icon(ICONS[field.own.kind]), field.title)
            item.setData(_ID, field.own.id)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setSizeHint(QSize(0, _ROW))
            kind = say(f"own-kind.{field.own.kind}")
            item.setToolTip(kind)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{field.title}, {kind}")
            self.list.addItem(item)
            if field.own.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _kinds(self) -> QMenu:
        menu = QMenu(self)
        for kind in CUSTOM_KINDS:
            action = QAction(self._icons.icon(ICONS[kind]), say(f"own-kind.{kind}"), menu)
            action.triggered.connect(self._asker(kind))
            menu.addAction(action)
        return menu

    def _asker(self, kind: CustomKind) -> Callable[[], None]:
        return lambda: self.add_asked.emit(kind)

    def _tell(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_ID))

    def _tell_order(self) -> None:
        """What was dragged comes before whatever it stands before now."""
        row = self.list.currentRow()
        following = self.list.item(row + 1)
        self.moved.emit(self.list.item(row).data(_ID), following.data(_ID) if following is not None else "")
