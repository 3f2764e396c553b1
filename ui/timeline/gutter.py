"""The table beside the timeline, as a widget: folds, selects, edits titles and dates in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ...model.records import ItemId
from ..drawing.painter import fill, measure, paint
from ..drawing.scene import Mark, Scene
from . import columns, grid
from .cell import Cell
from .dragging import DragRow
from .edges import EdgeScroll
from .frame import ROW
from .gestures import BEGIN, Keys
from .hand_shapes import drop_line
from .selecting import select
from .stage import Stage
from .table_rows import table

_EDGE = 5
"""Pixels at the right that take hold of the edge."""


class _Side(QWidget):
    """A part of the table, whose right edge can be dragged.

    The edge is no widget of its own: one that lay over others would keep them from being scrolled.
    """

    width_wanted = Signal(int)
    _pulling = False

    def on_edge(self, x: float) -> bool:
        return x >= self.width() - _EDGE

    def pull(self, event: QMouseEvent) -> bool:
        """Whether the press, move or release is about the edge, which then follows."""
        x, type = event.position().x(), event.type()
        if type == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pulling = self.on_edge(x)
        elif type == QEvent.Type.MouseMove and self._pulling:
            self.width_wanted.emit(round(x) + 2)
        elif type == QEvent.Type.MouseMove and not event.buttons():
            self.setCursor(Qt.CursorShape.SplitHCursor if self.on_edge(x) else Qt.CursorShape.ArrowCursor)
        elif type == QEvent.Type.MouseButtonRelease and self._pulling:
            self._pulling = False
            return True
        return self._pulling


class Corner(_Side):
    """The column titles above the table."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setFixedHeight(grid.HEADER)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        board = self.stage.board
        shapes = columns.head(self.width(), board)
        shapes.append(columns.edge(self.width(), 0, self.height(), board))
        with QPainter(self) as painter:
            paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pull(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pull(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pull(event)


class Gutter(_Side):
    """Follows the stage; its rows are those of the timeline."""

    menu_wanted = Signal(str, str, QPoint)
    wheeled = Signal(QWheelEvent)
    new_wanted = Signal()
    """A press on the row below the last one."""
    edited = Signal()
    """An editor has closed: the keys belong to the timeline again."""

    def __init__(self, stage: Stage, chart: QWidget, parent: QWidget | None = None) -> None:
        """`chart` is what the bars are drawn on: titles of bars that share a row are edited there."""
        super().__init__(parent)
        self.stage, self._chart = stage, chart
        self.setMinimumWidth(140)
        self.setMouseTracking(True)
        self._editor: Cell | None = None
        self._press: tuple[ItemId, QPointF] | None = None
        self._at = QPointF()
        self._edge = EdgeScroll(stage, self, self._drag)
        self._top = stage.top
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.moved.connect(self._moved)
        stage.changed.connect(self._follow)
        stage.interrupted.connect(self._let_go)

    def _let_go(self) -> None:
        self._press = None
        self._edge.stop()

    def _moved(self, days: bool, rows: bool) -> None:
        if days and self._editor is not None:
            self._editor.place(self.width())
        if rows:
            by, self._top = self._top - self.stage.top, self.stage.top
            if self._editor is not None or self.stage.bare_focus or abs(by) >= self.height():
                self._follow()
            else:
                self.scroll(0, by)  # only the strip that comes into sight is painted
                if held := self.stage.board.lane_levels * ROW:  # lane heads do not scroll along
                    self.update(0, 0, self.width(), held + max(by, 0))

    def _follow(self) -> None:
        if self._editor is not None:
            self._editor.place(self.width())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._top = self.stage.top
        with QPainter(self) as painter:
            for part in event.region():  # type: ignore[attr-defined]  # it is iterable indeed
                self._paint(painter, part)

    def _paint(self, painter: QPainter, part: QRect) -> None:
        """Paint a strip of the rows."""
        stage = self.stage
        editor = self._editor
        in_table = editor is not None and editor.field == "title" and not editor.over_bar
        editing = editor.row if editor is not None and in_table else -1
        low, high = stage.top + part.top(), stage.top + part.bottom() + 1
        shapes = columns.new_row(stage.board, measure)
        shapes += table(stage.board, self.width(), low, high, stage.glance, measure, editing=editing)
        current = stage.session.current
        place = stage.board.row_of.get(current) if current is not None and stage.focused else None
        if place is not None:
            shapes.append(columns.focus_ring(stage.board, place, self.width()))
        elif stage.bare_focus:
            shapes.append(columns.focus_frame(stage.board, stage.top, self.width(), self.height()))
        drop = stage.hints.drop_row
        if drop is not None:
            left = columns.line_left(stage.board, stage.hints.drop_depth)
            accent = stage.theme.colors.accent
            shapes += drop_line(drop, left + 4, self.width(), accent)
            shapes.append(Mark(x=left, y=drop * ROW - 0.5, size=7, shape="ring", fill=accent))
        shapes.append(columns.edge(self.width(), low, high, stage.board))
        painter.setClipRect(part)
        fill(painter, part, stage.theme.colors.background)
        painter.translate(0, -stage.top)
        paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)
        painter.resetTransform()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.pull(event):
            return
        stage = self.stage
        place = self._row_at(event.position().y())
        self._press = None
        stage.press()
        if place >= len(stage.rows):
            stage.session.select()
            if place == len(stage.rows) and event.button() == Qt.MouseButton.LeftButton:
                self.new_wanted.emit()
            return
        row = stage.rows[place]
        fold = columns.fold_left(stage.board, place)
        on_fold = fold is not None and abs(event.position().x() - fold) <= 9
        if event.button() == Qt.MouseButton.LeftButton and (row.item is None or on_fold):
            stage.session.fold(row.ref, not row.folded)
        elif (item := self._item_at(place, event.position().x())) is not None:
            if item not in stage.session.items or event.modifiers():
                select(stage, item, event.modifiers(), event.button())
            if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
                self._press = (item, event.position())

    def _row_at(self, y: float) -> int:
        """The row at a height of the widget, even for a hand that has gone above it."""
        return max(self.stage.row_at(y + self.stage.top), 0)

    def _item_at(self, place: int, x: float) -> ItemId | None:
        return columns.item_at(self.stage.board, place, x, self.width(), measure)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        stage, self._at = self.stage, event.position()
        if self.pull(event) or self._press is None or not event.buttons():
            return
        item, pressed = self._press
        if stage.gesture is None:
            if abs(self._at.y() - pressed.y()) < BEGIN:
                return
            chosen = stage.session.items
            items = chosen if item in chosen else (item,)
            step = columns.INDENT * 1.5
            stage.gesture = DragRow(stage, pressed.x(), pressed.y() + stage.top, items, step=step)
            self._edge.watch(stage.gesture, pressed)
        self._edge.move(self._at)
        self._drag()

    def _drag(self) -> None:
        stage = self.stage
        if stage.gesture is not None and not stage.elsewhere.over(
            stage.gesture, self.mapToGlobal(self._at.toPoint())
        ):
            stage.gesture.move(self._at.x(), self._at.y() + stage.top, Keys())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.pull(event):
            return
        stage, pressed, self._press = self.stage, self._press, None
        self._edge.stop()
        if stage.gesture is not None:
            gesture, stage.gesture = stage.gesture, None
            stage.finish(gesture)
        elif pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            select(stage, pressed[0], event.modifiers(), event.button())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        stage = self.stage
        place = self._row_at(event.position().y())
        if place >= len(stage.rows):
            return
        item, shared = self._item_at(place, event.position().x()), bool(stage.rows[place].shared)
        field = columns.columns(self.width(), stage.board.years()).at(event.position().x())
        if item is not None and (shared or field != "owner"):
            self.edit(item, "title" if shared else field)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheeled.emit(event)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        stage = self.stage
        place = self._row_at(event.pos().y())
        if place >= len(stage.rows):
            self.menu_wanted.emit("empty", "", event.globalPos())
            return
        item = self._item_at(place, event.pos().x())
        self.menu_wanted.emit(
            "lane" if item is None else "bar", item or stage.rows[place].ref, event.globalPos()
        )

    # Editing in place

    def edit(self, item: ItemId, field: str, *, fresh: bool = False) -> None:
        """Open the editor of a cell; `fresh` is for the title of an item that was made just now."""
        self.close_editor()
        if self.stage.looks_back():
            return
        editor = self._editor = Cell(self.stage, self, self._chart, item, field, fresh=fresh)
        editor.finished.connect(lambda how: self._finish(editor, how))
        editor.place(self.width())
        editor.show()
        editor.setFocus()
        self.update()

    def close_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            editor.hide()
            editor.deleteLater()
            self.update()

    def settle(self) -> None:
        """Keep what is being typed, and close its editor."""
        if self._editor is not None:
            self._finish(self._editor, "left")

    def _finish(self, editor: Cell, how: str) -> None:
        if editor is not self._editor:
            return  # it has finished before: to close it takes its focus
        kept = editor.keep() if how != "left as it was" else editor.take_back()
        if how == "entered" and not kept:
            return  # what was typed can't be read: it stays, to be mended
        more = how == "entered" and editor.fresh and bool(editor.text().strip())
        self.close_editor()
        if how != "left":
            self.edited.emit()
        if more:
            self.new_wanted.emit()
