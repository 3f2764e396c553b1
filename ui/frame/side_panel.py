"""What the panels that are opened and closed have in common: a head with a title, and a way to close it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...io.strings import say
from ..drawing.palette import Theme


class SidePanel(QWidget):
    """A panel called `name`, whose title is `<name>.title`; what it shows goes into `column`."""

    shown = Signal(str)
    """An item is to be brought into sight."""
    close_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(say(f"{name}.title"))
        title = QLabel(say(f"{name}.title"), self)
        title.setObjectName("panel-title")
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("panel-close")
        self.close_button.setText("×")
        for label in (self.close_button.setToolTip, self.close_button.setAccessibleName):
            label(say(f"{name}.close"))
        self.close_button.clicked.connect(self.close_asked)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(14, 6, 8, 4)
        self.head.setSpacing(8)
        self.head.addWidget(title)
        self.head.addStretch(1)
        self.head.addWidget(self.close_button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self.head)

    def wear(self, theme: Theme, more: str = "") -> None:
        """Put on the theme's colours; `more` is the style of what this panel alone has."""
        c = theme.colors
        self.setStyleSheet(
            f"""
            #{self.objectName()} {{ background: {c.background}; }}
            #panel-title {{ color: {c.ink}; font-weight: 700; }}
            #panel-close {{
                color: {c.ink2}; font-size: 15px; min-width: 22px; min-height: 22px; padding: 0;
            }}
            {more}"""
        )
