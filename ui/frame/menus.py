"""Builds Qt's actions, the menu bar and the context menus from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from ...io.strings import say
from ...model.refused import Refused
from ..actions import ACTIONS, MENUS, SUBMENUS, Action
from ..commands import files

if TYPE_CHECKING:
    from ..app import App
    from .shortcuts import Shortcuts

_ROWS = {action.id: action for action in ACTIONS}
_SHORT = 12
"""A right-click menu of so few actions has none of them in a menu of their own."""
_LEAST_SUBMENU = 5
"""Fewer commands than that stand in a right-click menu itself."""


class Commands(QObject):
    """The table's commands as Qt actions, enabled, checked and named as the moment asks."""

    def __init__(self, app: App, qt: QApplication, window: QWidget, page: QWidget, bar: QMenuBar) -> None:
        """Keys of a page work while `page` or something in it has the keyboard, others all over `window`."""
        super().__init__(window)
        self._menus = {name: bar.addMenu(say(f"menu.{name}")) for name in MENUS}
        self._app = app
        self._qt = qt
        self._window, self._page = window, page
        self._made: dict[str, QAction] = {}
        self._shortcuts: Shortcuts | None = None

    def complete(self) -> None:
        """Make the other commands, their keys and menus: the first picture needs only buttons."""
        from .shortcuts import Shortcuts

        self._shortcuts = Shortcuts(self._qt, self.__getitem__, self)
        for name, menu in self._menus.items():
            if name in ("edit", "item"):
                self._explain(menu)
            self.fill(menu, (action for action in ACTIONS if action.menu == name))
        self.refresh()

    def __getitem__(self, id: str) -> QAction:
        """A command; it is made when it is first asked for."""
        if id not in self._made:
            self._made[id] = self._make(_ROWS[id])
        return self._made[id]

    def refresh(self) -> None:
        """Ask every command anew whether it can be called."""
        for id, made in self._made.items():
            action = _ROWS[id]
            made.setEnabled(action.when(self._app))
            if action.checked is not None:
                made.setChecked(action.checked(self._app))
        self._name_history()

    def add_to(self, menu: QMenu, place: str) -> None:
        """Add the commands of one place to a menu."""
        for action in ACTIONS:
            if action.place == place:
                menu.addAction(self[action.id])

    def context_menu(self, kind: str, parent: QWidget) -> QMenu:
        """The right-click menu for an `item`, a `link` or `empty` space."""
        self.refresh()
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._explain(menu)
        chosen = [action for action in ACTIONS if kind in action.context]
        self.fill(menu, chosen, least=_LEAST_SUBMENU if len(chosen) > _SHORT else len(chosen) + 1)
        return menu

    def fill(self, menu: QMenu, actions: Iterable[Action], least: int = 1) -> None:
        """Add actions to a menu, with lines between sections.

        What `SUBMENUS` names becomes a menu of its own where it holds `least` actions or more.
        """
        for section, group in groupby(actions, key=lambda action: action.place):
            found, inner = list(group), menu
            if not menu.isEmpty():
                menu.addSeparator()
            if section in SUBMENUS and len(found) >= least:
                inner = menu.addMenu(say(f"menu.{section.replace('/', '.')}"))
            if section == "file/save":
                self._add_recent(menu)
            for action in found:
                inner.addAction(self[action.id])

    def _explain(self, menu: QMenu) -> None:
        """While nothing may be changed, what would change the plan is grey in the menu, below the reason; its
        keys are still taken, and answered in the message bar.
        """
        reason = menu.addAction("")
        reason.setEnabled(False)
        reason.setVisible(False)

        def grey() -> None:
            barred = self._app.document.barred or self._page_barred
            reason.setVisible(bool(barred))
            reason.setText(say(f"{barred}.menu") if barred else "")
            for id, made in self._made.items() if barred else ():
                made.setEnabled(made.isEnabled() and not self._barred(_ROWS[id]))

        menu.aboutToShow.connect(grey)
        menu.aboutToHide.connect(self.refresh)

    def _make(self, action: Action) -> QAction:
        made = QAction(say(f"action.{action.id}"), self._window)
        made.setObjectName(action.id)
        if action.icon:
            made.setIcon(self._app.icons.icon(action.icon))
        made.setIconVisibleInMenu(action.checked is None)  # there the tick stands
        made.setCheckable(action.checked is not None)
        if action.scope == "page":
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._page.addAction(made)
        else:
            self._window.addAction(made)
        made.triggered.connect(lambda _=False: self._run(action))
        return made

    @property
    def _page_barred(self) -> str:
        """The code of why nothing can be changed on the page in sight; empty: it can."""
        return getattr(self._app.page, "barred", "")

    def _barred(self, action: Action) -> str:
        """The code of why an action can't be called now; empty: as far as that goes, it can."""
        if not action.changes:
            return ""
        return self._app.document.barred or (self._page_barred if action.on_page else "")

    def _run(self, action: Action) -> None:
        if barred := self._barred(action):
            self._app.messages.refuse(Refused(barred))
        elif action.when(self._app):
            action.run(self._app)
        self.refresh()  # a checkable one has toggled itself

    def _name_history(self) -> None:
        document = self._app.document
        redo = document.undone[-1].verb if document.undone else ""
        for id, verb in (("edit.undo", document.next_undo), ("edit.redo", redo)):
            words = say(f"action.{id}")
            if verb:
                words = say("ui.history_step", what=words, step=say(f"edit.{verb}"))
            self[id].setText(words)
            if self._shortcuts is not None:
                self._shortcuts.name_in_tip(self[id])

    def _add_recent(self, menu: QMenu) -> None:
        recent = menu.addMenu(say("menu.file.recent"))
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        menu.addSeparator()

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for name in self._app.settings.kept.recent:
            made = menu.addAction(name.replace("&", "&&"))
            made.triggered.connect(lambda _=False, path=Path(name): files.open_path(self._app, path))
        if menu.isEmpty():
            menu.addAction(say("ui.no_recent")).setEnabled(False)
