"""Icons: glyphs of the Phosphor font, drawn in the theme's colours at the moment they are shown.

The font ships with QtAwesome. Importing that package costs 0.4 s of CPU (all its fonts, and QtPy), and its
icons keep the colour they were made with; so only its font file and character map are read, after the first
paint (15 ms). Until then an icon is empty, but takes its place.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap

from .drawing.palette import Theme


class Icons(QObject):
    """The icon font, its characters, and the theme to draw them in."""

    loaded = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.characters: dict[str, str] = {}
        self.family = ""

    def icon(self, name: str, color: str = "ink2", chosen: str = "accent") -> QIcon:
        """The icon `ph.<glyph>`; `color` and `chosen` (for a checked button) are names of theme colours."""
        return QIcon(_Glyph(self, name, color, chosen))

    def load(self) -> None:
        """Read the font, so that every icon made so far can be seen."""
        if self.family:
            return
        from PySide6.QtGui import QFontDatabase

        folder = _fonts()
        named = msgspec.json.decode(
            next(folder.glob("phosphor-charmap-*.json")).read_bytes(), type=dict[str, str]
        )
        id = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-*.ttf"))))
        self.characters = {f"ph.{name}": chr(int(code, 16)) for name, code in named.items()}
        self.family = QFontDatabase.applicationFontFamilies(id)[0]
        self.loaded.emit()


def _fonts() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("qtawesome")
    return Path(spec.submodule_search_locations[0], "fonts")


class _Glyph(QIconEngine):
    """One character, in the colour that its mode and state ask for."""

    def __init__(self, icons: Icons, name: str, color: str, chosen: str) -> None:
        super().__init__()
        self._icons, self._name, self._color, self._chosen = icons, name, color, chosen

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if not self._icons.family:
            return
        role = self._chosen if state == QIcon.State.On else self._color
        color = QColor(getattr(self._icons.theme.colors, role))
        if mode == QIcon.Mode.Disabled:
            color.setAlphaF(0.4)
        font = QFont(self._icons.family)
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        painter.save()
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._icons.characters.get(self._name, ""))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap
