"""What a hand can do on the timeline, one class per gesture, without Qt: the base and the simple ones.

Every gesture computes from the state at the press: it holds what was pressed where, and each move asks the
document to preview the whole edit again. So a cancelled gesture leaves no trace, and the commit is the last
preview, kept. Distances are content pixels. Bars and rows are moved by those in `dragging`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Literal, Protocol

import msgspec

from ...io.strings import say
from ...model.document import Document
from ...model.edits import together
from ...model.edits.items import add_item, place_items, set_field
from ...model.query import Row
from ...model.records import DEFAULT_DURATION, Item, ItemId, LinkId, new_id
from ...model.refused import Refused
from .. import dates
from .axis import Axis, nearest
from .board import Board
from .frame import ROW, Hints, Window, ends
from .words import title_of, what_of

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

    @property
    def session(self) -> Selection: ...

    def hint(self, hints: Hints) -> None: ...

    def look(
        self, *, zoom: float | None = None, left: float | None = None, top: float | None = None
    ) -> None: ...

    def say(self, code: str, **values: Any) -> None: ...

    def done(self, text: str, level: Literal["info", "warning", "error"] = "info") -> None: ...

    def refuse(self, refused: Refused) -> None: ...

    def attempt(self, edit: Callable[..., Any], *args: Any, **kwargs: Any) -> bool: ...


class Gesture:
    """A drag from press to release: `move` any number of times, then `commit` or `cancel` once."""

    items: tuple[ItemId, ...] = ()
    """The items that the hand carries, and may drop beside the timeline."""
    talks = True
    """It says on its way what a release would do."""

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        self.stage = stage
        self.x, self.y = x, y
        """Where the hand pressed."""
        self.left = stage.left
        """The day at the left edge at the press."""
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
        self.stage.hint(Hints())


class Pan(Gesture):
    """The paper moves with the hand; places are pixels of the screen, which do not move with the paper."""

    talks = False

    def __init__(self, stage: Stage, x: float, y: float, top: float) -> None:
        super().__init__(stage, x, y)
        self.top = top

    def move(self, x: float, y: float, keys: Keys) -> None:
        self.stage.look(left=self.left - (x - self.x) / self.stage.axis.zoom, top=self.top - (y - self.y))

    def cancel(self) -> None:
        self.stage.look(left=self.left, top=self.top)


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
            id = stage.rows[place].item
            spot = ends(stage.board, stage.axis, id) if id is not None else None
            if id is not None and spot is not None and spot[0] <= band.right and spot[1] >= band.left:
                touched.append(id)
        stage.session.select([*(self.before if keys.control else ()), *touched])

    def cancel(self) -> None:
        self.stage.session.select(self.before)
        self.stage.hint(Hints())


class DrawItem(Gesture):
    """A new bar where the hand draws one, in the lane of the row."""

    def __init__(self, stage: Stage, x: float, y: float, place: int) -> None:
        super().__init__(stage, x, y)
        self.place = place
        self.made: ItemId | None = None
        self.first = self.end = nearest("day", stage.axis.day(x))

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        unit = "day" if keys.alt else stage.axis.snap_unit()
        low, high = sorted((stage.axis.day(self.x), stage.axis.day(x)))
        self.first = nearest(unit, low, stage.axis.fiscal)
        self.end = max(nearest(unit, high, stage.axis.fiscal), self.first + 1)
        stage.hint(Hints(drawn=(self.place, self.first, self.end)))
        span = dates.span(date.fromordinal(self.first), date.fromordinal(self.end - 1), years=True)
        stage.say("timeline.drawing", span=span)

    def commit(self) -> None:
        stage = self.stage
        calendar = stage.document.kept.working_days[stage.document.kept.info.calendar]
        duration = max(calendar.between(self.first, self.end), 1)
        self.made = make_item(stage, self.place, calendar.next_working(self.first), duration)
        super().commit()


def make_item(
    stage: Stage, place: int, day: int, duration: int = DEFAULT_DURATION, kind: str = "bar"
) -> ItemId | None:
    """Add an item that starts on a day, below a row and in its lane; None where that is refused."""
    rows = stage.rows
    id = ItemId(new_id())
    duration = duration if kind == "bar" else 0
    fields: dict[str, Any] = {"start": date.fromordinal(day), "duration": duration, "kind": kind}
    above = rows[place].item if place < len(rows) else None
    if above is None and stage.board.group_field and place >= len(rows) and rows:
        above = rows[-1].item
    if above is not None:
        fields |= _beside(stage, above, folded=rows[min(place, len(rows) - 1)].folded)
    field = stage.board.group_field
    if field in _LANE_ATTRIBUTES:
        fields[field] = lane_value(stage, place)
    if not stage.attempt(add_item, id, **fields):
        return None
    stage.session.select([id])
    return id


def _beside(stage: Stage, above: ItemId, *, folded: bool) -> dict[str, Any]:
    """What a new item has of the one above it: place, level, team; below an open parent it is a child."""
    plan = stage.document.kept
    item = plan.items[above]
    if plan.outline.is_parent(above) and not folded and not stage.board.group_field:
        first = plan.outline.children[above][0]
        return {"parent": above, "before": first, "level": plan.items[first].level, "team": item.team}
    siblings = plan.outline.children.get(item.parent, []) if item.parent else plan.outline.roots
    after = siblings[siblings.index(above) + 1 :]
    fields = {"parent": item.parent, "before": after[0] if after else None, "level": item.level}
    return fields if stage.board.group_field else {**fields, "team": item.team}


_LANE_ATTRIBUTES = frozenset(Item.__struct_fields__) - {"id", "key", "start", "duration"}


def lane_value(stage: Stage, place: int) -> Any:
    """The value of the lane that a row is in."""
    for at in range(min(place, len(stage.rows) - 1), -1, -1):
        if stage.rows[at].item is None:
            return stage.rows[at].value
    return None


def lane_row(stage: Stage, place: int) -> int | None:
    """The row of the lane's head above a row."""
    for at in range(min(place, len(stage.rows) - 1), -1, -1):
        if stage.rows[at].item is None:
            return at
    return None


class PlaceItems(Gesture):
    """Items dragged in from the backlog: they start on the day and come into the lane under the pointer."""

    def __init__(self, stage: Stage, items: Sequence[ItemId]) -> None:
        super().__init__(stage, 0, 0)
        self.items = tuple(id for id in items if id in stage.document.kept.items)
        self.day: int | None = None
        self.place = 0

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage, plan = self.stage, self.stage.document.kept
        if not self.items:
            return
        self.place = max(int(y // ROW), 0)
        unit = "day" if keys.alt else stage.axis.snap_unit()
        item = plan.items[self.items[0]]
        calendar = plan.calendar_of(item)
        self.day = calendar.next_working(nearest(unit, stage.axis.day(x), stage.axis.fiscal))
        end = calendar.add(self.day, max(item.duration, 1))
        place = min(self.place, len(stage.rows))
        lane = lane_row(stage, place) if stage.board.group_field else None
        stage.hint(Hints(drawn=(place, self.day, end), drop_into=lane))
        span = dates.span(date.fromordinal(self.day), date.fromordinal(end - 1), years=True)
        stage.say("timeline.placing", title=title_of(plan, item.id), span=span)

    def commit(self) -> None:
        stage = self.stage
        if self.day is not None and self.items:
            start = date.fromordinal(self.day)
            parts: list[Any] = [(place_items, dict.fromkeys(self.items, start))]
            if stage.board.group_field and stage.rows:
                parts.insert(
                    0, (set_field, self.items, stage.board.group_field, lane_value(stage, self.place))
                )
            if stage.attempt(together(*parts)):
                stage.session.select(self.items)
                stage.done(
                    say(
                        "timeline.placed",
                        what=what_of(stage.document.plan, self.items),
                        day=dates.day(start),
                    )
                )
        super().commit()
