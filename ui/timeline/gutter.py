"""The table beside the timeline, as a widget: folds, selects, edits titles and dates in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from ...model.edits.items import rename_item, set_field
from ...model.fields import FIELDS, parse
from ...model.records import ItemId
from ...model.refused import Refused
from .. import dates
from ..painter import color, font, measure, paint
from ..scene import Scene
from . import columns, grid
from .dragging import DragRow
from .gestures import BEGIN, Keys
from .layout import ROW, SIZE
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
        self._editor: _Cell | None = None
        self._press: tuple[ItemId, float] | None = None
        self._top = stage.top
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.moved.connect(self._moved)
        stage.changed.connect(self._follow)

    def _moved(self, days: bool, rows: bool) -> None:
        if rows:
            by, self._top = self._top - self.stage.top, self.stage.top
            if self._editor is not None or abs(by) >= self.height():
                self._follow()
            else:
                self.scroll(0, by)  # only the strip that comes into sight is painted

    def _follow(self) -> None:
        if self._editor is not None:
            self._editor.place()
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
        stage.gesture.move(0, y + stage.top, Keys())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.pull(event):
            return
        stage, pressed, self._press = self.stage, self._press, None
        if stage.gesture is not None:
            gesture, stage.gesture = stage.gesture, None
            gesture.commit()
        elif pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            select(stage, pressed[0], event.modifiers(), event.button())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        stage = self.stage
        place = stage.row_at(event.position().y() + stage.top)
        if place < len(stage.rows) and stage.rows[place].item is not None:
            field = columns.columns(self.width()).at(event.position().x())
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

    def edit(self, place: int, field: str) -> None:
        """Open the editor of a cell."""
        self.close_editor()
        self._editor = _Cell(self, place, field)
        self._editor.finished.connect(self._finish)
        self._editor.place()
        self._editor.show()
        self._editor.setFocus()
        self.update()

    def close_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            editor.hide()
            editor.deleteLater()
            self.update()

    def _finish(self, keep: bool) -> None:
        editor = self._editor
        if editor is None:
            return
        if not keep or editor.keep():
            self.close_editor()
            self.edited.emit()


class _Cell(QLineEdit):
    """An editor over one cell: Enter keeps, Esc leaves it as it was."""

    finished = Signal(bool)

    def __init__(self, gutter: Gutter, row: int, field: str) -> None:
        super().__init__(gutter)
        self.gutter, self.row, self.field = gutter, row, field
        stage = gutter.stage
        self.item = stage.rows[row].item
        assert self.item is not None
        self.before = self._text()
        self.setText(self.before)
        self.selectAll()
        self.setFont(font(SIZE))
        self.setObjectName("cell")
        self.setFrame(False)

    def _text(self) -> str:
        board = self.gutter.stage.board
        assert self.item is not None
        if self.field == "title":
            return board.plan.items[self.item].title
        days = board.days_of(self.item)
        return dates.day(days[0 if self.field == "start" else 1]) if days else ""

    def place(self) -> None:
        stage = self.gutter.stage
        row = stage.board.row_of.get(self.item) if self.item is not None else None
        if row is None:
            self.hide()
            return
        self.row = row
        spots = columns.columns(self.gutter.width())
        left, right = {
            "title": (columns.title_left(stage.board, row) - 6, spots.title_end),
            "start": (spots.start - 40, spots.finish),
            "finish": (spots.finish - 40, spots.owner),
        }[self.field]
        self.setGeometry(QRect(int(left), row * ROW - stage.top + 1, int(right - left), ROW - 2))

    def keep(self) -> bool:
        """Commit what was typed; False where it can't be read or is refused."""
        stage = self.gutter.stage
        text = self.text().strip()
        if text == self.before or self.item is None:
            return True
        if self.field == "title":
            return stage.attempt(rename_item, self.item, text)
        try:
            days = stage.board.days_of(self.item)
            near = days[0 if self.field == "start" else 1] if days else None
            today = near.fromordinal(stage.today) if near else None
            value = dates.read_day(text, today, near=near) if today else None
            if value is None:
                value = parse(FIELDS[self.field], stage.document.kept, text)
        except Refused as refused:
            stage.refuse(refused)
            return False
        return stage.attempt(set_field, [self.item], self.field, value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finished.emit(False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit(True)
