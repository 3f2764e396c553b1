"""The options of a choice: typed, named, coloured, put in order by dragging, removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import say
from ...model.records import Choice, CustomField, FieldId, new_id
from ..drawing.palette import Theme, tones
from .ordered import OrderedList

_ID = Qt.ItemDataRole.UserRole
_COLOR = Qt.ItemDataRole.UserRole + 1
_SWATCH = 14
_ROW = 28


class OptionsPart(QWidget):
    """A list of options; each change is told as the whole list."""

    changed = Signal(object)
    """The options, in order."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._field: FieldId | None = None
        self.list = OrderedList(_SWATCH, self)
        self.list.setObjectName("roomy")
        self.list.setMinimumHeight(110)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.list.setAccessibleName(say("fields.options"))
        self.list.itemChanged.connect(self._tell)
        self.list.arranged.connect(self._tell)
        self.list.removal_asked.connect(self.remove)
        self.new = QLineEdit(self)
        self.new.setPlaceholderText(say("fields.new-option"))
        self.new.setAccessibleName(say("fields.new-option"))
        self.new.returnPressed.connect(self._add)
        self.color = QPushButton(say("fields.color"), self)
        self.color.setAutoDefault(False)
        self.color.setMenu(self._colors())
        self.gone = QPushButton(say("fields.remove-option"), self)
        self.gone.setAutoDefault(False)
        self.gone.clicked.connect(self.remove)
        self.list.currentRowChanged.connect(self._allow)
        buttons = QHBoxLayout()
        buttons.addWidget(self.new, 1)
        buttons.addWidget(self.color)
        buttons.addWidget(self.gone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        heading = QLabel(say("fields.options"), self)
        heading.setBuddy(self.list)
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def show_field(self, field: CustomField) -> None:
        """Show the options of this one; the one that was current stays so."""
        if field.options == self.options() and field.id == self._field:
            return  # what is being typed stays as it is
        self._field = field.id
        current = self.list.currentItem()
        kept = current.data(_ID) if current is not None else None
        self.list.blockSignals(True)
        self.list.clear()
        for option in field.options:
            item = QListWidgetItem(option.title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setData(_ID, option.id)
            item.setData(_COLOR, option.color)
            item.setIcon(self._swatch(option.color, self.list.count()))
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
            if option.id == kept:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._allow()

    def options(self) -> tuple[Choice, ...]:
        """As they stand in the list."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(Choice(item.data(_ID), item.text(), item.data(_COLOR)) for item in items)

    def remove(self) -> None:
        """Take the current option away."""
        row = self.list.currentRow()
        if row >= 0:
            options = self.options()
            self.changed.emit((*options[:row], *options[row + 1 :]))

    def _add(self) -> None:
        title = self.new.text().strip()
        if title:
            self.new.clear()
            self.changed.emit((*self.options(), Choice(new_id(), title)))
            self.list.scrollToBottom()

    def _tell(self) -> None:
        self.changed.emit(self.options())

    def _allow(self) -> None:
        chosen = self.list.currentRow() >= 0
        self.color.setEnabled(chosen)
        self.gone.setEnabled(chosen)

    # Colours

    def _colors(self) -> QMenu:
        menu = QMenu(self)
        for name in ("", *self._theme.lanes):
            words = say(f"color.{name}") if name else say("colors.usual")
            action = QAction(words, menu)
            if name:
                action.setIcon(self._swatch(name, 0))
            action.triggered.connect(self._painter_of(name))
            menu.addAction(action)
        return menu

    def _painter_of(self, name: str) -> Callable[[], None]:
        return lambda: self._paint(name)

    def _paint(self, name: str) -> None:
        item = self.list.currentItem()
        if item is not None:
            item.setIcon(self._swatch(name, self.list.currentRow()))
            item.setData(_COLOR, name)

    def _swatch(self, color: str, place: int) -> QIcon:
        scale = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(_SWATCH, _SWATCH) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones(self._theme.lane(color, place)).fill))
        painter.drawEllipse(2, 2, _SWATCH - 4, _SWATCH - 4)
        painter.end()
        return QIcon(pixmap)
