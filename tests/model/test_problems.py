"""What is wrong with a plan is found, with the items it concerns, in words."""

from __future__ import annotations

from datetime import date
from random import Random

import networkx as nx
import pytest
from msgspec.structs import replace
from plans import day, planned
from random_plans import random_plan
from roadwright.io.strings import knows, say
from roadwright.model.plan import Plan, new_plan
from roadwright.model.problems import Problem, advice, problems, problems_of, redundant_links
from roadwright.model.records import Calendar, CalendarId, ItemId, Link, LinkId
from roadwright.model.schedule import schedule

A, B, C, P = map(ItemId, "ABCP")
PINNED = {"pinned": True}


def found(plan: Plan, today: date | None = None) -> list[tuple[str, tuple[ItemId, ...]]]:
    return [(problem.code, problem.ids) for problem in all_problems(plan, today)]


def all_problems(plan: Plan, today: date | None = None) -> list[Problem]:
    result = problems(plan, schedule(plan), today)
    for problem in result:
        assert knows(problem.words)
        assert "{" not in said(problem)
    return result


def said(problem: Problem) -> str:
    return say(problem.words, **problem.values)


def test_a_sound_plan_has_none() -> None:
    plan = planned(A=("Mon", 2), B=(None, 1, {"deadline": day("Wed")}), C=(None, 1), links="A FS B")
    assert found(plan) == []


def test_a_broken_link() -> None:
    plan = planned(A=("Mon", 4), B=("Wed", 1, PINNED), links="A FS B")
    [problem] = all_problems(plan)
    assert (problem.code, problem.ids) == ("link.broken", (B, A))
    assert said(problem) == "B stands too early for its link from A."


def test_a_child_outside_its_pinned_parent() -> None:
    plan = planned(P=("Tue", 2, PINNED), A=("Mon", 1), under="P: A")
    assert found(plan) == [("parent.clamp", (A, P))]


def test_a_missed_deadline() -> None:
    plan = planned(A=("Mon", 3, {"deadline": day("Tue")}), B=("Mon", 3, {"deadline": day("Wed")}))
    [problem] = all_problems(plan)
    assert (problem.code, problem.ids) == ("deadline.missed", (A,))
    assert said(problem) == "A misses its deadline of 2026-01-06: it is done on 2026-01-07."


def test_a_deadline_of_a_parent_is_for_all_below() -> None:
    plan = planned(P=(None, 1, {"deadline": day("Tue")}), A=("Mon", 1), B=("Mon", 3), under="P: A B")
    assert found(plan) == [("deadline.missed", (P,))]


def test_a_link_from_the_backlog() -> None:
    plan = planned(A=(None, 1), B=("Mon", 1), C=(None, 1), links="A FS B; A FS C")
    assert found(plan) == [("link.backlog", (B, A))]


def test_a_loop_is_told_in_order() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1), C=("Mon", 1), links="A FS B; B FS C; C FS A")
    [problem] = all_problems(plan)
    assert problem.code == "link.loop"
    assert set(problem.ids) == {A, B, C}
    keys = problem.values["keys"]
    assert keys in (["A", "B", "C", "A"], ["B", "C", "A", "B"], ["C", "A", "B", "C"])


def test_a_link_without_an_end() -> None:
    plan = planned(A=("Mon", 1)).put(Link(id=LinkId("x"), source=ItemId("gone"), target=A))
    assert found(plan) == [("link.dangling", (A,))]
    plan = planned(A=("Mon", 1)).put(Link(id=LinkId("x"), source=ItemId("gone"), target=ItemId("away")))
    assert found(plan) == [("link.dangling", ())]


def test_a_key_that_two_items_have() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1), C=("Mon", 1, {"key": "A"}))
    assert found(plan) == [("key.duplicate", (A, C))]


def test_a_calendar_without_working_days() -> None:
    plan = planned(A=("Sat", 2), plan=new_plan("").put(Calendar(id=CalendarId("standard"), weekdays=())))
    assert found(plan) == [("calendar.empty", ())]
    assert schedule(plan).start[A] == day("Sat").toordinal()


def test_what_should_be_done_by_today() -> None:
    today = day("Thu")
    plan = planned(
        P=(None, 1),
        A=("Mon", 3),
        B=("Mon", 3, {"status": "done"}),
        C=("Mon", 4),
        under="P: A B C",
    )
    assert found(plan, today) == [("item.overdue", (A,))]
    assert found(plan) == []


def test_a_parent_that_is_not_there() -> None:
    plan = planned(A=("Mon", 1, {"parent": "gone"}))
    assert found(plan) == [("parent.missing", (A,))]


def test_parents_in_a_circle() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1), under="A: B; B: A")
    [problem] = all_problems(plan)
    assert (problem.code, set(problem.ids)) == ("parent.loop", {A, B})
    itself = planned(A=("Mon", 1))
    itself = itself.put(replace(itself.items[A], parent=A))
    assert found(itself) == [("parent.loop", (A,))]


# One item alone


@pytest.mark.parametrize("part", range(3))
def test_the_problems_of_an_item_are_those_of_the_plan_that_it_comes_first_in(part: int) -> None:
    today = date(2026, 1, 20)
    shared = ("link.loop", "key.duplicate")
    found = 0
    for seed in range(100):
        random = Random(f"of {part} {seed}")
        plan = random_plan(random, size=8, sound=False)
        one = random.choice(list(plan.items.values()))
        plan = plan.put(
            replace(one, key=random.choice([item.key for item in plan.items.values()])),
            Link(id=LinkId("gone"), source=ItemId("gone"), target=random.choice(list(plan.items))),
        )
        if random.random() < 0.3:
            plan = plan.put(replace(one, parent=random.choice(["gone", *plan.items])))
        dates = schedule(plan)
        everything = problems(plan, dates, today)
        for id in plan.items:
            of_it = [
                problem
                for problem in everything
                if (problem.ids[:1] == (id,) or (problem.code in shared and id in problem.ids))
            ]
            found += len(of_it)
            key = lambda problem: (problem.code, problem.ids, problem.link or "")  # noqa: E731
            assert sorted(problems_of(plan, dates, id, today), key=key) == sorted(of_it, key=key)
    assert found > 300


# Advice


def advised(plan: Plan) -> list[tuple[str, tuple[ItemId, ...]]]:
    result = advice(plan, schedule(plan))
    for problem in result:
        assert knows(problem.words)
        assert "{" not in said(problem)
    return [(problem.code, problem.ids) for problem in result]


def test_a_link_that_says_what_others_say_is_redundant() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1), C=("Mon", 1), links="A FS B; B FS C; A FS C")
    assert advised(plan) == [("link.redundant", (C, A))]
    assert redundant_links(plan, schedule(plan)) == ["A FS C"]


@pytest.mark.parametrize(
    "links", ["A FS B; B FS C; A FS+1 C", "A FS B; B FS-1 C; A FS C", "A FS B; B SS C; A FS C", "A FS C"]
)
def test_a_link_that_says_more_is_not_redundant(links: str) -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1), C=("Mon", 1), links=links)
    assert redundant_links(plan, schedule(plan)) == []


def test_a_link_beside_what_stands_is_not_redundant() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1, PINNED), C=("Mon", 1), links="A FS B; B FS C; A FS C")
    assert redundant_links(plan, schedule(plan)) == []


def test_without_the_redundant_links_the_plan_is_its_transitive_reduction() -> None:
    for seed in range(60):
        random = Random(f"reduce {seed}")
        plan = planned(**{f"I{n}": ("Mon", random.randint(0, 3)) for n in range(12)})
        for _ in range(30):
            one, other = sorted(random.sample(range(12), 2))
            link = Link(id=LinkId(f"l{one} {other}"), source=ItemId(f"I{one}"), target=ItemId(f"I{other}"))
            plan = plan.put(link)
        dates = schedule(plan)
        graph = nx.DiGraph((link.source, link.target) for link in plan.links.values())
        reduced = plan.drop(*(plan.links[id] for id in redundant_links(plan, dates)))
        assert {(link.source, link.target) for link in reduced.links.values()} == set(
            nx.transitive_reduction(graph).edges
        )
        after = schedule(reduced)
        assert (dict(after.start), dict(after.finish)) == (dict(dates.start), dict(dates.finish))


def test_long_lags_and_what_belongs_to_nothing() -> None:
    plan = planned(A=("Mon", 1), B=(None, 1), C=("Mon", 1), P=(None, 1), links="A FS+25 B")
    assert advised(plan) == [("link.long_lag", (B, A)), ("item.isolated", (C,))]
