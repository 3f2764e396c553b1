"""Below the timeline: the strip with the whole plan, and the legend."""

from __future__ import annotations

from itertools import combinations

import pytest
from hands import NO_KEYS, Buttons, Hand, send_mouse, timeline
from pictures import measure, meet, texts
from plans import planned
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from roadwright.model.edits.colors import set_color
from roadwright.model.edits.items import move_items
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, TeamId
from roadwright.ui.drawing.palette import theme, tones
from roadwright.ui.drawing.scene import Box, Polygon
from roadwright.ui.timeline import legend, overview
from roadwright.ui.timeline.export import timeline_scene
from roadwright.ui.timeline.minimap import Minimap

SIZE = (1300, 760)


def plan_of(count: int = 12) -> Plan:
    items = {
        f"I{n}": (f"Mon{n * 2 + 1}", 10, {"team": ("App", "Data", "Web")[n % 3], "progress": 20})
        for n in range(count)
    }
    return planned(
        **items,
        M=("Mon9", 0, {"team": "App"}),
        links="; ".join(f"I{n} FS I{n + 1}" for n in range(count - 1)),
    )


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return timeline(qtbot, plan_of(), zoom=6.0, size=SIZE)


def strip(hand: Hand) -> Minimap:
    minimap = hand.page.foot.minimap
    minimap.repaint()
    return minimap


def press(minimap: Minimap, x: float, *moves: float) -> None:
    y = overview.HEIGHT / 2
    left, none = Buttons.LeftButton, Buttons.NoButton
    send_mouse(minimap, QEvent.Type.MouseMove, QPointF(x, y), none, none, NO_KEYS)
    send_mouse(minimap, QEvent.Type.MouseButtonPress, QPointF(x, y), left, left, NO_KEYS)
    for to in moves:
        send_mouse(minimap, QEvent.Type.MouseMove, QPointF(to, y), none, left, NO_KEYS)
    send_mouse(
        minimap, QEvent.Type.MouseButtonRelease, QPointF(moves[-1] if moves else x, y), left, none, NO_KEYS
    )


def ends(minimap: Minimap) -> tuple[float, float]:
    return overview.sight(minimap.scale, minimap.seen())


def test_the_strip_shows_what_is_in_sight_and_a_press_elsewhere_goes_there(hand: Hand) -> None:
    minimap = strip(hand)
    far = minimap.width() - 60.0
    assert ends(minimap)[1] < far
    press(minimap, far)
    left, right = minimap.seen()
    assert (left + right) / 2 == pytest.approx(minimap.scale.day(far))


def test_the_window_in_the_strip_is_dragged(hand: Hand) -> None:
    minimap, stage = strip(hand), hand.page.stage
    middle, before, zoom = sum(ends(minimap)) / 2, stage.left, stage.axis.zoom
    press(minimap, middle, middle + 20, middle + 50)
    assert stage.left - before == pytest.approx(50 / minimap.scale.zoom, rel=1e-6)
    assert stage.axis.zoom == zoom


@pytest.mark.parametrize("end", [0, 1])
def test_an_end_of_the_window_is_dragged_and_the_other_stays(hand: Hand, end: int) -> None:
    minimap, stage = strip(hand), hand.page.stage
    stage.look(left=hand.document.schedule.start[ItemId("I2")])
    seen, at = minimap.seen(), ends(minimap)[end]
    way = 30.0 if end else -30.0
    press(minimap, at, at + way)
    now = minimap.seen()
    assert now[1 - end] == pytest.approx(seen[1 - end], abs=0.5)
    assert now[end] == pytest.approx(seen[end] + way / minimap.scale.zoom, abs=0.5)


def test_the_strip_goes_by_keys_too(hand: Hand) -> None:
    minimap, stage = strip(hand), hand.page.stage
    minimap.setFocus()

    def key(key: Qt.Key) -> None:
        QApplication.sendEvent(minimap, QKeyEvent(QEvent.Type.KeyPress, key, NO_KEYS))

    left, right = minimap.seen()
    key(Qt.Key.Key_Right)
    assert stage.left == pytest.approx(left + (right - left) / 10)
    key(Qt.Key.Key_Plus)
    assert stage.axis.zoom == pytest.approx(7.5)
    key(Qt.Key.Key_End)
    end = hand.document.schedule.end or 0
    assert minimap.seen()[0] < end < minimap.seen()[1]
    key(Qt.Key.Key_Home)
    first = min(hand.document.schedule.start.values())
    assert minimap.seen()[0] < first < minimap.seen()[1]


def test_a_double_click_shows_all_and_the_wheel_zooms(hand: Hand) -> None:
    minimap, stage = strip(hand), hand.page.stage
    at = QPointF(sum(ends(minimap)) / 2, 20)
    day = minimap.scale.day(at.x())
    there = QPointF(minimap.mapToGlobal(at.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(at, there, QPoint(), QPoint(0, 120), Buttons.NoButton, NO_KEYS, phase, False)
    before = (day - stage.left) * stage.axis.zoom
    QApplication.sendEvent(minimap, turn)
    assert stage.axis.zoom > 6.0
    assert (day - stage.left) * stage.axis.zoom == pytest.approx(before)
    left = Buttons.LeftButton
    send_mouse(minimap, QEvent.Type.MouseButtonDblClick, at, left, left, NO_KEYS)
    low, high = stage.extent()
    assert minimap.seen()[0] <= low
    assert minimap.seen()[1] >= high


def test_the_picture_of_the_plan_is_drawn_once_until_it_changes(hand: Hand, qtbot: QtBot) -> None:
    minimap, stage = strip(hand), hand.page.stage
    seen = minimap.grab().toImage()
    scale = minimap.scale
    stage.look(left=stage.left + 1)
    assert minimap.scale is scale
    last = hand.document.schedule.dates(ItemId("I11"))
    assert last is not None
    hand.document.preview(move_items, {ItemId("I11"): last.first}, 50)
    assert strip(hand).scale is scale, "nor while a bar is in the hand"
    hand.document.commit(move_items, {ItemId("I11"): last.first}, 50)
    qtbot.waitUntil(lambda: strip(hand).scale.end > scale.end)
    assert minimap.grab().toImage() != seen


@pytest.mark.parametrize(("count", "kind"), [(12, Box), (400, Polygon)])
def test_few_rows_are_bars_and_many_are_counted(qtbot: QtBot, count: int, kind: type) -> None:
    hand = timeline(qtbot, plan_of(count), size=SIZE)
    board = hand.page.stage.board
    scale = overview.scale_of(hand.page.stage.extent(), 900)
    shapes = overview.overview(board, scale, hand.page.stage.today, measure)
    fills = {tones(board.lane_of("team", TeamId(team))).fill for team in ("Web", "App", "Data")}
    found = [shape for shape in shapes if isinstance(shape, Box | Polygon) and shape.fill in fills]
    assert {type(shape) for shape in found} == {kind}
    assert {shape.fill for shape in found} == fills
    for one, other in combinations(texts(shapes), 2):
        assert not meet(one, other)


def test_both_are_folded_away_and_stay_so(qtbot: QtBot, hand: Hand) -> None:
    page = hand.page
    assert page.shows("minimap")
    assert page.shows("legend")
    whole = page.view.height()
    page.toggle("minimap")
    assert not page.foot.minimap.isVisible()
    assert page.view.height() == whole + overview.HEIGHT
    page.toggle("legend")
    assert page.view.height() + page.header.height() == page.height()
    assert hand.session.looks.places["timeline"]["minimap"] is False
    page.toggle("legend")
    assert page.foot.legend.isVisible()


def test_a_low_page_has_no_strip_unless_it_is_asked_for(qtbot: QtBot) -> None:
    hand = timeline(qtbot, plan_of(), size=(1000, 450))
    assert not hand.page.shows("minimap")
    assert hand.page.shows("legend")
    hand.page.toggle("minimap")
    assert hand.page.foot.minimap.isVisible()


# The legend


def words(hand: Hand) -> list[str]:
    board = hand.page.stage.board
    return [entry.text for entry in legend.entries(board)]


def test_the_legend_tells_the_colours_and_the_signs_there_are(hand: Hand) -> None:
    assert words(hand)[:4] == ["Team", "App", "Data", "Web"]
    assert "Milestone" in words(hand)
    assert "Deadline" not in words(hand)
    hand.session.adjust(hand.document.plan, color="horizon", show_progress=False, show_critical=True)
    assert words(hand)[0] == "Horizon"
    assert "Progress" not in words(hand)
    assert words(hand)[-1] == "Critical path"


@pytest.mark.parametrize("width", [120, 300, 900])
def test_no_text_of_the_legend_meets_another(hand: Hand, width: int) -> None:
    board = hand.page.stage.board
    for most in (1, 2, 99):
        made = legend.lay_out(board, legend.entries(board), width, measure, "#FFFFFF", most)
        assert made.height <= most * legend.LINE
        for one, other in combinations(texts(made.shapes), 2):
            assert not meet(one, other)
        if most == 99:
            assert len(made.spots) == len(legend.entries(board)), "an export tells all of them"


def test_entries_without_room_are_told_by_the_tip_and_to_a_screen_reader(qtbot: QtBot) -> None:
    teams = {f"I{n}": ("Mon", 3, {"team": f"A team with a long name, number {n}"}) for n in range(30)}
    hand = timeline(qtbot, planned(**teams), size=(900, 500))
    strip = hand.page.foot.legend
    strip.repaint()
    end = QPoint(strip.width() - 2, strip.height() - 8)
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, end, strip.mapToGlobal(end)))
    told = QToolTip.text().splitlines()
    assert told[0] == "Also:"
    assert told[1].startswith("A team with a long name")
    assert len(told) > 10
    assert told[-1] in ("…", "A team with a long name, number 9")
    QToolTip.hideText()
    for n in range(30):
        assert f"number {n}" in strip.accessibleDescription()


def test_the_same_legend_is_in_an_export(hand: Hand) -> None:
    board, document = hand.page.stage.board, hand.document
    scene = timeline_scene(document.plan, document.schedule, board.view, theme("light"))
    written = {text.text for text in texts(scene.shapes)}
    assert set(words(hand)) <= written


def test_a_click_on_a_colour_asks_for_another_and_a_sign_does_not(qtbot: QtBot, hand: Hand) -> None:
    strip = hand.page.foot.legend
    strip.repaint()
    asked: list[str] = []
    hand.page.colors_requested.connect(lambda entry: asked.append(entry.text))
    left = Buttons.LeftButton
    spots = {strip.entry_at(QPointF(x, strip.height() / 2)): x for x in range(strip.width())}
    for entry, x in spots.items():
        if entry is not None:
            at = QPointF(x, strip.height() / 2)
            send_mouse(strip, QEvent.Type.MouseButtonRelease, at, left, Buttons.NoButton, NO_KEYS)
    assert asked == ["Team", "App", "Data", "Web"]


def test_a_colour_that_is_chosen_is_on_the_bars_and_in_the_legend(hand: Hand) -> None:
    hand.document.commit(set_color, "team", TeamId("Web"), "#AA3377")
    board = hand.page.stage.board
    fill = tones(board.theme.lane("#AA3377")).fill
    assert (TeamId("Web"), fill) in board.legend()
    assert any(isinstance(shape, Box) and shape.fill == fill for shape in hand.drawn().shapes)
    hand.document.undo()
    assert all(found != fill for _, found in hand.page.stage.board.legend())


def test_another_theme_is_worn_at_once(hand: Hand) -> None:
    foot = hand.page.foot

    def grounds() -> list[int]:
        strip, legend = foot.minimap.grab().toImage(), foot.legend.grab().toImage()
        return [strip.pixelColor(3, overview.HEIGHT - 1).lightness(), legend.pixelColor(3, 3).lightness()]

    light = grounds()
    hand.page.set_theme(theme("dark"))
    dark = grounds()
    assert all(now < before / 2 for now, before in zip(dark, light, strict=True))
    worn = {tones(lane).fill for lane in theme("dark").lanes.values()}
    swatches = {shape.fill for entry in foot.legend.entries or () for shape in entry.swatch if entry.is_color}
    assert swatches <= worn
