"""The whole graph as one scene with title and legend, for files and slides."""

from __future__ import annotations

from collections.abc import Collection

from ...io.strings import say
from ...model.plan import Plan
from ...model.records import ItemId, View
from ...model.schedule import Schedule
from ..drawing.palette import Theme
from ..drawing.scene import Measure, Scene, Text
from ..timeline.board import Board
from .cards import draw
from .contents import contents
from .glance import Glance, Lens, ground
from .layout import Area, Layout, arrange
from .legend import row
from .sheet import Sheet

_MARGIN = 40.0
_HEAD = 64.0
_FOOT = 48.0


def graph_scene(
    plan: Plan,
    schedule: Schedule,
    theme: Theme,
    measure: Measure,
    *,
    view: View | None = None,
    selected: Collection[ItemId] = (),
    layout: Layout | None = None,
) -> Scene:
    """The graph of a plan at its natural size, in pixels; `layout` is one that is on screen already."""
    shown = contents(plan, schedule, view)
    if layout is None:
        layout = arrange(shown.cards, shown.wires)
    board = Board(plan, schedule, (), view, theme)
    width = max(layout.width, 480.0) + 2 * _MARGIN
    height = layout.height + _HEAD + _FOOT + _MARGIN
    page = ground(theme).page
    lens = Lens(1.0, -_MARGIN, -_HEAD, width, height)
    glance = Glance(selected=frozenset(selected), current=next(iter(selected), None))
    shapes = draw(Sheet(board, layout), lens, glance, measure)
    title = plan.info.title or say("graph.name")
    head = Text(
        x=_MARGIN,
        y=16,
        width=width - 2 * _MARGIN,
        height=32,
        text=title,
        color=theme.colors.ink,
        size=20.0,
        bold=True,
    )
    foot = row(board, Area(_MARGIN, height - _FOOT, width - 2 * _MARGIN, _FOOT), page, measure)
    return Scene(width, height, page, (head, *shapes, *foot), title)
