"""The inspector's page for a selected link."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.document import Document
from ...model.edits.links import remove_links, set_link
from ...model.problems import Problem, problems_of
from ...model.records import LINK_TYPES, LinkId
from ...model.refused import Refused
from .. import dates
from ..editors.choices import ChoiceEditor
from ..editors.of_fields import Editor, tell_refused
from ..editors.pickers import Option
from ..editors.widgets import LineEditor
from ..messages import Messages
from .in_place import InPlace, Value
from .links import read_hold
from .rows import CaptionRow, Section


class LinkPage(QWidget):
    """From which item to which, how it holds, and whether it is broken."""

    chosen = Signal(str)
    """One of its ends was clicked."""

    def __init__(self, document: Document, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._messages = document, messages
        self._id: LinkId | None = None
        heading = QLabel(say("inspector.link"), self)
        heading.setObjectName("item-title")
        heading.setIndent(0)
        self.source, self.target = Value(self), Value(self)
        self.source.opened.connect(lambda: self._choose(0))
        self.target.opened.connect(lambda: self._choose(1))
        self.type = InPlace(self._type_editor, self._keep_type, self)
        self.lag = InPlace(self._lag_editor, self._keep_lag, self)
        remove = QPushButton(say("inspector.remove-link"), self)
        remove.setObjectName("quiet")
        remove.clicked.connect(self._remove)
        section = Section(say("inspector.dependency"), self)
        for words, beside in (
            ("inspector.from", self.source),
            ("inspector.to", self.target),
            ("inspector.type", self.type),
            ("inspector.lag", self.lag),
        ):
            section.rows.addWidget(CaptionRow(say(words), beside, self))
        for words, value in (("inspector.type", self.type.value), ("inspector.lag", self.lag.value)):
            value.setAccessibleName(say(words))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 16, 20)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(section)
        layout.addSpacing(16)
        layout.addWidget(remove)
        layout.addStretch(1)

    def show_link(self, id: LinkId) -> None:
        """Show the link as it is now."""
        if id != self._id:
            self.type.finish()
            self.lag.finish()
        self._id = id
        plan = self._document.plan
        link = plan.links[id]
        for value, end in ((self.source, link.source), (self.target, link.target)):
            item = plan.items.get(end)
            value.show_text(f"{item.key} {item.title}" if item else end)
        self.type.value.show_text(say(f"inspector.{link.type}"))
        self.lag.value.show_text(dates.day_count(link.lag) if link.lag else say("inspector.no-lag"))

    def problems(self) -> list[Problem]:
        """What is wrong with the link."""
        plan, times = self._document.plan, self._document.schedule
        link = plan.links.get(self._id) if self._id is not None else None
        if link is None or link.target not in plan.items:
            return []
        found = problems_of(plan, times, link.target)
        below = [one for id in plan.outline.descendants(link.target) for one in problems_of(plan, times, id)]
        return [problem for problem in (*found, *below) if problem.link == self._id]

    def _choose(self, end: int) -> None:
        link = self._document.plan.links.get(self._id) if self._id is not None else None
        if link is not None:
            self.chosen.emit((link.source, link.target)[end])

    def _type_editor(self, parent: QWidget) -> Editor | None:
        link = self._document.plan.links.get(self._id) if self._id is not None else None
        if link is None:
            return None
        options = [Option(type, say(f"inspector.{type}"), type) for type in LINK_TYPES]
        editor = ChoiceEditor(options, lambda text: read_hold(self._document.plan, text)[0], parent=parent)
        editor.set_value(link.type)
        return editor

    def _lag_editor(self, parent: QWidget) -> Editor | None:
        link = self._document.plan.links.get(self._id) if self._id is not None else None
        if link is None:
            return None
        editor = LineEditor(_read_lag, lambda lag: f"{lag:+d}" if lag else "0", parent)
        editor.set_value(link.lag)
        return editor

    def _keep_type(self, editor: Any) -> bool:
        return self._keep(lambda link: (editor.value() or link.type, link.lag))

    def _keep_lag(self, editor: Any) -> bool:
        return self._keep(lambda link: (link.type, editor.value()))

    def _keep(self, hold: Any) -> bool:
        link = self._document.kept.links.get(self._id) if self._id is not None else None
        if link is None:
            return True
        try:
            self._document.commit(set_link, link.id, *hold(link))
        except Refused as refused:
            tell_refused(self._messages, refused, self._document.kept)
            return False
        return True

    def _remove(self) -> None:
        plan = self._document.kept
        link = plan.links.get(self._id) if self._id is not None else None
        if link is not None:
            keys = [plan.items[end].key for end in (link.source, link.target) if end in plan.items]
            self._document.commit(remove_links, [link.id])
            self._messages.say("inspector.link-removed", keys=keys)


def _read_lag(text: str) -> int:
    """`5`, `+5 d`, `-2`, or nothing.

    Raises:
        Refused("value.unreadable", field, text): no number of days.
    """
    wanted = text.lower().removesuffix("days").removesuffix("d").replace("−", "-").replace(" ", "")
    try:
        return int(wanted or "0")
    except ValueError:
        raise Refused("value.unreadable", field="lag", text=text) from None
