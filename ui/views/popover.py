"""A small window that hangs below a button of the top bar, and goes away at a press beside it or Esc."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

_GAP = 4


class Popover(QFrame):
    """Below its anchor, inside the screen; it is made when it is opened, and gone when it is closed."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window(), Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._anchor = anchor

    def open(self) -> None:
        """Show it, the keyboard in its first field."""
        self.place()
        self.show()
        self.focusNextChild()

    def place(self) -> None:
        """As big as its content needs, where the anchor is."""
        self.adjustSize()
        screen = self._anchor.screen().availableGeometry()
        at = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + _GAP))
        x = max(min(at.x(), screen.right() - self.width() - _GAP), screen.left() + _GAP)
        y = max(min(at.y(), screen.bottom() - self.height() - _GAP), screen.top() + _GAP)
        self.move(x, y)
