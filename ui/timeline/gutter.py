"""The table beside the timeline, as a widget: folds, selects, edits titles and dates in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ...model.records import ItemId
from ..painter import color, measure, paint
from ..scene import Scene
from . import columns, grid
from .cell import Cell
from .dragging import DragRow
from .gestures import BEGIN, Keys
from .selecting import select
from .stage import Stage

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
        shapes = columns.head(self.width(), board, measure)
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

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setMinimumWidth(140)
        self.setMouseTracking(True)
        self._editor: Cell | None = None
        self._press: tuple[ItemId, float] | None = None
        self._top = stage.top
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.moved.connect(self._moved)
        stage.changed.connect(self._follow)
        stage.interrupted.connect(self._let_go)

    def _let_go(self) -> None:
        self._press = None

    def _moved(self, days: bool, rows: bool) -> None:
        if rows:
            by, self._top = self._top - self.stage.top, self.stage.top
            if self._editor is not None or abs(by) >= self.height():
                self._follow()
            else:
                self.scroll(0, by)  # only the strip that comes into sight is painted

    def _follow(self) -> None:
        if self._editor is not None:
            self._editor.place(self.width())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        stage, part = self.stage, event.rect()
        self._top = stage.top
        editing = self._editor.row if self._editor is not None and self._editor.field == "title" else -1
        low, high = stage.top + part.top(), stage.top + part.bottom() + 1
        shapes = columns.table(stage.board, self.width(), low, high, stage.glance, measure, editing=editing)
        shapes += columns.new_row(stage.board, measure)
        shapes.append(columns.edge(self.width(), low, high, stage.board))
        with QPainter(self) as painter:
            painter.fillRect(part, color(stage.theme.colors.background))
            painter.translate(0, -stage.top)
            paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.pull(event):
            return
        stage = self.stage
        place = stage.row_at(event.position().y() + stage.top)
        self._press = None
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
        elif row.item is not None:
            if row.item not in stage.session.items or event.modifiers():
                select(stage, row.item, event.modifiers(), event.button())
            if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
                self._press = (row.item, event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        stage, y = self.stage, event.position().y()
        if self.pull(event) or self._press is None or not event.buttons():
            return
        item, pressed = self._press
        if stage.gesture is None:
            if abs(y - pressed) < BEGIN:
                return
            chosen = stage.session.items
            items = chosen if item in chosen else (item,)
            stage.gesture = DragRow(stage, 0, pressed + stage.top, items)
        if not stage.elsewhere.over(stage.gesture, self.mapToGlobal(event.position().toPoint())):
            stage.gesture.move(0, y + stage.top, Keys())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.pull(event):
            return
        stage, pressed, self._press = self.stage, self._press, None
        if stage.gesture is not None:
            gesture, stage.gesture = stage.gesture, None
            stage.finish(gesture)
        elif pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            select(stage, pressed[0], event.modifiers(), event.button())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        stage = self.stage
        place = stage.row_at(event.position().y() + stage.top)
        if place < len(stage.rows) and stage.rows[place].item is not None:
            field = columns.columns(self.width(), stage.board.years()).at(event.position().x())
            if field != "owner":
                self.edit(place, field)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheeled.emit(event)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        stage = self.stage
        place = stage.row_at(event.pos().y() + stage.top)
        if place >= len(stage.rows):
            self.menu_wanted.emit("empty", "", event.globalPos())
            return
        row = stage.rows[place]
        self.menu_wanted.emit("lane" if row.item is None else "bar", row.ref, event.globalPos())

    # Editing in place

    def edit(self, place: int, field: str, *, fresh: bool = False) -> None:
        """Open the editor of a cell; `fresh` is for the title of an item that was made just now."""
        self.close_editor()
        self._editor = Cell(self.stage, self, place, field, fresh=fresh)
        self._editor.finished.connect(self._finish)
        self._editor.place(self.width())
        self._editor.show()
        self._editor.setFocus()
        self.update()

    def close_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            editor.hide()
            editor.deleteLater()
            self.update()

    def _finish(self, how: str) -> None:
        editor = self._editor
        if editor is None:
            return
        kept = editor.keep() if how != "left as it was" else editor.take_back()
        if how == "entered" and not kept:
            return  # what was typed can't be read: it stays, to be mended
        more = how == "entered" and editor.fresh and bool(editor.text().strip())
        self.close_editor()
        if how != "left":
            self.edited.emit()
        if more:
            self.new_wanted.emit()
