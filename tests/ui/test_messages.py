"""The message bar: what just happened, with its way out."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from roadwright.io.strings import say
from roadwright.model.document import Document
from roadwright.model.edits.people import add_team, set_title
from roadwright.model.plan import new_plan
from roadwright.model.records import TeamId
from roadwright.model.refused import Refused
from roadwright.ui.app import App
from roadwright.ui.desk import Desk
from roadwright.ui.drawing.palette import theme
from roadwright.ui.frame.message_bar import MessageBar
from roadwright.ui.icons import Icons
from roadwright.ui.jobs import Jobs
from roadwright.ui.messages import Message, Messages
from roadwright.ui.session import Looks


def bar_on(qtbot: QtBot, width: int = 900) -> tuple[MessageBar, Messages, Jobs]:
    messages, jobs = Messages(), Jobs()
    bar = MessageBar(messages, jobs, Icons(theme("light")))
    qtbot.addWidget(bar)
    bar.resize(width, bar.height())
    bar.show()
    return bar, messages, jobs


def words(bar: QWidget) -> str:
    return " ".join(label.text() for label in bar.findChildren(QLabel) if label.isVisible() and label.text())


def buttons(bar: QWidget) -> dict[str, QPushButton]:
    return {button.text(): button for button in bar.findChildren(QPushButton) if button.isVisible()}


def test_a_message_is_shown_with_its_way_out(qtbot: QtBot):
    bar, messages, _ = bar_on(qtbot)
    taken = []
    messages.say("ui.saved", file="plan.roadmap", way_out=("ui.undo", lambda: taken.append(1)))
    assert "Saved plan.roadmap." in words(bar)
    qtbot.mouseClick(buttons(bar)["Undo"], Qt.MouseButton.LeftButton)
    assert taken == [1]
    assert "Saved" not in words(bar)
    assert not buttons(bar)


def test_the_next_message_takes_the_place_of_the_last(qtbot: QtBot):
    bar, messages, _ = bar_on(qtbot)
    messages.say("ui.saved", file="one", way_out=("ui.undo", print))
    messages.say("ui.saved", file="two")
    assert "one" not in words(bar)
    assert "Saved two." in words(bar)
    assert not buttons(bar)


def test_a_refusal_says_its_reason(qtbot: QtBot):
    bar, messages, _ = bar_on(qtbot)
    messages.refuse(Refused("link.loop", keys=["RW-1", "RW-2", "RW-1"]))
    assert "That link would close a loop: RW-1, RW-2, RW-1." in words(bar)


def test_a_refusal_may_have_any_values(qtbot: QtBot):
    bar, messages, _ = bar_on(qtbot)
    messages.refuse(Refused("outdent.top", key="RW-1", level="info", way_out="x"))
    assert "RW-1 is at the top already." in words(bar)


def test_a_long_message_is_cut_off_and_whole_in_its_tooltip(qtbot: QtBot):
    bar, messages, _ = bar_on(qtbot, width=500)
    name = "a very long name " * 20
    messages.say("ui.saved", file=name)
    label = bar.findChild(QLabel, "message")
    whole = f"Saved {' '.join(name.split())} ."
    qtbot.waitUntil(lambda: label.toolTip() == whole)
    assert label.text() == whole
    assert label.geometry().right() < bar.width() < label.sizeHint().width()
    messages.say("ui.saved", file="short")
    qtbot.waitUntil(lambda: not label.toolTip())


def test_text_of_a_file_is_never_taken_for_markup(qtbot: QtBot):
    bar, messages, _ = bar_on(qtbot)
    messages.tell(Message("<b>bold</b> & <img src=x>"))
    assert "<b>bold</b> & <img src=x>" in words(bar)
    assert bar.findChild(QLabel, "message").textFormat() == Qt.TextFormat.PlainText


def test_the_counts_follow_the_plan(qtbot: QtBot):
    bar, _, _ = bar_on(qtbot)
    document = Document(new_plan("A plan"))
    desk = Desk(document, Looks())
    bar.show_desk(desk)
    assert words(bar) == f"0 items · {say('ui.state.no_file')}"
    document.commit(add_team, TeamId("t"), "Core")
    document.commit(set_title, "Another")
    assert words(bar) == "0 items · 1 team · not saved"


def test_a_job_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot):
    bar, _, jobs = bar_on(qtbot)
    go_on = Event()

    def work(progress):
        progress(1, 4)
        while not go_on.wait(0.01):
            progress(1, 4)

    jobs.start("Importing plan.xlsx", work, print, print)
    qtbot.waitUntil(lambda: "Importing plan.xlsx" in words(bar))
    strip = bar.findChild(QProgressBar)
    qtbot.waitUntil(lambda: (strip.value(), strip.maximum()) == (1, 4))
    qtbot.mouseClick(buttons(bar)["Cancel"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not jobs.running)
    assert not strip.isVisible()
    go_on.set()


def test_the_first_start_offers_an_import_and_a_new_plan(app: App, qtbot: QtBot):
    bar = app.window.message_bar
    assert "sample plan" in words(bar)
    assert list(buttons(bar)) == ["Import a spreadsheet", "New plan"]
    qtbot.mouseClick(buttons(bar)["New plan"], Qt.MouseButton.LeftButton)
    assert not app.document.plan.items
