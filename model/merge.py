"""Three-way merge: what two people made of copies of one plan, put together field by field.

Each thing in which their copy differs from the base is a `Proposal`. What only they changed is taken; what
both changed differently, or one changed and the other removed, is a conflict, and mine is kept. A caller may
turn any of that round by naming its question, so that a review is the same merge again with other answers.

Two sound plans can make an unsound one: a link of mine and one of theirs close a loop, a parent is gone
under which the other put an item. `Settled` names each of those and how it was solved; where a choice had to
be made, mine stays. The plan that comes out is sound where the two were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from .change import Change, Edit
from .plan import Plan
from .records import AnyRecord, ItemId, Link, RecordId
from .settling import Settled, Settling

Question: TypeAlias = tuple[str, RecordId, str]
"""Names a proposal: table, record, and field (empty: whether the record is there at all)."""


class Proposal(msgspec.Struct, frozen=True):
    """A value that they changed: taken by itself, asked about, or no question since both have it."""

    table: str
    id: RecordId
    field: str
    """The record's attribute; of one that is a table itself, `<attribute>.<key>`."""
    base: Any
    mine: Any
    theirs: Any
    state: Literal["theirs", "conflict", "same"]

    @property
    def question(self) -> Question:
        return self.table, self.id, self.field

    @property
    def joins(self) -> bool:
        """Whether it goes together with whatever somebody else makes of the same field."""
        return self.field in _SETS or self.field == "next_number"


class Merge(msgspec.Struct, frozen=True):
    """The plan that came of it, what they propose and what had to be settled."""

    plan: Plan
    proposals: tuple[Proposal, ...] = ()
    settled: tuple[Settled, ...] = ()

    @property
    def conflicts(self) -> tuple[Proposal, ...]:
        """What both changed, each to something else."""
        return tuple(proposal for proposal in self.proposals if proposal.state == "conflict")


def merge(base: Plan | None, mine: Plan, theirs: Plan, turned: Collection[Question] = frozenset()) -> Merge:
    """Put together what became of `base` in two copies.

    `turned` are the questions to be answered the other way round: theirs in a conflict, mine elsewhere.
    Without a base nobody knows who changed what: every difference in a record that both have is a conflict,
    and nothing counts as removed.
    """
    old = base or Plan()
    proposals: list[Proposal] = []
    edits: list[Edit] = []
    # whether an item that either has removed is there in the end: its links and baselines follow
    there: dict[RecordId, bool] = dict.fromkeys((id for id in old.items if id not in mine.items), False)
    for edit in theirs.since(old).edits:
        now = mine.table(edit.table).get(edit.id)
        after = _Merging(edit, now, turned, proposals, there).record()
        if edit.table == "items" and (edit.after is None or edit.id in there):
            there[edit.id] = after is not None
        if after != now:
            edits.append(Edit(edit.table, edit.id, now, after))
    edits += _links_back(old, mine, theirs, there)
    plan = mine.apply(Change(tuple(edits))) if edits else mine
    if not edits or (not turned and not mine.since(old)):  # it is one of the two
        return Merge(plan, tuple(proposals))
    settling = Settling(plan, mine, theirs, old)
    return Merge(settling.sound(), tuple(proposals), tuple(settling.settled))


def _links_back(old: Plan, mine: Plan, theirs: Plan, there: Mapping[RecordId, bool]) -> list[Edit]:
    """The links of items that I removed and that are there all the same, as far as they left them alone."""
    back = [ItemId(id) for id, is_there in there.items() if is_there and id not in mine.items]
    return [
        Edit("links", link.id, None, link)
        for link in old.links_of(back)
        if link.id not in mine.links
        and theirs.links.get(link.id) == link
        and all(there.get(end, True) for end in (link.source, link.target))
    ]


Copy: TypeAlias = tuple[Plan | None, Plan, Collection[Question]]
"""The base, what became of it, and the questions whose answer is to be theirs."""


def merge_each(plan: Plan, copies: Iterable[Copy]) -> Merge:
    """The plan put together with one copy after the other; of each exactly what it is wished for is taken.

    What of two copies is wished for of the same field, the later one gives.
    """
    proposals: list[Proposal] = []
    settled: list[Settled] = []
    for base, theirs, taken in copies:
        asked = [one for one in merge(base, plan, theirs).proposals if one.state != "same"]
        turned = {one.question for one in asked if (one.state == "theirs") != (one.question in taken)}
        result = merge(base, plan, theirs, turned)
        plan = result.plan
        proposals += (one for one in asked if one.question in taken)
        settled += result.settled
    return Merge(plan, tuple(proposals), tuple(settled))


def merge_replies(plan: Plan, copies: Iterable[Copy]) -> Plan:
    """`merge_each` as an edit of the plan at hand."""
    return merge_each(plan, copies).plan


def merge_in(plan: Plan, base: Plan | None, theirs: Plan, turned: Collection[Question] = ()) -> Plan:
    """`merge` as an edit of the plan at hand, to be shown and kept like any other."""
    return merge(base, plan, theirs, turned).plan


_UNKNOWN = object()
_TOGETHER = {"parent": "rank", "kind": "duration"}
"""Attributes of items and another that means something only beside it: they come from the same hand."""
_SETS = frozenset({"tags", "holidays", "extra"})
"""Attributes in which each value stands for itself."""


class _Merging:
    """A record that they have touched."""

    def __init__(
        self,
        edit: Edit,
        mine: AnyRecord | None,
        turned: Collection[Question],
        proposals: list[Proposal],
        there: Mapping[RecordId, bool],
    ) -> None:
        self.there = there
        self.table, self.id = edit.table, edit.id
        self.base, self.mine, self.theirs = edit.before, mine, edit.after
        self.turned, self.proposals = turned, proposals

    def record(self) -> AnyRecord | None:
        base, mine, theirs = self.base, self.mine, self.theirs
        if mine == theirs and (base is None or mine is None):
            self._note_same("", base, mine, theirs)
            return mine
        if isinstance(base, Link) and (mine is None or theirs is None) and self._lost_end(base):
            ends = (base.source, base.target)
            return (mine or theirs) if all(self.there.get(end, True) for end in ends) else None
        if mine is None or theirs is None:
            return theirs if self._takes("", base, mine, theirs) else mine
        values: dict[str, Any] = {}
        for names in self._units(mine, theirs):
            was, now, new = (_values(record, names) for record in (base, mine, theirs))
            if new in (was, now):
                self._note_same(names[0], was[0], now[0], new[0])
            elif len(names) == 1:
                values[names[0]] = self._value(names[0], was[0], now[0], new[0])
            elif self._takes(names[0], was[0], now[0], new[0], only_they=was == now):
                values.update(zip(names, new, strict=True))
        return replace(mine, **values) if values else mine

    def _lost_end(self, link: Link) -> bool:
        """Whether either has removed an item that the link joins, and the link with it."""
        return link.source in self.there or link.target in self.there

    def _units(self, mine: AnyRecord, theirs: AnyRecord) -> Iterator[tuple[str, ...]]:
        """The attributes, those together that go together."""
        records = [record for record in (self.base, mine, theirs) if record is not None]
        pairs = {}
        if self.table == "items":
            pairs = {
                first: second
                for first, second in _TOGETHER.items()
                if len({getattr(record, first) for record in records}) > 1
            }
        for name in mine.__struct_fields__:
            if name in pairs:
                yield name, pairs[name]
            elif name not in pairs.values():
                yield (name,)

    def _value(self, name: str, was: Any, now: Any, new: Any) -> Any:
        """What becomes of an attribute that they changed, and to something else than mine."""
        if name == "next_number":
            return max(now, new)
        if name in _SETS:
            joined = _joined_set(() if was is _UNKNOWN else was, now, new)
            return joined if joined != now and self._takes(name, was, now, joined, only_they=True) else now
        if isinstance(now, Mapping):
            return self._joined_table(name, {} if was is _UNKNOWN else was, now, new)
        return new if self._takes(name, was, now, new) else now

    def _joined_table(
        self, name: str, was: Mapping[Any, Any], now: Mapping[Any, Any], new: Mapping[Any, Any]
    ) -> dict[Any, Any]:
        joined = dict(now)
        for key in {**was, **new}:
            values = was.get(key), now.get(key), new.get(key)
            if key in self.there:
                joined[key] = (values[1] or values[2]) if self.there[key] else None
            elif values[2] in values[:2]:
                self._note_same(f"{name}.{key}", *values)
            elif self._takes(f"{name}.{key}", *values):
                joined[key] = values[2]
        return {key: value for key, value in joined.items() if value is not None}

    def _takes(self, field: str, was: Any, now: Any, new: Any, only_they: bool | None = None) -> bool:
        """Whether their value is to be taken; proposes it. `only_they`: mine is as it was."""
        alone = now == was if only_they is None else only_they
        proposal = self._propose(field, was, now, new, "theirs" if alone else "conflict")
        return alone != (proposal.question in self.turned)

    def _note_same(self, field: str, was: Any, now: Any, new: Any) -> None:
        if new == was or was is _UNKNOWN:
            return
        if not isinstance(new, Mapping):
            self._propose(field, was, now, new, "same")
            return
        for key in {**was, **new}:
            self._note_same(f"{field}.{key}", was.get(key), now.get(key), new.get(key))

    def _propose(
        self, field: str, was: Any, now: Any, new: Any, state: Literal["theirs", "conflict", "same"]
    ) -> Proposal:
        base = None if was is _UNKNOWN else was
        proposal = Proposal(self.table, self.id, field, base, now, new, state)
        self.proposals.append(proposal)
        return proposal


def _values(record: AnyRecord | None, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_UNKNOWN if record is None else getattr(record, name) for name in names)


def _joined_set(was: tuple[Any, ...], now: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without what either took out, with what either put in; mine first."""
    kept = [value for value in now if value in new or value not in was]
    return (*kept, *(value for value in new if value not in now and value not in was))
