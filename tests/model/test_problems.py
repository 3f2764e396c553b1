"""What is wrong with a plan is found, with the items it concerns, in words."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from plans import day, planned
from roadwright.io.strings import knows, say
from roadwright.model.plan import Plan, new_plan
from roadwright.model.problems import Problem, problems
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
