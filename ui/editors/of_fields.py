"""How a field's value is shown and entered: the one place that makes an editor for a field.

Table, inspector and the timeline's gutter call `make_editor`, then `set_value` and `value_of`; what comes out
goes to `keep_field`. An editor is filled once, when it is made: whatever happens meanwhile, the caret stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec
from PySide6.QtWidgets import QWidget

from ...io.strings import fault_words, field_title, knows, say
from ...model.document import Document
from ...model.edits import together
from ...model.edits.fields import add_value
from ...model.edits.items import set_field
from ...model.edits.timing import make_milestones, pin_items
from ...model.field import NUMERIC
from ...model.fields import WORDS, Field, choices, fields_of, makes_values, parse, text_of
from ...model.plan import Plan
from ...model.records import ItemId, new_id
from ...model.refused import Refused
from ...model.schedule import Schedule
from .. import dates
from ..amounts import own_number_text
from ..making import keeper
from ..messages import Messages
from ..reasons import tell_where_it_went
from ..refusals import with_titles
from .choices import ChoiceEditor, ChoicesEditor, TokenEditor
from .pickers import Option
from .widgets import DateEditor, FlagEditor, LineEditor, LongEditor

Editor: TypeAlias = (
    LineEditor | LongEditor | FlagEditor | ChoiceEditor | ChoicesEditor | TokenEditor | DateEditor
)


class NewName(msgspec.Struct, frozen=True):
    """A value that is not in the plan yet: the name of a team, person or option to be made with the edit."""

    name: str


# Showing


def shown_text(field: Field, plan: Plan, value: Any, *, brief: bool = False) -> str:
    """The value in words for a person; `brief` where a column has little room."""
    if value is None or value == "" or value == ():
        return ""
    if field.kind == "date":
        return dates.day(value)
    if field.key == "slack":
        return dates.shift(value).removeprefix("+") if brief else dates.day_count(value)
    if field.key == "slip":
        return dates.shift(value) if brief else dates.slip(value)
    if field.kind == "days":
        return f"{value} d" if brief else dates.working_days(value)
    if field.kind == "percent":
        return f"{value} %"
    if field.own is not None and field.kind in ("number", "currency"):
        return own_number_text(field, value)
    if field.key == "effort" and not brief:
        return say("dates.person-days", count=text_of(field, plan, value))
    if field.kind == "flag":
        return say("flag.yes" if value else "flag.no")
    if field.kind == "item" and value in plan.items:
        return f"{plan.items[value].key} {plan.items[value].title}"
    if field.key in WORDS:
        return say(f"{field.key}.{value}")
    if field.kind == "choices":
        return " · ".join(title for id, title in choices(field, plan) if id in value)
    return text_of(field, plan, value)


def editable(field: Field, plan: Plan, id: ItemId) -> bool:
    """Whether the field of that item is entered, not derived: parents take theirs from what is under them."""
    if field.edit is None:
        return False
    rolled_up = field.key in ("finish", "duration", "progress") or (
        field.key == "start" and not plan.items[id].pinned
    )
    return not (rolled_up and plan.outline.is_parent(id))


def fault_text(field: Field, plan: Plan, times: Schedule, id: ItemId) -> str:
    """Why a formula has no value for the item, as it stands in the value's place; empty where it has."""
    fault = field.fault(plan, times, plan.items[id]) if field.fault is not None else None
    return f"#{fault_words(fault)}" if fault is not None else ""


def hint_of(field: Field, plan: Plan) -> str:
    """What is worth knowing about a field beside its value: how it is computed, how its link is opened."""
    if field.formula is not None and field.own is not None:
        from ...model.computed_fields import names_of, shown_formula

        names = names_of(fields_of(plan).values(), field_title)
        formula = shown_formula(field.own.formula, names)
        return say("field.formula", field=field.title, formula=formula)
    return say("field.follow") if field.kind == "url" else ""


def title_of(field: Field) -> str:
    return field_title(field)


# Editing


def make_editor(field: Field, plan: Plan, parent: QWidget | None = None) -> Editor:
    """An empty editor for the field; `finished` is emitted when no key is needed any more (a click chose)."""
    read = _reader(field, plan)
    editor: Editor
    if field.kind == "long":
        editor = LongEditor(parent)
    elif field.kind == "flag":
        editor = FlagEditor(parent)
    elif field.kind == "date":
        calendar = plan.working_days[plan.info.calendar]
        editor = DateEditor(field.key, calendar.is_working, parent)
    elif field.kind in ("choice", "person", "item"):
        editor = ChoiceEditor(options(field, plan), read, create=_creation(field), parent=parent)
    elif field.kind == "choices":
        editor = ChoicesEditor(options(field, plan), create=_creation(field), parent=parent)
    elif field.kind == "links":
        editor = TokenEditor(
            lambda: _keys(plan), ";", read, lambda value: text_of(field, plan, value), parent
        )
    elif field.kind == "tags":
        editor = TokenEditor(
            lambda: _tags(plan), ",", read, lambda value: text_of(field, plan, value), parent
        )
    else:
        numeric = field.kind in NUMERIC
        editor = LineEditor(read, lambda value: text_of(field, plan, value), parent, numeric=numeric)
    editor.setAccessibleName(title_of(field))
    return editor


def value_of(editor: Editor) -> Any:
    """What was entered.

    Raises:
        Refused("value.unreadable" or "value.unknown", field, text): it can't be that kind of value.
    """
    return editor.value()


def set_value(editor: Editor, value: Any) -> None:
    """Fill the editor with a value of its field."""
    editor.set_value(value)


def options(field: Field, plan: Plan) -> list[Option]:
    """What can be chosen for a field, in words."""
    if field.kind == "item":
        return [Option(id, title, plan.items[id].key) for id, title in choices(field, plan)]
    return [
        Option(value, say(title) if field.key in WORDS else title) for value, title in choices(field, plan)
    ]


def understand(field: Field, plan: Plan, text: str) -> Any:
    """The value that somebody typed or pasted: as `fields.parse`, and the words and dates of the screen too.

    Raises:
        Refused("value.unreadable" or "value.unknown", field, text): it can't be that kind of value.
    """
    text = text if field.kind == "long" else text.strip()
    if field.kind == "date" and text:
        return DateEditor.read(field.key, text)
    if field.kind in ("days", "number") and (number := _amount(text)) is not None:
        return number
    if field.kind in ("number", "currency") and text:
        from ...io.tables.values import read_number

        value = read_number(text)
        if value is None:
            raise Refused("value.unreadable", field=field.key, text=text)
        return value
    if field.kind in ("choice", "item"):
        for option in options(field, plan) if field.key in WORDS or field.kind == "item" else ():
            if text.casefold() in (option.title.casefold(), f"{option.hint} {option.title}".casefold()):
                return option.value
    return parse(field, plan, text)


def empty_of(field: Field) -> Any:
    """The value that a cleared cell gets."""
    return parse(field, Plan(), "") if field.key not in WORDS else WORDS[field.key][0]


def keep_field(
    document: Document, messages: Messages, ids: Sequence[ItemId], field: Field, value: Any
) -> bool:
    """Set the field of these items as one step; what can't be is said, and False is the answer."""
    keep = keeper(document, ids, field.key)
    try:
        keep(together(*entry_edits(ids, field, value)))
    except Refused as refused:
        tell_refused(messages, refused, document.kept)
        return False
    if field.key == "start":
        tell_where_it_went(document, messages, ids, value)
    return True


def entry_edits(ids: Sequence[ItemId], field: Field, value: Any) -> list[tuple[Any, ...]]:
    """The edits that give items a value: first those that make the new names in it."""
    made, known = _made(field, value)
    return [*made, meant_edit(ids, field, known)]


def _made(field: Field, value: Any) -> tuple[list[tuple[Any, ...]], Any]:
    """The edits that make the new names in a value, and the value that refers to them."""
    names = value if isinstance(value, tuple) else (value,)
    ids = {name: new_id() for name in names if isinstance(name, NewName)}
    edits: list[tuple[Any, ...]] = [(add_value, field.key, id, name.name) for name, id in ids.items()]
    if not ids:
        return edits, value
    return edits, tuple(ids.get(one, one) for one in value) if isinstance(value, tuple) else ids[value]


def _creation(field: Field) -> tuple[str, Callable[[str], NewName]] | None:
    """The words that offer to make what was typed, and what stands for it then."""
    if not makes_values(field):
        return None
    words = {"teams": "picker.create-team", "people": "picker.create-person"}
    return words.get(field.table, "picker.create-option"), NewName


def meant_edit(ids: Sequence[ItemId], field: Field, value: Any) -> tuple[Any, ...]:
    """The edit that is meant: to pin is to stay on the days shown, a milestone is on the last of them."""
    if field.key == "pinned" and value:
        return pin_items, ids
    if field.key == "kind" and value == "milestone":
        return make_milestones, ids
    return set_field, ids, field.key, value


def tell_refused(messages: Messages, refused: Refused, plan: Plan | None = None) -> None:
    """Say why not, with the field under the name that people know, and the items of a plan under theirs."""
    values = dict(refused.values)
    key = values.get("field")
    field = fields_of(plan).get(str(key)) if plan is not None else None
    if field is not None:
        values["field"] = field_title(field)
    elif isinstance(key, str) and knows(f"field.{key}"):
        values["field"] = say(f"field.{key}")
    named = Refused(refused.code, **values)
    messages.refuse(with_titles(named, plan) if plan is not None else named)


def _reader(field: Field, plan: Plan) -> Callable[[str], Any]:
    return lambda text: understand(field, plan, text)


def _amount(text: str) -> float | int | None:
    """`2w`, `63 working days`, `75 person-days`: a whole number with a unit; None for something else."""
    parts = text.lower().replace("person-", "").replace("working", "").split()
    joined = "".join(parts)
    number = joined.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = joined[len(number) :]
    times = {"w": 5, "wk": 5, "week": 5, "weeks": 5, "d": 1, "day": 1, "days": 1}.get(unit)
    if times is None or not number.isdecimal():
        return None
    return int(number) * times


def _keys(plan: Plan) -> list[Option]:
    return [
        Option(item.key, item.title, item.key) for item in map(plan.items.__getitem__, plan.outline.order)
    ]


def _tags(plan: Plan) -> list[Option]:
    known = {tag: None for item in plan.items.values() for tag in item.tags}
    return [Option(tag, tag) for tag in sorted(known, key=str.casefold)]
