"""The inspector's page for one or several selected items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...io.strings import count, say
from ...model.document import Document
from ...model.fields import FIELDS
from ...model.records import ItemId
from .. import dates
from ..messages import Messages
from .in_place import Value
from .links import LinkList, hold_text
from .rows import CaptionRow, FieldValue, Section
from .troubles import troubles

GROUPS: dict[str, tuple[str, ...]] = {
    "what": ("status", "progress", "kind", "level", "parent", "tags"),
    "when": ("start", "finish", "duration", "pinned", "deadline", "precision", "horizon"),
    "who": ("team", "owner", "effort"),
}
"""Which fields stand where; fields added to FIELDS later follow those of their group."""
_LIVE_SLACK = 2000
"""Items of a plan above which slack waits until a drag ends: finding it takes a pass over the whole plan."""
_ELSEWHERE = ("key", "title", "slack", "critical", "depends", "notes")


class ItemPage(QWidget):
    """Every field in its group; links, notes and what is wrong only for a single item."""

    chosen = Signal(str)
    """An item that this one is linked with was clicked."""

    def __init__(
        self, document: Document, messages: Messages, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._messages, self._today = document, messages, today
        self._ids: tuple[ItemId, ...] = ()
        self.fields: dict[str, FieldValue] = {}
        self._rows: dict[str, CaptionRow] = {}
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(20, 18, 16, 20)
        self.layout_.setSpacing(0)
        self._build_head()
        for group in GROUPS:
            self._build_group(group)
        self._build_links()
        self._build_notes()
        self.layout_.addStretch(1)

    # Building

    def _build_head(self) -> None:
        self.fields["key"] = key = self._field("key")
        key.value.setObjectName("item-key")
        self._level = QLabel(self)
        self._level.setObjectName("level")
        self._level.setIndent(0)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        line.addWidget(key)
        line.addWidget(self._level, 1)
        self.fields["title"] = title = self._field("title")
        title.value.setObjectName("item-title")
        self._many = QLabel(self)
        self._many.setObjectName("item-title")
        self._many.setIndent(0)
        self.layout_.addLayout(line)
        self.layout_.addWidget(title)
        self.layout_.addWidget(self._many)

    def _build_group(self, group: str) -> None:
        section = Section(say(f"group.{group}"), self)
        later = [f.key for f in FIELDS.values() if f.group == group and f.key not in _ELSEWHERE]
        for key in dict.fromkeys((*GROUPS[group], *later)):
            self.fields[key] = self._field(key)
            self._add_row(section, key, say(f"field.{key}"), self.fields[key])
        if group == "when":
            self._slack = Value(self)
            self._slack.allow(False)
            self._add_row(section, "slack", say("field.slack"), self._slack)
            self._because = Value(self)
            self._because.opened.connect(self._follow_driver)
            self._add_row(section, "because", say("inspector.because"), self._because)
        self.layout_.addWidget(section)

    def _build_links(self) -> None:
        self._links = Section(say("group.links"), self)
        self.waits_for = LinkList(True, self._document, self._messages, self)
        self.blocks = LinkList(False, self._document, self._messages, self)
        for links in (self.waits_for, self.blocks):
            links.chosen.connect(self.chosen)
            self._links.rows.addWidget(links)
        self.layout_.addWidget(self._links)

    def _build_notes(self) -> None:
        section = Section(say("group.notes"), self)
        self.fields["notes"] = self._field("notes")
        section.rows.addWidget(self.fields["notes"])
        self.layout_.addWidget(section)

    def _field(self, key: str) -> FieldValue:
        return FieldValue(FIELDS[key], self._document, self._messages, self)

    def _add_row(self, section: Section, key: str, caption: str, beside: QWidget) -> None:
        self._rows[key] = CaptionRow(caption, beside, self)
        section.rows.addWidget(self._rows[key])

    # Showing

    def show_items(self, ids: tuple[ItemId, ...]) -> None:
        """Show these items as the document shows them now."""
        self._ids = ids
        one = ids[0] if len(ids) == 1 else None
        for field in self.fields.values():
            field.show_items(ids)
        self._many.setVisible(one is None)
        self._many.setText(count("inspector.items", len(ids)))
        for part in (self.fields["key"], self.fields["title"], self._links, self._level):
            part.setVisible(one is not None)
        self._hide_what_says_nothing()
        if one is not None:
            self._show_level(one)
            self._show_why(one)
            self.waits_for.show_links(one)
            self.blocks.show_links(one)

    def _hide_what_says_nothing(self) -> None:
        """Dates' rows for what has dates, the horizon's for what has none."""
        dated = [id in self._document.schedule for id in self._ids]
        for key, shown in {
            "pinned": any(dated),
            "precision": any(dated),
            "horizon": not all(dated),
            "slack": len(dated) == 1 and dated[0],
            "because": len(dated) == 1 and dated[0],
        }.items():
            self._rows[key].setVisible(shown)

    def _show_level(self, id: ItemId) -> None:
        plan = self._document.plan
        item = plan.items[id]
        level = plan.levels.get(item.level) if item.level is not None else None
        width = self.fields["key"].value.fontMetrics().horizontalAdvance(item.key)
        self.fields["key"].setFixedWidth(min(max(width, 24), 140) + 6)
        self._level.setText(f"· {level.title}" if level else f"· {say('kind.' + item.kind)}")

    def _show_why(self, id: ItemId) -> None:
        """Slack, and the rule or link that fixes the start."""
        times = self._document.schedule
        hurried = self._document.previewing and len(self._document.plan.items) > _LIVE_SLACK
        slack = None if hurried else times.slack(id)
        if slack is None:
            self._slack.show_text("–", "faint")
        elif slack < 0:
            self._slack.show_text(say("inspector.late", days=dates.day_count(-slack)), "danger")
        elif times.critical(id):
            self._slack.show_text(say("inspector.critical"), "danger")
        else:
            self._slack.show_text(dates.day_count(slack), "computed")
        self._because.show_text(self._why(id), "computed")
        self._because.allow(self._driving_item(id) is not None)

    def _why(self, id: ItemId) -> str:
        plan, driver = self._document.plan, self._document.schedule.driver(id)
        if driver is None:
            return ""
        link = plan.links.get(driver.link) if driver.link is not None else None
        if link is None or link.source not in plan.items:
            rule = plan.category_of(plan.items[id]) if driver.rule == "status" else driver.rule
            return say(f"inspector.because-{rule}")
        source = plan.items[link.source]
        return f"{source.key} {source.title} {hold_text(link.type, link.lag)}"

    def _driving_item(self, id: ItemId) -> ItemId | None:
        driver = self._document.schedule.driver(id)
        link = self._document.plan.links.get(driver.link) if driver and driver.link is not None else None
        return link.source if link is not None else None

    def _follow_driver(self) -> None:
        source = self._driving_item(self._ids[0]) if self._ids else None
        if source is not None:
            self.chosen.emit(source)

    def troubles(self) -> list[str]:
        """What is wrong with the item, in words; of several items, nothing is told."""
        if len(self._ids) != 1:
            return []
        plan, times = self._document.plan, self._document.schedule
        return troubles(plan, times, self._ids[0], self._today())


class Card(QFrame):
    """What is wrong with the item, in words, on a soft red ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = QLabel(say("inspector.trouble"), self)
        self._title.setObjectName("card-title")
        self._text = QLabel(self)
        self._text.setObjectName("card-text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._text)

    def show_troubles(self, sentences: list[str]) -> None:
        self.setVisible(bool(sentences))
        self._text.setText("\n".join(sentences))

    def text(self) -> str:
        return self._text.text()
