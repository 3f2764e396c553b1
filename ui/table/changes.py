"""What the table does to the plan: whole blocks of cells in one step; and words for what can't be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ...io.complaint import Complaint
from ...io.strings import count, field_title, say
from ...model.document import Document
from ...model.edits import together
from ...model.edits.items import add_item, remove_items
from ...model.fields import Field
from ...model.plan import Plan
from ...model.records import ItemId, new_id
from ...model.refused import Refused
from ...model.rows.lanes import Path, grouping
from ...model.schedule import Schedule
from ..editors.of_fields import empty_of, entry_edits, keep_field, tell_refused
from ..making import below
from ..messages import Message, Messages, deleted_words
from ..rows_clipboard import Paste, Trial, Trouble, clear_cells, fill_cells, meaning, new_names, paste

_MOST_TOLD = 2
"""Refused cells that a message names; a list has them all."""


class Changes:
    """Edits of cells and rows, each one step to undo."""

    def __init__(self, document: Document, messages: Messages) -> None:
        self._document, self._messages = document, messages

    # Cells

    def enter(self, ids: Sequence[ItemId], field: Field, value: Any) -> None:
        """Give items one value, which may be a new name."""
        keep_field(self._document, self._messages, ids, field, value)

    def clear(self, cells: Iterable[tuple[Field, Sequence[ItemId]]]) -> None:
        """Empty cells; those that can't be are told."""
        trial = self._trial()
        for field, ids in cells:
            if field.edit is not None:
                trial.set(field, ids, empty_of(field))
        self._keep(clear_cells, trial.result)

    def fill(self, values: Iterable[tuple[Field, ItemId, Any]]) -> None:
        """Give each of these cells its value; equal ones are set together."""
        alike: dict[tuple[Field, Any], list[ItemId]] = {}
        for field, id, value in values:
            alike.setdefault((field, value), []).append(id)
        trial = self._trial()
        for (field, value), ids in alike.items():
            trial.set(field, ids, value)
        self._keep(fill_cells, trial.result)

    def fill_texts(
        self, block: Sequence[Sequence[str]], fields: Sequence[Field], ids: Sequence[ItemId]
    ) -> None:
        """Write texts into cells of whatever fields, as if they were pasted."""
        lines = [list(line) for line in block]
        meant = meaning(self._document.kept, self._document.kept_schedule, lines, fields, ids)
        self._keep(fill_cells, meant)

    def paste(self, meant: Paste) -> None:
        if self._keep(paste, meant) and not meant.troubles:
            touched = {id for entry in meant.entries for id in entry.ids} | set(meant.made)
            self._messages.done(f"{count('table.pasted', len(touched))} {new_names(meant)}".rstrip())

    def _trial(self) -> Trial:
        return Trial(self._document.kept, self._document.kept_schedule)

    def _keep(self, edit: Callable[[Plan, Paste], Plan], meant: Paste) -> bool:
        """Keep what works of it, and tell the rest."""
        try:
            change = self._document.commit(edit, meant)
        except Refused as refused:  # what works alone need not work together
            tell_refused(self._messages, refused, self._document.kept)
            return False
        if meant.troubles:
            self._messages.tell(left_out(self._document.kept, meant.troubles))
        return bool(change)

    # Rows

    def make(
        self,
        kind: str,
        current: ItemId | None,
        path: Path = (),
        field: Field | None = None,
        value: Any = None,
    ) -> ItemId | None:
        """A new item below the current one or, without one, at the end of a lane; None where it is refused.

        It may have a value already, which may be a new name.
        """
        plan, id = self._document.kept, ItemId(new_id())
        begin = below(plan, current) if current is not None and current in plan.items else {}
        if field is not None and field.key == "title":
            begin["title"] = value
        parts: list[tuple[Any, ...]] = [(_add, id, {"kind": kind, **begin})]
        for key, of_lane in path:
            by = grouping(plan, key)
            if by is not None and by.put is not None and of_lane is not None:
                parts.append((by.put, (id,), of_lane))
        if field is not None and field.key != "title":
            parts += entry_edits((id,), field, value)
        edit = together(*parts)
        edit.__name__ = "add_item"
        try:
            self._document.commit(edit)
        except Refused as refused:
            tell_refused(self._messages, refused, plan)
            return None
        return id

    def remove(self, ids: Sequence[ItemId]) -> None:
        before = self._document.kept
        if self._document.commit(remove_items, ids):
            self._messages.done(deleted_words(before, self._document.kept))


def _add(plan: Plan, id: ItemId, fields: dict[str, Any]) -> Plan:
    return add_item(plan, id, **fields)


def left_out(plan: Plan, troubles: Sequence[Trouble]) -> Message:
    """Which cells could not be taken, each by its address, and why."""
    told = [
        say("table.refused-cell", cell=address(plan, one), why=_why(one)) for one in troubles[:_MOST_TOLD]
    ]
    text = count("table.left-out", len(troubles), cells=" ".join(told))
    more = len(troubles) > _MOST_TOLD
    return Message(text, "warning", (("table.show-left-out", lambda: _list(plan, troubles)),) if more else ())


def address(plan: Plan, trouble: Trouble) -> str:
    """`RW-12 Start`, or the field alone for an item that has not been kept."""
    item = plan.items.get(trouble.id)
    return f"{item.key} {field_title(trouble.field)}" if item is not None else field_title(trouble.field)


def _why(trouble: Trouble) -> str:
    return say(trouble.refused.code, **_said(trouble))


def _said(trouble: Trouble) -> dict[str, Any]:
    values = dict(trouble.refused.values)
    if values.get("field") == trouble.field.key:
        values["field"] = field_title(trouble.field)
    return values


def _list(plan: Plan, troubles: Sequence[Trouble]) -> None:
    from PySide6.QtWidgets import QApplication

    from ..dialogs.complaints import ComplaintReport

    window = QApplication.activeWindow()
    if window is not None:
        complaints = [Complaint(one.refused.code, _said(one), cell=address(plan, one)) for one in troubles]
        ComplaintReport(window, say("table.clipboard"), "table.left-out.all", complaints).open()


def values_downward(
    plan: Plan,
    times: Schedule,
    fields: Sequence[Field],
    sources: Sequence[ItemId],
    targets: Sequence[ItemId],
) -> list[tuple[Field, ItemId, Any]]:
    """What a block gives the rows beside it, again and again; `targets` in order away from it."""
    return [
        (field, target, field.read(plan, times, plan.items[sources[place % len(sources)]]))
        for field in fields
        for place, target in enumerate(targets)
    ]
