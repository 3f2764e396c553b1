"""How a field's value is shown and entered: the one place that makes an editor for a field.

Table, inspector and the timeline's gutter call `make_editor`, then `set_value` and `value_of`; what comes out
goes to `keep_field`. An editor is filled once, when it is made: whatever happens meanwhile, the caret stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec
from PySide6.QtWidgets import QWidget

from ..io.strings import knows, say
from ..model.document import Document
from ..model.edits import together
from ..model.edits.items import set_field
from ..model.edits.people import add_person, add_team
from ..model.fields import WORDS, Field, choices, parse, text_of
from ..model.plan import Plan
from ..model.records import ItemId, new_id
from ..model.refused import Refused
from . import dates
from .choice_widgets import ChoiceEditor, TokenEditor
from .editor_widgets import DateEditor, FlagEditor, LineEditor, LongEditor
from .messages import Messages
from .pickers import Option
from .refusals import with_titles

Editor: TypeAlias = LineEditor | LongEditor | FlagEditor | ChoiceEditor | TokenEditor | DateEditor

CREATABLE = {"team": "picker.create-team", "owner": "picker.create-person"}
"""Fields whose editor makes a new record of an unknown name, and the words that offer it."""


class NewName(msgspec.Struct, frozen=True):
    """A value that is not in the plan yet: the name of a team or person to be made with the edit."""

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
    if field.kind == "days":
        return f"{value} d" if brief else dates.working_days(value)
    if field.kind == "percent":
        return f"{value} %"
    if field.key == "effort" and not brief:
        return say("dates.person-days", count=text_of(field, plan, value))
    if field.kind == "flag":
        return say("flag.yes" if value else "flag.no")
    if field.kind == "item" and value in plan.items:
        return f"{plan.items[value].key} {plan.items[value].title}"
    if field.key in WORDS:
        return say(f"{field.key}.{value}")
    return text_of(field, plan, value)


def editable(field: Field, plan: Plan, id: ItemId) -> bool:
    """Whether the field of that item is entered, not derived: parents take theirs from what is under them."""
    if field.edit is None:
        return False
    rolled_up = field.key in ("finish", "duration", "progress") or (
        field.key == "start" and not plan.items[id].pinned
    )
    return not (rolled_up and plan.outline.is_parent(id))


def title_of(field: Field) -> str:
    return say(f"field.{field.key}")


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
        creation = CREATABLE.get(field.key)
        create = None if creation is None else (creation, NewName)
        editor = ChoiceEditor(options(field, plan), read, create=create, parent=parent)
    elif field.kind == "links":
        editor = TokenEditor(
            lambda: _keys(plan), ";", read, lambda value: text_of(field, plan, value), parent
        )
    elif field.kind == "tags":
        editor = TokenEditor(
            lambda: _tags(plan), ",", read, lambda value: text_of(field, plan, value), parent
        )
    else:
        numeric = field.kind in ("days", "number", "percent")
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
    try:
        if isinstance(value, NewName):
            made = new_id()
            add = add_team if field.key == "team" else add_person
            document.commit(together((add, made, value.name), (set_field, ids, field.key, made)))
        else:
            document.commit(set_field, ids, field.key, value)
    except Refused as refused:
        tell_refused(messages, refused, document.kept)
        return False
    return True


def tell_refused(messages: Messages, refused: Refused, plan: Plan | None = None) -> None:
    """Say why not, with the field under the name that people know, and the items of a plan under theirs."""
    values = dict(refused.values)
    field = values.get("field")
    if isinstance(field, str) and knows(f"field.{field}"):
        values["field"] = say(f"field.{field}")
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
