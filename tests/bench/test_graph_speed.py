"""The graph's layout beside Graphviz dot, the quality reference: CPU time, crossings, what an edit costs."""

from __future__ import annotations

import resource
import shutil
import subprocess
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from graph_plans import random_links
from roadwright.ui.graph.layout import Card, Layout, Wire, arrange

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.benchmark(timer=time.process_time, min_rounds=3, group="graph")

Points = list[tuple[float, float]]
SIZES = (40, 200, 500, 2000)


def graph(count: int) -> tuple[list[Card], list[Wire]]:
    links, team = random_links(count)
    cards = [Card(f"i{at}", team[at]) for at in range(count)]
    return cards, [Wire(f"l{at}", f"i{a}", f"i{b}") for at, (a, b) in enumerate(links)]


@pytest.mark.parametrize("count", SIZES)
def test_cold_layout(benchmark: BenchmarkFixture, count: int):
    cards, wires = graph(count)
    layout = benchmark(arrange, cards, wires)
    benchmark.extra_info["crossings of lines"] = crossings(layout, wires)
    benchmark.extra_info["page"] = f"{layout.width:.0f} x {layout.height:.0f}"


@pytest.mark.parametrize("count", SIZES)
def test_layout_after_an_edit(benchmark: BenchmarkFixture, count: int):
    cards, wires = graph(count)
    old = arrange(cards, wires)
    cards, wires = [*cards, Card("new", cards[7].team)], [*wires, Wire("new", "i7", "new")]
    layout = benchmark(arrange, cards, wires, old)
    shifts = [layout.areas[id].y - area.y for id, area in old.areas.items()]
    usual = sorted(shifts)[len(shifts) // 2]
    benchmark.extra_info["cards moved"] = sum(shift != usual for shift in shifts)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("count", SIZES[:3])
def test_dot_for_comparison(benchmark: BenchmarkFixture, count: int):
    links, _ = random_links(count)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    drawn = benchmark.pedantic(dot, (count, links), rounds=3)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    benchmark.extra_info["CPU s of dot itself"] = round(spent / 3, 3)
    benchmark.extra_info["crossings of lines"] = crossing_pairs(*drawn)


def crossings(layout: Layout, wires: list[Wire]) -> int:
    return crossing_pairs(
        [list(layout.routes[wire.id]) for wire in wires], [(wire.source, wire.target) for wire in wires]
    )


def crossing_pairs(lines: list[Points], ends: list[tuple[str, str]]) -> int:
    """How often drawn lines without a common end cross; from the drawing, whatever engine made it."""
    import numpy as np

    pieces = [(*a, *b, at) for at, line in enumerate(lines) for a, b in pairwise(line) if a != b]
    table = np.array(pieces)
    table = table[np.argsort(np.minimum(table[:, 0], table[:, 2]), kind="stable")]
    x1, y1, x2, y2 = table[:, :4].T
    owner = table[:, 4].astype(int)
    number: dict[str, int] = {}
    end = np.array([[number.setdefault(id, len(number)) for id in pair] for pair in ends])
    low = np.minimum(x1, x2)
    last = np.searchsorted(low, np.maximum(x1, x2), side="right")
    total = 0
    for at in range(len(table)):
        near = slice(at + 1, last[at])
        dx, dy = x2[at] - x1[at], y2[at] - y1[at]
        one = dx * (y1[near] - y1[at]) - dy * (x1[near] - x1[at])
        two = dx * (y2[near] - y1[at]) - dy * (x2[near] - x1[at])
        ex, ey = x2[near] - x1[near], y2[near] - y1[near]
        three = ex * (y1[at] - y1[near]) - ey * (x1[at] - x1[near])
        four = ex * (y2[at] - y1[near]) - ey * (x2[at] - x1[near])
        others = owner[near][(one * two < 0) & (three * four < 0)]
        mine = end[owner[at]]
        total += int((~np.isin(end[others], mine).any(axis=1)).sum())
    return total


def dot(count: int, links: list[tuple[int, int]]) -> tuple[list[Points], list[tuple[str, str]]]:
    """The lines that dot draws for the same graph, its curves as short straight pieces, and their ends."""
    text = "digraph{rankdir=LR;nodesep=.2;ranksep=.8;node[shape=box,fixedsize=true,width=2.88,height=1.22];"
    text += "".join(f"{at};" for at in range(count)) + "".join(f"{a}->{b};" for a, b in links) + "}"
    out = subprocess.run(["dot", "-Tplain"], input=text, text=True, capture_output=True, check=True).stdout
    lines, ends = [], []
    for words in map(str.split, out.splitlines()):
        if words[0] != "edge":
            continue
        places = [float(word) for word in words[4 : 4 + 2 * int(words[3])]]
        points = list(zip(places[::2], places[1::2], strict=True))
        line = points[:1]
        for at in range(0, len(points) - 1, 3):
            line += [_on_curve(points[at : at + 4], step / 6) for step in range(1, 7)]
        lines.append(line)
        ends.append((words[1], words[2]))
    return lines, ends


def _on_curve(control: Points, share: float) -> tuple[float, float]:
    """A place on a cubic Bézier curve."""
    rest = 1 - share
    weights = (rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, control, strict=True)) for axis in (0, 1))
    return x, y
