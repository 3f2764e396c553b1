"""The graph under a real hand: hovering, selecting, panning, zooming, linking, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from graph_plans import Desk, random_plan, roadmap
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import add_item, remove_items, rename_item
from roadwright.model.edits.links import remove_links
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId, LinkId
from roadwright.ui.app import App
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.scene import Box, Polyline, Text
from roadwright.ui.graph import contents
from roadwright.ui.graph.page import GraphPage
from roadwright.ui.session import Looks

Left, Middle, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
No, Control, Shift = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Hand:
    """Sends what a mouse sends, at places of the view."""

    def __init__(self, page: GraphPage) -> None:
        self.page = page
        self.port = page.view.viewport()

    def at(self, id: str, x: float = 0.5, y: float = 0.5) -> QPointF:
        """A place on a card, as shares of its size."""
        area = self.page.view.camera.lens().area(self.page.view.arranged.areas[id])
        return QPointF(area.x + area.width * x, area.y + area.height * y)

    def send(
        self,
        kind: QEvent.Type,
        at: QPointF,
        button: Qt.MouseButton,
        held: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        place = QPointF(self.port.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(self.port, QMouseEvent(kind, at, place, button, held, keys))

    def move(self, at: QPointF, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        self.send(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, held, No)

    def press(self, at: QPointF, button: Qt.MouseButton = Left, keys: Qt.KeyboardModifier = No) -> None:
        self.send(QEvent.Type.MouseButtonPress, at, button, button, keys)

    def release(self, at: QPointF, button: Qt.MouseButton = Left) -> None:
        self.send(QEvent.Type.MouseButtonRelease, at, button, Qt.MouseButton.NoButton, No)

    def click(self, at: QPointF, button: Qt.MouseButton = Left, keys: Qt.KeyboardModifier = No) -> None:
        self.move(at)
        self.press(at, button, keys)
        self.release(at, button)

    def drag(self, start: QPointF, *way: QPointF, button: Qt.MouseButton = Left, drop: bool = True) -> None:
        self.move(start)
        self.press(start, button)
        for place in way:
            self.move((start + place) / 2, button)
            self.move(place, button)
        if drop:
            self.release(way[-1], button)

    def wheel(self, at: QPointF, turn: int, keys: Qt.KeyboardModifier = No) -> None:
        place = QPointF(self.port.mapToGlobal(at.toPoint()))
        event = QWheelEvent(
            at,
            place,
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.port, event)


def place(qtbot: QtBot, page: GraphPage) -> QWidget:
    """Show the page in a window, as the program does; the window has to be kept."""
    window = QWidget()
    qtbot.addWidget(window)
    page.setParent(window)
    window.resize(1200, 800)
    page.resize(1200, 800)
    page.show()
    with qtbot.waitExposed(window):
        window.show()
    return window


Show = Callable[..., tuple[GraphPage, Desk, Hand]]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    windows = []

    def make(
        plan: Plan | None = None, looks: Looks | None = None, zoom: float = 1.0
    ) -> tuple[GraphPage, Desk, Hand]:
        desk = Desk(roadmap() if plan is None else plan, looks)
        page = GraphPage(desk.document, desk.signals, desk.session, desk.messages, desk.theme)
        windows.append(place(qtbot, page))
        if zoom and page.view.isVisible():
            page.view.zoom_by(zoom / page.view.camera.zoom)
        return page, desk, Hand(page)

    return make


def centre(page: GraphPage, id: str) -> None:
    area = page.view.arranged.areas[id]
    page.view.camera.look_at(area.x + area.width / 2, area.middle)
    page.view.look()


def lines(page: GraphPage) -> dict[str, Polyline]:
    return {shape.ref: shape for shape in page.view.shapes() if isinstance(shape, Polyline)}


def words(page: GraphPage) -> set[str]:
    return {shape.text for shape in page.view.shapes() if isinstance(shape, Text)}


def link_between(plan: Plan, source: str, target: str) -> LinkId | None:
    return next(
        (link.id for link in plan.links.values() if (link.source, link.target) == (source, target)), None
    )


# Looking


def test_all_is_in_sight_at_first(show: Show):
    page, _, _ = show(zoom=0)
    port = page.view.viewport()
    lens = page.view.camera.lens()
    for place in page.view.arranged.areas.values():
        area = lens.area(place)
        assert area.x >= 0
        assert area.y >= 0
        assert area.right <= port.width()
        assert area.bottom <= port.height()


def test_control_wheel_zooms_about_the_pointer(show: Show):
    page, _, hand = show()
    centre(page, "billing")
    at = hand.at("billing", 0.2, 0.3)
    before = page.view.camera.place(at.x(), at.y())
    for turn in (120, 240, -480, 120):
        hand.wheel(at, turn, Control)
        after = page.view.camera.place(at.x(), at.y())
        assert after == pytest.approx(before, abs=2.0)
    assert page.view.camera.zoom == pytest.approx(1.0)
    hand.wheel(at, 1200, Control)
    assert page.view.camera.zoom > 2


def test_the_wheel_scrolls_and_with_shift_sideways(show: Show):
    page, _, hand = show()
    centre(page, "billing")
    before = hand.at("billing")
    hand.wheel(before, -120)
    assert hand.at("billing").y() < before.y()
    assert hand.at("billing").x() == before.x()
    hand.wheel(before, 120)
    assert hand.at("billing") == before
    hand.wheel(before, -120, Shift)
    assert hand.at("billing").x() < before.x()


def test_the_middle_button_and_space_drag_the_page(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    before = hand.at("billing")
    hand.drag(QPointF(300, 300), QPointF(340, 280), button=Middle)
    assert hand.at("billing") - before == QPointF(40, -20)
    QTest.keyPress(page.view, Qt.Key.Key_Space)
    hand.drag(hand.at("billing"), hand.at("billing") + QPointF(-40, 20))
    QTest.keyRelease(page.view, Qt.Key.Key_Space)
    assert hand.at("billing") == before
    assert desk.session.items == ()


def test_scroll_bars_scroll_too(show: Show):
    page, _, hand = show()
    centre(page, "billing")
    before = hand.at("billing")
    bar = page.view.verticalScrollBar()
    bar.setValue(bar.value() + 30)
    assert hand.at("billing") - before == QPointF(0, -30)


def test_zoom_and_place_come_back_at_the_next_start(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    page.view.zoom_by(0.8)
    seen = hand.at("billing")
    again, _, other = show(looks=Looks(places=desk.session.looks.places), zoom=0)
    assert again.view.camera.zoom == pytest.approx(0.8)
    assert other.at("billing").toPoint() == seen.toPoint()


def test_fit_all_zooms_out_again(show: Show):
    page, _, _ = show(zoom=0)
    fitting = page.view.camera.zoom
    page.zoom_in()
    assert page.view.camera.zoom == pytest.approx(fitting * 1.25)
    page.zoom_out()
    page.zoom_out()
    assert page.view.camera.zoom < fitting
    page.fit_all()
    assert page.view.camera.zoom == pytest.approx(fitting)


# Reading


def test_hovering_lights_up_the_chain_and_dims_the_rest(show: Show, qtbot: QtBot):
    page, desk, hand = show(zoom=0.75)
    centre(page, "billing")
    other = link_between(desk.document.plan, "zero", "observe")
    up = link_between(desk.document.plan, "bus", "billing")
    assert other is not None
    assert up is not None
    plain = lines(page)
    hand.move(hand.at("billing"))
    qtbot.waitUntil(lambda: lines(page)[other].color != plain[other].color)
    assert lines(page)[up].width > plain[up].width
    hand.move(QPointF(2, 2))
    qtbot.waitUntil(lambda: lines(page)[other].color == plain[other].color)


@pytest.mark.qt_log_ignore("does not support raise")  # a tooltip, offscreen
def test_a_tooltip_tells_of_card_and_line(show: Show, qtbot: QtBot):
    page, desk, hand = show()
    centre(page, "billing")
    port = page.view.viewport()

    def tip(at: QPointF) -> str:
        place = at.toPoint()
        QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, place, port.mapToGlobal(place)))
        return QToolTip.text()

    words = tip(hand.at("billing"))
    for word in ("Usage-based billing portal", "Elena Petrova", "63 working days", "RW-2", "RW-14"):
        assert word in words
    id = link_between(desk.document.plan, "bus", "billing")
    assert id is not None
    (x, y), (_, upper) = page.view.arranged.routes[id][1:3]
    lens = page.view.camera.lens()
    assert "RW-2 SS+15d" in tip(QPointF(lens.x(x), lens.y((y + upper) / 2)))
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


# Selecting


def test_a_click_selects_what_the_timeline_selects_too(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    hand.click(hand.at("billing"))
    assert desk.session.items == ("billing",)
    hand.click(hand.at("roles"), keys=Control)
    assert desk.session.items == ("billing", "roles")
    hand.click(hand.at("billing"), keys=Control)
    assert desk.session.items == ("roles",)
    hand.click(hand.at("roles") + QPointF(0, 70 * page.view.camera.zoom))
    assert desk.session.items != ("roles",)


def test_a_click_on_a_line_selects_the_link(show: Show):
    page, desk, hand = show()
    id = link_between(desk.document.plan, "pilot", "copilot")
    assert id is not None
    centre(page, "copilot")
    x, y = page.view.arranged.routes[id][-1]
    lens = page.view.camera.lens()
    hand.click(QPointF(lens.x(x) - 80, lens.y(y) + 3))
    assert desk.session.link == id
    assert lines(page)[id].width == max(line.width for line in lines(page).values())
    hand.click(hand.at("copilot"))
    assert desk.session.link is None


def test_of_lines_that_run_together_the_one_pointed_at_is_taken(show: Show):
    page, desk, _hand = show()
    centre(page, "billing")
    lens = page.view.camera.lens()
    for target in ("checkout", "explorer", "scan", "portal"):
        id = link_between(desk.document.plan, "billing", target)
        assert id is not None
        x, y = page.view.arranged.routes[id][-1]
        own = page.view.link_at(QPointF(lens.x(x) - 4, lens.y(y)))
        assert own is not None
        assert desk.document.plan.links[own].target == target


def test_right_click_selects_for_the_menu_and_keeps_a_selection(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    hand.click(hand.at("billing"), Right)
    assert desk.session.items == ("billing",)
    desk.session.select([ItemId("billing"), ItemId("roles")])
    hand.click(hand.at("billing"), Right)
    assert desk.session.items == ("billing", "roles")


def test_a_rubber_band_selects_what_it_touches_and_escape_takes_it_back(show: Show):
    page, desk, hand = show(zoom=0.5)
    page.fit_all()
    desk.session.select([ItemId("sso")])
    start = hand.at("tablet", 0.0, 0.0) - QPointF(12, 12)
    end = hand.at("payments")
    hand.drag(start, end, drop=False)
    assert {"tablet", "payments"} <= set(desk.session.items)
    assert any(isinstance(shape, Box) and shape.opacity < 1 for shape in page.view.shapes())
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert desk.session.items == ("sso",)
    hand.release(end)
    hand.drag(start, end)
    assert {"tablet", "payments"} <= set(desk.session.items)
    assert "sso" not in desk.session.items


def test_what_is_selected_elsewhere_is_brought_into_sight_softly(show: Show, qtbot: QtBot):
    page, desk, hand = show(zoom=1.5)
    centre(page, "sso")
    port = page.view.viewport().rect()
    assert not port.contains(hand.at("launch").toPoint())
    desk.session.select([ItemId("launch")])
    assert page.view.gliding
    assert not port.contains(hand.at("launch").toPoint())
    qtbot.waitUntil(lambda: not page.view.gliding)
    assert port.contains(hand.at("launch", 0.0, 0.0).toPoint())
    assert port.contains(hand.at("launch", 1.0, 1.0).toPoint())


def test_what_is_in_sight_does_not_jump_when_selected(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    before = hand.at("billing")
    desk.session.select([ItemId("billing")])
    assert not page.view.gliding
    assert hand.at("billing") == before


def test_arrow_keys_walk_along_links_and_columns(show: Show, qtbot: QtBot):
    page, desk, _ = show()
    plan = desk.document.plan
    desk.session.select([ItemId("billing")])
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert link_between(plan, "billing", str(desk.session.current)) is not None
    QTest.keyClick(page.view, Qt.Key.Key_Left)
    assert link_between(plan, str(desk.session.current), "explorer") is not None
    desk.session.select([ItemId("sso")])
    QTest.keyClick(page.view, Qt.Key.Key_Left)
    assert desk.session.current == "sso"
    desk.session.select([ItemId("onboard")])
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert desk.session.current == "billing"
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    assert desk.session.current == "onboard"
    desk.session.select()
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert desk.session.current is not None
    qtbot.waitUntil(lambda: not page.view.gliding)


def test_a_double_click_asks_for_the_inspector(show: Show, qtbot: QtBot):
    page, _, hand = show()
    centre(page, "billing")
    at = hand.at("billing")
    with qtbot.waitSignal(page.item_opened) as opened:
        hand.click(at)
        hand.send(QEvent.Type.MouseButtonDblClick, at, Left, Left, No)
    assert opened.args == ["billing"]
    hand.release(at)


# Linking


def dot(hand: Hand, id: str) -> QPointF:
    """The dot of a card, after the pointer has been over the card."""
    hand.move(hand.at(id))
    return hand.at(id, 1.0)


def test_dragging_from_the_dot_links_two_cards(show: Show):
    page, desk, hand = show(zoom=0.75)
    centre(page, "roles")
    hand.drag(dot(hand, "roles"), hand.at("checkout"))
    id = link_between(desk.document.plan, "roles", "checkout")
    assert id is not None
    assert desk.document.plan.links[id].type == "FS"
    assert desk.session.link == id
    assert id in lines(page)
    assert "Web checkout 3.0 now waits for" in desk.said[-1].text
    assert len(desk.document.done) == 1
    desk.document.undo()
    assert link_between(desk.document.plan, "roles", "checkout") is None
    assert id not in lines(page)


def test_a_loop_is_tinted_named_and_refused(show: Show):
    page, desk, hand = show(zoom=0.75)
    centre(page, "billing")
    start = dot(hand, "portal")
    end = hand.at("bus")
    hand.drag(start, end, drop=False)
    danger = theme("light").colors.danger_soft
    tinted = {shape.ref for shape in page.view.shapes() if isinstance(shape, Box) and shape.fill == danger}
    assert {"portal", "bus", "billing"} <= tinted
    assert any("loop" in word for word in words(page))
    hand.release(end)
    assert link_between(desk.document.plan, "portal", "bus") is None
    told = desk.said[-1].text
    assert {"RW-15", "RW-2"} <= set(told.translate(str.maketrans("", "", ",.()")).split())
    assert "New portal live → Event bus (Kafka) roll-out" in told
    assert desk.said[-1].level == "warning"
    assert not any(isinstance(shape, Box) and shape.fill == danger for shape in page.view.shapes())


def test_a_link_that_is_there_already_is_refused_in_words(show: Show):
    page, desk, hand = show(zoom=0.75)
    centre(page, "billing")
    hand.drag(dot(hand, "billing"), hand.at("explorer"))
    assert len(desk.document.done) == 0
    assert "linked" in desk.said[-1].text


def test_escape_and_the_empty_page_drop_a_drawn_link(show: Show):
    page, desk, hand = show(zoom=0.75)
    centre(page, "billing")
    links = dict(desk.document.plan.links)
    start, end = dot(hand, "roles"), hand.at("checkout")
    hand.drag(start, end, drop=False)
    assert any("will wait" in word for word in words(page))
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    hand.release(end)
    hand.drag(dot(hand, "roles"), hand.at("roles", 0.5, 1.0) + QPointF(0, 6))
    assert dict(desk.document.plan.links) == links
    assert not any("will wait" in word for word in words(page))


def test_without_hovering_there_is_no_dot_to_drag(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    at = hand.at("roles", 1.0)
    hand.press(at)
    hand.move(hand.at("checkout"), Left)
    hand.release(hand.at("checkout"))
    assert link_between(desk.document.plan, "roles", "checkout") is None


def test_delete_removes_the_selected_link(app: App):
    app.session.show_page("graph")
    link = next(iter(app.document.plan.links))
    app.session.select(link=link)
    page = app.page
    assert isinstance(page, GraphPage)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert link not in app.document.plan.links
    assert link not in page.view.arranged.routes


# Following the plan


def test_a_new_item_appears_and_what_was_looked_at_stays_in_place(show: Show):
    page, desk, hand = show()
    centre(page, "billing")
    desk.session.select([ItemId("billing")])
    before = hand.at("billing")
    desk.document.commit(add_item, ItemId("new"), title="Something new", kind="milestone")
    assert "new" in page.view.arranged.areas
    assert hand.at("billing") == before
    page.view.link_drawn.emit("made", "billing", "new")
    assert page.view.arranged.layers["new"] > page.view.arranged.layers["billing"]
    page.view.reveal(ItemId("billing"))
    assert abs(hand.at("billing").y() - before.y()) < 1


def test_titles_follow_without_a_new_layout(show: Show):
    page, desk, _ = show()
    centre(page, "billing")
    layout = page.view.arranged
    desk.document.commit(rename_item, ItemId("billing"), "Billing, renamed")
    assert "Billing, renamed" in words(page)
    assert page.view.arranged is layout


def test_undo_brings_the_same_picture_back(show: Show):
    page, desk, _ = show()
    layout = page.view.arranged
    desk.document.commit(remove_items, [ItemId("billing")])
    assert "billing" not in page.view.arranged.areas
    desk.document.undo()
    assert page.view.arranged == layout


def test_cards_do_not_run_away_during_a_preview(show: Show):
    page, desk, _ = show()
    layout = page.view.arranged
    id = link_between(desk.document.plan, "bus", "billing")
    assert id is not None
    desk.document.preview(remove_links, [id])
    assert page.view.arranged.areas == layout.areas
    assert id not in lines(page)
    desk.document.preview(remove_items, [ItemId("billing")])
    assert "billing" not in page.view.arranged.areas
    desk.document.cancel()
    assert page.view.arranged == layout


def test_the_search_narrows_and_clearing_it_restores(show: Show):
    page, desk, _ = show()
    layout = page.view.arranged
    desk.session.find("copilot")
    assert set(page.view.arranged.areas) == {"pilot", "copilot", "launch"}
    desk.session.find("")
    assert page.view.arranged == layout


def test_tidy_up_arranges_as_if_for_the_first_time(show: Show):
    page, desk, _ = show(random_plan(60))
    plan = desk.document.plan
    for link in list(plan.links)[::7]:
        desk.document.commit(remove_links, [link])
    fresh, _, _ = show(desk.document.plan)
    QTest.mouseClick(page.foot.tidy, Left)
    assert page.view.arranged == fresh.view.arranged


def test_out_of_sight_nothing_is_arranged_until_it_is_shown(qtbot: QtBot):
    desk = Desk(roadmap())
    page = GraphPage(desk.document, desk.signals, desk.session, desk.messages, desk.theme)
    desk.document.commit(add_item, ItemId("new"), title="New")
    assert not page.view.arranged.areas
    window = place(qtbot, page)
    assert window.isVisible()
    assert "new" in page.view.arranged.areas


def test_the_theme_changes_live(show: Show):
    page, _, _ = show()
    light = page.grab().toImage().pixelColor(5, 5).lightness()
    page.set_theme(theme("dark"))
    assert page.grab().toImage().pixelColor(5, 5).lightness() < 60 < light


# What can't be shown


def shown_labels(page: GraphPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_an_empty_plan_says_what_the_page_is_for(show: Show):
    page, desk, _ = show(new_plan("Empty"))
    assert "waits for" in shown_labels(page)
    assert "press N" in shown_labels(page)
    text = page.empty.text
    assert text.height() >= text.heightForWidth(text.width())
    desk.document.commit(add_item, ItemId("first"), title="First")
    assert shown_labels(page) == ""
    assert "RW-1 · No date" in words(page)
    assert any("Drag from the dot" in word for word in words(page))


def test_a_search_without_a_find_says_so(show: Show):
    page, desk, _ = show()
    desk.session.find("no such thing")
    assert "filter" in shown_labels(page)


def test_too_many_items_are_capped_with_a_word(show: Show, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(contents, "LIMIT", 30)
    page, desk, _ = show(random_plan(50))
    assert len(page.view.arranged.areas) == 30
    assert "30 of 50" in shown_labels(page)
    desk.session.find("portal")
    assert "of 50" not in shown_labels(page)


def test_a_screen_reader_hears_the_card_and_the_link_that_are_chosen(show: Show) -> None:
    page, desk, _ = show()
    link = next(iter(desk.document.plan.links.values()))
    source = desk.document.plan.items[link.source]
    desk.session.select([source.id])
    assert page.view.accessibleDescription().startswith(f"{source.title or source.key}, ")
    desk.session.select(link=link.id)
    assert " waits for " in page.view.accessibleDescription()
    desk.session.select()
    assert page.view.accessibleDescription() == ""
