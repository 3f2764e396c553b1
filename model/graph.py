"""The plan as networkx graphs, to ask who waits for whom.

`links_graph` has an edge where there are links, with the tuple of them: two links between one pair (start to
start and finish to finish) are normal. `waiting_graph` adds the hierarchy: a parent becomes two hidden
milestones, its start, on which everything below waits and at which the links into it end, and its finish,
which waits for everything below and from which its links begin. A circle in it is a loop that no schedule can
satisfy.

`analysis_graph` is for people who want to ask questions of their own.

networkx is slow to import, so that is left until a graph is wanted. The last graphs are remembered by the
tables they are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from .outline import Outline
from .plan import Plan
from .records import Item, ItemId, Link, LinkId

if TYPE_CHECKING:
    import networkx as nx

    from .schedule import Schedule

    LinksGraph: TypeAlias = nx.DiGraph[ItemId]
    AnalysisGraph: TypeAlias = nx.MultiDiGraph[str]
    WaitingGraph: TypeAlias = nx.DiGraph[tuple[ItemId, str]]

WHOLE, START, FINISH = "whole", "start", "finish"
"""Which part of an item a node of the waiting graph is: all of it, or a parent's start or finish."""


def links_graph(plan: Plan) -> LinksGraph:
    """All items, and an edge for each linked pair with the attribute `links`, a tuple. Not to be changed."""
    return _links_graph(_Tables(plan))


def waiting_graph(plan: Plan) -> WaitingGraph:
    """Nodes are (item, WHOLE) or, of parents, (item, START) and (item, FINISH). Not to be changed."""
    return _waiting_graph(_Tables(plan))


def analysis_graph(plan: Plan, schedule: Schedule) -> AnalysisGraph:
    """The plan for people's own questions: a graph of their own, that can't be changed.

    Nodes are item keys, with `title`, `kind`, `parent` (a key), `team` and `status` (their titles), and of
    what is on the timeline `start`, `finish` (dates, both included), `days` (working days), `slack` and
    `critical`. Edges go from what is waited for to what waits and have `type` and `lag`; their keys are ids.
    """
    import networkx as nx

    graph: AnalysisGraph = nx.MultiDiGraph(title=plan.info.title)
    for id, item in plan.items.items():
        parent = plan.items.get(item.parent) if item.parent is not None else None
        team = plan.teams.get(item.team) if item.team is not None else None
        status = plan.statuses.get(item.status) if item.status is not None else None
        graph.add_node(
            item.key,
            title=item.title,
            kind=item.kind,
            parent=parent.key if parent else None,
            team=team.title if team else None,
            status=status.title if status else None,
        )
        if span := schedule.dates(id):
            days = plan.calendar_of(item).between(schedule.start[id], schedule.finish[id])
            graph.nodes[item.key].update(start=span.first, finish=span.last, days=days)
            graph.nodes[item.key].update(slack=schedule.slack(id), critical=schedule.critical(id))
    for link in plan.links.values():
        if link.source in plan.items and link.target in plan.items:
            source, target = plan.items[link.source].key, plan.items[link.target].key
            graph.add_edge(source, target, key=link.id, type=link.type, lag=link.lag)
    nx.freeze(graph)
    return graph


def loop_closed_by(plan: Plan, source: ItemId, target: ItemId) -> list[ItemId] | None:
    """The loop that a link from `source` to `target` would close, also by way of parents, or None.

    It begins with what waits for the target already, comes by the source, and ends with the target again.
    """
    if source == target:
        return [source, source]
    network = plan.network
    if not network.loops and not network.closes_loop(network.number[source], network.number[target]):
        return None
    import networkx as nx

    graph = waiting_graph(plan)
    try:
        path = nx.shortest_path(graph, _entry(graph, target), _exit(graph, source))
    except nx.NetworkXNoPath:  # as in a plan with loops already
        return None
    items = [id for id, _ in path]
    return [id for n, id in enumerate(items) if n == 0 or id != items[n - 1]] + [items[0]]


def loops(plan: Plan) -> list[list[ItemId]]:
    """The loops in a plan, one of each tangle, the first item again at the end. A sound plan has none."""
    return plan.network.loops


def ancestors(plan: Plan, id: ItemId) -> set[ItemId]:
    """Everything that the item, or something below it, waits for, directly or not, also by way of parents.

    Neither the item nor what is below it is among them, and a parent only where a link makes the item wait
    for it.
    """
    import networkx as nx

    graph = waiting_graph(plan)
    return _others(plan, id, nx.ancestors(graph, _exit(graph, id)), START)


def descendants(plan: Plan, id: ItemId) -> set[ItemId]:
    """Everything that waits for the item, or for something below it, directly or not, also by way of parents.

    Neither the item nor what is below it is among them, and a parent only where a link makes it wait.
    """
    import networkx as nx

    graph = waiting_graph(plan)
    return _others(plan, id, nx.descendants(graph, _entry(graph, id)), FINISH)


def chain(plan: Plan, id: ItemId) -> set[ItemId]:
    """The item with all that it waits for and all that waits for it."""
    return {id} | ancestors(plan, id) | descendants(plan, id)


def _others(plan: Plan, id: ItemId, nodes: set[tuple[ItemId, str]], ignored: str) -> set[ItemId]:
    """The items of nodes, without `id`, what is below it, and the part of parents that is to be ignored."""
    return {item for item, part in nodes if part != ignored} - _family(plan, id)


def _family(plan: Plan, id: ItemId) -> set[ItemId]:
    """The item and all below it, even where parents of a damaged plan stand in a circle."""
    found: set[ItemId] = set()
    left = [id]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += plan.outline.children.get(one, [])
    return found


def _entry(graph: WaitingGraph, id: ItemId) -> tuple[ItemId, str]:
    return (id, START if (id, START) in graph else WHOLE)


def _exit(graph: WaitingGraph, id: ItemId) -> tuple[ItemId, str]:
    return (id, FINISH if (id, FINISH) in graph else WHOLE)


class _Tables:
    """What a graph is made from; equal while the links table and the outline are the same objects."""

    def __init__(self, plan: Plan) -> None:
        self.items: Mapping[ItemId, Item] = plan.items
        self.links: Mapping[LinkId, Link] = plan.links
        self.outline: Outline = plan.outline

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tables) and self.links is other.links and self.outline is other.outline

    def __hash__(self) -> int:
        return hash((id(self.links), id(self.outline)))

    def whole_links(self) -> Iterator[Link]:
        """The links that have both ends."""
        return (
            link for link in self.links.values() if link.source in self.items and link.target in self.items
        )


@lru_cache(maxsize=2)
def _links_graph(tables: _Tables) -> LinksGraph:
    import networkx as nx

    edges: dict[tuple[ItemId, ItemId], tuple[Link, ...]] = {}
    for link in tables.whole_links():
        pair = (link.source, link.target)
        edges[pair] = (*edges.get(pair, ()), link)
    graph: LinksGraph = nx.DiGraph()
    graph.add_nodes_from(tables.items)
    graph.add_edges_from((source, target, {"links": links}) for (source, target), links in edges.items())
    return graph


@lru_cache(maxsize=2)
def _waiting_graph(tables: _Tables) -> WaitingGraph:
    import networkx as nx

    depth = tables.outline.depth
    graph: WaitingGraph = nx.DiGraph()
    for id, children in tables.outline.children.items():
        if any(depth[child] for child in children):  # in a circle of parents one hangs under nothing
            graph.add_nodes_from(((id, START), (id, FINISH)))
    for id, item in tables.items.items():
        if item.parent is not None and depth[id]:
            graph.add_edge((item.parent, START), _entry(graph, id))
            graph.add_edge(_exit(graph, id), (item.parent, FINISH))
        elif (id, START) not in graph:
            graph.add_node((id, WHOLE))
    for link in tables.whole_links():
        graph.add_edge(_exit(graph, link.source), _entry(graph, link.target))
    return graph
