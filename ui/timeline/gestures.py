"""What a hand can do on the timeline, one class per gesture, without Qt: the base and the simple ones.

Every gesture computes from the state at the press: it holds what was pressed where, and each move asks the
document to preview the whole edit again. So a cancelled gesture leaves no trace, and the commit is the last
preview, kept. Distances are content pixels. Others: `dragging` moves bars and rows, `resizing` their ends,
`linking` draws links, `creating` makes items and takes them in from the backlog.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, Protocol

import msgspec

from ...model.document import Document
from ...model.query import Row
from ...model.records import ItemId, LinkId
from ...model.refused import Refused
from .axis import Axis
from .board import Board
from .frame import ROW, Hints, Window, ends

BEGIN = 4.0
"""Pixels that a press may wander before it is a drag."""


class Keys(msgspec.Struct, frozen=True):
    """The modifiers held down."""

    shift: bool = False
    control: bool = False
    alt: bool = False


class Selection(Protocol):
    """What a gesture needs of the session."""

    items: tuple[ItemId, ...]

    def select(self, items: Iterable[ItemId] = (), link: LinkId | None = None) -> None: ...


class Stage(Protocol):
    """What a gesture needs to know of the timeline it happens on."""

    document: Document
    rows: list[Row]
    board: Board
    axis: Axis
    today: int
    left: float
    top: int
    chosen: tuple[tuple[ItemId, ...], LinkId | None]

    @property
    def session(self) -> Selection: ...

    def row_at(self, y: float) -> int: ...

    def hint(self, hints: Hints) -> None: ...

    def look(
        self, *, zoom: float | None = None, left: float | None = None, top: float | None = None
    ) -> None: ...

    def say(self, code: str, **values: Any) -> None: ...

    def done(
        self,
        text: str,
        level: Literal["info", "warning", "error"] = "info",
        ways_out: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> None: ...

    def refuse(self, refused: Refused) -> None: ...

    def attempt(self, edit: Callable[..., Any], *args: Any, **kwargs: Any) -> bool: ...


class Gesture:
    """A drag from press to release: `move` any number of times, then `commit` or `cancel` once."""

    items: tuple[ItemId, ...] = ()
    """The items that the hand carries, and may drop beside the timeline."""
    talks = True
    """It says on its way what a release would do."""
    ways = (True, True)
    """Whether the hand at the edge of what is seen scrolls the days, and the rows."""

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        self.stage = stage
        self.x, self.y = x, y
        """Where the hand pressed."""
        self.left, self.top = stage.left, stage.top
        """Where the timeline was looked at from at the press: the day at its left edge, the pixels above."""
        self.chosen = stage.chosen
        """What was selected before the press."""
        self.kept = stage.document.kept
        """The plan at the press; when another takes its place meanwhile, the gesture has lost its ground."""

    def move(self, x: float, y: float, keys: Keys) -> None:
        """The hand is here now."""
        raise NotImplementedError

    def commit(self) -> None:
        """Keep what is shown."""
        self.stage.hint(Hints())

    def cancel(self) -> None:
        """Leave everything as it was at the press."""
        self.stage.document.cancel()
        self.stage.look(left=self.left, top=self.top)
        self.stage.session.select(*self.chosen)
        self.stage.hint(Hints())
        if self.talks:
            self.stage.say("timeline.cancelled")


class Pan(Gesture):
    """The paper moves with the hand; places are pixels of the screen, which do not move with the paper."""

    talks = False
    ways = (False, False)

    def move(self, x: float, y: float, keys: Keys) -> None:
        self.stage.look(left=self.left - (x - self.x) / self.stage.axis.zoom, top=self.top - (y - self.y))


class RubberBand(Gesture):
    """Selects the bars it touches; with Ctrl they are added to those that were selected."""

    talks = False

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        super().__init__(stage, x, y)
        self.before = stage.session.items

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        band = Window(min(x, self.x), min(y, self.y), max(x, self.x), max(y, self.y))
        stage.hint(Hints(band=band))
        touched = []
        for place in range(max(int(band.top // ROW), 0), min(int(band.bottom // ROW) + 1, len(stage.rows))):
            for id in stage.rows[place].items:
                spot = ends(stage.board, stage.axis, id)
                if spot is not None and spot[0] <= band.right and spot[1] >= band.left:
                    touched.append(id)
        stage.session.select([*(self.before if keys.control else ()), *touched])
