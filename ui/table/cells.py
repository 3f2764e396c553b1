"""Draws the cells of the table: one painter for all of them, which asks font and plan as little as it can.

Texts are laid out once and kept; dots, bars and boxes are pictures that are painted once for each colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QStaticText,
)

from ...model.attention import attention_for
from ...model.document import Document
from ...model.fields import Field
from ...model.records import Item
from ..drawing.exact_painter import draw_mark
from ..drawing.palette import Theme, mix, tones
from ..drawing.scene import Mark, MarkShape
from ..timeline.board import lane_for
from .model import TableModel
from .sticky import Placed

ROW_HEIGHT = 32
INDENT = 18
PADDING = 10
FOLD = 18
"""Room for the arrow that folds a parent."""
BOX = 14
"""The side of a check box."""
_DOT = 8
_BAR = 5
_NUMBER = 46
"""The room that the number beside a bar of progress has."""
_CHIP = 8
"""Room at each end of a chip."""
_REST = 28
_LEAST_CHIP = 24
_MOST_KEPT = 8000
_PLAIN, _LASTING = Qt.TextFormat.PlainText, QStaticText.PerformanceHint.AggressiveCaching
"""Looked up once: PySide's enums are slow to ask."""


class Cut(NamedTuple):
    """A text as far as it goes into a width, laid out, and how wide it is then."""

    text: QStaticText
    width: float


class CellPainter:
    """Draws values into rectangles of a viewport; `begin` gives it the painter."""

    def __init__(self, document: Document, model: TableModel, theme: Theme) -> None:
        self._document, self._model = document, model
        self._painter = QPainter()
        self._cuts: dict[tuple[str, int, bool], Cut] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._bold = False
        self._ink = ""
        self.set_font(QFont())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._colors = {name: QColor(getattr(theme.colors, name)) for name in theme.colors.__struct_fields__}
        self._pictures.clear()

    def set_font(self, font: QFont) -> None:
        """Write in that font from now on."""
        self._fonts = {False: QFont(font), True: QFont(font)}
        self._fonts[True].setWeight(QFont.Weight.DemiBold)
        self._metrics = {bold: QFontMetricsF(one) for bold, one in self._fonts.items()}
        self._top = round((ROW_HEIGHT - self._metrics[False].height()) / 2)
        self._cuts.clear()

    def color(self, name: str) -> QColor:
        """A colour of the theme, by its name."""
        return self._colors[name]

    # Drawing

    def begin(self, painter: QPainter) -> None:
        """Draw with this one from now on."""
        self._painter, self._ink, self._bold = painter, "", False
        painter.setFont(self._fonts[False])

    def row(self, row: int, top: int, placed: Sequence[Placed]) -> None:
        """What an item has in these columns."""
        model, item = self._model, self._model.item_at(row)
        if item is None:
            return
        pale, parent = item.id in model.dimmed, self._document.plan.outline.is_parent(item.id)
        for one in placed:
            column = one.column
            field, text = model.columns[column], model.text_of(item, column)
            if not text and field.kind != "flag" and field.key != "title":
                continue
            rect = QRect(one.left + PADDING, top, one.width - 2 * PADDING, ROW_HEIGHT)
            if field.key == "title":
                rect = self._outline(rect, row, item)
                self.text(text or item.key, rect, "ink3" if pale else "ink", bold=parent)
                continue
            faint = pale or field.edit is None or field.key == "key"
            faint = faint or (parent and not model.editable_at(row, column))
            self._value(field, row, column, item, rect, text, "ink3" if faint else "ink")

    def _value(
        self, field: Field, row: int, column: int, item: Item, rect: QRect, text: str, ink: str
    ) -> None:
        kind = field.kind
        if kind == "flag" and field.edit is not None:
            self.check(rect, bool(text))
            return
        if kind == "choice":
            rect = self._marked(rect, field, row, column, item)
        elif field.key == "progress":
            self._progress(rect, int(self._model.value_at(row, column) or 0))
        elif kind == "choices":
            self._chips(rect, field, self._model.value_at(row, column))
            return
        elif field.key == "critical" or (field.fault is not None and text.startswith("#")):
            ink = "danger"
        elif kind == "url" and ink == "ink":
            ink = "accent"
        self.text(text, rect, ink, right=self._model.numeric(column))

    def text(self, text: str, rect: QRect, ink: str, *, right: bool = False, bold: bool = False) -> float:
        """Write a line as far as it goes; gives how wide it is."""
        cut = self._cut(text, rect.width(), bold)
        if bold != self._bold:
            self._painter.setFont(self._fonts[bold])
            self._bold = bold
        if ink != self._ink:
            self._painter.setPen(self._colors[ink])
            self._ink = ink
        left = rect.left() if not right else rect.right() + 1 - round(cut.width)
        self._painter.drawStaticText(left, rect.top() + self._top, cut.text)
        return cut.width

    def _cut(self, text: str, width: int, bold: bool) -> Cut:
        at = (text, width, bold)
        known = self._cuts.get(at)
        if known is None:
            if len(self._cuts) > _MOST_KEPT:
                self._cuts.clear()
            known = self._laid(text, bold)
            if known.width > width:
                metrics = self._metrics[bold]
                known = self._laid(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width), bold)
            self._cuts[at] = known
        return known

    def _laid(self, text: str, bold: bool) -> Cut:
        """The text laid out: that is the dear part, so it also tells how wide it is."""
        laid = QStaticText(text)
        laid.setTextFormat(_PLAIN)
        laid.setPerformanceHint(_LASTING)
        laid.prepare(font=self._fonts[bold])
        return Cut(laid, laid.size().width())

    def wanted(self, row: int, column: int) -> int:
        """The width at which the cell shows all it has."""
        field, item, known = self._model.columns[column], self._model.item_at(row), self._model.row_at(row)
        parent = item is not None and self._document.plan.outline.is_parent(item.id)
        bold = field.key == "title" and parent
        width = self._metrics[bold].horizontalAdvance(self._model.text_at(row, column)) + 2 * PADDING + 2
        if field.key == "title" and known is not None:
            width += FOLD + known.depth * INDENT + (15 if item and item.kind == "milestone" else 0)
        elif field.kind == "choice":
            width += _DOT + 7
        return int(width + (_NUMBER if field.key == "progress" else 0))

    # Parts of cells

    def _outline(self, rect: QRect, row: int, item: Item) -> QRect:
        """Indentation, a parent's folding arrow, a milestone's diamond; gives what is left for the title."""
        known = self._model.rows[row]
        left = rect.left() + known.depth * INDENT
        if known.count:
            self.fold(QPointF(left + FOLD / 2 - 3, rect.top() + ROW_HEIGHT / 2), known.folded)
        left += 0 if known.path else FOLD
        if item.kind == "milestone":
            self._mark("diamond", left - 2, rect.top(), 11, self._team_color(item))
            left += 15
        return QRect(left, rect.top(), max(rect.right() - left, 0), rect.height())

    def fold(self, center: QPointF, folded: bool) -> None:
        """A small arrow: right where folded, down where open."""
        paint_fold(self._painter, center, folded, self._colors["ink2"])

    def _marked(self, rect: QRect, field: Field, row: int, column: int, item: Item) -> QRect:
        """A sign in the colour of the value before it, where values have colours."""
        shape: MarkShape = "circle"
        if field.key == "team":
            color = self._team_color(item)
        elif field.key == "status":
            shape, color = self._status_mark(item)
        elif field.own is not None:
            color = self._choice_color(field, self._model.value_at(row, column))
        else:
            return rect
        self._mark(shape, rect.left(), rect.top(), _DOT if shape == "circle" else _DOT + 1, color)
        return rect.adjusted(_DOT + 7, 0, 0, 0)

    def _mark(self, shape: MarkShape, left: int, top: int, size: int, color: str) -> None:
        """A sign of a size at the left of a row."""

        def draw(painter: QPainter) -> None:
            draw_mark(painter, Mark(x=size / 2 + 1, y=size / 2 + 1, size=size, shape=shape, fill=color))

        side = size + 2
        self._picture((shape, size, color), left - 1, top + (ROW_HEIGHT - side) // 2, side, side, draw)

    def _chips(self, rect: QRect, field: Field, value: Any) -> None:
        """Each of several choices on a ground of its colour; the last sign counts those that find no room."""
        options = field.own.options if field.own is not None else ()
        chosen = [(place, option) for place, option in enumerate(options) if option.id in value]
        left = rect.left() - 4
        for number, (place, option) in enumerate(chosen):
            rest = len(chosen) - number
            room = rect.right() - left - 2 * _CHIP - (_REST if rest > 1 else 0)
            if room < _LEAST_CHIP and number:
                self.text(f"+{rest}", QRect(left, rect.top(), _REST, ROW_HEIGHT), "ink2")
                return
            width = round(self._cut(option.title, room, False).width) + 2 * _CHIP
            self._ground(left, rect.top(), width, tones(self.theme.lane(option.color, place)).fill)
            self.text(option.title, QRect(left + _CHIP, rect.top(), room, ROW_HEIGHT), "ink")
            left += width + 4

    def _ground(self, left: int, top: int, width: int, color: str) -> None:
        """The ground of a chip."""
        pale = mix(color, self.theme.colors.background, 0.78)

        def draw(painter: QPainter) -> None:
            painter.setBrush(QColor(pale))
            painter.drawRoundedRect(QRectF(0, 0, width, 20), 10, 10)

        self._picture(("chip", width, pale), left, top + (ROW_HEIGHT - 20) // 2, width, 20, draw)

    def _progress(self, rect: QRect, percent: int) -> None:
        """A bar, if there is room for one beside the number."""
        width = rect.width() - _NUMBER
        if width < 24:
            return

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colors["line"])
            painter.drawRoundedRect(QRectF(0, 0, width, _BAR), 2.5, 2.5)
            if percent:
                painter.setBrush(self._colors["success" if percent >= 100 else "accent"])
                done = max(width * min(percent, 100) / 100, 4)
                painter.drawRoundedRect(QRectF(0, 0, done, _BAR), 2.5, 2.5)

        top = rect.top() + (ROW_HEIGHT - _BAR) // 2
        self._picture(("progress", width, percent), rect.left(), top, width, _BAR, draw)

    def check(self, rect: QRect, checked: bool) -> None:
        """A box, ticked or not, at the left of a rectangle."""

        def draw(painter: QPainter) -> None:
            painter.setPen(self._colors["accent" if checked else "ink3"])
            painter.setBrush(self._colors["accent"] if checked else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0.5, 0.5, BOX, BOX), 3, 3)
            if checked:
                painter.setPen(QPen(self._colors["accent_ink"], 1.8))
                painter.drawPolyline([QPointF(4, 8), QPointF(6.5, 10.5), QPointF(11, 5)])

        self._picture(("check", checked), rect.left(), rect.top() + 8, BOX + 1, BOX + 1, draw)

    def _picture(
        self,
        key: tuple[object, ...],
        left: int,
        top: int,
        width: int,
        height: int,
        draw: Callable[[QPainter], None],
    ) -> None:
        """A small drawing, made once for the screen that it is shown on."""
        scale = self._painter.device().devicePixelRatio()
        known = self._pictures.get((scale, *key))
        if known is None:
            if len(self._pictures) > _MOST_KEPT:
                self._pictures.clear()
            known = self._pictures[scale, *key] = QPixmap(round(width * scale), round(height * scale))
            known.setDevicePixelRatio(scale)
            known.fill(Qt.GlobalColor.transparent)
            painter = QPainter(known)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            draw(painter)
            painter.end()
        self._painter.drawPixmap(left, top, known)

    def _team_color(self, item: Item) -> str:
        plan = self._document.plan
        team = plan.teams.get(item.team) if item.team is not None else None
        if team is None:
            return self.theme.colors.ink3
        return tones(lane_for(plan, self.theme, "team", team.id)).fill

    def _choice_color(self, field: Field, value: object) -> str:
        if value is None:
            return self.theme.colors.ink3
        return tones(lane_for(self._document.plan, self.theme, field.key, value)).fill

    def _status_mark(self, item: Item) -> tuple[MarkShape, str]:
        """A triangle and a square for what asks for attention, so that colour is not the only sign."""
        plan, colors = self._document.plan, self.theme.colors
        attention = attention_for(plan, item)
        if attention:
            return ("square", colors.danger) if attention == "blocked" else ("triangle", colors.warning)
        known = {"todo": colors.ink3, "doing": colors.accent, "done": colors.success}
        return "circle", known[plan.category_of(item)]


def paint_fold(painter: QPainter, center: QPointF, folded: bool, color: QColor) -> None:
    """A small arrow: right where folded, down where open."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.6))
    offsets = ((-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)) if folded else ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))
    painter.drawPolyline([center + QPointF(x, y) for x, y in offsets])
    painter.restore()
