"""A hand for the table page: real mouse and key events, and what a person sees there."""

from __future__ import annotations

from typing import Any

from panel_plans import Company
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.records import Column, View
from roadwright.ui.table.model import TableModel
from roadwright.ui.table.page import TablePage

Key = Qt.Key
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Table:
    """The page as a person uses it."""

    def __init__(self, qtbot: QtBot, company: Company) -> None:
        self.qtbot, self.company = qtbot, company
        self.page = TablePage(*company.parts)
        self.page.resize(1024, 640)
        qtbot.addWidget(self.page)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.grid.setFocus()

    @property
    def document(self) -> Any:
        return self.company.document

    @property
    def grid(self) -> Any:
        return self.page.grid

    def row(self, id: str) -> int:
        place = self.model.place_of(id)
        assert place is not None
        return place

    @property
    def model(self) -> TableModel:
        return self.grid.table

    def rect(self, id: str, key: str) -> QRect:
        index = self.model.index(self.row(id), self.model.place[key])
        self.grid.scrollTo(index)
        return self.grid.visualRect(index)

    def text(self, id: str, key: str) -> str:
        return self.model.text_at(self.row(id), self.model.place[key])

    def click(self, id: str, key: str, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, modifiers, self.rect(id, key).center())

    def go(self, id: str, key: str) -> None:
        """Stand on a cell, wherever it is."""
        self.grid.go_to(self.row(id), self.model.place[key])

    def keys(self, *keys: Any) -> None:
        """Press keys where the focus is; text is typed."""
        for key in keys:
            for stroke in key if isinstance(key, str) else [key]:
                stroke = stroke if isinstance(stroke, tuple) else (stroke,)
                self.qtbot.keyClick(QApplication.focusWidget(), *stroke)

    def current(self) -> tuple[str, str]:
        index = self.grid.currentIndex()
        row = self.model.row_at(index.row())
        return row.ref if row else "new", self.model.columns[index.column()].key

    def columns(self) -> list[str]:
        return [self.model.columns[column].key for column in self.grid.columns]

    def heading(self, key: str, share: float = 0.3) -> QPoint:
        """A point of a heading: 0 is its left end, 1 its right one."""
        placed = next(one for one in self.grid.placed() if one.column == self.model.place[key])
        return QPoint(round(placed.left + placed.width * share), 15)

    def press_heading(self, key: str, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.grid.header.viewport(), LEFT, modifiers, self.heading(key))

    def rows(self) -> list[str]:
        return [row.ref for row in self.model.rows]

    def drag(self, start: QPoint, end: QPoint, *, release: bool = True) -> None:
        """Press, move in some steps, and let go."""
        drag_on(self.qtbot, self.grid.viewport(), start, end, release=release)

    def drag_heading(self, start: QPoint, end: QPoint, *, release: bool = True) -> None:
        drag_on(self.qtbot, self.grid.header.viewport(), start, end, release=release)

    def show(self, *keys: str) -> None:
        """Let these fields be the columns."""
        columns = tuple(Column(key) for key in keys)
        self.company.session.adjust(self.document.plan, columns=columns)

    def look(self, **looks: Any) -> None:
        """Change how the view looks."""
        self.company.session.adjust(self.document.plan, **looks)

    @property
    def view(self) -> View:
        return self.company.session.view(self.document.plan)

    def selected(self) -> set[tuple[str, str]]:
        """The selected cells, by items and fields."""
        model = self.model
        return {
            (
                row.ref if (row := model.row_at(index.row())) is not None else "new",
                model.columns[index.column()].key,
            )
            for index in self.grid.selectionModel().selectedIndexes()
        }


def drag_on(qtbot: QtBot, widget: QWidget, start: QPoint, end: QPoint, *, release: bool = True) -> None:
    qtbot.mousePress(widget, LEFT, pos=start)
    for step in range(1, 6):
        at = start + (end - start) * step / 5
        send_move(widget, at)
    if release:
        qtbot.mouseRelease(widget, LEFT, pos=end)


def send_move(widget: QWidget, at: QPoint) -> None:
    """A move with the left button held: pytest-qt's own has none held."""
    where = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, widget.mapToGlobal(where), LEFT, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
