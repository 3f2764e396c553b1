"""The editor over one cell of the table beside the timeline, or over the bar that has no cell of its own."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ...model.edits.items import rename_item, set_field
from ...model.fields import FIELDS, parse
from ...model.records import ItemId
from ...model.refused import Refused
from .. import dates
from ..editors.in_place import InPlace
from ..making import keeper
from . import columns
from .frame import ROW, SIZE, ends
from .stage import Stage

_LEAST = 180
"""Pixels of an editor over a bar, which may be shorter."""


class Cell(InPlace):
    """Edits a title or a day in its place."""

    def __init__(
        self, stage: Stage, table: QWidget, chart: QWidget, item: ItemId, field: str, *, fresh: bool
    ) -> None:
        """In the table; over the bar in the chart where the item shares its row with others."""
        self.stage, self.item, self.field, self.fresh = stage, item, field, fresh
        self.row = stage.board.row_of[item]
        self.over_bar = bool(stage.rows[self.row].shared)
        self.before = _text(stage, item, field)
        super().__init__(chart if self.over_bar else table, self.before, SIZE)

    def place(self, width: int) -> None:
        """Lie over the cell or bar, wherever it has gone, in a table `width` pixels wide."""
        row = self.stage.board.row_of.get(self.item)
        if row is None:
            self.hide()
            return
        self.row = row
        if self.over_bar:
            self._place_over_bar(row)
            return
        spots = columns.columns(width, self.stage.board.years())
        left, right = {
            "title": (columns.title_left(self.stage.board, row) - 9, spots.title_end),
            "start": (spots.start - 9, max(spots.finish, spots.start + 110)),
            "finish": (spots.finish - 9, max(spots.owner, spots.finish + 110)),
        }[self.field]
        right = min(right, width)
        left = min(left, right - 100)
        self.setGeometry(QRect(int(left), row * ROW - self.stage.top, int(right - left), ROW))

    def _place_over_bar(self, row: int) -> None:
        """From where the bar begins, if that is in sight, and never out of the chart."""
        spot = ends(self.stage.board, self.stage.axis, self.item)
        if spot is None:
            self.hide()
            return
        left, right = (round(x) - self.stage.scroll_x for x in spot)
        room = self.stage.width
        left = max(min(left, room - _LEAST), 0)
        wide = min(max(right - left, _LEAST), room - left)
        self.setGeometry(QRect(left, row * ROW - self.stage.top, wide, ROW))

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


def _text(stage: Stage, item: ItemId, field: str) -> str:
    """What stands in the cell."""
    if field == "title":
        return stage.board.plan.items[item].title
    days = stage.board.days_of(item)
    return dates.day(days[0 if field == "start" else 1]) if days else ""
