"""A small window below a heading or a button: it closes at a click outside it and at Esc."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import say

WIDTH = 280
_LINE = 28
_LINES = 13
_COUNT = Qt.ItemDataRole.UserRole + 1


class Popover(QFrame):
    """A title, and below it whatever a subclass adds to `column`."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 12)
        self.column.setSpacing(8)
        head = QLabel(title, self)
        head.setObjectName("popover-title")
        self.column.addWidget(head)

    def open_at(self, place: QPoint) -> None:
        """Open with the top left corner there, or as near as the screen lets it."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(max(place.x(), screen.left()), screen.right() - self.width())
        y = min(max(place.y(), screen.top()), screen.bottom() - self.height())
        self.move(x, y)
        self.show()


class TickList(QListWidget):
    """Lines with ticks and perhaps a number at their ends; Space and Enter turn the tick."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popover-list")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(_Line(self))
        self.itemActivated.connect(_turn)

    def add(self, text: str, ticked: bool, data: object, count: str = "") -> None:
        line = QListWidgetItem(text)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
        line.setFlags(flags)
        line.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        line.setData(Qt.ItemDataRole.UserRole, data)
        line.setData(_COUNT, count)
        line.setSizeHint(QSize(0, _LINE))
        self.addItem(line)

    def lines(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def ticked(self) -> list[object]:
        """The data of the lines with ticks, hidden ones too."""
        return [line.data(Qt.ItemDataRole.UserRole) for line in self.lines() if is_ticked(line)]

    def tick(self, lines: Sequence[QListWidgetItem], ticked: bool) -> None:
        """Give these lines ticks, or take them away, without a word for each."""
        with QSignalBlocker(self):
            for line in lines:
                line.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.viewport().update()

    def search(self, text: str) -> None:
        """Show only the lines with that text in them."""
        folded = text.strip().casefold()
        for line in self.lines():
            line.setHidden(folded not in line.text().casefold())

    def enter(self) -> None:
        """Take the keyboard, at the first line that is shown."""
        first = next((line for line in self.lines() if not line.isHidden()), None)
        if first is not None:
            self.setCurrentItem(first)
            self.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), min(max(self.count(), 3), _LINES) * _LINE + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 3 * _LINE)


class SearchLine(QLineEdit):
    """Narrows a list while one types; Down goes into the list, Enter closes the window."""

    def __init__(self, target: TickList, parent: QWidget) -> None:
        super().__init__(parent)
        self._target = target
        self.setPlaceholderText(say("table.search"))
        self.setAccessibleName(say("table.search"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(target.search)
        self.returnPressed.connect(parent.close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._target.enter()
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """A line with its number at the end."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        count = index.data(_COUNT)
        number = option.fontMetrics.horizontalAdvance(count) + 16 if count else 0
        shown = QStyleOptionViewItem(option)
        shown.rect = option.rect.adjusted(0, 0, -number, 0)
        super().paint(painter, shown, index)
        if count:
            painter.setPen(option.palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(option.rect.adjusted(0, 0, -8, 0), side, count)


def is_ticked(line: QListWidgetItem) -> bool:
    return line.checkState() == Qt.CheckState.Checked


def _turn(line: QListWidgetItem) -> None:
    line.setCheckState(Qt.CheckState.Unchecked if is_ticked(line) else Qt.CheckState.Checked)
