"""The rows of the inspector: a caption at the left, a value at the right that is edited where it stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.document import Document
from ...model.fields import Field
from ...model.records import ItemId
from ...model.refused import Refused
from ..editors.of_fields import (
    Editor,
    editable,
    empty_of,
    fault_text,
    hint_of,
    keep_field,
    make_editor,
    set_value,
    shown_text,
    tell_refused,
    title_of,
    value_of,
)
from ..links_out import follow
from ..messages import Messages
from .in_place import InPlace

CAPTION = 92
MIXED = "–"


class Section(QWidget):
    """A group of rows under a small grey heading."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(title.upper(), self)
        heading.setObjectName("section")
        heading.setIndent(0)
        heading.setAccessibleName(title)
        line = QFrame(self)
        line.setObjectName("section-line")
        line.setFixedHeight(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 14, 0, 0)
        whole.setSpacing(1)
        whole.addWidget(heading)
        whole.addWidget(line)
        whole.addSpacing(3)
        self.rows, self.tail = QVBoxLayout(), QVBoxLayout()
        """Where rows are added, and what stays below them."""
        for part in (self.rows, self.tail):
            part.setSpacing(1)
            whole.addLayout(part)


class CaptionRow(QWidget):
    """A caption and whatever stands beside it."""

    def __init__(self, caption: str, beside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = QLabel(caption, self)
        self.caption.setObjectName("caption")
        self.caption.setFixedWidth(CAPTION)
        self.caption.setIndent(0)
        self.caption.setBuddy(beside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.caption, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(beside, 1)


_TITLE_LINES = 3
"""Of a title, as many lines are shown before it is edited."""


class FieldValue(InPlace):
    """The value of one field of the items it was told of last; they are edited together."""

    def __init__(
        self, field: Field, document: Document, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self._editor,
            self._entry,
            parent,
            lines=field.key in ("title", "notes"),
            most_lines=_TITLE_LINES if field.key == "title" else 0,
        )
        self.field = field
        self._document, self._messages = document, messages
        self._ids: tuple[ItemId, ...] = ()
        self._edited: tuple[ItemId, ...] = ()
        self.value.setAccessibleName(title_of(field))
        self.value.emptied.connect(self._empty)
        self.value.followed.connect(self._follow)
        self.setToolTip(hint_of(field, document.plan))

    def show_items(self, ids: tuple[ItemId, ...]) -> None:
        """Show what the items have in common; an editor that is open stays as it is."""
        if ids != self._ids and self.editor is not None:
            self.finish()  # it belongs to others
        self._ids = ids
        plan = self._document.plan
        self.value.allow(any(editable(self.field, plan, id) for id in ids))
        values = self._values()
        if any(value != values[0] for value in values[1:]):
            self.value.show_text(MIXED, "faint")
            return
        text = shown_text(self.field, plan, values[0]) if values else ""
        fault = fault_text(self.field, plan, self._document.schedule, ids[0]) if values and not text else ""
        if fault:
            self.value.show_text(fault, "danger")
            return
        own_long = self.field.own is not None and self.field.kind == "long"
        derived = not self.value.property("editable")
        faint = not text or (self.field.kind == "flag" and not values[0])
        self.value.show_text(
            text or say("inspector.no-text" if own_long else f"inspector.no-{self.field.kind}"),
            "faint" if faint else "computed" if derived else "link" if self.field.kind == "url" else "",
        )
        self.value.setAccessibleDescription(text)

    def _follow(self) -> None:
        """Open the link that it shows; what is no link is edited as ever."""
        text = self.value.whole_text()
        if self.field.kind != "url" or text in ("", MIXED):
            self.value.opened.emit("")
            return
        try:
            follow(text)
        except Refused as refused:
            tell_refused(self._messages, refused)

    def _values(self) -> list[Any]:
        plan, times = self._document.plan, self._document.schedule
        return [self.field.read(plan, times, plan.items[id]) for id in self._ids if id in plan.items]

    def _editor(self, parent: QWidget) -> Editor | None:
        self._edited = self._ids
        values = self._values()
        alike = all(value == values[0] for value in values)
        if self.field.kind == "flag":
            self._keep_value(not (alike and values[0]))
            return None
        editor = make_editor(self.field, self._document.plan, parent)
        set_value(editor, values[0] if alike else None)
        return editor

    def _empty(self) -> None:
        self._edited = self._ids
        if self.value.property("editable"):
            self._keep_value(empty_of(self.field), emptied=True)

    def _entry(self, editor: Editor) -> bool:
        try:
            value = value_of(editor)
        except Refused as refused:
            tell_refused(self._messages, refused, self._document.kept)
            return False
        return self._keep_value(value)

    def _keep_value(self, value: Any, *, emptied: bool = False) -> bool:
        """Set the value of all; an empty entry over mixed values is none, unless they are to be emptied."""
        plan = self._document.kept
        ids = [id for id in self._edited if id in plan.items and editable(self.field, plan, id)]
        read = [self.field.read(plan, self._document.kept_schedule, plan.items[id]) for id in ids]
        mixed = any(known != read[0] for known in read)
        untouched = mixed and not emptied and not value and value is not False
        if not ids or untouched or all(known == value for known in read):
            return True
        return keep_field(self._document, self._messages, ids, self.field, value)
