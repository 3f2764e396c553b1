"""What a hand can do on the graph, one class per gesture, without Qt. Places are pixels of the view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from ...io.strings import say
from ...model.edits.links import check_link
from ...model.plan import Plan
from ...model.records import ItemId, LinkId, new_id
from ...model.refused import Refused
from ..refusals import short_title, with_titles
from .camera import Camera
from .glance import Glance
from .layout import Area, Layout

BEGIN = 4.0
"""Pixels that a press may wander before it is a drag."""


class Stage(Protocol):
    """What a gesture needs to know of the graph it happens on."""

    camera: Camera
    glance: Glance

    @property
    def plan(self) -> Plan: ...

    @property
    def arranged(self) -> Layout: ...

    def card_at(self, x: float, y: float) -> ItemId | None: ...

    def hint(self, glance: Glance) -> None: ...

    def look(self) -> None:
        """The camera has moved."""

    def choose(self, items: Iterable[ItemId]) -> None: ...

    def chosen(self) -> tuple[ItemId, ...]: ...

    def link(self, id: LinkId, source: ItemId, target: ItemId) -> None: ...

    def refuse(self, refused: Refused) -> None: ...


class Gesture:
    """A drag from press to release. `move` may come any number of times, then `commit` or `cancel` once."""

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        self.stage, self.x, self.y = stage, x, y

    def move(self, x: float, y: float) -> None:
        raise NotImplementedError

    def commit(self) -> None:
        """The hand has let go."""

    def cancel(self) -> None:
        """Nothing has been."""


class Pan(Gesture):
    """Moves the page under the view."""

    def __init__(self, stage: Stage, x: float, y: float) -> None:
        super().__init__(stage, x, y)
        self.left, self.top = stage.camera.left, stage.camera.top

    def move(self, x: float, y: float) -> None:
        self._to(self.left - (x - self.x), self.top - (y - self.y))

    def cancel(self) -> None:
        self._to(self.left, self.top)

    def _to(self, left: float, top: float) -> None:
        self.stage.camera.left, self.stage.camera.top = left, top
        self.stage.camera.keep_in_sight()
        self.stage.look()


class Band(Gesture):
    """Selects what a rubber band touches; `adding` keeps what was selected before."""

    def __init__(self, stage: Stage, x: float, y: float, adding: bool) -> None:
        super().__init__(stage, x, y)
        self.before = stage.chosen()
        self.kept = self.before if adding else ()

    def move(self, x: float, y: float) -> None:
        band = Area(min(x, self.x), min(y, self.y), abs(x - self.x), abs(y - self.y))
        lens = self.stage.camera.lens()
        touched = (
            ItemId(id) for id, area in self.stage.arranged.areas.items() if _meet(lens.area(area), band)
        )
        self.stage.choose((*self.kept, *touched))
        self.stage.hint(msgspec.structs.replace(self.stage.glance, band=band))

    def commit(self) -> None:
        self.stage.hint(msgspec.structs.replace(self.stage.glance, band=None))

    def cancel(self) -> None:
        self.commit()
        self.stage.choose(self.before)


class DrawLink(Gesture):
    """Draws a link from a card's dot to the card that is to wait for it."""

    def __init__(self, stage: Stage, x: float, y: float, source: ItemId) -> None:
        super().__init__(stage, x, y)
        self.source = source
        self.target: ItemId | None = None
        self.refused: Refused | None = None

    def move(self, x: float, y: float) -> None:
        target = self.stage.card_at(x, y)
        if target == self.source:
            target = None
        if target != self.target:
            self.target, self.refused = target, self._refusal(target)
        area = self.stage.camera.lens().area(self.stage.arranged.areas[self.source])
        self.stage.hint(
            msgspec.structs.replace(
                self.stage.glance,
                hovered=None,
                lit=None,
                wire=((area.right, area.middle), (x, y)),
                target=self.target if self.refused is None else None,
                loop=self._loop(),
                note=self._note(),
            )
        )

    def commit(self) -> None:
        self.cancel()
        if self.refused is not None:
            self.stage.refuse(self.refused)
        elif self.target is not None:
            self.stage.link(LinkId(new_id()), self.source, self.target)

    def cancel(self) -> None:
        self.stage.hint(
            msgspec.structs.replace(self.stage.glance, wire=None, target=None, loop=frozenset(), note="")
        )

    def _refusal(self, target: ItemId | None) -> Refused | None:
        if target is None:
            return None
        try:
            check_link(self.stage.plan, self.source, target)
        except Refused as refused:
            return refused
        return None

    def _loop(self) -> frozenset[ItemId]:
        """The cards to be tinted: of the loop, or of the pair that can't be linked."""
        if self.refused is None:
            return frozenset()
        keys = self.refused.values.get("keys")
        known = self.stage.plan.keys
        return (
            frozenset(known[key] for key in keys if key in known) if isinstance(keys, list) else frozenset()
        )

    def _note(self) -> str:
        if self.refused is not None:
            told = with_titles(self.refused, self.stage.plan)
            return say(told.code, **told.values)
        if self.target is None:
            return ""
        plan = self.stage.plan
        return say(
            "graph.will_wait", source=short_title(plan, self.source), target=short_title(plan, self.target)
        )


def _meet(one: Area, other: Area) -> bool:
    return one.x <= other.right and other.x <= one.right and one.y <= other.bottom and other.y <= one.bottom
