"""What a screen reader says of an item: the same words on every page."""

from __future__ import annotations

from datetime import date

from hands import timeline
from plans import planned
from pytestqt.qtbot import QtBot
from roadwright.model.plan import Plan
from roadwright.model.records import Person, PersonId
from roadwright.model.schedule import schedule
from roadwright.ui.spoken import sentence

TODAY = date(2026, 1, 5)


def said(plan: Plan, id: str, today: date = TODAY) -> str:
    return sentence(plan, schedule(plan), id, today=today)


def test_an_item_is_said_with_its_level_days_progress_and_what_blocks_it() -> None:
    plan = planned(
        Payments=("Mon", 10, {"title": "Payments API"}),
        Checkout=("Mon2", 10, {"title": "Checkout 3.0", "level": "feature", "progress": 40}),
        links="Payments FS Checkout",
    )
    assert said(plan, "Checkout") == (
        "Checkout 3.0, feature, 19 January to 30 January, 40 percent, blocked by Payments API"
    )
    assert said(plan, "Payments") == "Payments API, feature, 5 January to 16 January"


def test_years_are_said_where_they_are_another() -> None:
    plan = planned(A=("Mon", 3))
    assert said(plan, "A", date(2027, 1, 1)) == "A, feature, 5 January 2026 to 7 January 2026"


def test_a_milestone_a_parent_and_the_backlog() -> None:
    plan = planned(
        P=(None, 1), A=("Mon", 1, {"level": "feature"}), M=("Wed", 0, {"level": "feature"}), X=(None, 3),
        under="P: A M",
    )  # fmt: skip
    assert said(plan, "M") == "M, feature milestone, 7 January"
    assert said(plan, "P") == "P, 5 January to 7 January, 2 items under it"
    assert said(plan, "X") == "X, feature, without dates"


def test_what_is_done_is_not_blocked_and_blocks_nothing() -> None:
    plan = planned(
        A=("Mon", 2, {"status": "done"}), B=("Mon", 2), C=("Mon", 2), D=("Mon", 2), E=("Mon", 2),
        F=("Mon", 2),
        links="A FS F; B FS F; C FS F; D FS F; E FS F",
    )  # fmt: skip
    assert said(plan, "A") == "A, feature, 5 January to 6 January, done"
    assert said(plan, "F").endswith("blocked by B and C and D and 1 more")


def test_what_is_wrong_and_who_owns_it() -> None:
    plan = planned(
        A=("Mon", 5),
        B=("Tue", 2, {"pinned": True, "deadline": date(2026, 1, 6), "owner": "kim"}),
        links="A FS B",
    ).put(Person(id=PersonId("kim"), name="Kim Lee"))
    assert said(plan, "B") == (
        "B, feature, 6 January to 7 January, blocked by A, starts before A allows, past its deadline, 6 Jan, "
        "pinned, owned by Kim Lee"
    )


def test_the_timeline_says_the_row_that_has_the_keyboard_and_what_becomes_of_it(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4), B=("Mon2", 2), links="A FS B"))
    hand.session.select(["B"])
    view = hand.page.view
    assert view.accessibleDescription().startswith("B, feature, 12 January to 13 January")
    hand.page.nudge(1)
    assert view.accessibleDescription().startswith("B, feature, 13 January to 14 January")
    hand.session.select(link="A FS B")
    assert view.accessibleDescription() == "B waits for A (A FS)"
    hand.session.select()
    assert view.accessibleDescription() == ""
