"""Three-way merge: what two people made of copies of one plan, put together field by field.

What only one of the two changed is taken. What both changed to the same is no question. What both changed
differently, or one changed and the other removed, is a `Conflict`: mine is kept, unless the caller names it
among those where theirs wins, so that a review is the same merge again with other choices.

Two sound plans can make an unsound one: a link of mine and one of theirs close a loop, a parent is gone
under which the other put an item. `Settled` names each of those and how it was solved; where a choice had to
be made, mine stays. The plan that comes out is sound where the two were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace

from .change import Change, Edit
from .plan import Plan
from .records import AnyRecord, RecordId
from .settling import Settled, Settling

Question: TypeAlias = tuple[str, RecordId, str]
"""Names a conflict: table, record, and field (empty: whether the record is there at all)."""


class Conflict(msgspec.Struct, frozen=True):
    """A value that both changed, each to something else; None also where a record is not there."""

    table: str
    id: RecordId
    field: str
    """The record's attribute; of one that is a table itself, `<attribute>.<key>`."""
    base: Any
    mine: Any
    theirs: Any

    @property
    def question(self) -> Question:
        return self.table, self.id, self.field


class Merge(msgspec.Struct, frozen=True):
    """The plan that came of it, what is asked and what was settled."""

    plan: Plan
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Settled, ...] = ()


def merge(base: Plan | None, mine: Plan, theirs: Plan, take: Collection[Question] = frozenset()) -> Merge:
    """Put together what became of `base` in two copies; `take` names the conflicts in which theirs wins.

    Without a base nobody knows who changed what: every difference in a record that both have is a conflict,
    and nothing counts as removed.
    """
    old = base or Plan()
    own = {(edit.table, edit.id): edit for edit in mine.since(old).edits}
    conflicts: list[Conflict] = []
    edits: list[Edit] = []
    for edit in theirs.since(old).edits:
        known = own.get((edit.table, edit.id))
        after = _Both(known, edit, take, conflicts).record() if known else edit.after
        now = mine.table(edit.table).get(edit.id)
        if after != now:
            edits.append(Edit(edit.table, edit.id, now, after))
    plan = mine.apply(Change(tuple(edits))) if edits else mine
    if not edits or not own:  # it is one of the two
        return Merge(plan, tuple(conflicts))
    settling = Settling(plan, mine, theirs, old)
    return Merge(settling.sound(), tuple(conflicts), tuple(settling.settled))


def merge_plans(
    plan: Plan, base: Plan | None, theirs: Plan, take: Collection[Question] = frozenset()
) -> Plan:
    """`merge` as an edit of the plan at hand, to be shown and kept like any other."""
    return merge(base, plan, theirs, take).plan


_UNKNOWN = object()
_TOGETHER = {"parent": "rank", "kind": "duration"}
"""Attributes of items and another that means something only beside it: they come from the same hand."""
_SETS = frozenset({"tags", "holidays", "extra"})
"""Attributes in which each value stands for itself."""


class _Both:
    """A record that both have touched."""

    def __init__(self, own: Edit, other: Edit, take: Collection[Question], conflicts: list[Conflict]) -> None:
        self.table, self.id = own.table, own.id
        self.base, self.mine, self.theirs = own.before, own.after, other.after
        self.take, self.conflicts = take, conflicts

    def record(self) -> AnyRecord | None:
        mine, theirs = self.mine, self.theirs
        if mine == theirs:
            return mine
        if mine is None or theirs is None:
            return theirs if self._theirs_wins("", self.base, mine, theirs) else mine
        values: dict[str, Any] = {}
        for names in self._units(mine, theirs):
            was, now, new = (_values(record, names) for record in (self.base, mine, theirs))
            if len(names) == 1:
                values[names[0]] = self._value(names[0], was[0], now[0], new[0])
            else:
                values.update(zip(names, self._chosen(names[0], was, now, new), strict=True))
        return replace(mine, **values)

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
        if name == "next_number":
            return max(now, new)
        if name in _SETS:
            return _joined_set(() if was is _UNKNOWN else was, now, new)
        if isinstance(now, Mapping):
            return self._joined_table(name, {} if was is _UNKNOWN else was, now, new)
        return self._chosen(name, was, now, new)

    def _joined_table(
        self, name: str, was: Mapping[Any, Any], now: Mapping[Any, Any], new: Mapping[Any, Any]
    ) -> dict[Any, Any]:
        chosen = {
            key: self._chosen(f"{name}.{key}", was.get(key), now.get(key), new.get(key))
            for key in {**now, **new}
        }
        return {key: value for key, value in chosen.items() if value is not None}

    def _chosen(self, name: str, was: Any, now: Any, new: Any) -> Any:
        """Whose value it is to be; what belongs together is given as tuples, the field itself first."""
        if new in (now, was):
            return now
        if now == was:
            return new
        shown = (value[0] if isinstance(value, _Together) else value for value in (was, now, new))
        return new if self._theirs_wins(name, *shown) else now

    def _theirs_wins(self, field: str, base: Any, mine: Any, theirs: Any) -> bool:
        known = None if base is _UNKNOWN else base
        conflict = Conflict(self.table, self.id, field, known, mine, theirs)
        self.conflicts.append(conflict)
        return conflict.question in self.take


class _Together(tuple[Any, ...]):
    """Values of attributes that come from the same hand."""


def _values(record: AnyRecord | None, names: tuple[str, ...]) -> _Together:
    return _Together(_UNKNOWN if record is None else getattr(record, name) for name in names)


def _joined_set(was: tuple[Any, ...], now: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without what either took out, with what either put in; mine first."""
    kept = [value for value in now if value in new or value not in was]
    return (*kept, *(value for value in new if value not in now and value not in was))
