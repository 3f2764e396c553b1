"""The layout of what is shown: kept while cards and links stay the same, near the old one when they don't."""

from __future__ import annotations

from msgspec.structs import replace

from .contents import Contents
from .layout import Layout, arrange

_KEPT = 8
_COMMON = 0.6
"""Below this share of common cards an old layout is no help: the graph is arranged anew."""

EMPTY = arrange((), ())


class Arranged:
    """Remembers the last layouts, so that undo and a cleared search bring back the very same picture."""

    def __init__(self) -> None:
        self.shown = Contents()
        self.layout = EMPTY
        self._known: dict[tuple[object, ...], Layout] = {}

    def take(self, shown: Contents) -> None:
        """Arrange these cards and wires."""
        before = {card.id for card in self.shown.cards}
        self.shown = shown
        key = (shown.cards, shown.wires)
        known = self._known.pop(key, None)
        if known is None:
            common = sum(card.id in before for card in shown.cards)
            near = common >= _COMMON * max(len(shown.cards), len(before))
            known = arrange(shown.cards, shown.wires, self.layout if near and before else None)
        self._keep(key, known)

    def during_preview(self, shown: Contents) -> None:
        """Keep all in its place, but show nothing that is gone: cards must not run away under the hand."""
        cards, wires = {card.id for card in shown.cards}, {wire.id for wire in shown.wires}
        if any(id not in cards for id in self.layout.areas):
            self.take(shown)
        elif any(id not in wires for id in self.layout.routes):
            routes = {id: route for id, route in self.layout.routes.items() if id in wires}
            self.layout = replace(self.layout, routes=routes)

    def tidy(self) -> None:
        """Forget all earlier layouts and arrange from scratch."""
        self._known.clear()
        self._keep((self.shown.cards, self.shown.wires), arrange(self.shown.cards, self.shown.wires))

    def _keep(self, key: tuple[object, ...], layout: Layout) -> None:
        self.layout = layout
        self._known[key] = layout
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
