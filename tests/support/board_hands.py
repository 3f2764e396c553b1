"""A hand for the board: makes a page, finds cards on the screen, and sends real mouse and key events."""

from __future__ import annotations

from typing import Any, NamedTuple

from hands import send_mouse
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, ViewId
from roadwright.ui.board.layout import Layout
from roadwright.ui.board.page import BoardPage
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.scene import Box, Text
from roadwright.ui.messages import Message, Messages
from roadwright.ui.session import Looks, Session
from roadwright.ui.signals import DocumentSignals

Left, Middle = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NoButton, NoKeys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


class Hand(NamedTuple):
    """A board page with all it needs."""

    page: BoardPage
    document: Document
    session: Session
    said: list[Message]

    @property
    def viewport(self) -> QWidget:
        return self.page.view.viewport()

    @property
    def layout(self) -> Layout:
        return self.page.view.arranged

    def at(self, item: str, y: float = 0.5) -> QPointF:
        """A place on an item's card; `y` 0 is its top, 1 its bottom."""
        spot = self.page.view.card_place(ItemId(item))
        assert spot is not None, f"{item} is not on the board"
        return QPointF(spot.x() + spot.width() / 2, spot.y() + spot.height() * y)

    def column(self, title: str) -> int:
        return [column.title for column in self.layout.contents.columns].index(title)

    def below(self, title: str) -> QPointF:
        """A place in a column below its cards."""
        strip = self.layout.strips[self.column(title)]
        pile = self.layout.piles[0, self.column(title)]
        bottom = max(pile.bottoms, default=self.layout.bands[0].body)
        view = self.page.view
        x, y = strip.x + strip.width / 2, bottom + 30
        return QPointF(x - view.left, y - view.top + self.layout.head)

    def number(self, title: str) -> QPointF:
        """The count of a column."""
        area = self.page.view.head_spot(self.column(title)).total
        return QPointF(area.right - 20, area.middle)

    def head(self, title: str) -> QPointF:
        area = self.page.view.head_spot(self.column(title)).whole
        return QPointF(area.x + 14, area.middle)

    def hover(self, at: QPointF) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseMove, at, NoButton, NoButton, NoKeys)

    def press(self, at: QPointF, keys: Qt.KeyboardModifier = NoKeys, button: Any = Left) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseButtonPress, at, button, button, keys)

    def move(self, at: QPointF, keys: Qt.KeyboardModifier = NoKeys, button: Any = Left) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseMove, at, NoButton, button, keys)

    def release(self, at: QPointF, keys: Qt.KeyboardModifier = NoKeys, button: Any = Left) -> None:
        send_mouse(self.viewport, QEvent.Type.MouseButtonRelease, at, button, NoButton, keys)

    def click(self, at: QPointF, keys: Qt.KeyboardModifier = NoKeys) -> None:
        self.press(at, keys)
        self.release(at, keys)

    def double_click(self, at: QPointF) -> None:
        self.click(at)
        send_mouse(self.viewport, QEvent.Type.MouseButtonDblClick, at, Left, Left, NoKeys)
        self.release(at)

    def drag(self, start: QPointF, end: QPointF) -> None:
        """Press and move in four steps, without the release."""
        self.hover(start)
        self.press(start)
        for step in (0.2, 0.5, 0.8, 1.0):
            self.move(start + (end - start) * step)

    def drop(self, start: QPointF, end: QPointF) -> None:
        self.drag(start, end)
        self.release(end)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NoKeys) -> None:
        for type in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.page.view, QKeyEvent(type, key, keys))

    def editor(self) -> QLineEdit:
        """The editor that is open over the board."""
        found = [one for one in self.viewport.findChildren(QLineEdit) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def words(self) -> str:
        """What was said last."""
        return self.said[-1].text if self.said else ""

    def texts(self, ref: str = "") -> list[str]:
        """The texts on the screen, those of one part or all."""
        shapes = self.page.view.shapes()
        return [one.text for one in shapes if isinstance(one, Text) and (not ref or one.ref == ref)]

    def boxes(self, ref: str) -> list[Box]:
        return [one for one in self.page.view.shapes() if isinstance(one, Box) and one.ref == ref]

    def cards(self, title: str) -> list[str]:
        """The items of a column in order, over all swimlanes."""
        shown, at = self.layout.contents, self.column(title)
        return [id for lane in range(len(shown.lanes)) for id in shown.cells[lane, at]]


def board(
    qtbot: QtBot,
    plan: Plan,
    *,
    view: str = "by-status",
    size: tuple[int, int] = (1300, 700),
    looks: Looks | None = None,
    **adjusted: Any,
) -> Hand:
    """A shown page on a plan, looked at by a saved view with some of its attributes otherwise."""
    document, looks = Document(plan), looks or Looks()
    looks.view = ViewId(view)
    session, messages, signals = Session(looks), Messages(), DocumentSignals(document)
    if adjusted:
        session.adjust(plan, **adjusted)
    said: list[Message] = []
    messages.said.connect(said.append)
    page = BoardPage(document, signals, session, messages, theme("light"))
    for one in (signals, session, messages):
        one.setParent(page)
    hand = Hand(page, document, session, said)
    # qtbot refers to a widget weakly: without this the page could be collected while it is painted
    qtbot.addWidget(page, before_close_func=lambda _: hand.page.hide())
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    page.view.setFocus()
    return hand
