"""How a filter names fields and values: kept by key and id, so that new titles do no harm; shown by title."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from ..field import OWN, Field
from ..fields import WORDS, choices, fields_of, has_choices
from ..plan import Plan
from .filter_terms import Term, hyphened, terms_of, written

ID = "#"
"""What the id of a value begins with, in a filter that is kept."""
PRESENCE = ("has", "no")
"""What stands before the name of a field, and not of a value."""
_OTHER_NAMES = {"tag": "tags", "links": "depends", "due": "deadline", "end": "finish", "name": "title"}


def field_named(plan: Plan, name: str) -> Field | None:
    """The field of that key, or whose title is that with hyphens for spaces; `name` in small letters."""
    fields = fields_of(plan)
    field = fields.get(_OTHER_NAMES.get(name, name))
    if field is not None:
        return field
    own = (one for one in fields.values() if one.own is not None)
    return next((one for one in own if name in (name_of(one), one.key.casefold())), None)


def name_of(field: Field) -> str:
    """How the filter language writes a field."""
    if not field.title:
        return field.key
    return hyphened(field.title.casefold())


def is_gone(plan: Plan, name: str) -> bool:
    """Whether a name is the key of a field of the plan's own that is there no more."""
    return name.startswith(OWN) and field_named(plan, name) is None


def kept(plan: Plan, text: str) -> str:
    """The filter as a view keeps it: own fields by their keys, values of a list by their ids."""

    def keep(term: Term) -> Term:
        term = _with_names(term, lambda name: _own_key(plan, name))
        field = _listed_field(plan, term)
        if field is None:
            return term
        ids = {title.casefold(): ID + str(id) for id, title in choices(field, plan)}
        return replace(term, values=tuple(ids.get(value.casefold(), value) for value in term.values))

    return _changed(text, keep)


def shown(plan: Plan, text: str) -> str:
    """The filter as people read and write it: fields and values by their titles."""

    def show(term: Term) -> Term:
        field = _listed_field(plan, term)
        if field is not None:
            titles = {ID + str(id): title for id, title in choices(field, plan)}
            term = replace(term, values=tuple(titles.get(value, value) for value in term.values))
        return _with_names(term, lambda name: _title(plan, name))

    return _changed(text, show)


def terms_without(plan: Plan, text: str, field: Field) -> list[Term]:
    """The terms of a filter that are not about the field; `has:owner` is about the owner, too."""
    return [term for term in terms_of(text) if not is_about(plan, term, field)]


def is_about(plan: Plan, term: Term, field: Field) -> bool:
    """Whether a term says something of the field."""
    name = term.field.casefold()
    names = term.values if name in PRESENCE else (name,)
    found = (field_named(plan, one.casefold()) for one in names if one)
    return any(one is not None and one.key == field.key for one in found)


def _changed(text: str, change: Callable[[Term], Term]) -> str:
    terms = terms_of(text)
    changed = [change(term) for term in terms]
    return written(changed) if changed != terms else text.strip()


def _with_names(term: Term, named: Callable[[str], str]) -> Term:
    """The term with other names of fields."""
    if term.field.casefold() in PRESENCE:
        return replace(term, values=tuple(map(named, term.values)))
    return replace(term, field=named(term.field)) if term.field else term


def _own_key(plan: Plan, name: str) -> str:
    field = field_named(plan, name.casefold())
    return field.key if field is not None and field.own is not None else name


def _title(plan: Plan, name: str) -> str:
    field = fields_of(plan).get(name)
    return name_of(field) if field is not None else name


def _listed_field(plan: Plan, term: Term) -> Field | None:
    """The field of a term that names whole values of its list: `team=Platform`."""
    if term.operator not in ("=", "!="):
        return None
    field = field_named(plan, term.field.casefold())
    listed = field is not None and field.kind != "item" and field.key not in WORDS and has_choices(field)
    return field if listed else None
