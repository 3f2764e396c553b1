"""Rows and cells as the text and the HTML that spreadsheets give and take, and what a pasted block means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import msgspec
from msgspec import structs
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ..io.strings import count, field_title
from ..model.edits.fields import add_value
from ..model.edits.items import add_item
from ..model.field_values import listed, unlisted
from ..model.fields import Field, fields_of, makes_values, text_of
from ..model.plan import Plan
from ..model.records import ItemId, new_id
from ..model.refused import Refused
from ..model.schedule import Schedule
from .editors.of_fields import editable, meant_edit, understand

Block = list[list[str]]
_MOST_NAMES = 4
"""New names that a message lists."""
_NUMBERS = ("days", "number", "currency", "percent")


# Giving


class Copied(msgspec.Struct, frozen=True):
    """A block as plain text with tabs, and as an HTML table whose cells say what they are."""

    text: str
    html: str

    def to_clipboard(self) -> None:
        data = QMimeData()
        data.setText(self.text)
        data.setHtml(self.html)
        QGuiApplication.clipboard().setMimeData(data)


def copied(
    plan: Plan, times: Schedule, ids: Sequence[ItemId], fields: Sequence[Field], *, headed: bool = True
) -> Copied:
    """The fields of these items as a block; `headed` puts the names of the fields above."""
    block = [
        [text_of(field, plan, field.read(plan, times, plan.items[id])) for field in fields] for id in ids
    ]
    head = [field_title(field) for field in fields] if headed else []
    return Copied(_as_text([head, *block] if headed else block), _as_html(head, block, fields))


def _as_text(block: Iterable[Sequence[str]]) -> str:
    """Cells with tabs, line breaks or quotes are quoted."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(block)
    return out.getvalue()


def _as_html(head: Sequence[str], block: Block, fields: Sequence[Field]) -> str:
    """Text stays text in Excel (a key is no date there), dates and numbers are what they are."""
    rows = ["".join(f"<th>{escape(title)}</th>" for title in head)] if head else []
    rows += ["".join(map(_html_cell, fields, row)) for row in block]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<meta charset="utf-8"><table>{body}</table>'


def _html_cell(field: Field, text: str) -> str:
    if field.kind in _NUMBERS:
        return f"<td>{escape(text)}</td>"
    format = r"yyyy\-mm\-dd" if field.kind == "date" else r"\@"
    lines = escape(text).replace("\n", '<br style="mso-data-placement:same-cell">')
    return f"""<td style='mso-number-format:"{format}"'>{lines}</td>"""


# Taking


def read(text: str) -> Block:
    """The block that a text holds, at least one cell; every row as wide as the widest."""
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    block = list(csv.reader(lines, dialect="excel-tab")) or [[""]]
    width = max(1, *(len(row) for row in block))
    return [row + [""] * (width - len(row)) for row in block]


def repeated(block: Block, rows: int, columns: int) -> Block:
    """The block as often as it goes exactly into so many rows and columns; as it is where it does not."""
    high, wide = len(block), len(block[0])
    down = rows // high if rows % high == 0 and rows else 1
    across = columns // wide if columns % wide == 0 and columns else 1
    return [row * across for row in block] * down


def headings(plan: Plan, row: Sequence[str]) -> list[Field | None] | None:
    """The fields that a row of titles names, or None where it is no such row (it has to name the title)."""
    fields = fields_of(plan)
    known = {field_title(field).casefold(): field for field in fields.values()}
    named = [known.get(cell.strip().casefold()) for cell in row]
    return named if fields["title"] in named and sum(field is not None for field in named) > 1 else None


class Trouble(msgspec.Struct, frozen=True):
    """A cell of the pasted block that could not be taken: whose and which, and why."""

    id: ItemId
    field: Field
    refused: Refused


class Entry(msgspec.Struct, frozen=True):
    """A value for a field of some items."""

    ids: tuple[ItemId, ...]
    field: Field
    value: Any


class NewRow(msgspec.Struct, frozen=True):
    """An item to be made, and what it begins with."""

    id: ItemId
    fields: Mapping[str, Any] = {}


class Paste(msgspec.Struct, frozen=True):
    """What a pasted block means: names and items to be made, values in order, and what can't be taken."""

    before: ItemId | None = None
    names: tuple[tuple[str, str, str], ...] = ()
    """New teams, people and options: field, id, name."""
    new: tuple[NewRow, ...] = ()
    entries: tuple[Entry, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def made(self) -> tuple[ItemId, ...]:
        return tuple(row.id for row in self.new)


def new_names(meant: Paste) -> str:
    """Which teams, people and options come along, in a sentence; nothing where none do."""
    names = [name for _, _, name in meant.names]
    shown = names[:_MOST_NAMES] + (["…"] if len(names) > _MOST_NAMES else [])
    return count("ui.pasted.made", len(names), names=shown) if names else ""


def paste(plan: Plan, meant: Paste) -> Plan:
    """The edit: make the new names and items, then set every value."""
    for field, id, name in meant.names:
        plan = add_value(plan, field, id, name)
    for row in meant.new:
        plan = add_item(plan, row.id, before=meant.before, **row.fields)
    for entry in meant.entries:
        plan = _entered(plan, entry.ids, entry.field, entry.value)
    return plan


def fill_cells(plan: Plan, meant: Paste) -> Plan:
    """The edit: as `paste`, under the name that fits what was done."""
    return paste(plan, meant)


def clear_cells(plan: Plan, meant: Paste) -> Plan:
    """The edit: as `paste`, under the name that fits what was done."""
    return paste(plan, meant)


def meaning(
    plan: Plan,
    times: Schedule,
    block: Block,
    fields: Sequence[Field | None],
    targets: Sequence[ItemId] = (),
    *,
    before: ItemId | None = None,
    begin: Mapping[str, Any] | None = None,
) -> Paste:
    """What the block means: line by line onto `targets`, further lines as new items.

    `begin` is what new items begin with (attributes of `Item`), `before` the sibling they come before.
    Unknown teams, people and options are made. A cell that can't be read or set is left out and reported,
    with the rest applied. Where no column is the title, further lines are left out.
    """
    titled = any(field is not None and field.key == "title" for field in fields)
    further = block[len(targets) :] if titled else []
    lines = dict(zip(targets, block, strict=False))
    fresh = {ItemId(new_id()): line for line in further if any(cell.strip() for cell in line)}
    new = tuple(NewRow(id, begin or {}) for id in fresh)
    result = paste(plan, Paste(before=before, new=new))
    reading = Trial(result, times, frozenset(fresh))
    width = len(block[0]) if block else 0
    for column, field in enumerate(fields[:width]):
        if field is not None:
            reading.take(field, {id: line[column] for id, line in (lines | fresh).items()})
    return structs.replace(reading.result, before=before, new=new)


class Trial:
    """Tries values and texts for fields on a plan of its own: what works, and what does not."""

    def __init__(self, plan: Plan, times: Schedule, fresh: frozenset[ItemId] = frozenset()) -> None:
        """`fresh` are items that have just been made: empty cells ask nothing of them."""
        self._plan, self._times, self._fresh = plan, times, fresh
        self._names: list[tuple[str, str, str]] = []
        self._entries: list[Entry] = []
        self._troubles: list[Trouble] = []

    @property
    def result(self) -> Paste:
        return Paste(None, tuple(self._names), (), tuple(self._entries), tuple(self._troubles))

    def set(self, field: Field, ids: Iterable[ItemId], value: Any) -> None:
        """Give these items a value."""
        entered = []
        for id in ids:
            if editable(field, self._plan, id):
                entered.append(id)
            else:
                self._refuse(id, field, Refused("field.computed", field=field.key))
        if entered:
            self._set(field, tuple(entered), value)

    def take(self, field: Field, cells: Mapping[ItemId, str]) -> None:
        """Set together what says the same: that is much faster; one by one only where it is refused."""
        alike: dict[str, list[ItemId]] = {}
        for id, cell in cells.items():
            if self._asks(field, id, cell):
                alike.setdefault(cell, []).append(id)
        for cell, ids in alike.items():
            try:
                value = self._understood(field, cell)
            except Refused as refused:
                for id in ids:
                    self._refuse(id, field, refused)
            else:
                self._set(field, tuple(ids), value)

    def _asks(self, field: Field, id: ItemId, cell: str) -> bool:
        """Whether a cell asks for anything that can be entered; what it asks for in vain is a trouble."""
        if id in self._fresh and (not cell.strip() or field.key == "key" or field.edit is None):
            return False
        if editable(field, self._plan, id):
            return True
        known = id not in self._fresh and field.read(self._plan, self._times, self._plan.items[id])
        if cell.strip() and cell.strip() != text_of(field, self._plan, known):
            self._refuse(id, field, Refused("field.computed", field=field.key))
        return False

    def _understood(self, field: Field, cell: str) -> Any:
        """The value of a cell; names that the plan does not know are made, as where they are typed."""
        if field.kind != "choices":
            return self._named(field, cell, cell.strip())
        return tuple(id for word in unlisted(cell) for id in self._named(field, listed([word]), word))

    def _named(self, field: Field, text: str, name: str) -> Any:
        field = fields_of(self._plan)[field.key]  # it may have been given more to choose from meanwhile
        try:
            return understand(field, self._plan, text)
        except Refused as refused:
            if refused.code != "value.unknown" or not makes_values(field):
                raise
        made = new_id()
        self._plan = add_value(self._plan, field.key, made, name)
        self._names.append((field.key, made, name))
        return (made,) if field.kind == "choices" else made

    def _refuse(self, id: ItemId, field: Field, refused: Refused) -> None:
        self._troubles.append(Trouble(id, field, refused))

    def _set(self, field: Field, ids: tuple[ItemId, ...], value: Any) -> None:
        try:
            self._plan = _entered(self._plan, ids, field, value)
        except Refused as refused:
            if len(ids) == 1:
                self._refuse(ids[0], field, refused)
            else:
                for id in ids:
                    self._set(field, (id,), value)
        else:
            self._entries.append(Entry(ids, field, value))


def _entered(plan: Plan, ids: tuple[ItemId, ...], field: Field, value: Any) -> Plan:
    edit, *arguments = meant_edit(ids, field, value)
    result: Plan = edit(plan, *arguments)
    return result
