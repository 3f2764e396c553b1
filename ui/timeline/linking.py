"""The gesture that links two items, or takes the end of a link elsewhere. Without Qt."""

from __future__ import annotations

from ...io.strings import say
from ...model.edits.links import add_link, check_link, retarget_link
from ...model.fields import link_text
from ...model.records import ItemId, LinkId, LinkType, new_id
from ...model.refused import Refused
from .frame import DOT, ROW, Hints, ends
from .gestures import Gesture, Keys, Stage
from .telling import linked_words
from .words import title_of


class DrawLink(Gesture):
    """From the dot at an end of a bar, or from the end of a link, to another bar."""

    def __init__(
        self,
        stage: Stage,
        x: float,
        y: float,
        item: ItemId,
        *,
        from_start: bool,
        moving: LinkId | None = None,
    ) -> None:
        """`moving` is the link whose end is dragged elsewhere; `item` is then what its other end stays at."""
        super().__init__(stage, x, y)
        self.item, self.from_start, self.moving = item, from_start, moving
        self.id = moving or LinkId(new_id())
        self.takers = self._takers()
        self.link: tuple[ItemId, ItemId, LinkType] | None = None
        """Source, target and type of the link that the drop would make."""

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        other = self._under(x, y)
        self.link = self._meant(other, x) if other is not None else None
        loop: frozenset[ItemId] = frozenset()
        good = True
        if self.link is None:
            stage.say("timeline.linking", title=title_of(stage.document.plan, self.item))
        else:
            source, target, type = self.link
            try:
                check_link(stage.document.kept, source, target, type, besides=self.moving)
                text = link_text(stage.document.plan, source, type, 0)
                plan = stage.document.plan
                stage.say(
                    "timeline.would-link",
                    target=title_of(plan, target),
                    source=title_of(plan, source),
                    link=text,
                )
            except Refused as refused:
                good = False
                loop = self._loop(refused)
                stage.refuse(refused)
        stage.hint(
            Hints(
                wire=(self.x, self.y, x, y),
                wire_good=good,
                target=other if good else None,
                loop=loop,
                takers=self.takers,
            )
        )

    def commit(self) -> None:
        stage, link = self.stage, self.link
        if link is not None:
            source, target, type = link
            before = stage.document.kept_schedule
            if self.moving is not None:
                kept = stage.document.kept.links[self.moving]
                done = stage.attempt(
                    retarget_link,
                    self.moving,
                    source=source if source != kept.source else None,
                    target=target if target != kept.target else None,
                )
            else:
                done = stage.attempt(add_link, self.id, source, target, type)
            if done:
                plan = stage.document.plan
                words = say(
                    "timeline.linked",
                    target=title_of(plan, target),
                    source=title_of(plan, source),
                    link=link_text(plan, source, type, plan.links[self.id].lag),
                )
                stage.done(*linked_words(plan, stage.document.schedule, before, words))
        super().commit()

    def _takers(self) -> frozenset[ItemId]:
        """The items in the rows that could be the other end: none that a link would close a loop with."""
        board, outline = self.stage.board, self.stage.document.kept.outline
        source = not self.from_start
        if self.moving is not None:
            source = self.item == self.stage.document.kept.links[self.moving].source
        beyond = board.leaders if source else board.followers
        out = beyond((self.item,)).union((self.item,), outline.descendants(self.item))
        return frozenset(board.row_of).difference(
            out, outline.ancestors(self.item, self.stage.document.kept.items)
        )

    def _under(self, x: float, y: float) -> ItemId | None:
        stage = self.stage
        place = int(y // ROW)
        reach = DOT + 6
        for id in stage.rows[place].items if 0 <= place < len(stage.rows) else ():
            spot = ends(stage.board, stage.axis, id)
            if id != self.item and spot is not None and spot[0] - reach <= x <= spot[1] + reach:
                return id
        return None

    def _meant(self, other: ItemId, x: float) -> tuple[ItemId, ItemId, LinkType]:
        """Which link a drop on the other bar makes.

        From a finish: on the bar FS, at its finish FF. From a start: at the other's start SS, else this one
        waits for the other, FS. Moving a link's end keeps its type.
        """
        stage = self.stage
        if self.moving is not None:
            link = stage.document.kept.links[self.moving]
            return (
                (self.item, other, link.type) if self.item == link.source else (other, self.item, link.type)
            )
        spot = ends(stage.board, stage.axis, other) or (x, x)
        third = max((spot[1] - spot[0]) / 3, 6.0)
        if not self.from_start:
            return (
                self.item,
                other,
                "FF" if x > spot[1] - min(third, 24.0) and spot[1] - spot[0] > 30 else "FS",
            )
        if x < spot[0] + min(third, 24.0):
            return self.item, other, "SS"
        return other, self.item, "FS"

    def _loop(self, refused: Refused) -> frozenset[ItemId]:
        keys = refused.values.get("keys")
        if refused.code != "link.loop" or not isinstance(keys, list):
            return frozenset()
        known = self.stage.document.kept.keys
        return frozenset(known[key] for key in keys if key in known)
