"""Editors with a list of choices below them that follows what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ...io.strings import say
from .pickers import ChoiceList, Option, base_of, mixed
from .widgets import Reader, Writer

MOST_SHOWN = 60
"""Choices in a list; more are found by typing."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ListedEditor(QLineEdit):
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

    def takes_enter(self) -> bool:
        """Whether Enter would take a choice from the list, not end the editing."""
        return False

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


class ChoiceEditor(ListedEditor):
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


class TokenEditor(ListedEditor):
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


class ChoicesEditor(ListedEditor):
    """Several of the choices, shown as chips before what is typed; the list below has a tick for each.

    Enter and Space turn the highlighted one round, Backspace in the empty line takes the last chip away.
    """

    _GAP = 4

    def __init__(
        self,
        options: Sequence[Option],
        *,
        create: tuple[str, Callable[[str], Any]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options, self._create = list(options), create
        self._chosen: list[Any] = []
        self._moved = False  # whether the highlight was moved by hand: then Enter is meant for it

    def set_value(self, value: Any) -> None:
        self._chosen = list(value or ())
        self._show_chips()

    def value(self) -> tuple[Any, ...]:
        known = {option.value: place for place, option in enumerate(self._options)}
        return tuple(sorted(self._chosen, key=lambda value: known[value]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if self.hasFocus():
            self._typed(self.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._typed(self.text())

    def offer(self) -> None:
        self._typed(self.text())

    def takes_enter(self) -> bool:
        return self.list_shown() and self._panel().current is not None and (self._moved or bool(self.text()))

    def _typed(self, text: str) -> None:
        wanted = text.strip()
        shown = fits(self._options, wanted)[:MOST_SHOWN]
        if self._create is not None and wanted:
            words, make = self._create
            if not any(option.title.casefold() == wanted.casefold() for option in shown):
                shown.append(Option(make(wanted), say(words, name=wanted)))
        self._moved = False
        self._panel().show_options(shown, 0, self._chosen)

    def _picked(self, option: Option) -> None:
        """Turn a choice round; one that was typed is among them from now on."""
        place = self._panel().options.index(option)
        if option not in self._options:
            self._options.append(Option(option.value, self.text().strip()))
        if option.value in self._chosen:
            self._chosen.remove(option.value)
        else:
            self._chosen.append(option.value)
        typed = bool(self.text())
        self._moved = False
        self.clear()
        self._show_chips()
        shown = self._options[:MOST_SHOWN]
        self._panel().show_options(shown, 0 if typed else min(place, len(shown) - 1), self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self._list.current if self._list is not None and self.list_shown() else None
        if chosen is not None and (
            (event.key() == Qt.Key.Key_Space and not self.text())
            or (event.key() in _ENTER and self.takes_enter())
        ):
            self._picked(chosen)
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text() and self._chosen:
            self._chosen.pop()
            self._show_chips()
            self._typed("")
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._moved = True

    # Chips

    def _titles(self) -> list[str]:
        titles = {option.value: option.title for option in self._options}
        return [titles.get(value, "") for value in self.value()]

    def _chips(self) -> list[tuple[int, int, str]]:
        """Left end, width and text of each, as far as there is room; the last may count the rest."""
        metrics, left, chips = self.fontMetrics(), 6, []
        titles = self._titles()
        room = max(self.width() * 2 // 3, 60)
        for place, title in enumerate(titles):
            width = metrics.horizontalAdvance(title) + 14
            rest = f"+{len(titles) - place}"
            if left + width > room and place:
                chips.append((left, metrics.horizontalAdvance(rest) + 14, rest))
                break
            chips.append((left, min(width, room), title))
            left += width + self._GAP
        return chips

    def _show_chips(self) -> None:
        chips = self._chips()
        self.setTextMargins(chips[-1][0] + chips[-1][1] if chips else 0, 0, 0, 0)
        self.setAccessibleDescription(", ".join(self._titles()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chips()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        palette, metrics = self.palette(), self.fontMetrics()
        ink, base = palette.color(QPalette.ColorRole.Text), base_of(palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = metrics.height() + 2
        for left, width, title in self._chips():
            chip = QRectF(left, (self.height() - height) / 2, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(ink, base, 0.12))
            painter.drawRoundedRect(chip, height / 2, height / 2)
            painter.setPen(ink)
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, width - 10)
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()


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
