"""Which column each card of the dependency graph stands in: links run to the right, and are short.

Every card comes as soon as its predecessors allow. Then whole tight closures (a card with everything that
is held to it at distance one) are shifted while that makes the links shorter in sum: half of what would
otherwise run through other columns disappears (the idea behind network simplex ranking, Gansner et al.
1993, in its cheap form).
"""

from __future__ import annotations

from collections.abc import Sequence

Pairs = Sequence[tuple[int, int]]

_PASSES = 3
_SHIFTS_AT_ONCE = 6
_CLOSURE_LIMIT = 400
"""Closures larger than this stay where they are: moving half the plan is not worth the search."""


def neighbours(count: int, links: Pairs) -> tuple[list[list[int]], list[list[int]]]:
    """Predecessors and successors of each card, in the order of the links."""
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in links:
        before[target].append(source)
        after[source].append(target)
    return before, after


def components(count: int, links: Pairs) -> list[int]:
    """The number of the connected part each card is in; parts are numbered by their first card."""
    before, after = neighbours(count, links)
    part = [-1] * count
    parts = 0
    for first in range(count):
        if part[first] >= 0:
            continue
        part[first] = parts
        waiting = [first]
        while waiting:
            at = waiting.pop()
            for other in (*before[at], *after[at]):
                if part[other] < 0:
                    part[other] = parts
                    waiting.append(other)
        parts += 1
    return part


def backward(count: int, links: Pairs) -> list[bool]:
    """For each link whether it has to be turned round so that no loop is left.

    A plan refuses loops, but a salvaged or foreign file may hold one, and it has to be seen to be mended.
    """
    leaving: list[list[int]] = [[] for _ in range(count)]
    for number, (source, _) in enumerate(links):
        leaving[source].append(number)
    turned = [False] * len(links)
    state = [0] * count  # 1: on the way down from the root, 2: done
    for root in range(count):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(leaving[root]))]
        while stack:
            at, rest = stack[-1]
            for number in rest:
                target = links[number][1]
                if state[target] == 1:
                    turned[number] = True
                elif not state[target]:
                    state[target] = 1
                    stack.append((target, iter(leaving[target])))
                    break
            else:
                state[at] = 2
                stack.pop()
    return turned


def assign_layers(count: int, links: Pairs, old: Sequence[int | None] | None = None) -> list[int]:
    """The column of each card, counted from 0 in each connected part; `links` must hold no loop.

    With `old` columns (None: a new card) whatever still fits stays where it was.
    """
    before, after = neighbours(count, links)
    order = _in_order(before, after)
    layer = _soonest(order, before) if old is None else _kept(order, before, after, old)
    balance = [len(after[at]) - len(before[at]) for at in range(count)]
    for _ in range(_PASSES):
        moved = False
        for at in reversed(order):
            for _ in range(_SHIFTS_AT_ONCE):
                if not _shift(at, layer, after, balance, 1):
                    break
                moved = True
        for at in order:
            for _ in range(_SHIFTS_AT_ONCE):
                if not _shift(at, layer, before, balance, -1):
                    break
                moved = True
        if not moved:
            break
    return _from_zero(layer, components(count, links))


def _in_order(before: list[list[int]], after: list[list[int]]) -> list[int]:
    """Topological order (Kahn)."""
    missing = [len(sources) for sources in before]
    order = [at for at, count in enumerate(missing) if not count]
    for at in order:
        for target in after[at]:
            missing[target] -= 1
            if not missing[target]:
                order.append(target)
    return order


def _soonest(order: list[int], before: list[list[int]]) -> list[int]:
    layer = [0] * len(before)
    for at in order:
        layer[at] = max((layer[source] + 1 for source in before[at]), default=0)
    return layer


def _kept(
    order: list[int], before: list[list[int]], after: list[list[int]], old: Sequence[int | None]
) -> list[int]:
    """The old columns, new cards next to what they are linked to, pushed right where a link now says so."""
    layer = [0 if column is None else column for column in old]
    placed = [column is not None for column in old]
    for at in order:
        if not placed[at]:
            known = [layer[target] - 1 for target in after[at] if placed[target]]
            layer[at] = min(known, default=0)
        layer[at] = max([layer[at], *(layer[source] + 1 for source in before[at])])
        placed[at] = True
    return layer


def _shift(first: int, layer: list[int], along: list[list[int]], balance: list[int], way: int) -> bool:
    """Move `first` and what is tight against it (`way` 1: to the right) if links get shorter in sum."""
    closure = {first}
    waiting = [first]
    gain = balance[first] * way
    while waiting:
        at = waiting.pop()
        for other in along[at]:
            if other not in closure and (layer[other] - layer[at]) * way == 1:
                closure.add(other)
                waiting.append(other)
                gain += balance[other] * way
                if len(closure) > _CLOSURE_LIMIT:
                    return False
    if gain <= 0:
        return False
    free = min(
        (
            (layer[other] - layer[at]) * way - 1
            for at in closure
            for other in along[at]
            if other not in closure
        ),
        default=0,
    )
    for at in closure:
        layer[at] += free * way
    return free > 0


def _from_zero(layer: list[int], part: list[int]) -> list[int]:
    lowest: dict[int, int] = {}
    for column, number in zip(layer, part, strict=True):
        lowest[number] = min(column, lowest.get(number, column))
    return [column - lowest[number] for column, number in zip(layer, part, strict=True)]
