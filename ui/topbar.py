"""The bar at the top: what plan this is, how it is looked at, and the commands that are always at hand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from ..io.strings import say
from ..model.edits.people import set_title
from ..model.refused import Refused
from .desk import STATES, Desk
from .icons import Icons
from .menus import Commands
from .messages import Messages

HEIGHT = 52
LONGEST_TITLE = 360
"""Pixels; a longer one is cut off and shown whole while it is edited."""


class TopBar(QFrame):
    """Follows the desk it is shown; what a person does here goes to the desk's document and session."""

    search_left = Signal()
    """The search has what it wants: the keyboard goes back to the page."""

    def __init__(self, commands: Commands, icons: Icons, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self._desk: Desk | None = None
        self._messages = messages
        self._logo = Logo(icons)
        self._title = PlanTitle()
        self._title.renamed.connect(self._rename)
        self._state = QLabel()
        self._state.setObjectName("planState")
        widths = (self._state.fontMetrics().horizontalAdvance(say(state)) for state in STATES)
        self._state.setMinimumWidth(max(widths))  # what stands to its right stays where it is
        self._views = _menu_button("viewSwitcher", icons)
        self._views.menu().aboutToShow.connect(self._fill_views)
        self._views.setToolTip(say("ui.views.tip"))
        self._search = _SearchField(icons)
        self._search.textChanged.connect(self._find)
        self._search.left.connect(self.search_left)
        self._share = _menu_button("share", icons)
        self._share.setText(say("ui.share"))
        commands.share_menu(self._share.menu())
        self._arrange(commands)

    def show_desk(self, desk: Desk) -> None:
        """Follow another plan."""
        self._desk = desk
        self._search.setText(desk.session.search)
        desk.signals.changed.connect(self.refresh)
        desk.session.rows_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the plan is called, whether it is saved, and which view is chosen."""
        if self._desk is None:
            return
        document = self._desk.document
        self._title.show_title(document.plan.info.title or say("ui.untitled"))
        self._state.setText(say(self._desk.state))
        chosen = self._desk.session.looks.view
        view = document.plan.views.get(chosen) if chosen else None
        words = view.title if view else say("ui.views.none")
        metrics = QFontMetrics(self._views.font())
        self._views.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, 180).replace("&", "&&"))

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._state.setVisible(self.width() >= 1160)
        self._title.limit = LONGEST_TITLE if self.width() >= 1160 else 200
        self._title.fit()

    def _arrange(self, commands: Commands) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 16, 0)
        layout.setSpacing(6)
        layout.addWidget(self._logo)
        layout.addSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._state)
        layout.addSpacing(16)
        layout.addWidget(self._views)
        layout.addSpacing(4)
        layout.addWidget(self._search, 1)
        layout.addStretch()  # what the search field does not take
        for id in ("edit.undo", "edit.redo"):
            layout.addWidget(_button(commands, id))
        layout.addSpacing(8)
        for id in ("view.zoom_out", "view.fit", "view.zoom_in"):
            layout.addWidget(_button(commands, id))
        layout.addSpacing(8)
        layout.addWidget(self._share)
        layout.addSpacing(4)
        for id in ("view.backlog", "view.inspector"):
            layout.addWidget(_button(commands, id))

    def _fill_views(self) -> None:
        menu = self._views.menu()
        menu.clear()
        if self._desk is None:
            return
        session, plan = self._desk.session, self._desk.document.plan
        for view in sorted(plan.views.values(), key=lambda view: (view.rank, view.id)):
            action = menu.addAction(view.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(view.id == session.looks.view)
            action.triggered.connect(lambda _=False, id=view.id: session.show_view(id))
        if menu.isEmpty():
            menu.addAction(say("ui.views.none")).setEnabled(False)

    def _find(self, text: str) -> None:
        if self._desk is not None:
            self._desk.session.find(text.strip())

    def _rename(self, title: str) -> None:
        if self._desk is None:
            return
        try:
            self._desk.document.commit(set_title, title)
        except Refused as refused:
            self._messages.refuse(refused)
        self.refresh()


class PlanTitle(QLineEdit):
    """The plan's title; click to rename, Enter keeps, Esc restores."""

    renamed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("planTitle")
        self.setToolTip(say("ui.title.tip"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.limit = LONGEST_TITLE
        self._kept = ""
        self._entering = False
        self.editingFinished.connect(self._finish)
        self.textEdited.connect(self.fit)

    def show_title(self, title: str) -> None:
        """Show the title, unless another one is being typed."""
        self._kept = title
        self.fit()

    def fit(self) -> None:
        """As wide as the text, up to the limit; what is longer is cut off while nobody types."""
        metrics = QFontMetrics(self.font())
        typed = self.hasFocus() or self.isModified()
        whole = self.text() if typed else self._kept
        self.setFixedWidth(max(80, min(metrics.horizontalAdvance(whole) + 24, self.limit)))
        if not typed:
            self.setText(metrics.elidedText(whole, Qt.TextElideMode.ElideRight, self.width() - 20))
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._restore()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.clearFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._entering:
            self.selectAll()
            self._entering = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._entering = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self.isModified():
            self.setText(self._kept)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.fit()

    def _finish(self) -> None:
        if not self.isModified():  # it only had the keyboard
            return
        title = self.text().strip()
        self._restore()
        if title and title != self._kept:
            self.renamed.emit(title)

    def _restore(self) -> None:
        self.setText(self._kept)  # and with that it counts as not modified
        self.fit()


class _SearchField(QLineEdit):
    """Filters the rows while one types; Esc empties it, then gives the keyboard back, as Enter does."""

    left = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText(say("ui.search"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)
        self.setMaximumWidth(260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addAction(icons.icon("ph.magnifying-glass", "ink3"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Logo(QWidget):
    """The program's sign, as in resources/icons/app.svg; drawn here, as SVG costs time at the start."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setFixedSize(28, 28)
        self._icons = icons

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._icons.theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shield = QPainterPath()
        shield.addRoundedRect(QRectF(0, 0, 28, 28), 7, 7)
        painter.fillPath(shield, QColor(colors.accent))
        pen = QPen(QColor(colors.accent_ink), 2.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            QPolygonF([QPointF(6.5, 21), QPointF(12.25, 7), QPointF(15.75, 7), QPointF(21.5, 21)])
        )
        pen.setWidthF(2.2)
        painter.setPen(pen)
        painter.drawLine(QPointF(14, 11.4), QPointF(14, 13.5))
        painter.drawLine(QPointF(14, 16.2), QPointF(14, 18.4))
        painter.end()


def _button(commands: Commands, id: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(commands[id])
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(18, 18))
    button.setFixedSize(30, 30)
    button.setAutoRaise(True)
    return button


def _menu_button(name: str, icons: Icons) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the words
    button.setIcon(icons.icon("ph.caret-down"))
    button.setIconSize(QSize(12, 12))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(QMenu(button))
    return button
