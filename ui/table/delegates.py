"""How a cell of the table is edited: the editor of its field, and the keys that end it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...model.document import Document
from ...model.refused import Refused
from ..editors.choices import ListedEditor, TokenEditor
from ..editors.of_fields import Editor, make_editor, set_value, tell_refused, value_of
from ..editors.widgets import DateEditor, LongEditor
from ..messages import Messages
from .cells import FOLD, INDENT, PADDING, CellPainter
from .model import TableModel

AnyIndex = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class Entry(NamedTuple):
    """What was entered, and where."""

    row: int
    column: int
    value: Any
    everywhere: bool
    """It is meant for all selected cells."""


class CellDelegate(QStyledItemDelegate):
    """One for the whole table. It knows no edits: what is entered it hands over."""

    entered = Signal(object)
    """An `Entry`, when its editor is gone."""
    left = Signal(int, int)
    """Where the person goes after an entry: down so many cells, or to the right."""

    def __init__(self, document: Document, messages: Messages, model: TableModel, cells: CellPainter) -> None:
        super().__init__(model)
        self._document, self._messages, self._model, self._cells = document, messages, model, cells
        self.everywhere = False
        """Whether what is entered goes into all selected cells, whatever key ends it."""
        self._editor: Editor | None = None
        self._entry: Entry | None = None

    def hand_over(self) -> None:
        """Pass on what was entered."""
        entry, self._entry = self._entry, None
        if entry is not None:
            self.entered.emit(entry)

    def open_choice(self) -> None:
        """Show what there is to choose from in the editor that is open."""
        if isinstance(self._editor, DateEditor):
            self._editor.pick()
        elif isinstance(self._editor, ListedEditor):
            self._editor.offer()

    # Qt's questions

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> Editor:
        field = self._model.columns[index.column()]
        editor = make_editor(field, self._document.plan, parent)
        editor.setObjectName("cell-editor")
        editor.setAutoFillBackground(True)
        set_value(editor, self._model.value_at(index.row(), index.column()))
        if isinstance(editor, LongEditor):
            editor.enter_keeps = True
        editor.finished.connect(self._done)
        self._editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Nothing: it was filled when it was made, and a refresh must not disturb who is typing."""

    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        """Note what was entered; it is kept when the editor is gone."""
        try:
            value = value_of(cast(Editor, editor))
        except Refused as refused:
            tell_refused(self._messages, refused)
            return
        everywhere, self.everywhere = self.everywhere, False
        if everywhere or value != self._model.value_at(index.row(), index.column()):
            self._entry = Entry(index.row(), index.column(), value, everywhere)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(self._cells.wanted(index.row(), index.column()), option.rect.height())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect, parent = QRect(option.rect), editor.parentWidget()
        row = self._model.row_at(index.row())
        if self._model.columns[index.column()].key == "title":
            depth, in_lane = (row.depth, bool(row.path)) if row is not None else (0, False)
            rect.setLeft(rect.left() + PADDING - 8 + depth * INDENT + (0 if in_lane else FOLD))
        if isinstance(editor, LongEditor):
            rect.setHeight(rect.height() * 4)
            rect.setWidth(max(rect.width(), 320))
            if parent is not None:
                rect.moveBottom(min(rect.bottom(), max(parent.height() - 4, rect.height())))
                rect.moveRight(min(rect.right(), parent.width() - 4))
        editor.setGeometry(rect.adjusted(0, 0, 0, -1))

    # Keys in an editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and watched is self._editor and self._pressed(self._editor, cast(QKeyEvent, event)):
            return True
        return super().eventFilter(watched, event)

    def _pressed(self, editor: Editor, event: QKeyEvent) -> bool:
        """Whether a key ends the entry, or means something else than in any other line of text."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        completing = isinstance(editor, ListedEditor) and editor.takes_enter() and not control
        if completing and (key in _ENTER or (key == Qt.Key.Key_Tab and isinstance(editor, TokenEditor))):
            cast(ListedEditor, editor).keyPressEvent(event)
        elif key in _TABS:
            self._keep(editor, 0, _TABS[key])
        elif key in _ENTER and control:
            self.everywhere = True
            self._keep(editor, 0, 0)
        elif key in _ENTER and not isinstance(editor, LongEditor):
            self._keep(editor, -1 if held & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif key == Qt.Key.Key_Semicolon and control and isinstance(editor, DateEditor):
            set_value(editor, date.today())
        else:
            return False
        return True

    def _done(self) -> None:
        """A choice was clicked: keep it and stay."""
        editor = self.sender()
        if editor is self._editor and self._editor is not None:
            self._keep(self._editor, 1 if isinstance(editor, LongEditor) else 0, 0)

    def _keep(self, editor: QWidget, down: int, on: int) -> None:
        try:
            value_of(cast(Editor, editor))
        except Refused as refused:  # what was typed stays, to be mended
            self.everywhere = False
            tell_refused(self._messages, refused)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(down, on)
