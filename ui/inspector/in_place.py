"""A text that turns into its editor where it stands, and back: where no table's delegate does it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ..editors.choices import ListedEditor
from ..editors.of_fields import Editor
from ..editors.widgets import LongEditor

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_MOST_LINES = 12
_MOST_LETTERS = 600
"""Of a long text, as much is shown before it is edited."""


class Value(QLabel):
    """A text that can be clicked, and reached and opened by keys; too long, it is cut off with a tooltip."""

    opened = Signal(str)
    """Somebody wants to edit; carries the key that was typed, if one was."""
    emptied = Signal()
    """Delete was pressed."""
    followed = Signal()
    """It was clicked with Ctrl held: what it refers to is wanted."""

    def __init__(self, parent: QWidget | None = None, *, lines: bool = False, most_lines: int = 0) -> None:
        """`most_lines` is for a text of several lines that is cut off after so many of them."""
        super().__init__(parent)
        self._most_lines = most_lines
        self.setObjectName("value")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setWordWrap(lines)
        self._whole, self._lines = "", lines
        self.setMinimumWidth(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.allow(True)

    def allow(self, editing: bool) -> None:
        """Let it be opened, or only be read."""
        if self.property("editable") == editing:
            return
        self.setProperty("editable", editing)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, editing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if editing else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if editing else Qt.CursorShape.ArrowCursor)
        self.style().unpolish(self)
        self.style().polish(self)

    def show_text(self, text: str, tone: str = "") -> None:
        """Show a text; `tone` is faint, danger or nothing."""
        if text != self._whole:
            self._whole = text
            self._fit()
        if tone != (self.property("tone") or ""):
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def whole_text(self) -> str:
        return self._whole

    def _fit(self) -> None:
        if self._lines:
            rows = self._whole.splitlines()
            shown = "\n".join(rows[:_MOST_LINES])[:_MOST_LETTERS]
            if self._most_lines:
                room = max(self.contentsRect().width(), 20)
                shown = cut_after(self._whole[:_MOST_LETTERS], self.font(), room, self._most_lines)
                self.setToolTip(self._whole[:1000] if shown != self._whole else "")
                self.setText(shown)
            else:
                self.setText(shown if shown == self._whole else shown + " …")
            return
        room = self.contentsRect().width()
        flat = " ".join(self._whole[:400].split())
        shown = QFontMetrics(self.font()).elidedText(flat, Qt.TextElideMode.ElideRight, max(room, 20))
        self.setText(shown)
        self.setToolTip(self._whole[:1000] if shown != self._whole else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint if self._lines else QSize(0, hint.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not inside:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.followed.emit()
        elif self.property("editable"):
            self.opened.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (*_ENTER, Qt.Key.Key_F2, Qt.Key.Key_Space):
            self.opened.emit("")
        elif event.key() in _ERASE:
            self.emptied.emit()
        elif plain and text.isprintable() and text.strip():
            self.opened.emit(text)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A letter begins editing here; it is no command of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            typing = bool(event.text().strip()) and event.text().isprintable()
            if plain and (typing or event.key() in (*_ENTER, *_ERASE, Qt.Key.Key_F2, Qt.Key.Key_Space)):
                event.accept()
                return True
        return super().event(event)


def cut_after(text: str, font: QFont, width: int, lines: int) -> str:
    """The text, cut off with an ellipsis after so many lines of a width; then each line ends with a break."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    begins = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        begins.append(line.textStart())
    layout.endLayout()
    if len(begins) <= lines:
        return text
    # Qt counts in UTF-16: what lies beyond the basic plane takes two.
    units = text.encode("utf-16-le")
    rows = [units[2 * a : 2 * b].decode("utf-16-le", "ignore") for a, b in pairwise(begins[:lines])]
    rest = units[2 * begins[lines - 1] :].decode("utf-16-le", "ignore")
    last = QFontMetrics(font).elidedText(" ".join(rest.split()), Qt.TextElideMode.ElideRight, width)
    return "\n".join([*(row.rstrip() for row in rows), last])


class InPlace(QWidget):
    """A `Value` and, while somebody edits, the editor in its place.

    `make` gives a filled editor, or None where there is nothing to type (a yes or no that was turned round).
    `keep` takes the editor when Enter is pressed, a choice is clicked or the focus goes elsewhere; it answers
    False where the entry can't be kept, and the editor stays open if the person is still in it.
    """

    def __init__(
        self,
        make: Callable[[QWidget], Editor | None],
        keep: Callable[[Any], bool],
        parent: QWidget | None = None,
        *,
        lines: bool = False,
        most_lines: int = 0,
    ) -> None:
        super().__init__(parent)
        self._make, self._keep = make, keep
        self.value = Value(self, lines=lines, most_lines=most_lines)
        self.value.opened.connect(self.begin)
        self.editor: Editor | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.value)
        self.setFocusProxy(self.value)

    def begin(self, typed: str = "") -> None:
        """Open the editor."""
        if self.editor is not None or not self.value.property("editable"):
            return
        editor = self._make(self)
        if editor is None:
            return
        self.editor = editor
        editor.setObjectName("in-place")
        editor.setFont(self.value.font())
        self.value.hide()
        self._layout.addWidget(editor)
        editor.setMinimumHeight(96 if isinstance(editor, LongEditor) else self.value.sizeHint().height())
        editor.show()
        editor.setFocus()
        if typed:
            editor.type_first(typed)
        self._show_whole(editor)
        editor.installEventFilter(self)
        editor.finished.connect(self._entered)

    def _show_whole(self, editor: QWidget) -> None:
        """Scroll so far that the editor is in sight."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            area = above
            self._layout.activate()
            area.ensureWidgetVisible(editor, 0, 8)
            # and once more, when texts above it that were just set have their height
            QTimer.singleShot(0, editor, lambda: area.ensureWidgetVisible(editor, 0, 8))

    def finish(self) -> None:
        """Keep what was typed, if it can be kept, and close."""
        if self.editor is not None:
            editor = self.editor
            self._keep(editor)
            self._close(focus=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.editor:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._close(focus=True)
                return True
            if event.key() in _ENTER and not self._takes_enter():
                self._entered()
                return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in passing:
                self.finish()
        return False

    def _takes_enter(self) -> bool:
        completing = isinstance(self.editor, ListedEditor) and self.editor.takes_enter()
        return completing or isinstance(self.editor, LongEditor)

    def _entered(self) -> None:
        if self.editor is not None and self._keep(self.editor):
            self._close(focus=True)

    def _close(self, *, focus: bool) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        editor.removeEventFilter(self)
        self.value.show()
        if focus:
            self.value.setFocus()
        editor.hide()
        self._layout.removeWidget(editor)
        editor.deleteLater()
