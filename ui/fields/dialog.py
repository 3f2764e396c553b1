"""The dialog for the plan's own fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.fields import (
    add_field,
    change_fields,
    conversion,
    move_field,
    remove_field,
    rename_field,
    set_field_group,
    set_field_kind,
    set_formula,
    set_number_format,
    set_options,
)
from ...model.fields import FIELDS
from ...model.plan import Plan
from ...model.records import Choice, CustomField, CustomKind, FieldId, ItemId, new_id
from ...model.refused import Refused
from ..drawing.palette import Theme
from ..editors.draft_dialog import DraftDialog, free_title
from ..editors.of_fields import title_of, understand
from ..icons import Icons
from ..messages import Messages
from .editor import FieldEditor
from .list import FieldList

_SHOWN = 3
"""Lost values that are quoted."""


class FieldsDialog(DraftDialog):
    """Which fields there are, and what the chosen one is."""

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        messages: Messages,
        icons: Icons,
        theme: Theme,
        chosen: FieldId | None = None,
        items: Sequence[ItemId] = (),
    ) -> None:
        """`items` are those for which a formula's result is shown first."""
        super().__init__(parent, say("fields.window"), document, messages, change_fields)
        self._items = tuple(items)
        self._chosen = chosen if chosen in self.draft.fields else self._first()
        self._unturned: Plan | None = None  # the draft before the chosen one was turned into another kind
        self._refused = False  # whether the formula that stands there could not be taken
        self.list = FieldList(icons, self)
        self.editor = FieldEditor(icons, theme, self)
        self.anyway = QPushButton(say("fields.anyway"), self)
        self.anyway.setAutoDefault(False)
        self.anyway.clicked.connect(self._do_anyway)
        self.anyway.hide()
        self._waiting: tuple[Callable[..., Plan], tuple[Any, ...]] | None = None
        self.lay_out(self.list, self.editor, self.anyway)
        room = parent.size()
        self.resize(min(860, room.width() - 40), min(620, max(room.height() - 40, 520)))
        self._connect()
        self.show_draft()

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.add_asked.connect(self.add)
        self.list.moved.connect(self._move)
        self.list.removal_asked.connect(self._remove)
        editor = self.editor
        editor.renamed.connect(self._rename)
        editor.kind_chosen.connect(self._turn)
        editor.group_chosen.connect(lambda group: self.edit(set_field_group, self._chosen, group))
        editor.options_changed.connect(self._set_options)
        editor.format_changed.connect(self._set_format)
        editor.formula_changed.connect(self._set_formula)
        editor.removal_asked.connect(self._remove)

    # The draft

    def edit(self, edit: Callable[..., Plan], *arguments: Any, **named: Any) -> bool:
        self.say("")
        self._unturned = None
        return super().edit(edit, *arguments, **named)

    def show_draft(self) -> None:
        shown, times = self.document.plan, self.document.schedule  # the draft, while it is previewed
        self.list.show_plan(shown, self._chosen)
        self.editor.show_field(shown, times, self._chosen, self._items)

    def kept_words(self) -> str:
        return say("fields.changed")

    def say(self, text: str, *, wrong: bool = False) -> None:
        super().say(text, wrong=wrong)
        self.anyway.hide()
        self._waiting = None

    def _ask(self, words: str, edit: Callable[..., Plan], *arguments: Any) -> None:
        """Say what would be lost, and let it be done anyway."""
        self.say(words, wrong=True)
        self._waiting = (edit, arguments)
        self.anyway.show()

    def _do_anyway(self) -> None:
        if self._waiting is not None:
            edit, arguments = self._waiting
            self.edit(edit, *arguments, clear=True)

    def accept(self) -> None:
        """Take a name that is still being typed first; a formula that can't be taken is not dropped."""
        if self.editor.finish_typing() and not self._refused:
            super().accept()

    # Fields

    def _first(self) -> FieldId | None:
        ordered = sorted(self.draft.fields.values(), key=lambda field: (field.rank, field.id))
        return ordered[0].id if ordered else None

    @property
    def field(self) -> CustomField | None:
        """The chosen one, as the draft has it."""
        return self.draft.fields.get(self._chosen) if self._chosen is not None else None

    def _choose(self, id: str) -> None:
        self.editor.formula.finish_typing()
        if not self._refused:
            self._chosen, self._unturned = FieldId(id), None
            self.say("")
        self.show_draft()

    def add(self, kind: CustomKind) -> None:
        """Add a field of a kind, its name ready to be typed over."""
        before, self._chosen = self._chosen, FieldId(new_id())
        taken = (field.title for field in self.draft.fields.values())
        more = {"currency": "EUR"} if kind == "currency" else {}
        if self.edit(add_field, self._chosen, free_title(say(f"own-kind.{kind}"), taken), kind, **more):
            self.editor.edit_name()
        else:
            self._chosen = before

    def _rename(self, title: str) -> None:
        field = self.field
        if field is None or title.strip() == field.title:
            return
        if title.strip().casefold() in {title_of(one).casefold() for one in FIELDS.values()}:
            self.show_draft()
            self.say(say("field.title_taken", title=title.strip()), wrong=True)
            return
        self.edit(rename_field, field.id, title)

    def _move(self, id: str, before: str) -> None:
        self.edit(move_field, FieldId(id), FieldId(before) if before else None)

    def _remove(self) -> None:
        field = self.field
        if field is None:
            return
        filled = sum(field.id in item.custom for item in self.draft.items.values())
        self._refused = False
        rest = [one for one in self.draft.fields if one != field.id]
        order = sorted(rest, key=lambda id: (self.draft.fields[id].rank, id))
        below = [id for id in order if self.draft.fields[id].rank > field.rank]
        self._chosen = next(iter(below or order[::-1]), None)
        if self.edit(remove_field, field.id) and filled:
            self.say(count("fields.removed", filled, title=field.title))

    # What the chosen one is

    def _turn(self, kind: CustomKind) -> None:
        """Turn it into another kind; what would be lost is said first.

        Whoever goes through the kinds one by one turns the field that it was, not what came of it.
        """
        field = self.field
        if field is None:
            return
        self._refused = False
        before = self.draft = self._unturned or self.draft
        lost = conversion(before, field.id, kind, understand).lost
        if kind == before.fields[field.id].kind:
            self.edit(lambda plan: plan)
        elif not lost:
            self.edit(set_field_kind, field.id, kind, read=understand)
        self._unturned = before
        if not lost:
            return
        self.preview()
        some = ", ".join(f"“{' '.join(text.split())[:40]}”" for text in list(lost.values())[:_SHOWN])
        kind_words = say(f"own-kind.{kind}").casefold()
        words = count("fields.loses", len(lost), kind=kind_words, some=some)
        self._ask(words, _turned, field.id, kind)

    def _set_options(self, options: tuple[Choice, ...]) -> None:
        field = self.field
        if field is None:
            return
        try:
            set_options(self.draft, field.id, options)
        except Refused as refused:
            if refused.code == "field.option_used":
                used = int(str(refused.values["count"]))
                words = count("fields.option-used", used, option=refused.values["option"])
                self.show_draft()
                self._ask(words, set_options, field.id, options)
                return
        self.edit(set_options, field.id, options)

    def _set_format(self, currency: str, decimals: int | None) -> None:
        if self._chosen is not None:
            self.edit(set_number_format, self._chosen, currency, decimals)

    def _set_formula(self, text: str) -> None:
        if self._chosen is None:
            return
        formula = self.editor.formula.kept(text)
        self._refused = not self.edit(set_formula, self._chosen, formula)


def _turned(plan: Plan, id: FieldId, kind: CustomKind, *, clear: bool) -> Plan:
    return set_field_kind(plan, id, kind, clear=clear, read=understand)
