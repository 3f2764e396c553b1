"""Reads the JSON of a Trello board: lists, cards, labels, members, checklists, fields of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from ...model.records import CustomKind, Horizon
from ...model.refused import Refused
from ..strings import say
from ..tables.registry import category_of
from ..tables.words import fold
from .foreign import Foreign, OwnField, Task
from .numbers import day, decimal

MOST_OBJECTS = 600_000
_HORIZONS: dict[str, Horizon] = {"now": "now", "next": "next", "later": "later"}
_KINDS: dict[str, CustomKind] = {
    "number": "number",
    "date": "date",
    "checkbox": "flag",
    "list": "choice",
    "text": "text",
}
_VALUES = {"number": "number", "date": "date", "checkbox": "checked", "text": "text"}


class _List(msgspec.Struct):
    id: str
    name: str = ""
    closed: bool = False
    pos: float = 0.0


class _Label(msgspec.Struct):
    name: str | None = ""
    color: str | None = ""


class _Value(msgspec.Struct, rename="camel"):
    id_custom_field: str
    value: dict[str, str | None] | None = None
    id_value: str | None = None


class _Card(msgspec.Struct, rename="camel"):
    id: str
    name: str = ""
    desc: str | None = ""
    closed: bool = False
    pos: float = 0.0
    id_list: str = ""
    id_short: int | None = None
    start: str | None = None
    due: str | None = None
    due_complete: bool | None = False
    labels: list[_Label] = []
    id_members: list[str] = []
    short_url: str | None = ""
    custom_field_items: list[_Value] = []


class _Check(msgspec.Struct):
    name: str = ""
    state: str = ""
    pos: float = 0.0


class _Checklist(msgspec.Struct, rename="camel"):
    id_card: str = ""
    name: str = ""
    pos: float = 0.0
    check_items: list[_Check] = []


class _Member(msgspec.Struct, rename="camel"):
    id: str
    full_name: str | None = ""
    username: str | None = ""


class _Option(msgspec.Struct):
    id: str
    value: dict[str, str | None] = {}
    pos: float = 0.0


class _Field(msgspec.Struct):
    id: str
    name: str = ""
    type: str = "text"
    options: list[_Option] | None = None


class _Board(msgspec.Struct, rename="camel"):
    lists: list[_List]
    cards: list[_Card]
    name: str = ""
    desc: str | None = ""
    members: list[_Member] = []
    checklists: list[_Checklist] = []
    custom_fields: list[_Field] = []


def read_trello(path: Path) -> Foreign:
    """The board in the file.

    Raises:
        Refused("planner.too_many" | "planner.damaged" | "planner.other_json", file).
    """
    try:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise Refused("file.unreadable", file=str(path), reason=error.strerror or str(error)) from None
    if data.count(b"{") + data.count(b"[") > MOST_OBJECTS:
        raise Refused("planner.too_many", file=path.name, most=f"{MOST_OBJECTS:,}")
    try:
        board = msgspec.json.decode(data, type=_Board)
    except msgspec.ValidationError as error:
        raise Refused("planner.other_json", file=path.name, reason=str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("planner.damaged", file=path.name, line="?") from None
    return _Reader(board).foreign


class _Reader:
    def __init__(self, board: _Board) -> None:
        self.board = board
        self.foreign = Foreign("trello", title=board.name)
        self.members = {one.id: (one.full_name or one.username or "").strip() for one in board.members}
        self.foreign.people = tuple(name for name in self.members.values() if name)
        self.lists = sorted((one for one in board.lists if not one.closed), key=lambda one: one.pos)
        self.as_horizons = bool(self.lists) and sum(fold(one.name) in _HORIZONS for one in self.lists) >= 2
        self.as_statuses = not self.as_horizons and any(category_of(one.name) != "todo" for one in self.lists)
        self._read_fields()
        self._checks = self._read_checklists()
        self._read_cards()

    def _read_fields(self) -> None:
        self.options: dict[str, str] = {}
        for field in self.board.custom_fields:
            options = sorted(field.options or [], key=lambda one: one.pos)
            titles = {one.id: one.value.get("text") or "" for one in options}
            self.options |= titles
            words = tuple(title for title in titles.values() if title)
            self.foreign.fields[field.id] = OwnField(
                field.name or field.id, _KINDS.get(field.type, "text"), words
            )
        self.foreign.fields["link"] = OwnField(say("planner.link"), "url")
        self.kinds = {field.id: field.type for field in self.board.custom_fields}

    def _read_checklists(self) -> dict[str, list[str]]:
        """The checklists of each card, as texts."""
        found: dict[str, list[str]] = {}
        for one in sorted(self.board.checklists, key=lambda one: one.pos):
            lines = [
                f"[{'x' if check.state == 'complete' else ' '}] {check.name}"
                for check in sorted(one.check_items, key=lambda check: check.pos)
            ]
            if lines:
                found.setdefault(one.id_card, []).append("\n".join([f"{one.name}:", *lines]))
        return found

    def _read_cards(self) -> None:
        closed = {one.id for one in self.board.lists if one.closed}
        left = Counter(
            "list" if card.id_list in closed else "card"
            for card in self.board.cards
            if card.closed or card.id_list in closed
        )
        for place in self.lists:
            cards = [card for card in self.board.cards if card.id_list == place.id and not card.closed]
            if not (self.as_statuses or self.as_horizons) and cards:
                self.foreign.tasks.append(Task(uid=place.id, title=place.name))
            for card in sorted(cards, key=lambda card: card.pos):
                self.foreign.tasks.append(self._task(card, place))
        known = {one.id for one in self.board.lists}
        lost = [card for card in self.board.cards if card.id_list not in known and not card.closed]
        self.foreign.tasks += [self._task(card, None) for card in sorted(lost, key=lambda card: card.pos)]
        if left:
            self.foreign.note("planner.archived", count=left.total())
        how = "statuses" if self.as_statuses else "horizons" if self.as_horizons else "groups"
        self.foreign.note(f"planner.lists_as_{how}", count=len(self.lists))

    def _task(self, card: _Card, place: _List | None) -> Task:
        start, due = day(card.start or ""), day(card.due or "")
        status = place.name if place is not None and self.as_statuses else None
        done = bool(card.due_complete)
        if done and status is not None and category_of(status) != "done":
            status = None
        horizon = _HORIZONS.get(fold(place.name), "") if place is not None and self.as_horizons else ""
        labels = [label.name or label.color or "" for label in card.labels]
        return Task(
            uid=card.id,
            number=card.id_short,
            title=card.name,
            parent=None if place is None or self.as_statuses or self.as_horizons else place.id,
            kind="milestone" if due is not None and start is None else "bar",
            first=start,
            last=due,
            progress=100 if done else 0,
            status=status,
            category="done" if done else None,
            horizon=horizon,
            owners=tuple(name for id in card.id_members if (name := self.members.get(id))),
            tags=tuple(labels),
            notes=(card.desc or "", *self._checks.get(card.id, ())),
            own={**self._own(card), "link": card.short_url or None},
        )

    def _own(self, card: _Card) -> dict[str, Any]:
        own: dict[str, Any] = {}
        for one in card.custom_field_items:
            kind = self.kinds.get(one.id_custom_field, "text")
            if one.id_value:
                own[one.id_custom_field] = self.options.get(one.id_value)
                continue
            text = (one.value or {}).get(_VALUES.get(kind, "text")) or ""
            value: Any = text
            if kind == "number":
                value = decimal(text)
            elif kind == "date":
                value = day(text)
            elif kind == "checkbox":
                value = text == "true"
            own[one.id_custom_field] = value
        return own
