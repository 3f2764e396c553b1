"""What a merge proposes, in words, by the record it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from ...io.strings import field_title, knows, say
from ...model.fields import fields_of, text_of
from ...model.merge import Proposal
from ...model.plan import Plan
from ...model.records import AnyRecord, Comment, Item, Link
from .. import dates

UNSAID = frozenset({"next_number"})
UNSEEN = frozenset({"sources"})
"""Tables that nobody has to look at."""
_LONGEST = 200
_REFERENCES = {"calendar": "calendars"}


class Line(msgspec.Struct, frozen=True):
    """A proposal as it is read: what it is about, the value before, mine and theirs."""

    proposal: Proposal
    what: str
    base: str
    mine: str
    theirs: str


class Group(msgspec.Struct, frozen=True):
    """What is proposed about one record."""

    title: str
    lines: tuple[Line, ...]


def groups(proposals: Sequence[Proposal], mine: Plan, theirs: Plan, base: Plan | None) -> list[Group]:
    """The proposals that need a look, items first, in the plan's order; conflicts first within each."""
    plans = [plan for plan in (mine, theirs, base) if plan is not None]
    by_record: dict[tuple[str, str], list[Proposal]] = {}
    for proposal in proposals:
        if proposal.state != "same" and proposal.field not in UNSAID and proposal.table not in UNSEEN:
            by_record.setdefault(_about(proposal), []).append(proposal)

    def place(at: tuple[str, str]) -> tuple[bool, int]:
        places = (plan.outline.place.get(at[1]) for plan in plans)  # type: ignore[call-overload]
        return at[0] != "items", next((place for place in places if place is not None), 0)

    return [
        Group(
            _title(at, plans),
            tuple(
                _line(proposal, plans)
                for proposal in sorted(by_record[at], key=lambda proposal: proposal.state != "conflict")
            ),
        )
        for at in sorted(by_record, key=place)
    ]


def _about(proposal: Proposal) -> tuple[str, str]:
    """Table and id of the record under which a proposal is listed: a comment stands with its item."""
    comment = proposal.theirs or proposal.base
    if isinstance(comment, Comment):
        return "items", comment.item
    return proposal.table, proposal.id


def _line(proposal: Proposal, plans: Sequence[Plan]) -> Line:
    comment = proposal.theirs
    if isinstance(comment, Comment) and not proposal.field:
        return Line(proposal, say("merging.comment"), "", "", _short(comment.text))
    if not proposal.field:
        return _whole(proposal)
    values = (_text(proposal, value, plans) for value in (proposal.base, proposal.mine, proposal.theirs))
    return Line(proposal, _field(proposal, plans[0]), *values)


def _whole(proposal: Proposal) -> Line:
    """The record itself: new, removed, or removed by one and changed by the other."""
    conflict = proposal.state == "conflict"
    mine = ("removed" if proposal.mine is None else "changed_too") if conflict else ""
    theirs = "removed" if proposal.theirs is None else "changed_too" if conflict else "new"
    words = [say(f"merging.{code}") if code else "" for code in (mine, theirs)]
    return Line(proposal, words[1] if not conflict else say("merging.whole"), "", *words)


def _title(at: tuple[str, str], plans: Sequence[Plan]) -> str:
    table, id = at
    record: AnyRecord | None = next(
        (plan.table(table)[id] for plan in plans if id in plan.table(table)), None
    )
    if isinstance(record, Item):
        return f"{record.key}  {record.title}"
    if isinstance(record, Link):
        keys = [_key(end, plans) for end in (record.source, record.target)]
        return say("merging.link", source=keys[0], target=keys[1])
    name = getattr(record, "title", getattr(record, "name", ""))
    return say(f"record.{table}", name=name)


def _key(id: str, plans: Sequence[Plan]) -> str:
    return next((plan.items[id].key for plan in plans if id in plan.items), "?")  # type: ignore[index]


def _field(proposal: Proposal, plan: Plan) -> str:
    name, _, key = proposal.field.partition(".")
    fields = fields_of(plan)
    if proposal.table == "items" and name == "start" and proposal.theirs and plan.incoming.get(proposal.id):  # type: ignore[call-overload]
        return say("merging.not_before")
    if proposal.table == "items":
        for known in (key, name):
            if known in fields:
                return field_title(fields[known])
    code = f"attribute.{name}"
    return say(code) if knows(code) else name.replace("_", " ").capitalize()


def _text(proposal: Proposal, value: Any, plans: Sequence[Plan]) -> str:
    """A value as people write it; ids by what they stand for."""
    if value is None or value == "" or value == ():
        return say("diff.empty")
    if isinstance(value, date):
        return dates.day(value)
    name, _, key = proposal.field.partition(".")
    for plan in plans:
        field = fields_of(plan).get(key or name) if proposal.table == "items" else None
        if field is not None:
            text = text_of(field, plan, value)
            if text:
                return _short(text)
    if isinstance(value, bool):
        return say("diff.yes" if value else "diff.no")
    for plan in plans:
        record = plan.table(_REFERENCES[name]).get(value) if name in _REFERENCES else None
        if record is not None:
            return str(getattr(record, "title", ""))
    if isinstance(value, tuple):
        return _short(", ".join(str(getattr(part, "title", part) or part) for part in value))
    return _short(str(value))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
