"""The command palette: every command, view and item, found by typing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import say
from ...model.outline import ranked
from ...model.records import ItemId
from ..actions import ACTIONS, SUBMENUS

if TYPE_CHECKING:
    from ..app import App

WIDTH, HEIGHT = 560, 420
MOST_SHOWN = 60


class Entry(msgspec.Struct, frozen=True):
    """Something that can be found: its words, what is said beside it, and what choosing it does."""

    words: str
    beside: str
    run: Callable[[], object]
    also: str = ""
    """Words that it is found by too, though not as well."""


class CommandPalette(QFrame):
    """A small window over the big one; Enter runs what is marked, Esc or a click elsewhere closes it."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._window = app.window
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = entries(app)
        self._field = QLineEdit()
        self._field.setPlaceholderText(say("ui.palette"))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._run)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._search("")

    def open(self) -> None:
        """Show it in the upper middle of the window."""
        window = self._window
        self.resize(min(WIDTH, window.width() - 80), HEIGHT)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + 84)
        self.show()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                row = min(max(self._list.currentRow() + step, 0), self._list.count() - 1)
                self._list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentItem())
                return True
        return False

    def _search(self, text: str) -> None:
        self._list.clear()
        found = sorted(
            (
                (points, place, entry)
                for place, entry in enumerate(self._entries)
                if (points := _points(text, entry)) > 0
            ),
            key=lambda hit: (-hit[0], hit[1]),
        )
        for _, _, entry in found[:MOST_SHOWN]:
            item = QListWidgetItem(self._list)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            row = _row(entry)
            item.setSizeHint(row.sizeHint())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.words)
            self._list.setItemWidget(item, row)
        if not found:
            nothing = QListWidgetItem(say("ui.palette.nothing"), self._list)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry: Entry | None = item.data(Qt.ItemDataRole.UserRole)
        if entry is not None:
            self.close()
            entry.run()


def entries(app: App) -> list[Entry]:
    """What can be done and found now: commands, then views, then items."""
    from ..commands.keeping import reveal
    from ..commands.views import choose

    app.window.commands.refresh()
    groups = {place: say(f"menu.{place.replace('/', '.')}").replace("&", "") for place in SUBMENUS}
    made = [(action, app.window.commands[action.id]) for action in ACTIONS if action.id != "help.palette"]
    found = [
        Entry(
            say("ui.palette.in_group", group=groups[action.place], words=q.text().replace("&", ""))
            if action.place in groups
            else q.text().replace("&", ""),
            q.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            q.trigger,
        )
        for action, q in made
        if q.isEnabled()
    ]
    plan, session = app.document.plan, app.session

    def go_to(id: ItemId) -> None:
        session.select([id])
        reveal(app, id)

    for view in ranked(plan.views):
        found.append(Entry(view.title, say("ui.palette.view"), partial(choose, app, view.id)))
    for id in plan.outline.order:
        item = plan.items[id]
        team = plan.teams.get(item.team) if item.team is not None else None
        beside = f"{team.title} · {item.key}" if team is not None else item.key
        found.append(Entry(item.title or item.key, beside, partial(go_to, id), also=beside))
    return found


_PLAIN = {ord("–"): "-", ord("—"): "-", ord("’"): "'", ord("“"): '"', ord("”"): '"'}
"""Signs that nobody types, and those that are typed in their place."""


def score(typed: str, words: str) -> int:
    """How well the words fit what was typed; 0: not at all.

    Letters must come in order; those that begin a word count most.
    """
    typed, words = typed.translate(_PLAIN), words.translate(_PLAIN)
    wanted, text = typed.casefold().replace(" ", ""), words.casefold()
    if not wanted:
        return 1
    whole = text.find(typed.casefold().strip())
    if whole >= 0:
        return 1000 - whole + (500 if whole == 0 or not text[whole - 1].isalnum() else 0)
    points, place = 0, -1
    for letter in wanted:
        last, place = place, text.find(letter, place + 1)
        if place < 0:
            return 0
        points += 8 if place == 0 or not text[place - 1].isalnum() else 4 if place == last + 1 else 1
    return points


def _points(typed: str, entry: Entry) -> int:
    """How well an entry fits: by its words, else by a whole stretch of what stands beside it."""
    wanted = typed.casefold().strip()
    other = 1 + len(wanted) if wanted and wanted in entry.also.casefold() else 0
    return max(score(typed, entry.words), other and 400 + other)


def _row(entry: Entry) -> QWidget:
    row = QWidget()
    row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(10, 6, 10, 6)
    words, beside = QLabel(entry.words), QLabel(entry.beside)
    for label in (words, beside):
        label.setTextFormat(Qt.TextFormat.PlainText)
    beside.setProperty("tone", "second")
    layout.addWidget(words, 1)
    layout.addWidget(beside)
    return row
