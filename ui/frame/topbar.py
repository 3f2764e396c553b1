"""The bar at the top: what plan this is, how it is looked at, and the commands that are always at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton

from ...io.strings import count, say
from ...model.edits.people import set_title
from ...model.outline import ranked
from ...model.refused import Refused
from ...model.rows.filter_terms import terms_of
from ...model.rows.filters import Reading
from ..commands import views
from ..desk import STATES, Desk
from ..icons import Icons
from ..refusals import with_titles
from .logo import Logo
from .menus import Commands
from .plan_title import LONGEST_TITLE, PlanTitle
from .search_field import SearchField

if TYPE_CHECKING:
    from ..app import App

HEIGHT = 52
_ROOMY = 1160
"""Width of the bar from which there is room for words that can be done without."""


class TopBar(QFrame):
    """Follows the desk it is shown; what a person does here goes to the desk's document and session."""

    search_left = Signal()
    """The search has what it wants: the keyboard goes back to the page."""

    def __init__(self, app: App, commands: Commands) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self._app, self._commands, self._icons = app, commands, app.icons
        self._desk: Desk | None = None
        self._logo = Logo(app.icons)
        self._title = PlanTitle()
        self._title.renamed.connect(self._rename)
        self._state = QLabel()
        self._state.setObjectName("planState")
        widths = (self._state.fontMetrics().horizontalAdvance(say(state)) for state in STATES)
        self._state.setMinimumWidth(max(widths))  # what stands to its right stays where it is
        self._views = _menu_button("viewSwitcher", app.icons)
        self._views.menu().aboutToShow.connect(self._fill_views)
        self._options = _button(commands, "view.options")
        self._filter = _button(commands, "view.filter")
        self._search = SearchField(app.icons)
        self._search.textChanged.connect(self._find)
        self._search.left.connect(self.search_left)
        self._share = _menu_button("share", app.icons)
        self._share.setText(say("ui.share"))
        self._share.menu().aboutToShow.connect(self._fill_share)
        self._arrange(commands)

    def show_desk(self, desk: Desk) -> None:
        """Follow another plan."""
        self._desk = desk
        self._search.setText(desk.session.search)
        desk.signals.changed.connect(self.refresh)
        desk.session.rows_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the plan is called, whether it is saved, and how it is looked at."""
        if self._desk is None:
            return
        plan, session = self._desk.document.plan, self._desk.session
        self._title.show_title(plan.info.title or say("ui.untitled"))
        self._state.setText(say(self._desk.state))
        if self._search.text().strip() != session.search:  # somebody else has changed it
            self._search.setText(session.search)
        view, adjusted = session.view(plan), session.adjusted(plan)
        words = view.title or say("ui.views.none")
        metrics = QFontMetrics(self._views.font())
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, 180).replace("&", "&&")
        self._views.setText(_starred(text, adjusted))
        self._views.setToolTip(say("view.star.tip" if adjusted else "ui.views.tip"))
        conditions = len(terms_of(view.filter))
        self._filter.setToolTip(count("view.filter.on", conditions) if conditions else say("view.filter.tip"))

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        self._state.setVisible(roomy)
        self._title.limit = LONGEST_TITLE if roomy else 200
        self._title.fit()

    # Small windows below the bar; each is imported when it is first asked for

    def show_options(self) -> None:
        """How the plan is looked at: lanes, colours, order, what is shown."""
        from ..views.options import ViewOptions

        if self._desk is not None:
            ViewOptions(self._options, self._desk, self._commands, self._icons, self._days_in_sight).open()

    def show_filter(self) -> None:
        """The filter of the view, to be put together."""
        from ..views.filter import FilterPopover

        if self._desk is not None:
            FilterPopover(self._filter, self._desk, self._icons).open()

    def ask_name(self, code: str, name: str, keep: Callable[[str], bool]) -> None:
        """Ask for a view's name; `keep` says whether it took it."""
        from ..views.naming import NamePopover

        NamePopover(self._views, code, name, keep).open()

    def choose_me(self) -> None:
        """Ask who is at the screen."""
        from ..views.whoami import WhoAmI

        if self._desk is not None:
            plan, asker = self._desk.document.plan, self._desk.session.asker
            tell = lambda name: views.introduce(self._app, name)  # noqa: E731
            WhoAmI(self._views, plan, asker.person(plan), self._app.author, tell).open()

    def _days_in_sight(self) -> tuple[date, date] | None:
        """First and last day that the page shows, if it shows days."""
        seen = getattr(self._app.page, "days_in_sight", None)
        return seen() if callable(seen) else None

    # Making and following

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
        layout.addWidget(self._options)
        layout.addSpacing(4)
        layout.addWidget(self._search, 1)
        layout.addWidget(self._filter)
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
        """The saved views, then what can be done to them."""
        menu = self._views.menu()
        menu.clear()
        if self._desk is None:
            return
        session, plan = self._desk.session, self._desk.document.plan
        for view in ranked(plan.views):
            shown = view.id == session.looks.view
            adjusted = session.adjusted(plan, view.id)
            action = menu.addAction(_starred(view.title.replace("&", "&&"), adjusted))
            action.setCheckable(True)
            action.setChecked(shown)
            action.triggered.connect(lambda _=False, id=view.id: views.choose(self._app, id))
        menu.addSeparator()
        self._commands.add_to(menu, "view/views")

    def _fill_share(self) -> None:
        """What can be sent to others."""
        menu = self._share.menu()
        menu.clear()
        self._commands.add_to(menu, "file/share")

    def _find(self, text: str) -> None:
        if self._desk is None:
            return
        document, session = self._desk.document, self._desk.session
        session.find(text.strip())
        reading = Reading(text, document.plan, document.schedule, session.asker)
        self._search.say("\n".join(say(one.code, **one.values) for one in reading.troubles))

    def _rename(self, title: str) -> None:
        if self._desk is None:
            return
        try:
            self._desk.document.commit(set_title, title)
        except Refused as refused:
            self._app.messages.refuse(with_titles(refused, self._desk.document.kept))
        self.refresh()


def _starred(title: str, adjusted: bool) -> str:
    """A view's title, with a star while it looks otherwise than it is saved."""
    return f"{title} ✱" if adjusted else title


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
    menu = QMenu(button)
    menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    button.setMenu(menu)
    return button
