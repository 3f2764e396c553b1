"""The editor over one cell of the table beside the timeline."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ...model.edits.items import rename_item, set_field
from ...model.fields import FIELDS, parse
from ...model.records import ItemId
from ...model.refused import Refused
from .. import dates
from ..drawing.painter import font
from ..making import keeper
from . import columns
from .frame import ROW, SIZE
from .stage import Stage


class Cell(QLineEdit):
    """Edits a title or a day in its place."""

    finished = Signal(str)
    """`entered` by Enter, `left` when the keys went elsewhere, `left as it was` by Esc."""

    def __init__(self, stage: Stage, table: QWidget, row: int, field: str, *, fresh: bool) -> None:
        super().__init__(table)
        self.stage, self.row, self.field, self.fresh = stage, row, field, fresh
        self.item = ItemId(stage.rows[row].ref)
        self.before = self._text()
        self.setText(self.before)
        self.selectAll()
        self.setFont(font(SIZE))
        self.setObjectName("cell")
        self.setTextMargins(0, -4, 0, -4)

    def _text(self) -> str:
        board = self.stage.board
        if self.field == "title":
            return board.plan.items[self.item].title
        days = board.days_of(self.item)
        return dates.day(days[0 if self.field == "start" else 1]) if days else ""

    def place(self, width: int) -> None:
        """Lie over the cell, wherever it has gone, in a table `width` pixels wide."""
        row = self.stage.board.row_of.get(self.item)
        if row is None:
            self.hide()
            return
        self.row = row
        spots = columns.columns(width, self.stage.board.years())
        left, right = {
            "title": (columns.title_left(self.stage.board, row) - 9, spots.title_end),
            "start": (spots.start - 9, max(spots.finish, spots.start + 110)),
            "finish": (spots.finish - 9, max(spots.owner, spots.finish + 110)),
        }[self.field]
        right = min(right, width)
        left = min(left, right - 100)
        self.setGeometry(QRect(int(left), row * ROW - self.stage.top, int(right - left), ROW))

    def keep(self) -> bool:
        """Commit what was typed; False where it can't be read or is refused."""
        text, document = self.text().strip(), self.stage.document
        if text == self.before or self.item not in document.kept.items:
            return True
        try:
            if self.field == "title":
                keeper(document, [self.item], "title")(rename_item, self.item, text)
            else:
                document.commit(set_field, [self.item], self.field, self._day(text))
        except Refused as refused:
            self.stage.refuse(refused)
            return False
        return True

    def _day(self, text: str) -> date | None:
        """The day that was typed; None where the cell was emptied."""
        days = self.stage.board.days_of(self.item)
        today = date.fromordinal(self.stage.today)
        near = days[0 if self.field == "start" else 1] if days else today
        return dates.read_day(text, today, near=near) or parse(
            FIELDS[self.field], self.stage.document.kept, text
        )

    def take_back(self) -> bool:
        """Leave it as it was; an item that was made for this editor has never been."""
        document = self.stage.document
        if self.fresh and document.just_made(self.item):
            document.take_back()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit("entered")
        elif event.key() == Qt.Key.Key_Escape:
            self.finished.emit("left as it was")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu
            self.finished.emit("left")
