"""The headings: click to sort, drag to move or to widen; frozen ones stay in sight as their columns do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QHeaderView

from ...io.strings import field_title, say
from ...model.records import Column, View
from .cells import PADDING
from .columns import USUAL, width_of
from .model import TableModel
from .sticky import Placed

if TYPE_CHECKING:
    from .grid import Grid

HEIGHT = 34
LEAST = 48
"""The least width of a column."""
_MOST_USUAL = 200
_GRIP = 5
_GAP = 4
_SIGN = 16
"""Room for one of the signs at the end of a heading."""


class Drag(NamedTuple):
    """What a press on a heading may become: computed from the state at the press."""

    kind: Literal["click", "widen", "move"]
    column: int
    x: float
    width: int
    menu: bool = False


class Header(QHeaderView):
    """Sections are the fields; those the view does not have are hidden."""

    sort_asked = Signal(int, bool)
    """A column to sort by, and whether beside those it is sorted by already."""
    add_asked = Signal()
    """A column is wanted that no field has yet."""
    menu_asked = Signal(int, QPoint)
    """The menu of a column, and where on the screen."""
    arranged = Signal()
    """A person has moved or widened a column."""

    def __init__(self, model: TableModel, grid: Grid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._table, self._grid = model, grid
        self._view: View | None = None
        self._drag: Drag | None = None
        self._target: int | None = None
        self._hover = -1
        self._on_plus = False
        self._shown: list[int] | None = None
        """The shown columns, as long as they are known."""
        self.sectionMoved.connect(self._forget)
        self.sectionCountChanged.connect(self._forget)
        self.setMinimumSectionSize(LEAST)
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)

    # Which columns

    def arrange(self, view: View) -> None:
        """Show the columns of a view, in their order; a field that is no more is passed over."""
        place = self._table.place
        shown = [column for column in view.columns or USUAL if column.field in place]
        shown = shown or [column for column in USUAL if column.field in place]
        keys = [column.field for column in shown]
        rest = [key for key in place if key not in keys]
        for spot, key in enumerate([*keys, *rest]):
            if self.visualIndex(place[key]) != spot:
                self.moveSection(self.visualIndex(place[key]), spot)
            self.setSectionHidden(place[key], spot >= len(keys))
        self._forget()
        for column in shown:
            self.resizeSection(place[column.field], column.width or self._usual_width(place[column.field]))
        self.viewport().update()

    def columns(self) -> list[int]:
        """The shown columns, from left to right."""
        if self._shown is None:
            order = (self.logicalIndex(place) for place in range(self.count()))
            self._shown = [column for column in order if not self.isSectionHidden(column)]
        return self._shown.copy()

    def _forget(self) -> None:
        self._shown = None

    def frozen(self) -> list[int]:
        """The columns that stay in sight: the first few, and the title always."""
        columns = self.columns()
        title = self._table.place["title"]
        first = columns[: self._table.view.frozen]
        return first if title in first else [*first, title]

    def kept(self) -> tuple[Column, ...]:
        """The shown columns as a view remembers them."""
        return tuple(
            Column(self._table.columns[column].key, self.sectionSize(column)) for column in self.columns()
        )

    def _usual_width(self, column: int) -> int:
        """The width of a column that nobody has widened: its heading can be read."""
        usual = width_of(self._table.columns[column])
        return max(usual, min(self.wanted(column), _MOST_USUAL))

    def wanted(self, column: int) -> int:
        """The width of a heading with its signs."""
        metrics = QFontMetrics(self._font())
        signs = len(list(self._signs(column))) + 1
        return (
            metrics.horizontalAdvance(field_title(self._table.columns[column])) + 2 * PADDING + signs * _SIGN
        )

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        cells = self._grid.cells
        painter = QPainter(self.viewport())
        painter.setFont(self._font())
        painter.fillRect(event.rect(), cells.color("background"))
        placed = self._grid.placed()
        edge = max((one.end for one in placed if one.stuck), default=0)
        for one in placed:
            if one.end <= 0 or one.left >= self.width():
                continue
            left = one.left if one.stuck else max(one.left, edge)
            painter.setClipRect(QRect(left, 0, one.end - left, HEIGHT))
            self._section(painter, one)
        painter.setClipping(False)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, cells.color("line"))
        if edge:
            painter.fillRect(edge - 1, 0, 1, HEIGHT, cells.color("line"))
        self._paint_drop(painter, placed)
        self._paint_plus(painter)
        painter.end()

    def _section(self, painter: QPainter, one: Placed) -> None:
        cells = self._grid.cells
        hovered = one.column == self._hover and self._drag is None
        if hovered or (
            self._drag is not None and self._drag.kind == "move" and self._drag.column == one.column
        ):
            painter.fillRect(one.left, 0, one.width, HEIGHT, cells.color("hover"))
            painter.fillRect(one.end - 1, 8, 1, HEIGHT - 16, cells.color("line"))
        end = one.end - PADDING + 2
        if hovered:
            end -= _SIGN
            self._chevron(painter, QPointF(end + _SIGN / 2, HEIGHT / 2))
        for sign in self._signs(one.column):
            end -= _SIGN
            self._sign(painter, sign, QPointF(end + _SIGN / 2, HEIGHT / 2))
        end -= 0 if end == one.end - PADDING + 2 else _GAP
        rect = QRect(one.left + PADDING, 0, max(end - one.left - PADDING, 0), HEIGHT)
        title = field_title(self._table.columns[one.column])
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(cells.color("ink" if hovered else "ink2"))
        side = Qt.AlignmentFlag.AlignRight if self._table.numeric(one.column) else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _signs(self, column: int) -> Iterator[str]:
        """What is drawn at the end of a heading: whether it is filtered, grouped, sorted by."""
        key, view = self._table.columns[column].key, self._table.view
        for place, sort in enumerate(view.sort):
            if sort.field == key:
                yield f"{'down' if sort.down else 'up'}{place + 1 if len(view.sort) > 1 else ''}"
        if key in (view.group, view.subgroup):
            yield "group"
        if key in self._table.filtered:
            yield "filter"

    def _sign(self, painter: QPainter, sign: str, center: QPointF) -> None:
        cells = self._grid.cells
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(cells.color("accent"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sign == "filter":
            painter.setBrush(cells.color("accent"))
            points = ((-5, -4.5), (5, -4.5), (1.5, 0), (1.5, 4.5), (-1.5, 3), (-1.5, 0))
            painter.drawPolygon(QPolygonF([center + QPointF(*at) for at in points]))
        elif sign == "group":
            for dy, left in ((-4, -5), (0, -2), (4, -2)):
                painter.drawLine(center + QPointF(left, dy), center + QPointF(5, dy))
        else:
            rank = sign.removeprefix("up").removeprefix("down")
            at = center - QPointF(3 if rank else 0, 0)
            tip = 4.5 if sign.startswith("down") else -4.5
            painter.drawLine(at - QPointF(0, tip), at + QPointF(0, tip))
            sides = [
                at + QPointF(-3.5, tip - tip * 0.78),
                at + QPointF(0, tip),
                at + QPointF(3.5, tip - tip * 0.78),
            ]
            painter.drawPolyline(sides)
            if rank:
                font = QFont(painter.font())
                small = QFont(font)
                small.setPixelSize(9)
                painter.setFont(small)
                painter.drawText(QPointF(at.x() + 5, at.y() + 6), rank)
                painter.setFont(font)

    def _chevron(self, painter: QPainter, center: QPointF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._grid.cells.color("ink2"), 1.6))
        painter.drawPolyline([center + QPointF(*at) for at in ((-4, -2), (0, 2), (4, -2))])

    def _plus(self) -> QRect:
        """Where a new field is asked for: behind the last heading, if there is room."""
        end = max((one.end for one in self._grid.placed()), default=0)
        room = end + HEIGHT <= self.viewport().width()
        return QRect(end + 4, 4, HEIGHT - 8, HEIGHT - 8) if room else QRect()

    def _paint_plus(self, painter: QPainter) -> None:
        spot = self._plus()
        if spot.isNull():
            return
        cells, center = self._grid.cells, QPointF(spot.center()) + QPointF(0.5, 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._on_plus:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(cells.color("hover"))
            painter.drawRoundedRect(spot, 5, 5)
        painter.setPen(QPen(cells.color("ink" if self._on_plus else "ink2"), 1.6))
        painter.drawLine(center - QPointF(5, 0), center + QPointF(5, 0))
        painter.drawLine(center - QPointF(0, 5), center + QPointF(0, 5))

    def _paint_drop(self, painter: QPainter, placed: list[Placed]) -> None:
        """Where a heading that is dragged would go."""
        if self._target is None:
            return
        columns = self.columns()
        by_column = {one.column: one for one in placed}
        beyond = self._target >= len(columns)
        one = by_column[columns[-1 if beyond else self._target]]
        x = one.end if beyond else one.left
        painter.fillRect(x - 1, 0, 2, HEIGHT, self._grid.cells.color("accent"))

    def _font(self) -> QFont:
        font = QFont(self._grid.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        grip, one = self._grip_at(x), self._grid.column_under(x)
        if self._plus().contains(event.position().toPoint()):
            self.add_asked.emit()
        elif grip is not None:
            self._drag = Drag("widen", grip.column, x, self.sectionSize(grip.column))
        elif one is not None:
            self._drag = Drag("click", one.column, x, one.width, x >= one.end - PADDING - _SIGN + 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._drag is None:
            one = self._grid.column_under(x)
            self._hover = one.column if one is not None else -1
            self._on_plus = self._plus().contains(event.position().toPoint())
            self.setToolTip(say("table.new-field") if self._on_plus else "")
            shape = Qt.CursorShape.SplitHCursor if self._grip_at(x) else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        elif self._drag.kind == "widen":
            width = max(round(self._drag.width + x - self._drag.x), LEAST)
            self.resizeSection(self._drag.column, width)
        elif self._drag.kind == "move" or abs(x - self._drag.x) >= QApplication.startDragDistance():
            self._drag = self._drag._replace(kind="move")
            self._target = self._drop_at(x)
        self._redraw()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, target = self._drag, self._target
        self._drag = self._target = None
        if drag is None:
            return
        if drag.kind == "click" and drag.menu:
            self.open_menu(drag.column)
        elif drag.kind == "click":
            beside = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.sort_asked.emit(drag.column, beside)
        elif drag.kind == "widen":
            self.arranged.emit()
        elif target is not None:
            start = self.visualIndex(drag.column)
            self.moveSection(start, target - (1 if target > start else 0))
            self.arranged.emit()
        self._redraw()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the edge of a heading: as wide as what is in sight of it."""
        grip = self._grip_at(event.position().x())
        if grip is None:
            self.mousePressEvent(event)
        else:
            self.fit(grip.column)

    def fit(self, column: int) -> None:
        self.resizeSection(column, max(self._grid.sizeHintForColumn(column), LEAST))
        self.arranged.emit()
        self._redraw()

    def cancel(self) -> bool:
        """Let go of what is dragged; whether there was something."""
        if self._drag is None or self._drag.kind == "click":
            return False
        if self._drag.kind == "widen":
            self.resizeSection(self._drag.column, self._drag.width)
        self._drag = self._target = None
        self._redraw()
        return True

    def leaveEvent(self, event: QEvent) -> None:
        self._hover, self._on_plus = -1, False
        self._redraw()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        one = self._grid.column_under(event.pos().x())
        if one is not None:
            self.menu_asked.emit(one.column, event.globalPos())

    def open_menu(self, column: int) -> None:
        """The menu of a column, below its heading."""
        one = next((one for one in self._grid.placed() if one.column == column), None)
        if one is not None:
            self.menu_asked.emit(column, self.viewport().mapToGlobal(QPoint(one.left, HEIGHT)))

    def _grip_at(self, x: float) -> Placed | None:
        """The column whose right edge is there."""
        near = [one for one in self._grid.placed() if abs(x - one.end) <= _GRIP]
        under = self._grid.column_under(x - _GRIP)
        return next((one for one in reversed(near) if one.stuck or under is None or under == one), None)

    def _drop_at(self, x: float) -> int:
        """The place that a heading dropped there would get, counted before it is taken out."""
        one = self._grid.column_under(x)
        columns = self.columns()
        if one is None:
            return 0 if x < 0 else len(columns)
        return columns.index(one.column) + (1 if x > one.left + one.width / 2 else 0)

    def _redraw(self) -> None:
        self.viewport().update()
        self._grid.viewport().update()
