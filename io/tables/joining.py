"""Rows that are one item: some programs write a row for each of an item's requirements, tags or people."""

from __future__ import annotations

from .drafts import Draft
from .findings import Findings

_LISTS = ("tags", "depends", "blocks", "notes")
_OWN = frozenset((*_LISTS, "at", "item"))


def joined(drafts: list[Draft], findings: Findings) -> list[Draft]:
    """The drafts, those that repeat key and title of one before put together with it.

    Lists are joined; of anything else the first row that says something counts.
    """
    first: dict[tuple[str, str], Draft] = {}
    kept: list[Draft] = []
    for draft in drafts:
        known = first.setdefault((draft.key, draft.title), draft) if draft.key and draft.title else draft
        if known is draft:
            kept.append(draft)
        else:
            _join(known, draft)
    if len(kept) < len(drafts):
        findings.note("import.joined", None, count=len(drafts) - len(kept))
    return kept


def _join(draft: Draft, other: Draft) -> None:
    for name in _LISTS:
        both = (*getattr(draft, name), *getattr(other, name))
        setattr(draft, name, tuple(dict.fromkeys(both)))
    blank = Draft(draft.at, draft.item)
    for name in Draft.__struct_fields__:
        if name not in _OWN and getattr(draft, name) == getattr(blank, name):
            setattr(draft, name, getattr(other, name))
