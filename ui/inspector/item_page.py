"""The inspector's page for one or several selected items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...io.strings import count, field_title, say
from ...model.document import Document
from ...model.explain import latest
from ...model.fields import FIELDS, Field, fields_of
from ...model.problems import Problem, problems_of
from ...model.records import ItemId
from .. import dates
from ..drawing.palette import Theme
from ..messages import Messages
from .comments import Comments
from .in_place import Value
from .links import LinkList
from .rows import CaptionRow, FieldValue, Section
from .why import Why

GROUPS: dict[str, tuple[str, ...]] = {
    "what": ("status", "progress", "kind", "level", "parent", "tags"),
    "when": ("start", "finish", "duration", "pinned", "deadline", "precision", "horizon"),
    "who": ("team", "owner", "effort"),
    "own": (),
}
"""Which fields stand where; other fields of the plan follow those of their group."""
_LIVE_SLACK = 2000
"""Items of a plan above which slack waits until a drag ends: finding it takes a pass over the whole plan."""
_ELSEWHERE = ("key", "title", "slack", "slip", "critical", "depends", "notes")


class ItemPage(QWidget):
    """Every field in its group; links, notes and what is wrong only for a single item."""

    chosen = Signal(str)
    """An item that this one is linked with was clicked."""
    fields_asked = Signal(str)
    """A field of the plan's own is to be changed, by its key; empty: one is to be added."""

    def __init__(
        self, document: Document, messages: Messages, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._messages, self._today = document, messages, today
        self._ids: tuple[ItemId, ...] = ()
        self.fields: dict[str, FieldValue] = {}
        self._sections: dict[str, Section] = {}
        self._rows: dict[str, CaptionRow] = {}
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(20, 18, 16, 20)
        self.layout_.setSpacing(0)
        self._build_head()
        for group in GROUPS:
            self._build_group(group)
        self._build_add()
        self._build_times(self._sections["when"])
        self._build_links()
        self._build_notes()
        self.layout_.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        self.why.set_theme(theme)

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
        self._sections[group] = section = Section(say(f"group.{group}"), self)
        known = fields_of(self._document.plan)
        for key in (*GROUPS[group], *(field.key for field in known.values() if field.group == group)):
            if key not in self.fields and key not in _ELSEWHERE:
                self._add_field(known[key])
        self.layout_.addWidget(section)

    def _build_times(self, section: Section) -> None:
        """What follows from the dates: how far it may slip, and why it stands where it stands."""
        self._slack, self._latest, self._slip = Value(self), Value(self), Value(self)
        for key, words, value in (
            ("slack", "field.slack", self._slack),
            ("latest", "inspector.latest", self._latest),
            ("slip", "field.slip", self._slip),
        ):
            value.allow(False)
            self._rows[key] = CaptionRow(say(words), value, self)
            section.tail.addWidget(self._rows[key])
        self.why = Why(self)
        self.why.chosen.connect(self.chosen)
        section.tail.addWidget(self.why)

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
        self.comments = Comments(self)
        section.rows.addWidget(self.comments)
        self.layout_.addWidget(section)

    def _build_add(self) -> None:
        self.add_field = Value(self)
        self.add_field.show_text(say("inspector.add-field"), "faint")
        self.add_field.setAccessibleName(say("inspector.add-field"))
        self.add_field.opened.connect(lambda: self.fields_asked.emit(""))
        self.layout_.addWidget(self.add_field)

    def _field(self, key: str) -> FieldValue:
        return FieldValue(fields_of(self._document.plan)[key], self._document, self._messages, self)

    def _add_field(self, field: Field) -> None:
        self.fields[field.key] = FieldValue(field, self._document, self._messages, self)
        self._rows[field.key] = CaptionRow(field_title(field), self.fields[field.key], self)
        self._sections[field.group].rows.addWidget(self._rows[field.key])

    def _follow_fields(self) -> None:
        """Rows for the plan's own fields as they are now; those that stay keep what is being typed."""
        known = fields_of(self._document.plan)
        own = {key: field for key, field in known.items() if field.own is not None}
        shown = {key: value.field for key, value in self.fields.items() if value.field.own is not None}
        if [field.own for field in own.values()] != [field.own for field in shown.values()]:
            for key in shown:
                self.fields.pop(key).finish()
                row = self._rows.pop(key)
                row.hide()
                row.deleteLater()
            for field in own.values():
                self._add_field(field)
        self._sections["own"].setVisible(any(field.group == "own" for field in own.values()))

    # Showing

    def show_items(self, ids: tuple[ItemId, ...]) -> None:
        """Show these items as the document shows them now."""
        self._ids = ids
        self._follow_fields()
        one = ids[0] if len(ids) == 1 else None
        for field in self.fields.values():
            field.show_items(ids)
        self._many.setVisible(one is None)
        self._many.setText(count("inspector.items", len(ids)))
        for part in (self.fields["key"], self.fields["title"], self._links, self._level):
            part.setVisible(one is not None)
        self._hide_what_says_nothing()
        self.comments.show_item(self._document.plan, one)
        if one is not None:
            self._show_level(one)
            self._show_slack(one)
            self.why.show_item(self._document.plan, self._document.schedule, one)
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
            "latest": len(dated) == 1 and dated[0],
            "slip": len(dated) == 1 and self._slip_of(self._ids[0]) is not None,
        }.items():
            self._rows[key].setVisible(shown)
        self.why.setVisible(len(dated) == 1)

    def _show_level(self, id: ItemId) -> None:
        plan = self._document.plan
        item = plan.items[id]
        level = plan.levels.get(item.level) if item.level is not None else None
        width = self.fields["key"].value.fontMetrics().horizontalAdvance(item.key)
        self.fields["key"].setFixedWidth(min(max(width, 24), 140) + 6)
        self._level.setText(f"· {level.title}" if level else f"· {say('kind.' + item.kind)}")

    def _show_slack(self, id: ItemId) -> None:
        """How far the item may slip, and its last days then."""
        plan, times = self._document.plan, self._document.schedule
        hurried = self._document.previewing and len(plan.items) > _LIVE_SLACK
        slack = None if hurried else times.slack(id)
        span = None if slack is None else latest(plan, times, id)
        self._latest.show_text(dates.span(span.first, span.last, years=True) if span else "–", "computed")
        slip = self._slip_of(id)
        self._slip.show_text(
            "" if slip is None else dates.slip(slip), "danger" if slip and slip > 0 else "computed"
        )
        if slack is None:
            self._slack.show_text("–", "faint")
        elif slack < 0:
            self._slack.show_text(say("inspector.late", days=dates.day_count(-slack)), "danger")
        elif times.critical(id):
            self._slack.show_text(say("inspector.critical"), "danger")
        else:
            self._slack.show_text(dates.working_days(slack), "computed")

    def _slip_of(self, id: ItemId) -> int | None:
        plan = self._document.plan
        slip: int | None = FIELDS["slip"].read(plan, self._document.schedule, plan.items[id])
        return slip

    def problems(self) -> list[Problem]:
        """What is wrong with the item; of several items, nothing is told."""
        if len(self._ids) != 1:
            return []
        plan, times = self._document.plan, self._document.schedule
        return problems_of(plan, times, self._ids[0], self._today())
