"""The theme in force: follows the system or the person's choice, live, and dresses the application in it."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from .drawing.palette import Theme, theme
from .settings import ThemeChoice

Role = QPalette.ColorRole
Group = QPalette.ColorGroup


class Themes(QObject):
    """`changed` carries the new `Theme`."""

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: ThemeChoice) -> None:
        super().__init__()
        self._app = app
        self.choice: ThemeChoice = choice
        self.theme = theme(self._name())
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: ThemeChoice) -> None:
        self.choice = choice
        self._follow()

    def _name(self) -> str:
        if self.choice != "system":
            return self.choice
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _follow(self) -> None:
        name = self._name()
        if name != self.theme.name:
            self.theme = theme(name)
            self._dress()
            self.changed.emit(self.theme)

    def _dress(self) -> None:
        self._app.setPalette(qt_palette(self.theme))
        self._app.setStyleSheet(style_sheet(self.theme))


def qt_palette(theme: Theme) -> QPalette:
    """Qt's palette in the theme's colours, for whatever the style sheet does not name."""
    colors = theme.colors
    palette = QPalette()
    for role, color in (
        (Role.Window, colors.background),
        (Role.WindowText, colors.ink),
        (Role.Base, colors.background),
        (Role.AlternateBase, colors.panel),
        (Role.Text, colors.ink),
        (Role.PlaceholderText, colors.ink3),
        (Role.Button, colors.panel),
        (Role.ButtonText, colors.ink),
        (Role.BrightText, colors.danger),
        (Role.ToolTipBase, colors.tip),
        (Role.ToolTipText, colors.tip_ink),
        (Role.Highlight, colors.accent),
        (Role.HighlightedText, colors.accent_ink),
        (Role.Accent, colors.accent),
        (Role.Link, colors.accent),
        (Role.LinkVisited, colors.accent),
        (Role.Light, colors.background),
        (Role.Midlight, colors.hover),
        (Role.Mid, colors.line),
        (Role.Dark, colors.line),
        (Role.Shadow, colors.line),
    ):
        palette.setColor(role, QColor(color))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(Group.Disabled, role, QColor(colors.ink3))
    return palette


def style_sheet(theme: Theme) -> str:
    """resources/style.qss with `$ink` and its like filled in."""
    resources = Path(__file__).parent.parent / "resources"
    colors = {name: getattr(theme.colors, name) for name in theme.colors.__struct_fields__}
    known = {**colors, "icons": (resources / "icons").as_posix()}
    return re.sub(r"\$(\w+)", lambda found: known[found[1]], (resources / "style.qss").read_text("utf-8"))
