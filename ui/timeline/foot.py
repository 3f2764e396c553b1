"""What lies below the timeline: the legend, and the strip with the whole plan; either can be folded away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ...io.strings import say
from ..drawing.painter import fill, measure, paint
from ..drawing.scene import Scene
from . import legend, overview
from .legend import Entry, Legend
from .minimap import Minimap
from .moving import moved
from .stage import PAGE, Stage

_TALL = {"legend": 400, "minimap": 600}
"""On a page lower than that a part is not shown, unless it is asked for."""
_MARGIN = 14.0
_AIR = 4.0
_MOST_TOLD = 20
"""Of the entries without room, so many are told by a tip."""
_MANY = 1000
"""From so many rows on, they are looked through for their signs after the first paint."""
_WAIT = 150
"""Milliseconds after a change until the legend is made anew."""


class LegendStrip(QWidget):
    """The legend in a few lines; a click on a colour asks for another one."""

    color_wanted = Signal(object)
    """The entry clicked on."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.entries: list[Entry] | None = None
        self._worn = stage.theme
        self._made = Legend([], 0, [])
        self.setMouseTracking(True)
        self.setAccessibleName(say("legend.name"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def lines(self, width: int, most: int) -> int:
        """How many lines the legend takes at this width."""
        return round(self._laid_out(width, most).height / legend.LINE)

    def _laid_out(self, width: float, most: int) -> Legend:
        board = self.stage.board
        if self.entries is None or self._worn is not board.theme:
            self._worn = board.theme
            self.entries = legend.entries(board, signs=len(board.rows) < _MANY)
            self.setAccessibleDescription(", ".join(entry.text for entry in self.entries))
        room = width - 2 * _MARGIN
        return legend.lay_out(board, self.entries, room, measure, board.theme.colors.panel, most)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self.stage.board.theme.colors
        most = max(int((self.height() - 2 * _AIR) // legend.LINE), 1)
        self._made = self._laid_out(self.width(), most)
        top = (self.height() - self._made.height) / 2
        shapes = moved(self._made.shapes, _MARGIN, top)
        with QPainter(self) as painter:
            fill(painter, self.rect(), colors.panel)
            paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)
            fill(painter, QRect(0, 0, self.width(), 1), colors.line)

    def event(self, event: QEvent) -> bool:
        """Where entries are left out, the tip tells them."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            rest = [entry.text for entry in self._made.left_out]
            beyond = bool(rest) and self.entry_at(QPointF(event.pos())) is None
            if len(rest) > _MOST_TOLD:
                rest[_MOST_TOLD:] = ["…"]
            words = say("legend.more", entries="\n".join(rest)) if beyond else say("legend.tip")
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def entry_at(self, at: QPointF) -> Entry | None:
        """The entry at a place."""
        top = (self.height() - self._made.height) / 2
        x, y = at.x() - _MARGIN, at.y() - top
        for spot in self._made.spots:
            if spot.x - 2 <= x <= spot.x + spot.width + 2 and spot.y <= y < spot.y + legend.LINE:
                return spot.entry
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        lit = _has_color(self.entry_at(event.position()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if lit else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        entry = self.entry_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and _has_color(entry):
            self.color_wanted.emit(entry)


def _has_color(entry: Entry | None) -> bool:
    """Whether it is a colour, or the field that gives the colours."""
    return entry is not None and (entry.is_color or not entry.swatch)


class Foot(QWidget):
    """The strip, and the legend below it."""

    grown = Signal()
    """It wants another height."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.legend = LegendStrip(stage, self)
        self.minimap = Minimap(stage, self)
        self._later = QTimer(self, singleShot=True, interval=_WAIT)
        self._later.timeout.connect(self._renew)
        stage.changed.connect(self._changed)

    def shows(self, part: str) -> bool:
        """Whether the `legend` or the `minimap` is open."""
        page = self.parentWidget()
        tall = page is None or page.height() >= _TALL[part]
        return bool(self.stage.session.looks.places.get(PAGE, {}).get(part, tall))

    def toggle(self, part: str) -> None:
        self.stage.remember(**{part: not self.shows(part)})
        self.grown.emit()

    def height_for(self, width: int) -> int:
        """How high it is on a page of that width."""
        strip = overview.HEIGHT if self.shows("minimap") else 0
        lines = self.legend.lines(width, self._most_lines()) if self.shows("legend") else 0
        return strip + (round(lines * legend.LINE + 2 * _AIR) if lines else 0)

    def _most_lines(self) -> int:
        """Of the legend; an export has as many as it needs."""
        page = self.parentWidget()
        return 3 if page is None or page.height() >= _TALL["minimap"] else 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Give both their places."""
        wide, tall = self.width(), self.height()
        self.legend.setVisible(self.shows("legend"))
        self.minimap.setVisible(self.shows("minimap"))
        top = overview.HEIGHT if self.shows("minimap") else 0
        self.minimap.setGeometry(0, 0, wide, overview.HEIGHT)
        self.legend.setGeometry(0, top, wide, tall - top)

    def _changed(self) -> None:
        if self.stage.document.previewing:
            return  # colours and signs stay what they are while something is dragged
        if not self._later.isActive():
            self._later.start()
        if self.legend.isVisible():
            self.legend.update()

    def showEvent(self, event: QShowEvent) -> None:
        if len(self.stage.rows) >= _MANY:
            self._later.start()

    def _renew(self) -> None:
        before = self.legend.entries
        self.legend.entries = None
        if self.legend.isVisible():
            self.legend.update()
            self.legend.entries = legend.entries(self.stage.board)
            if before is not None and len(before) != len(self.legend.entries):
                self.grown.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.minimap.renew()
            self.grown.emit()
