"""What a merge proposes, in words, by the record it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from ...io.returned import NEW_SAYS
from ...io.strings import field_title, knows, say
from ...model.fields import FIELDS, fields_of, text_of
from ...model.merge import Proposal
from ...model.plan import Plan
from ...model.records import AnyRecord, Comment, Item, ItemId, Link
from .. import dates

UNSAID = frozenset({"next_number"})
UNSEEN = frozenset({"sources", "exports"})
"""Tables that nobody has to look at."""
_LONGEST = 200
_REFERENCES = {"calendar": "calendars"}


class Proposed(msgspec.Struct, frozen=True):
    """What one copy proposes."""

    proposals: Sequence[Proposal]
    plan: Plan
    base: Plan | None


class Line(msgspec.Struct, frozen=True):
    """A proposal as it is read: what it is about, the value before, mine and theirs."""

    proposal: Proposal
    copies: tuple[int, ...]
    """The places of the copies that propose it."""
    rivals: tuple[int, ...]
    """The places of those that want something else of the same field."""
    what: str
    base: str
    mine: str
    theirs: str

    @property
    def is_asked(self) -> bool:
        """Whether it contradicts what somebody else did."""
        return self.proposal.state == "conflict" or bool(self.rivals)


class Group(msgspec.Struct, frozen=True):
    """What is proposed about one record."""

    title: str
    lines: tuple[Line, ...]


class _Found(msgspec.Struct):
    proposal: Proposal
    copies: list[int]


def groups(copies: Sequence[Proposed], mine: Plan) -> list[Group]:
    """The proposals that need a look, items first, in the plan's order; what is asked first within each.

    What several copies propose alike is one line.
    """
    by_record: dict[tuple[str, str], list[_Found]] = {}
    for place, copy in enumerate(copies):
        for proposal in copy.proposals:
            if proposal.state == "same" or proposal.field in UNSAID or proposal.table in UNSEEN:
                continue
            known = by_record.setdefault(_about(proposal), [])
            twin = next((one for one in known if _is_same(one.proposal, proposal)), None)
            if twin is None:
                known.append(_Found(proposal, [place]))
            else:
                twin.copies.append(place)
    plans = [plan for copy in copies for plan in (copy.plan, copy.base) if plan is not None]

    def order(at: tuple[str, str]) -> tuple[bool, int]:
        places = (plan.outline.place.get(ItemId(at[1])) for plan in (mine, *plans))
        return at[0] != "items", next((place for place in places if place is not None), 0)

    return [
        Group(_title(at, [mine, *plans]), _lines(by_record[at], copies, mine))
        for at in sorted(by_record, key=order)
    ]


def _lines(found: Sequence[_Found], copies: Sequence[Proposed], mine: Plan) -> tuple[Line, ...]:
    lines = []
    for one in found:
        others = (
            other.copies
            for other in found
            if other is not one
            and other.proposal.question == one.proposal.question
            and not one.proposal.joins
        )
        copy = copies[one.copies[0]]
        plans = [plan for plan in (mine, copy.plan, copy.base) if plan is not None]
        rivals = tuple(place for places in others for place in places)
        lines.append(Line(one.proposal, tuple(one.copies), rivals, *_words(one.proposal, plans)))
    return tuple(sorted(lines, key=lambda line: not line.is_asked))


def _is_same(one: Proposal, other: Proposal) -> bool:
    return one.question == other.question and bool(one.theirs == other.theirs)


def _about(proposal: Proposal) -> tuple[str, str]:
    """Table and id of the record under which a proposal is listed: a comment stands with its item."""
    comment = proposal.theirs or proposal.base
    if isinstance(comment, Comment):
        return "items", comment.item
    return proposal.table, proposal.id


def _words(proposal: Proposal, plans: Sequence[Plan]) -> tuple[str, str, str, str]:
    """What it is about, the value before, mine and theirs."""
    comment = proposal.theirs
    if isinstance(comment, Comment) and not proposal.field:
        return say("merging.comment"), "", "", _short(comment.text)
    if not proposal.field:
        what, base, mine, theirs = _whole(proposal)
        return what, base, mine, _new(proposal, plans) or theirs
    base, mine, theirs = (
        _text(proposal, value, plans) for value in (proposal.base, proposal.mine, proposal.theirs)
    )
    return _field(proposal, plans[0]), base, mine, theirs


def _whole(proposal: Proposal) -> tuple[str, str, str, str]:
    """The record itself: new, removed, or removed by one and changed by the other."""
    conflict = proposal.state == "conflict"
    mine = ("removed" if proposal.mine is None else "changed_too") if conflict else ""
    theirs = "removed" if proposal.theirs is None else "changed_too" if conflict else "new"
    words = [say(f"merging.{code}") if code else "" for code in (mine, theirs)]
    return words[1] if not conflict else say("merging.whole"), "", words[0], words[1]


def _new(proposal: Proposal, plans: Sequence[Plan]) -> str:
    """What is most telling of a new item; empty for anything else."""
    item = proposal.theirs
    if not isinstance(item, Item) or proposal.base is not None:
        return ""
    told = [
        say(
            "merging.new_field", field=field_title(FIELDS[key]), value=_text(_of(proposal, key), value, plans)
        )
        for key in NEW_SAYS
        if (value := getattr(item, key)) is not None
    ]
    return ", ".join(told)


def _of(proposal: Proposal, field: str) -> Proposal:
    return msgspec.structs.replace(proposal, field=field)


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


def _key(id: ItemId, plans: Sequence[Plan]) -> str:
    return next((plan.items[id].key for plan in plans if id in plan.items), "?")


def _field(proposal: Proposal, plan: Plan) -> str:
    name, _, key = proposal.field.partition(".")
    fields = fields_of(plan)
    if proposal.table == "items":
        if name == "start" and proposal.theirs and plan.incoming.get(ItemId(proposal.id)):
            return say("merging.not_before")
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
