"""How much of each item is done."""

from __future__ import annotations

from typing import NamedTuple

from .engine.forward import duration_of
from .engine.network import Network
from .plan import Plan


class Part(NamedTuple):
    """Percent, the same not rounded, and the weight that they have in the parent's."""

    percent: int
    exact: float
    weight: int


class Progress:
    """Percent done: of a parent, its leaves' progress weighted by their duration; done is 100.

    What is in the backlog counts too: it is to be done. A parent is at 100 only when all below it is.
    """

    def __init__(self, plan: Plan, network: Network, known: dict[int, Part]) -> None:
        """`known` is what has been found out about parents before, by their numbers, and is added to."""
        self._plan, self._network, self._known = plan, network, known

    def of(self, n: int) -> Part:
        if n in self._known:
            return self._known[n]
        item, kids = self._plan.items[self._network.ids[n]], self._network.kids.get(n)
        if not kids:
            percent = 100 if self._plan.category_of(item) == "done" else item.progress
            return Part(percent, percent, 0 if item.kind == "milestone" else duration_of(item))
        parts = [self.of(kid) for kid in kids]
        weight = sum(part.weight for part in parts)
        if weight:
            exact = sum(part.exact * part.weight for part in parts) / weight
        else:  # nothing but milestones
            exact = sum(part.exact for part in parts) / len(parts)
        percent = 100 if all(part.percent == 100 for part in parts) else min(int(exact + 0.5), 99)
        self._known[n] = Part(percent, exact, weight)
        return self._known[n]
