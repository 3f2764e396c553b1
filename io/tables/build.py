"""Makes a plan of a table: rows become items, names become teams and people, references become links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Mapped
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from ...model.plan import Plan, new_plan
from ...model.records import CustomKind, Item, ItemId, LevelId, Properties
from ...model.refused import Refused
from ...model.schedule import Schedule
from ..complaint import Imported
from ..garbage import no_collection
from ..strings import say
from .choices import Choices, choices_of, chosen_mapping
from .drafts import Draft, DraftReader
from .findings import Findings, some
from .hierarchy import above, arrange, usual_level
from .joining import joined
from .left_out import report_left_out
from .linking import Directory, Wanted, put_links, wanted_links
from .mapping import Mapping, OwnColumn, override
from .own_columns import OwnColumns
from .proposal import offer, propose, sheet_named
from .readers import Progress, read_source
from .registry import Owners, Registry
from .rows import Table, find_table
from .shapes import shaped
from .source import Sheet, Source
from .times import Clock, Times, mark_dated
from .words import fold

_KEY = re.compile(r"([^\W\d_][^\s-]{0,11})-(\d{1,9})")


def import_table(
    path: str | Path,
    sheet: str | None = None,
    mapping: Mapping | Choices | Mapped[str, str] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read a spreadsheet or text table of anybody's into a new plan.

    `mapping` is a whole mapping, what was chosen for a table like it, or fields for some headings, which the
    proposal then follows.

    Raises:
        Refused("import....", file): it can't be read, or no plan can be made of it.
    """
    with no_collection():
        source = shaped(read_source(path, progress))
        if isinstance(mapping, Mapping):
            chosen = mapping
        elif isinstance(mapping, Choices):
            chosen = chosen_mapping(source, mapping) or propose(source)
        elif mapping:
            chosen = _with_wishes(source, sheet, mapping)
        else:
            chosen = propose(source, sheet)
        return build(source, chosen, progress)


def _with_wishes(source: Source, sheet: str | None, wishes: Mapped[str, str]) -> Mapping:
    """The proposal changed by wishes; they also show which row is the header where nothing else does."""
    try:
        return override(source, propose(source, sheet), wishes)
    except Refused as refusal:
        if refusal.code not in ("import.no_header", "import.no_column"):
            raise
        wanted = {fold(heading) for heading in wishes}
        for one in [sheet_named(source, sheet)] if sheet is not None else source.sheets:
            for at, row in enumerate(one.rows[:40]):
                if wanted <= {fold(value) for value in row if value is not None}:
                    return override(source, _bare(source, one, at), wishes)
        raise


def _bare(source: Source, sheet: Sheet, row: int) -> Mapping:
    """A mapping for a header that somebody named, whatever it looks like."""
    mapping = offer(source, sheet, row)
    assert mapping is not None  # there are cells in that row
    return mapping


def build(
    source: Source, mapping: Mapping, progress: Progress | None = None, into: Properties | None = None
) -> Imported:
    """The plan that a mapping makes of a file, which stays as it is. Raises as `import_table`.

    `into` says how a plan numbers its items that is to take these in: keys that are made go on from there.
    """
    told: Progress = progress or (lambda done, total: None)
    sheet = sheet_named(source, mapping.sheet)
    sheet = replace(sheet, rows=[row[:] for row in sheet.rows])  # blanks are filled in below
    findings = Findings(source, sheet)
    if not mapping.of("title", "key"):
        raise Refused("import.no_header", file=source.path.name, sheet=sheet.title)
    table = find_table(mapping, sheet, findings)
    told(55, 100)
    drafts = DraftReader(table, findings).read(lambda done, total: told(55 + 10 * done // total, 100))
    if not drafts:
        raise Refused("import.no_rows", file=source.path.name, sheet=sheet.title)
    builder = _Builder(source, table, drafts, findings, into)
    plan, shown = builder.plan()
    told(85, 100)
    report_left_out(source, table, findings)
    _compare(plan, shown, builder, findings)
    told(100, 100)
    counts = {
        "rows": len(table.body),
        "items": len(plan.items),
        "milestones": sum(item.kind == "milestone" for item in plan.items.values()),
        "links": len(plan.links),
        **builder.registry.counts,
    }
    findings.complaints.sort(key=lambda complaint: (complaint.line == 0, complaint.line))
    findings.how.statuses = builder.registry.statuses
    findings.how.lost = builder.lost()
    findings.how.choices = msgspec.json.encode(choices_of(_as_read(mapping, findings.how.kinds))).decode()
    return Imported(plan, tuple(findings.complaints), counts, findings.how)


def _as_read(mapping: Mapping, kinds: Mapped[int, CustomKind]) -> Mapping:
    """The mapping with the kinds of own fields that were found: more rows may look like another one."""
    own = {column: replace(mapping.own.get(column, OwnColumn()), kind=kind) for column, kind in kinds.items()}
    return replace(mapping, own=own)


class _Builder:
    """The steps from drafts to a plan."""

    def __init__(
        self,
        source: Source,
        table: Table,
        drafts: list[Draft],
        findings: Findings,
        into: Properties | None = None,
    ) -> None:
        self.table = table
        self.mapping = table.mapping
        self.findings = findings
        self.base = _numbered_like(new_plan(source.path.stem), into)
        self.registry = Registry(self.base, self.mapping.rules)
        self.own = OwnColumns(table, findings, self.registry)
        drafts = drafts if self.mapping.plain else joined(drafts, findings)
        directory = Directory(drafts, self.mapping)
        self.drafts = arrange(drafts, self.mapping, directory.by_name, findings)
        self.directory = directory
        self.times: dict[ItemId, Times] = {}
        self.deepest = 0
        self.has_levels = bool(self.mapping.of("level"))
        self.several_owners: list[int] = []
        """Rows that name more than one owner."""

    def plan(self) -> tuple[Plan, Schedule]:
        self._give_keys()
        wanted = wanted_links(self.drafts, self.mapping, self.directory, self.findings)
        self._settle_times(wanted)
        owners = Owners([draft.owner for draft in self.drafts if draft.owner], self.mapping.plain)
        self.deepest = max(draft.depth for draft in self.drafts)
        self.own.read()
        for draft in self.drafts:
            if draft.status_category:
                self.registry.learn_category(draft.status, draft.status_category)
        items = [self._item(draft, place, owners) for place, draft in enumerate(self.drafts)]
        plan = self.base.put(*self.registry.made, *self.own.fields, *items)
        plan, shown = put_links(plan, wanted, self.findings)
        self._report_names()
        return plan, shown

    def lost(self) -> dict[ItemId, tuple[str, ...]]:
        """The fields of items whose cells could not be read."""
        rows: dict[int, list[str]] = {}
        for at, column in sorted(self.findings.lost):
            if field := self.own.ids.get(column) or self.mapping.columns.get(column):
                rows.setdefault(at, []).append(field)
        return {one.item: tuple(rows[one.at]) for one in self.drafts if one.at in rows and not one.made}

    def _give_keys(self) -> None:
        """Keep the keys of the sheet, make the missing ones; who repeats a key gets a new one."""
        found = Counter(match[1] for draft in self.drafts if (match := _KEY.fullmatch(draft.key)))
        given = sum(1 for draft in self.drafts if draft.key)
        prefix, count = found.most_common(1)[0] if found else ("RW", 0)
        info = self.base.info
        if not (count >= 3 and count >= 0.8 * given) or info.prefix in found:
            prefix = info.prefix
        taken = {draft.key for draft in self.drafts if draft.key}
        numbers = (int(match[2]) for key in taken if (match := _KEY.fullmatch(key)) and match[1] == prefix)
        number = max([info.next_number - 1 if prefix == info.prefix else 0, *numbers]) + 1
        seen: set[str] = set()
        columns = self.mapping.of("key")
        for draft in self.drafts:
            if draft.key and draft.key not in seen:
                seen.add(draft.key)
                continue
            repeated = draft.key
            while (key := f"{prefix}-{number}") in taken:
                number += 1
            draft.key = key
            number += 1
            seen.add(key)
            if repeated:
                self.findings.add(
                    "import.duplicate_key",
                    draft.at,
                    columns[0],
                    key=repeated,
                    new=key,
                    done="import.done.new_key_given",
                )
        self.base = self.base.put(replace(info, prefix=prefix, next_number=number))

    def _settle_times(self, wanted: list[Wanted]) -> None:
        waiting = {link.target.item for link in wanted}
        mark_dated(self.drafts)
        days = self.base.working_days[self.base.info.calendar]
        clock = Clock(self.table, self.drafts, days, self.findings)
        for draft in self.drafts:
            waits = draft.item in waiting or any(parent.item in waiting for parent in above(draft))
            self.times[draft.item] = clock.settle(draft, waits)
        clock.report()

    def _item(self, draft: Draft, place: int, owners: Owners) -> Item:
        times = self.times[draft.item]
        names = owners.read(draft.owner)
        notes = draft.notes
        if len(names) > 1:
            self.several_owners.append(draft.at)
            heading = self.mapping.headers[self.mapping.of("owner")[0]]
            notes = (*notes, f"{heading}: {draft.owner}")
        registry = self.registry
        parent = draft.parent
        return Item(
            id=draft.item,
            key=draft.key,
            title=draft.title,
            kind="milestone" if times.milestone else "bar",
            level=self._level(draft),
            parent=parent.item if parent is not None else None,
            rank=float(place),
            start=times.start,
            duration=times.duration,
            pinned=times.pinned,
            deadline=draft.deadline.last if draft.deadline else None,
            precision=times.precision,
            horizon=draft.horizon,
            status=registry.status(draft.status),
            progress=round(draft.progress) if draft.progress <= 100 else 100,
            effort=draft.effort,
            team=registry.team(draft.team),
            owner=registry.person(names[0]) if names else None,
            tags=draft.tags,
            notes="\n\n".join(notes),
            custom={} if draft.made else self.own.values(draft.at),
        )

    def _level(self, draft: Draft) -> LevelId | None:
        """By its own word, by the word for its kind, or in a foreign hierarchy by how deep it stands."""
        if draft.level:
            return self.registry.level(draft.level)
        if draft.kind_word and not (self.has_levels and fold(draft.kind_word) == fold(say("kind.bar"))):
            return self.registry.level_of_kind(draft.kind_word)
        if self.mapping.plain or self.has_levels or self.mapping.of("kind"):
            return None
        return usual_level(draft.depth, self.deepest, draft.has_children)

    def _report_names(self) -> None:
        if self.registry.new_levels:
            self.findings.note("import.levels_made", names=some(self.registry.new_levels))
        made = self.registry.new_statuses
        if made:
            shown = [f"{status.title} ({say('import.category.' + status.category)})" for status in made]
            self.findings.note("import.statuses_made", names=some(shown))
        if self.several_owners:
            column = self.mapping.of("owner")[0]
            self.findings.note(
                "import.owners_more", self.several_owners[0], column, count=len(self.several_owners)
            )


def _numbered_like(plan: Plan, into: Properties | None) -> Plan:
    """The plan with keys that go on where those of another one end."""
    if into is None:
        return plan
    return plan.put(replace(plan.info, prefix=into.prefix, next_number=into.next_number))


def _compare(plan: Plan, shown: Schedule, builder: _Builder, findings: Findings) -> None:
    """Tell which items the schedule shows on other days than the sheet, and whether there are days at all."""
    if not any(item.start for item in plan.items.values()):
        findings.note("import.no_dates", count=len(plan.items))
        return
    moved: list[str] = []
    for draft in builder.drafts:
        times = builder.times[draft.item]
        span = shown.dates(draft.item)
        if draft.has_children or span is None or (times.last is None and builder.mapping.plain):
            continue
        item = plan.items[draft.item]
        if item.kind == "milestone":
            expected = times.start
        elif builder.mapping.plain:
            expected = _workday_before(plan, item, times.last)
        else:
            expected = _workday_after(plan, item, times.start)
        found = span.last if builder.mapping.plain else span.first
        if expected is not None and found != expected:
            moved.append(item.key)
    if moved:
        findings.add("import.moved", count=len(moved), keys=some(moved))


def _workday_after(plan: Plan, item: Item, day: date | None) -> date | None:
    return date.fromordinal(plan.calendar_of(item).next_working(day.toordinal())) if day else None


def _workday_before(plan: Plan, item: Item, day: date | None) -> date | None:
    return date.fromordinal(plan.calendar_of(item).last_working(day.toordinal() + 1)) if day else None
