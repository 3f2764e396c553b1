"""What a hand can do on the board, one class per gesture, without Qt. Places are pixels of the view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ...model.document import Document
from ...model.records import ItemId
from ..graph.layout import Area
from .contents import Total
from .dropping import Drop, drop_at, totals_after
from .layout import Layout, Slot
from .sight import Carried

BEGIN = 4.0
"""Pixels that a press may wander before it is a drag."""


class Stage(Protocol):
    """What a gesture needs to know of the board it happens on."""

    document: Document
    left: int
    top: int

    @property
    def arranged(self) -> Layout: ...

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place of the board that is seen at (x, y)."""

    def choose(self, items: Iterable[ItemId]) -> None: ...

    def chosen(self) -> tuple[ItemId, ...]: ...

    def look(self, left: float, top: float) -> None: ...

    def show_band(self, band: Area | None) -> None: ...

    def carry(self, carried: Carried | None, totals: Mapping[int, Total]) -> None: ...

    def drop(self, drop: Drop, items: Sequence[ItemId], slot: Slot) -> None: ...


class Gesture:
    """A drag from press to release. `move` may come any number of times, then `commit` or `cancel` once."""

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        self.stage, self.x, self.y = stage, x, y
        self.kept = stage.document.kept
        """The plan that it is about: with another one it is over."""

    def move(self, x: float, y: float) -> None:
        raise NotImplementedError

    def commit(self) -> None:
        """The hand has let go."""

    def cancel(self) -> None:
        """Nothing has been."""


class Pan(Gesture):
    """Moves the board under the view."""

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        super().__init__(stage, x, y)
        self.left, self.top = stage.left, stage.top

    def move(self, x: float, y: float) -> None:
        self.stage.look(self.left - (x - self.x), self.top - (y - self.y))

    def cancel(self) -> None:
        self.stage.look(self.left, self.top)


class Band(Gesture):
    """Selects what a rubber band touches; `adding` keeps what was selected before."""

    def __init__(self, stage: Stage, x: float, y: float, adding: bool) -> None:
        super().__init__(stage, x, y)
        self.before = stage.chosen()
        self.kept_items = self.before if adding else ()
        self.start = stage.place(x, y)

    def move(self, x: float, y: float) -> None:
        stage, (left, top), (right, bottom) = self.stage, self.start, self.stage.place(x, y)
        left, right = min(left, right), max(left, right)
        top, bottom = min(top, bottom), max(top, bottom)
        touched = (id for id, _ in stage.arranged.cards_in(Area(left, top, right - left, bottom - top)))
        stage.choose((*self.kept_items, *touched))
        x0, y0 = stage.place(0, 0)
        stage.show_band(Area(round(left - x0), round(top - y0), round(right - left), round(bottom - top)))

    def commit(self) -> None:
        self.stage.show_band(None)

    def cancel(self) -> None:
        self.commit()
        self.stage.choose(self.before)


class CarryCards(Gesture):
    """Takes cards to another place; the plan shows what it would be, the cards lie where they were."""

    def __init__(self, stage: Stage, x: float, y: float, items: Sequence[ItemId], card: ItemId) -> None:
        """`card` is the one that was pressed on."""
        super().__init__(stage, x, y)
        places = stage.arranged.contents.cell_of
        self.items = (card, *(id for id in items if id != card and id in places))
        area, (left, top) = stage.arranged.area(card), stage.place(x, y)
        self.grip = (left - area.x, top - area.y) if area is not None else (0.0, 0.0)
        self.slot: Slot | None = None
        self.result = Drop()

    def move(self, x: float, y: float) -> None:
        stage = self.stage
        slot = stage.arranged.slot_at(*stage.place(x, y), besides=self.items)
        if slot != self.slot:
            self.slot = slot
            self._aim(slot)
        result = self.result
        stage.carry(
            Carried(
                self.items,
                x - self.grip[0],
                y - self.grip[1],
                slot,
                lined=result.edit is not None and stage.arranged.contents.by_hand,
                refused=result.refused is not None,
                words=result.words,
            ),
            totals_after(self.kept, stage.arranged.contents, self.items, slot)
            if slot is not None and result.edit is not None
            else {},
        )

    def _aim(self, slot: Slot | None) -> None:
        """Show what the drop would make of the plan."""
        document = self.stage.document
        self.result = (
            drop_at(
                document.kept, document.kept_schedule, self.stage.arranged.contents, self.in_order(), slot
            )
            if slot is not None
            else Drop()
        )
        if self.result.edit is not None:
            document.preview(self.result.edit)
        else:
            document.cancel()

    def in_order(self) -> tuple[ItemId, ...]:
        """The cards as they stand on the board, column by column."""
        contents = self.stage.arranged.contents
        cells = sorted({contents.cell_of[id] for id in self.items}, key=lambda cell: (cell[1], cell[0]))
        chosen = frozenset(self.items)
        return tuple(id for cell in cells for id in contents.cells[cell] if id in chosen)

    def commit(self) -> None:
        stage, slot = self.stage, self.slot
        stage.carry(None, {})
        if slot is None or self.result.edit is None:
            stage.document.cancel()
        if slot is not None:
            stage.drop(self.result, self.in_order(), slot)

    def cancel(self) -> None:
        self.stage.carry(None, {})
        self.stage.document.cancel()
