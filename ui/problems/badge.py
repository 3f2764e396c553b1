"""The number of problems in the message bar; a click opens the panel that lists them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from ...io.strings import count, say
from ..icons import Icons
from .watch import ProblemWatch


class ProblemBadge(QToolButton):
    """Follows the watch; where nothing is wrong it says so with a tick."""

    def __init__(self, watch: ProblemWatch, command: QAction, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("problemBadge")
        self._watch = watch
        self._wrong = icons.icon("ph.warning", "danger", "danger")
        self._well = icons.icon("ph.check-circle", "success", "success")
        self._command = command
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(15, 15))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._open)
        command.changed.connect(self.refresh)
        watch.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how much is wrong, and whether the panel is open."""
        found = len(self._watch.problems)
        self.setIcon(self._wrong if found else self._well)
        self.setText(count("problems.count", found) if found else say("problems.well"))
        self.setToolTip(self._command.toolTip())
        self.setChecked(self._command.isChecked())

    def _open(self) -> None:
        self._command.trigger()
        self.refresh()
