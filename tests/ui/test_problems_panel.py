"""The panel of problems and its badge, in the program and alone, by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from panel_plans import Company
from plans import day, planned, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.edits.items import move_items, remove_items, set_field
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.drawing.palette import theme
from roadwright.ui.problems.badge import ProblemBadge
from roadwright.ui.problems.panel import ProblemsPanel, total_words
from roadwright.ui.problems.watch import ProblemWatch

A, B, C, D = map(ItemId, "ABCD")
TODAY = day("Mon3")
PINNED = {"pinned": True}


def troubled() -> Plan:
    return planned(
        A=("Mon3", 4),
        B=("Mon3", 1, PINNED),
        C=("Mon4", 3, {"deadline": day("Tue4")}),
        D=(None, 1),
        E=(None, 1),
        F=("Mon", 1),
        links="A FS B; A FS C; C FS D; D FS E; C FS E",
    )


class Bench:
    """The panel in a window of its own."""

    def __init__(self, qtbot: QtBot, plan: Plan) -> None:
        self.qtbot, self.company = qtbot, Company(plan)
        self.window = QWidget()
        self.watch = ProblemWatch(self.window, today=lambda: TODAY)
        self.watch.follow(self.company.document, self.company.signals)
        self.panel = ProblemsPanel(*self.company.parts, watch=self.watch, today=lambda: TODAY)
        self.seen: list[str] = []
        self.panel.shown.connect(self.seen.append)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.panel)
        self.window.resize(1500, 320)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.look()
        qtbot.waitUntil(lambda: self.panel.list.isHidden() or self.panel.list.width() > 1000)

    @property
    def document(self) -> Document:
        return self.company.document

    def look(self) -> None:
        """As if nothing had happened for a while."""
        self.watch.look()

    def lines(self) -> list[str]:
        """What is in the list, heads with their number."""
        model = self.panel.list.model()
        return [
            model.index(row).data() + (f" {line.size}" if line.problem is None else "")
            for row, line in enumerate(model.lines)
        ]

    def kinds(self) -> list[str]:
        return [self.panel.kinds.item(row).text() for row in range(self.panel.kinds.count())]

    def row(self, text: str) -> int:
        return next(row for row, line in enumerate(self.lines()) if line.startswith(text))

    def place(self, text: str) -> QPoint:
        rect = self.panel.list.visualRect(self.panel.list.model().index(self.row(text)))
        return QPoint(rect.left() + 200, rect.center().y())

    def click(self, text: str) -> None:
        self.qtbot.mouseClick(self.panel.list.viewport(), Qt.MouseButton.LeftButton, pos=self.place(text))

    def ways_out(self, text: str) -> dict[str, QPoint]:
        """The ways out of a problem, with their places."""
        view, row = self.panel.list, self.row(text)
        placed = view.places(row, view.visualRect(view.model().index(row)))
        return {fix.code: where.center() for where, fix in placed}

    def take(self, text: str, code: str) -> None:
        where = self.ways_out(text)[code]
        self.qtbot.mouseClick(self.panel.list.viewport(), Qt.MouseButton.LeftButton, pos=where)


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[Plan], Bench]:
    return lambda plan: Bench(qtbot, plan)


def test_it_lists_problems_and_hints_in_groups(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    assert bench.lines() == [
        "Broken links 1",
        "B stands too early for its link from A.",
        "Missed deadlines 1",
        "C misses its deadline of 27 Jan 2026: it is done on 28 Jan 2026.",
        "Overdue 1",
        "F should have been done by 5 Jan 2026.",
        "Redundant links 1",
        "E need not be linked from C: it waits for it by way of other links.",
        "Linked with nothing 1",
        "F is linked with nothing and part of nothing.",
    ]
    assert bench.kinds()[:2] == ["All  5", "Broken links  1"]
    assert bench.panel.total.text() == "3 problems, 2 hints"


def test_a_click_selects_what_it_is_about_and_brings_it_into_sight(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    bench.click("C misses")
    assert bench.company.session.items == (C,)
    assert bench.seen == [C]
    bench.click("E need not")
    assert bench.company.session.link == "C FS E"


def test_keys_go_from_problem_to_problem(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    view = bench.panel.list
    view.setFocus()
    bench.qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bench.company.session.items == (C,)
    bench.qtbot.keyClick(view, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["Go to it", "Move the deadline to 28 Jan 2026"]
    menu.actions()[-1].trigger()
    menu.close()
    assert bench.document.kept.items[C].deadline == day("Wed4")


def test_a_way_out_is_one_click_and_one_step(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    assert list(bench.ways_out("B stands")) == ["pull", "unpin", "unlink"]
    bench.take("B stands", "pull")
    assert shown(bench.document.plan)["B"] == "Fri3"
    assert [step.verb for step in bench.document.done] == ["snap_to_earliest"]
    assert bench.company.said[-1].text == "Move it to 23 Jan 2026: done."
    assert "Broken links 1" not in bench.lines()


def test_redundant_links_go_at_a_stroke(make: Callable[[Plan], Bench]) -> None:
    chain = planned(
        A=("Mon4", 1),
        B=(None, 1),
        C=(None, 1),
        D=(None, 1),
        links="A FS B; B FS C; C FS D; A FS C; A FS D; B FS D",
    )
    bench = make(chain)
    assert bench.panel.all.text() == "Remove 3 redundant links"
    bench.qtbot.mouseClick(bench.panel.all, Qt.MouseButton.LeftButton)
    assert set(bench.document.kept.links) == {"A FS B", "B FS C", "C FS D"}
    assert len(bench.document.done) == 1
    assert not bench.panel.all.isVisible()
    assert bench.panel.empty.text().startswith("All is well")


def test_one_kind_can_be_looked_at_alone(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    row = bench.kinds().index("Overdue  1")
    where = bench.panel.kinds.visualItemRect(bench.panel.kinds.item(row)).center()
    bench.qtbot.mouseClick(bench.panel.kinds.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert bench.lines() == ["Overdue 1", "F should have been done by 5 Jan 2026."]
    bench.take("F should", "done")
    assert bench.lines()[0] == "Broken links 1"  # none of that kind is left: all are shown


def test_a_drag_is_left_alone(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    before = bench.lines()
    bench.document.preview(move_items, {C: day("Mon4")}, -5)
    bench.look()
    assert bench.lines() == before
    assert bench.panel.list.fixes(bench.row("C misses")) == []
    bench.document.cancel()
    bench.document.commit(set_field, [C], "deadline", None)
    bench.qtbot.waitUntil(lambda: "Missed deadlines 1" not in bench.lines(), timeout=3000)


def test_between_an_edit_and_the_next_look_old_lines_harm_nobody(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    bench.document.commit(remove_items, [C])
    bench.click("C misses")
    assert bench.seen == []
    assert bench.ways_out("B stands") == {}
    bench.panel.kinds.setCurrentRow(1)
    bench.panel.grab()
    bench.look()
    assert "Missed deadlines 1" not in bench.lines()


def test_an_empty_plan_says_what_will_be_here(make: Callable[[Plan], Bench]) -> None:
    assert make(new_plan()).panel.empty.text().startswith("There is nothing to look at yet.")


def test_both_themes_can_be_worn(make: Callable[[Plan], Bench]) -> None:
    bench = make(troubled())
    light = bench.panel.grab().toImage()
    bench.panel.set_theme(theme("dark"))
    assert bench.panel.grab().toImage() != light


def test_totals_are_told_in_words() -> None:
    assert total_words(1, 0) == "1 problem"
    assert total_words(0, 2) == "2 hints"
    assert total_words(0, 0) == ""


# In the program


def test_the_badge_counts_and_opens_the_panel(app: App, qtbot: QtBot) -> None:
    app.put_on_desk(Document(planned(A=("Mon", 1), B=("Mon", 1, PINNED), links="A FS B")))
    badge = app.window.findChild(ProblemBadge)
    qtbot.waitUntil(lambda: badge.text() == "3 problems", timeout=3000)  # and both are overdue
    panel = app.window.panels["problems"]
    assert panel.isHidden()
    qtbot.mouseClick(badge, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    assert badge.isChecked()
    content = panel.content
    assert isinstance(content, ProblemsPanel)
    qtbot.mouseClick(content.close_button, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert not badge.isChecked()


def test_the_panel_comes_back_at_the_next_start_as_high_as_it_was(
    make_app: Callable[..., App], qtbot: QtBot
) -> None:
    app = make_app()
    app.page.setFocus()
    qtbot.keyClick(
        app.page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert app.window.panels["problems"].isVisible()
    app.window._upright.setSizes([500, 260])
    height = app.window.panels["problems"].height()
    app.document.mark_saved()
    app.window.close()
    again = make_app()
    qtbot.waitUntil(again.window.panels["problems"].isVisible)
    assert abs(again.window.panels["problems"].height() - height) <= 2


def test_another_plan_has_its_own_problems(app: App, qtbot: QtBot) -> None:
    badge = app.window.findChild(ProblemBadge)
    app.put_on_desk(Document(planned(A=("Mon", 1), links="")))
    qtbot.waitUntil(lambda: badge.text() == "1 problem", timeout=3000)
    app.put_on_desk(Document(planned(A=(None, 1))))
    qtbot.waitUntil(lambda: badge.text() == "No problems", timeout=3000)
