"""The backward pass: how many working days each item may slip."""

from __future__ import annotations

from ..plan import Plan
from ..records import Item
from .forward import NEVER, Dates, Forward, calendar_of, duration_of
from .network import Network

_ALWAYS = -NEVER
"""No limit."""


def backward(plan: Plan, network: Network, dates: Dates) -> list[int | None]:
    """Slack of every item in working days of its calendar, None for what is not on the timeline.

    An item may slip until the latest finish of the plan moves, a deadline is missed, or a link into an item
    that stands (pinned, doing, done) breaks. Less than nothing: that is so already. A parent has the least
    slack of its children, as it slips with all of them; a pinned one has its own. A link that hangs on the
    start of a parent limits those of its children that start with it.
    """
    return _Backward(plan, network, dates).run()


class _Backward:
    """Late dates: `late` holds the latest bound that a link may put on each node, on its start at twice the
    number of the node, on its finish at one more; those of gates are found from the end.
    """

    def __init__(self, plan: Plan, network: Network, dates: Dates) -> None:
        self.network, self.dates = network, dates
        self.items = plan.items
        self.calendars = plan.team_calendars
        self.forward = Forward(plan, network, dates)
        self.end = max(dates.at, default=NEVER)
        self.late = [_ALWAYS] * (4 * network.size)
        self.rolled: dict[int, tuple[int, int]] = {}
        """The latest start and finish of each parent that has its dates by its children."""
        self.slack: list[int | None] = [None] * network.size

    def run(self) -> list[int | None]:
        at, kids = self.dates.at, self.network.kids
        for node in reversed(self.network.order):
            if node < 0:
                self._hand_down(~node)
            elif at[2 * node] == NEVER:
                continue
            elif node in kids and not self._stands(node):
                self.rolled[node] = self._limits(node)
            else:
                self._settle(node, *self._limits(node))
        for node in reversed(self.rolled):
            below = [slack for kid in kids[node] if (slack := self.slack[kid]) is not None]
            self.slack[node] = min(below)
        return self.slack

    def _stands(self, n: int) -> bool:
        return self.forward.standing(n, self._item(n)) is not None

    def _item(self, n: int) -> Item:
        return self.items[self.network.ids[n]]

    def _limits(self, n: int) -> tuple[int, int]:
        """The latest boundaries at which the item may start and finish."""
        late, at, kids = self.late, self.dates.at, self.network.kids
        start, finish = _ALWAYS, self.end
        deadline = self._item(n).deadline
        if deadline is not None:
            finish = min(finish, deadline.toordinal() + 1)
        for source, target, lag, _ in self.network.out[n]:
            end = target >> 1
            limit = late[2 * ~end + (target & 1) if end in kids else target]
            if lag and limit != _ALWAYS:
                limit = calendar_of(self._item(end), self.calendars).latest(limit, lag)
            if not source & 1:
                start = min(start, limit)
            else:
                finish = min(finish, limit)
        up = self.network.up[n]
        if up in self.rolled:
            finish = min(finish, self.rolled[up][1])
            if at[2 * n] == at[2 * up]:
                start = min(start, self.rolled[up][0])
        return start, finish

    def _settle(self, n: int, start: int, finish: int) -> None:
        """The slack of an item with dates of its own, and what it accepts: if it stands, no later bound."""
        item, at = self._item(n), self.dates.at
        calendar = calendar_of(item, self.calendars)
        if item.kind == "milestone":
            start = finish = min(start, finish)
        else:
            duration = duration_of(item)
            by_finish = calendar.add(finish, -duration)
            start = by_finish if start == _ALWAYS else min(by_finish, calendar.last_working(start + 1))
            finish = calendar.add(start, duration)
        self.slack[n] = calendar.between(at[2 * n], start)
        stands = self._stands(n)
        self.late[2 * n] = at[2 * n] if stands else start
        self.late[2 * n + 1] = at[2 * n + 1] if stands else finish

    def _hand_down(self, n: int) -> None:
        """What a gate accepts: what all below accept, and the parent itself if it stands."""
        network, late = self.network, self.late
        for end in (0, 1):
            below = min(late[2 * network.entry(kid) + end] for kid in network.kids[n])
            late[2 * ~n + end] = min(below, late[2 * n + end])
