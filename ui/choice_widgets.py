"""Editors with a list of choices below them that follows what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ..io.strings import say
from .editor_widgets import Reader, Writer
from .pickers import ChoiceList, Option

MOST_SHOWN = 60
"""Choices in a list; more are found by typing."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Listed(QLineEdit):
    """A line with a list of choices below it that follows what is typed."""

    finished = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setMinimumWidth(40)
        self._list: ChoiceList | None = None
        self.textEdited.connect(self._typed)

    def type_first(self, text: str) -> None:
        self.setText(text)
        self.textEdited.emit(text)

    def list_shown(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _panel(self) -> ChoiceList:
        if self._list is None:
            self._list = ChoiceList(self)
            self._list.picked.connect(self._picked)
        return self._list

    def _typed(self, text: str) -> None:
        raise NotImplementedError

    def offer(self) -> None:
        """Open the list though nothing was typed."""
        raise NotImplementedError

    def _picked(self, option: Option) -> None:
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self.list_shown():
            self._panel().step(step)
        else:
            self.offer()


class ChoiceEditor(_Listed):
    """One of several choices, found by typing part of it; perhaps one that is made by the way.

    `create` is the code of the words that offer to make what was typed, and what stands for it then.
    """

    def __init__(
        self,
        options: Sequence[Option],
        read: Reader,
        *,
        create: tuple[str, Callable[[str], Any]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options, self._read, self._create = options, read, create
        self._before: Any = None
        self._asked = False  # whether something was typed: then that is meant, not the value before

    def set_value(self, value: Any) -> None:
        self._before, self._asked = value, False
        self.setText(next((o.title for o in self._options if o.value == value), ""))
        self.selectAll()

    def value(self) -> Any:
        chosen = self._list.current if self._list is not None else None
        if chosen is not None:
            return chosen.value
        return self._read(self.text()) if self._asked else self._before

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin)  # not before it stands where it will stand

    def _begin(self) -> None:
        if self.hasFocus() and not self._asked:
            self.offer()

    def offer(self) -> None:
        """Show every choice, the present one highlighted."""
        shown = list(self._options[:MOST_SHOWN])
        known = next((place for place, option in enumerate(shown) if option.value == self._before), -1)
        self._panel().show_options(shown, known)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.list_shown():
            self.offer()

    def _typed(self, text: str) -> None:
        self._asked = True
        wanted = text.strip()
        fitting = fits(self._options, wanted)
        shown = fitting[:MOST_SHOWN]
        if self._create is not None and wanted:
            words, make = self._create
            if not any(option.title.casefold() == wanted.casefold() for option in fitting):
                shown.append(Option(make(wanted), say(words, name=wanted)))
        self._panel().show_options(shown, 0 if wanted else -1)

    def _picked(self, option: Option) -> None:
        self._before, self._asked = option.value, False
        self.setText(option.title)
        self._panel().hide()
        self.finished.emit()


class TokenEditor(_Listed):
    """Several words with a separator between; the list completes the one at the caret."""

    def __init__(
        self,
        options: Callable[[], Sequence[Option]],
        separator: str,
        read: Reader,
        write: Writer,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._source, self._separator, self._read, self._write = options, separator, read, write

    def set_value(self, value: Any) -> None:
        self.setText(self._write(value or ()))
        self.end(False)

    def value(self) -> Any:
        return self._read(self.text())

    def offer(self) -> None:
        """Show all there is to choose from, whatever stands there."""
        self._panel().show_options(list(self._source())[:MOST_SHOWN])

    def _typed(self, text: str) -> None:
        first, last = self._token()
        word = text[first:last].strip()
        fitting = fits(self._source(), word) if word else []
        known = len(fitting) == 1 and str(fitting[0].value).casefold() == word.casefold()
        self._panel().show_options([] if known else fitting[:MOST_SHOWN])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self._list.current if self._list is not None and self.list_shown() else None
        if chosen is not None and event.key() in (*_ENTER, Qt.Key.Key_Tab):
            self._picked(chosen)
            return
        super().keyPressEvent(event)

    def takes_enter(self) -> bool:
        """Whether Enter would complete a word, not end the editing."""
        return self._list is not None and self.list_shown() and self._list.current is not None

    def _picked(self, option: Option) -> None:
        first, last = self._token()
        text = self.text()
        lead = " " if first else ""
        self.setText(text[:first] + lead + str(option.value) + text[last:])
        self.setCursorPosition(first + len(lead) + len(str(option.value)))
        self._panel().hide()

    def _token(self) -> tuple[int, int]:
        text, caret = self.text(), self.cursorPosition()
        first = text.rfind(self._separator, 0, caret) + 1
        last = text.find(self._separator, caret)
        return first, len(text) if last < 0 else last


def fits(options: Sequence[Option], text: str) -> list[Option]:
    """The options that have every word of the text, those that begin with it first."""
    folded = text.strip().casefold()
    words = folded.split()
    found = []
    for place, option in enumerate(options):
        title, hint = option.title.casefold(), option.hint.casefold()
        if folded in (hint, title):
            found.append((0, place, option))
        elif title.startswith(folded) or hint.startswith(folded):
            found.append((1, place, option))
        elif all(word in title or word in hint for word in words):
            found.append((2, place, option))
    found.sort(key=lambda entry: entry[:2])
    return [option for _, _, option in found]
