"""The page of the graph: canvas, legend, what is said above them, and what the program's actions call."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.change import Change
from ...model.document import Document
from ...model.edits.links import add_link
from ...model.records import ItemId, LinkId, View
from ...model.refused import Refused
from ..drawing.painter import measure, paint
from ..drawing.palette import Theme
from ..drawing.scene import Scene
from ..messages import Messages
from ..refusals import short_title, with_titles
from ..session import Session
from ..signals import DocumentSignals
from ..timeline.board import Board
from ..timeline.telling import linked_words
from .arranged import Arranged
from .contents import contents
from .layout import Area
from .legend import row
from .view import GraphView

PAGE = "graph"
_FOOT = 34
_READING = 460
"""Pixels; a line of text longer than that is tiring."""


class GraphPage(QWidget):
    """Who waits for whom. It is arranged when it is first shown, and again whenever cards or links change."""

    item_opened = Signal(str)
    """A card was double-clicked: show its item in the inspector."""

    def __init__(
        self, document: Document, signals: DocumentSignals, session: Session, messages: Messages, theme: Theme
    ) -> None:
        super().__init__()
        self.document, self.session, self.messages, self.theme = document, session, messages, theme
        self._arranged = Arranged()
        self._stale = True
        self._placed = False
        self.board = self._board()
        self.view = GraphView(self.board, self._arranged.layout, session, self)
        self.view.setAccessibleName(say("action.page.graph"))
        self.notice = QLabel(self, wordWrap=True)
        self.empty = _Empty(self)
        self.foot = _Foot(self)
        self._arrange()
        self.view.opened.connect(self.item_opened)
        self.view.link_drawn.connect(self._link)
        self.view.link_refused.connect(self._refuse)
        self.view.looked.connect(self._remember)
        self.foot.tidy.clicked.connect(self.tidy_up)
        signals.changed.connect(self._changed)
        session.selection_changed.connect(self._selected)
        session.rows_changed.connect(self.refresh)

    # Showing

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is; out of sight this waits until the page is shown."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        plan, schedule = self.document.plan, self.document.schedule
        shown = contents(plan, schedule, self._view(), self.session.search, self.session.asker)
        self.board = self._board(self.board)
        if self.document.previewing:
            self._arranged.during_preview(shown)
        else:
            self._arranged.take(shown)
        self.view.put(self.board, self._arranged.layout)
        self._say(self._arranged.shown.left_out, len(self._arranged.shown.cards))
        self.foot.update()
        if not self.document.previewing:
            self._describe()

    def tidy_up(self) -> None:
        """Arrange all cards anew, whatever stood where."""
        self._arranged.tidy()
        self.view.put(self.board, self._arranged.layout)
        self.view.fit_all()

    def _changed(self, change: Change) -> None:
        self.refresh()

    def _board(self, before: Board | None = None) -> Board:
        return Board(self.document.plan, self.document.schedule, (), self._view(), self.theme, before)

    def _view(self) -> View:
        return self.session.view(self.document.plan)

    def _say(self, left_out: int, shown: int) -> None:
        """What can't be seen: too many items, none at all, none that fits the filter."""
        self.notice.setVisible(left_out > 0)
        if left_out:
            self.notice.setText(say("graph.too_many", shown=shown, all=shown + left_out))
        colors = self.theme.colors
        self.notice.setStyleSheet(
            f"background: {colors.warning_soft}; color: {colors.ink}; padding: 6px 16px;"
        )
        self.empty.setVisible(not shown)
        self.view.setVisible(bool(shown))
        self.foot.setVisible(bool(shown))
        self.empty.say("nothing_found" if self.document.plan.items else "empty", self.theme)

    def _arrange(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.foot)
        self.setFocusProxy(self.view)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self._column.activate()  # the view has its size before it looks for the first time
        if not self._placed and self.view.camera.width:
            self._placed = True
            self._look_where_it_was()
        elif self.session.current is not None:
            self.view.reveal(self.session.current)

    # Looking

    def _look_where_it_was(self) -> None:
        known: dict[str, Any] = self.session.looks.places.get(PAGE, {})
        if {"zoom", "x", "y"} <= known.keys():
            self.view.camera.zoom = float(known["zoom"])
            self.view.camera.look_at(float(known["x"]), float(known["y"]))
            self.view.look()
        else:
            self.view.fit_all()

    def _remember(self) -> None:
        if self._placed:
            x, y = self.view.camera.centre
            self.session.looks.places[PAGE] = {"zoom": self.view.camera.zoom, "x": x, "y": y}

    def _selected(self) -> None:
        self.view.follow_selection()
        self._describe()
        if self.isVisible() and self.session.current is not None and self.view.gesture is None:
            self.view.reveal(self.session.current)

    def _describe(self) -> None:
        """Tell a screen reader about what is selected now."""
        if self.isVisible():
            from ..spoken import announce, chosen

            document, session = self.document, self.session
            announce(self.view, chosen(document.plan, document.schedule, session.current, session.link))

    def zoom_in(self) -> None:
        self.view.zoom_by(1.25)

    def zoom_out(self) -> None:
        self.view.zoom_by(0.8)

    def fit_all(self) -> None:
        self.view.fit_all()

    def reveal(self, id: ItemId) -> None:
        """Scroll softly to an item's card."""
        self.view.reveal(id)

    # Changing

    def _refuse(self, refused: Refused) -> None:
        self.messages.refuse(with_titles(refused, self.document.kept))

    def _link(self, id: LinkId, source: ItemId, target: ItemId) -> None:
        before = self.document.kept_schedule
        try:
            self.document.commit(add_link, id, source, target)
        except Refused as refused:
            self._refuse(refused)
            return
        plan = self.document.plan
        self.session.select(link=id)
        words = say("graph.linked", source=short_title(plan, source), target=short_title(plan, target))
        self.messages.done(*linked_words(plan, self.document.schedule, before, words))


class _Empty(QWidget):
    """What stands in the page's place while there are no cards."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self.text = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.text.setFixedWidth(_READING)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self.title)
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, code: str, theme: Theme) -> None:
        colors = theme.colors
        self.title.setText(say(f"graph.{code}.title"))
        self.title.setStyleSheet(f"color: {colors.ink}; font-size: 20px; font-weight: 600;")
        self.text.setText(say(f"graph.{code}.text"))
        self.text.setStyleSheet(f"color: {colors.ink2}; font-size: 14px;")
        self.text.ensurePolished()
        self.text.setMinimumHeight(self.text.heightForWidth(_READING))


class _Foot(QFrame):
    """The legend, and the button that arranges everything anew."""

    def __init__(self, page: GraphPage) -> None:
        super().__init__(page)
        self.page = page
        self.setFixedHeight(_FOOT)
        self.tidy = QPushButton(say("graph.tidy"), self)
        self.tidy.setProperty("quiet", True)
        self.tidy.setToolTip(say("graph.tidy.tip"))
        self.tidy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tidy.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 12, 0)
        line.addStretch(1)
        line.addWidget(self.tidy)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self.page.theme.colors
        width, height = self.width(), self.height()
        area = Area(16, 1, self.tidy.x() - 32, height - 1)
        shapes = row(self.page.board, area, colors.background, measure)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.background)
        painter.fillRect(0, 0, width, 1, colors.line)
        paint(painter, Scene(width, height, "", tuple(shapes)), exact=False)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
