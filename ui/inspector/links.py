"""What an item waits for and what it blocks: each link with its type and lag, to change, remove and add."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.document import Document
from ...model.edits.links import add_link, remove_links, set_link
from ...model.fields import FIELDS, parse
from ...model.plan import Plan
from ...model.records import LINK_TYPES, ItemId, Link, LinkId, new_id
from ...model.refused import Refused
from ..editors.choices import ChoiceEditor
from ..editors.of_fields import Editor, tell_refused
from ..editors.pickers import Option
from ..editors.widgets import LineEditor
from ..messages import Messages
from .in_place import InPlace, Value
from .rows import CaptionRow

Hold = tuple[str, int]
"""Type and lag of a link."""


def hold_text(type: str, lag: int) -> str:
    """`FS`, `SS+15d`."""
    return type + (f"{lag:+d}d" if lag else "")


def read_hold(plan: Plan, text: str) -> Hold:
    """The type and lag that a text like `SS+15d`, `-2` or `ff` means; without a type it is FS.

    Raises:
        Refused("value.unreadable", field, text): neither.
    """
    wanted = text.strip().upper()
    wanted = wanted if wanted[:2] in LINK_TYPES else f"FS{wanted}"
    key = next(iter(plan.keys), "")
    try:
        [(_, type, lag)] = parse(FIELDS["depends"], plan, f"{key} {wanted}")
    except (Refused, ValueError):
        raise Refused("value.unreadable", field="link", text=text) from None
    return type, lag


class LinkLine(QWidget):
    """One link: the item at its other end, how it holds, and a cross to remove it."""

    chosen = Signal(str)
    """The item at the other end was clicked."""
    removed = Signal(str)

    def __init__(
        self, id: LinkId, document: Document, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._id, self._document, self._messages = id, document, messages
        self._other: ItemId | None = None
        self.title = Value(self)
        self.title.opened.connect(self._choose)
        self.title.emptied.connect(self._cross_out)
        self.hold = InPlace(self._editor, self._keep, self)
        self.hold.setFixedWidth(68)
        self.hold.value.setAccessibleName(say("inspector.hold"))
        self.hold.value.emptied.connect(self._cross_out)
        self.cross = QToolButton(self)
        self.cross.setObjectName("cross")
        self.cross.setText("×")
        self.cross.setToolTip(say("inspector.remove-link"))
        self.cross.setAccessibleName(say("inspector.remove-link"))
        self.cross.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cross.clicked.connect(self._cross_out)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.hold)
        layout.addWidget(self.cross)

    def show_link(self, link: Link, other: ItemId) -> None:
        self._other = other
        item = self._document.plan.items.get(other)
        self.title.show_text(f"{item.key} {item.title}" if item else other)
        self.title.setAccessibleName(say("inspector.go-to"))
        self.hold.value.show_text(hold_text(link.type, link.lag), "computed")

    def _cross_out(self) -> None:
        self.removed.emit(self._id)

    def _choose(self) -> None:
        if self._other is not None:
            self.chosen.emit(self._other)

    def _editor(self, parent: QWidget) -> Editor:
        link = self._document.plan.links[self._id]
        editor = LineEditor(
            lambda text: read_hold(self._document.plan, text), lambda hold: hold_text(*hold), parent
        )
        editor.set_value((link.type, link.lag))
        return editor

    def _keep(self, editor: Any) -> bool:
        try:
            type, lag = editor.value()
            if self._id in self._document.kept.links:
                self._document.commit(set_link, self._id, type, lag)
        except Refused as refused:
            tell_refused(self._messages, refused, self._document.kept)
            return False
        return True


class LinkList(QWidget):
    """The links of an item in one direction, and a place to add one by typing a key or a title."""

    chosen = Signal(str)

    def __init__(
        self, incoming: bool, document: Document, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._incoming, self._document, self._messages = incoming, document, messages
        self._item: ItemId | None = None
        self._adding_to: ItemId | None = None
        self.lines: dict[LinkId, LinkLine] = {}
        direction = "waits-for" if incoming else "blocks"
        self.add = InPlace(self._editor, self._keep, self)
        self.add.value.show_text(say("inspector.add-link"), "faint")
        self.add.value.setAccessibleName(say(f"inspector.add-{direction}"))
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(1)
        layout.addWidget(CaptionRow(say(f"inspector.{direction}"), self.add, self))
        layout.addLayout(self._lines)

    def show_links(self, item: ItemId) -> None:
        """Show the item's links; lines that stay keep their editors."""
        if item != self._item:
            self.add.finish()
        self._item = item
        plan = self._document.plan
        wanted = {link.id: link for link in self._links(plan)}
        for id in [id for id in self.lines if id not in wanted]:
            line = self.lines.pop(id)
            line.hide()
            self._lines.removeWidget(line)
            line.deleteLater()
        for place, (id, link) in enumerate(wanted.items()):
            line = self.lines.get(id) or self._new_line(id)
            if self._lines.indexOf(line) != place:
                self._lines.insertWidget(place, line)
            line.show_link(link, self._other(link))

    def _links(self, plan: Plan) -> list[Link]:
        place = plan.outline.place
        at = plan.incoming if self._incoming else plan.outgoing
        links = at.get(self._item, []) if self._item is not None else []
        known = [link for link in links if self._other(link) in plan.items]
        return sorted(known, key=lambda link: (place[self._other(link)], link.type))

    def _other(self, link: Link) -> ItemId:
        return link.source if self._incoming else link.target

    def _new_line(self, id: LinkId) -> LinkLine:
        line = LinkLine(id, self._document, self._messages, self)
        line.chosen.connect(self.chosen)
        line.removed.connect(self._remove)
        self.lines[id] = line
        return line

    def _remove(self, id: str) -> None:
        plan = self._document.kept
        if LinkId(id) in plan.links:
            link = plan.links[LinkId(id)]
            keys = [plan.items[end].key for end in (link.source, link.target) if end in plan.items]
            self._document.commit(remove_links, [LinkId(id)])
            self._messages.say("inspector.link-removed", keys=keys)

    def _editor(self, parent: QWidget) -> Editor:
        plan, self._adding_to = self._document.plan, self._item
        options = [
            Option(id, plan.items[id].title, plan.items[id].key)
            for id in plan.outline.order
            if id != self._item
        ]
        return ChoiceEditor(options, self._read, parent=parent)

    def _read(self, text: str) -> Any:
        """`RW-12 SS+2d` typed in full: the item and how the link holds."""
        if not text.strip():
            return None
        return parse(FIELDS["depends"], self._document.plan, text)

    def _keep(self, editor: Any) -> bool:
        try:
            value = self._read(editor.text()) if _written_in_full(editor.text()) else editor.value()
            links = value if isinstance(value, tuple) else ((value, "FS", 0),) if value is not None else ()
            for other, type, lag in links:
                if self._adding_to is not None:
                    here = self._adding_to
                    source, target = (other, here) if self._incoming else (here, other)
                    self._document.commit(add_link, LinkId(new_id()), source, target, type, lag)
        except Refused as refused:
            tell_refused(self._messages, refused, self._document.kept)
            return False
        return True


def _written_in_full(text: str) -> bool:
    words = text.upper().split()
    return len(words) > 1 and words[-1][:2] in LINK_TYPES
