"""What fields are called in a filter: kept by key, so that it outlives new titles, and shown by title."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from ..field import OWN, Field
from ..fields import fields_of
from ..plan import Plan
from .filter_terms import Term, hyphened, terms_of, written

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
    """The filter as a view keeps it: the plan's own fields by their keys."""

    def key(name: str) -> str:
        field = field_named(plan, name.casefold())
        return field.key if field is not None and field.own is not None else name

    return _renamed(text, key)


def shown(plan: Plan, text: str) -> str:
    """The filter as people read and write it: the plan's own fields by their titles."""

    def title(name: str) -> str:
        field = fields_of(plan).get(name)
        return name_of(field) if field is not None else name

    return _renamed(text, title)


def terms_without(plan: Plan, text: str, field: Field) -> list[Term]:
    """The terms of a filter that are not about the field; `has:owner` is about the owner, too."""
    return [term for term in terms_of(text) if not is_about(plan, term, field)]


def is_about(plan: Plan, term: Term, field: Field) -> bool:
    """Whether a term says something of the field."""
    name = term.field.casefold()
    names = term.values if name in PRESENCE else (name,)
    found = (field_named(plan, one.casefold()) for one in names if one)
    return any(one is not None and one.key == field.key for one in found)


def _renamed(text: str, named: Callable[[str], str]) -> str:
    terms = terms_of(text)
    changed = [_with_names(term, named) for term in terms]
    return written(changed) if changed != terms else text.strip()


def _with_names(term: Term, named: Callable[[str], str]) -> Term:
    if term.field.casefold() in PRESENCE:
        return replace(term, values=tuple(map(named, term.values)))
    return replace(term, field=named(term.field)) if term.field else term
