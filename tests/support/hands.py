"""A hand for the timeline: makes a page, finds bars on the screen, and sends real mouse and key events."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, ViewId
from roadwright.ui.drawing.painter import measure
from roadwright.ui.drawing.palette import theme
from roadwright.ui.messages import Message, Messages
from roadwright.ui.session import Looks, Session
from roadwright.ui.signals import DocumentSignals
from roadwright.ui.timeline.frame import DOT, ROW, Drawn, Window, ends
from roadwright.ui.timeline.layout import layout
from roadwright.ui.timeline.page import TimelinePage

Buttons = Qt.MouseButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Hand(NamedTuple):
    """A timeline page with all it needs."""

    page: TimelinePage
    document: Document
    session: Session
    said: list[Message]

    @property
    def viewport(self) -> QWidget:
        return self.page.view.viewport()

    def place(self, item: str, share: float = 0.5) -> QPointF:
        """Where an item's bar is in the viewport; `share` 0 is its start, 1 its finish."""
        stage = self.page.stage
        spot = ends(stage.board, stage.axis, ItemId(item))
        assert spot is not None
        y = stage.board.row_of[ItemId(item)] * ROW + ROW / 2 - stage.top
        return QPointF(spot[0] + (spot[1] - spot[0]) * share - stage.scroll_x, y)

    def dot(self, item: str, *, start: bool = False) -> QPointF:
        return self.place(item, 0 if start else 1) + QPointF(-DOT if start else DOT, 0)

    def days(self, count: float) -> QPointF:
        """The way a number of days is on the screen."""
        return QPointF(count * self.page.stage.axis.zoom, 0)

    def hover(self, at: QPointF) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseMove, at, Buttons.NoButton, Buttons.NoButton, NO_KEYS)

    def press(
        self, at: QPointF, button: Buttons = Buttons.LeftButton, keys: Qt.KeyboardModifier = NO_KEYS
    ) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseButtonPress, at, button, button, keys)

    def move(
        self, at: QPointF, keys: Qt.KeyboardModifier = NO_KEYS, button: Buttons = Buttons.LeftButton
    ) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseMove, at, Buttons.NoButton, button, keys)

    def release(
        self, at: QPointF, keys: Qt.KeyboardModifier = NO_KEYS, button: Buttons = Buttons.LeftButton
    ) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseButtonRelease, at, button, Buttons.NoButton, keys)

    def click(self, at: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.press(at, keys=keys)
        self.release(at, keys=keys)

    def double_click(self, at: QPointF) -> None:
        self.click(at)
        send_mouse(
            self.viewport,
            QEvent.Type.MouseButtonDblClick,
            at,
            Buttons.LeftButton,
            Buttons.LeftButton,
            NO_KEYS,
        )
        self.release(at)

    def drag(self, start: QPointF, by: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> QPointF:
        """Press and move in four steps, without the release; returns where the hand is."""
        self.hover(start)
        self.press(start)
        for step in (0.2, 0.5, 0.8, 1.0):
            self.move(start + by * step, keys)
        return start + by

    def drag_and_drop(self, start: QPointF, by: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.release(self.drag(start, by, keys), keys)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        for type in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.page.view, QKeyEvent(type, key, keys))

    def words(self) -> str:
        """What was said last."""
        return self.said[-1].text if self.said else ""

    def drawn(self) -> Drawn:
        """What is on the screen now."""
        stage = self.page.stage
        window = Window(stage.scroll_x, stage.top, stage.scroll_x + stage.width, stage.top + stage.height)
        return layout(stage.board, stage.axis, window, stage.glance, stage.today, measure)

    def texts(self) -> list[str]:
        """The texts on the screen."""
        return [shape.text for shape in self.drawn().shapes if hasattr(shape, "text")]


def timeline(
    qtbot: QtBot, plan: Plan, *, zoom: float = 10.0, view: str = "plan", size: tuple[int, int] = (1300, 600)
) -> Hand:
    """A shown page on a plan, looking at its first day with some room before it."""
    document, looks = Document(plan), Looks()
    looks.view = ViewId(view)
    session, messages, signals = Session(looks), Messages(), DocumentSignals(document)
    said: list[Message] = []
    messages.said.connect(said.append)
    page = TimelinePage(document, signals, session, messages, theme("light"))
    signals.setParent(page)
    session.setParent(page)
    messages.setParent(page)
    hand = Hand(page, document, session, said)
    # qtbot refers to a widget weakly: without this the page could be collected while it is painted
    qtbot.addWidget(page, before_close_func=lambda _: hand.page.hide())
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    first = min(document.schedule.start.values(), default=page.stage.today)
    page.stage.look(zoom=zoom, left=first - 20, top=0)
    return hand


def send_mouse(
    widget: QWidget,
    type: QEvent.Type,
    at: QPointF,
    button: Buttons,
    buttons: Buttons,
    keys: Qt.KeyboardModifier,
) -> None:
    """Send a mouse event as the window system would, with the buttons that are held."""
    there = QPointF(widget.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(widget, QMouseEvent(type, at, there, button, buttons, keys))
