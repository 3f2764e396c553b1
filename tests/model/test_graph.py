"""Who waits for whom, and the loop that a link would close."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import networkx as nx
import pytest
from msgspec.structs import replace
from oracle import closes_loop
from plans import day, planned
from random_plans import random_plan
from roadwright.io.roadmap_file import save_roadmap
from roadwright.io.sample import sample_plan
from roadwright.model import graph
from roadwright.model.graph import loop_closed_by
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, Link, LinkId
from roadwright.model.schedule import schedule

A, B, C, D, P, Q = map(ItemId, "ABCDPQ")
DAY = ("Mon", 1)


def family() -> Plan:
    """P is above A and Q, Q above B; C waits for P, and B for D."""
    return planned(P=DAY, A=DAY, Q=DAY, B=DAY, C=DAY, D=DAY, under="P: A Q; Q: B", links="P FS C; D FS B")


def test_links_of_one_pair_share_an_edge() -> None:
    plan = planned(A=DAY, B=DAY, C=DAY, links="A SS B; A FF+2 B")
    drawn = graph.links_graph(plan)
    assert list(drawn.nodes) == [A, B, C]
    assert [link.id for link in drawn.edges[A, B]["links"]] == ["A SS B", "A FF+2 B"]


def test_a_link_back_closes_a_loop_named_in_order() -> None:
    plan = planned(A=DAY, B=DAY, C=DAY, D=DAY, links="A FS B; B SS C; A FS D")
    assert loop_closed_by(plan, C, A) == [A, B, C, A]
    assert loop_closed_by(plan, C, D) is None
    assert loop_closed_by(plan, A, C) is None
    assert loop_closed_by(plan, A, A) == [A, A]


def test_a_loop_may_go_by_way_of_parents() -> None:
    plan = family()
    assert loop_closed_by(plan, C, D) == [D, B, Q, P, C, D]  # from what is below P to what waits for P
    assert loop_closed_by(plan, C, Q) == [Q, B, Q, P, C, Q]
    assert loop_closed_by(plan, A, D) is None


@pytest.mark.parametrize(("source", "target"), [(P, A), (A, P), (P, B), (B, P)])
def test_a_link_within_the_family_closes_a_loop(source: ItemId, target: ItemId) -> None:
    loop = loop_closed_by(family(), source, target)
    assert loop
    assert {source, target} <= set(loop)
    assert loop[0] == loop[-1] == target


def test_a_link_between_siblings_closes_none() -> None:
    plan = family()
    assert loop_closed_by(plan, A, B) is None
    assert loop_closed_by(plan, B, A) is None
    assert loop_closed_by(plan, A, Q) is None


def test_loops_are_found_where_the_oracle_finds_them() -> None:
    random = Random(3)
    for _ in range(150):
        plan = random_plan(random, size=7)
        assert graph.loops(plan) == []
        for n in range(6):
            source, target = random.choices(list(plan.items), k=2)
            link = Link(id=LinkId(f"new{n}"), source=source, target=target)
            loop = loop_closed_by(plan, source, target)
            assert (loop is not None) == closes_loop(plan, link)
            assert bool(graph.loops(plan.put(link))) == (loop is not None)
            if loop:
                assert loop[0] == loop[-1] == target
                assert source in loop


def test_the_loops_of_a_plan_are_circles_of_its_links_and_parents() -> None:
    random = Random(4)
    found = 0
    for _ in range(100):
        plan = random_plan(random, sound=False)
        waiting = graph.waiting_graph(plan)
        for loop in graph.loops(plan):
            found += 1
            for one, other in pairwise(loop):
                assert any(
                    waiting.has_edge(source, target)
                    for source in waiting
                    for target in waiting.successors(source)
                    if (source[0], target[0]) == (one, other)
                )
        assert bool(graph.loops(plan)) != nx.is_directed_acyclic_graph(waiting)
    assert found > 50


def test_what_comes_before_and_after() -> None:
    plan = planned(A=DAY, B=DAY, C=DAY, D=DAY, links="A FS B; B FS C; A FS D")
    assert graph.ancestors(plan, C) == {A, B}
    assert graph.descendants(plan, A) == {B, C, D}
    assert graph.chain(plan, B) == {A, B, C}


def test_what_comes_before_and_after_by_way_of_parents() -> None:
    plan = family()
    assert graph.descendants(plan, A) == {C}  # P only spans it, and does not wait
    assert graph.ancestors(plan, C) == {P, A, Q, B, D}
    assert graph.ancestors(plan, P) == {D}
    assert graph.descendants(plan, D) == {B, C}
    waiting = plan.put(Link(id=LinkId("x"), source=D, target=P))
    assert graph.descendants(waiting, D) == {P, A, Q, B, C}
    assert graph.ancestors(waiting, A) == {D}


def test_the_graph_is_made_anew_only_when_links_or_hierarchy_change() -> None:
    plan = family()
    drawn = graph.waiting_graph(plan)
    assert graph.waiting_graph(plan.put(replace(plan.items[A], duration=3))) is drawn
    assert graph.waiting_graph(plan.put(Link(id=LinkId("x"), source=A, target=D))) is not drawn
    assert graph.waiting_graph(plan.put(replace(plan.items[A], parent=None))) is not drawn


def test_a_circle_of_parents_does_not_hang() -> None:
    plan = planned(A=DAY, B=DAY, C=DAY, under="A: B; B: A", links="B FS C")
    assert graph.descendants(plan, B) == {C}
    assert loop_closed_by(plan, C, B) == [B, C, B]


# For people's own analysis


def test_the_graph_for_analysis_has_what_people_know_items_by() -> None:
    plan = planned(
        P=(None, 1),
        A=("Mon", 2, {"team": "Web"}),
        B=(None, 3),
        C=(None, 1),
        under="P: A",
        links="A SS B; A FF+2 B",
    )
    drawn = graph.analysis_graph(plan, schedule(plan))
    assert drawn.nodes["A"] == {
        "title": "A",
        "kind": "bar",
        "parent": "P",
        "team": "Web",
        "status": None,
        "start": day("Mon"),
        "finish": day("Tue"),
        "days": 2,
        "slack": 0,
        "critical": True,
    }
    assert drawn.nodes["P"]["days"] == 2
    assert "start" not in drawn.nodes["C"]
    assert sorted((data["type"], data["lag"]) for _, _, data in drawn.edges(data=True)) == [
        ("FF", 2),
        ("SS", 0),
    ]
    with pytest.raises(nx.NetworkXError):
        drawn.add_node("X")
    nx.MultiDiGraph(drawn).add_node("X")


def test_the_examples_of_the_manual_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_roadmap(tmp_path / "plan.roadmap", sample_plan(date(2026, 3, 2)))
    monkeypatch.chdir(tmp_path)
    manual = Path(graph.__file__).parent.parent / "docs" / "scheduling.md"
    examples = re.findall(r"```python\n(.*?)```", manual.read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)
    said = capsys.readouterr().out
    assert " -> " in said
    assert "waits for" in said
    assert len(examples) == 5
