"""Makes a plan of what a planner's file says: the same days, and links that keep them where they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from ...model.fields import FIELDS
from ...model.plan import new_plan
from ...model.records import (
    DEFAULT_DURATION,
    AnyRecord,
    Baseline,
    BaselineId,
    Category,
    Choice,
    CustomField,
    CustomValue,
    FieldId,
    Item,
    ItemId,
    LevelId,
    Person,
    Status,
    StatusId,
    derived_id,
)
from ...model.refused import Refused
from ..complaint import Imported
from ..strings import field_title, say
from ..tables.cleaning import clean_text
from ..tables.drafts import LONGEST_TITLE, Draft
from ..tables.findings import Findings, some
from ..tables.hierarchy import usual_level
from ..tables.linking import Wanted, kept, put_links
from ..tables.registry import Registry
from ..tables.source import Sheet, Source
from ..tables.words import fold
from .days_off import with_days_off
from .fitting import Fitting
from .foreign import Foreign, OwnField, Task

MOST_TASKS = 50_000
_KEY = re.compile(r"([^\W\d_][^\s-]{0,11})-(\d{1,8})")
_LAST_NUMBER = 10**8
LONGEST = 20_000
"""Working days of a bar."""
_STATUSES: dict[Category, StatusId] = {
    "todo": StatusId("planned"),
    "doing": StatusId("in-progress"),
    "done": StatusId("done"),
}
_BY_PROGRESS: dict[int, Category] = {0: "todo", 100: "done"}


def build(foreign: Foreign, path: Path) -> Imported:
    """The plan, and what was wrong.

    Raises:
        Refused("planner.nothing" | "planner.too_many", file): there is nothing to import, or too much.
    """
    if not foreign.tasks:
        raise Refused("planner.nothing", file=path.name)
    if len(foreign.tasks) > MOST_TASKS:
        raise Refused("planner.too_many", file=path.name, most=f"{MOST_TASKS:,}")
    return _Builder(foreign, path).result()


class _Builder:
    """The steps from tasks to a plan."""

    def __init__(self, foreign: Foreign, path: Path) -> None:
        self.foreign = foreign
        last = max(task.line for task in foreign.tasks)
        last = max([last, *(waits.line for waits in foreign.waits), *(said.line for said in foreign.said)])
        sheet = Sheet("", [], lines=list(range(last + 1)))
        self.findings = Findings(Source(path, [sheet], foreign.kind), sheet)
        self._part_twins()
        self.plan = new_plan(clean_text(foreign.title).strip() or path.stem)
        self.registry = Registry(self.plan)
        self.ids = self._ids()
        self.drafts = self._drafts()
        self.fields = self._fields()

    def result(self) -> Imported:
        foreign = self.foreign
        for said in foreign.said:
            self.findings.add(said.code, said.line or None, done=said.done, level=said.level, **said.values)
        self._sound_days()
        plan = self.plan
        calendar = plan.calendars[plan.info.calendar]
        plan = plan.put(with_days_off(foreign, calendar, self.findings))
        for name in foreign.people:
            self.registry.person(name)
        self.days = plan.working_days[plan.info.calendar]
        items = [self._item(task, place) for place, task in enumerate(foreign.tasks)]
        plan = plan.put(*self._names(), *self.fields.values())
        plan, _ = put_links(plan.put(*items), self._wanted(), self.findings)
        tasks = {self.ids[task.uid]: task for task in foreign.tasks}
        plan = Fitting(plan, tasks, foreign.waits, self.ids, self.findings).result()
        plan = plan.put(*self._baselines())
        self.findings.complaints.sort(key=lambda complaint: (complaint.line == 0, complaint.line))
        counts = {
            "rows": len(foreign.tasks),
            "items": len(plan.items),
            "milestones": sum(item.kind == "milestone" for item in plan.items.values()),
            "links": len(plan.links),
            **self.registry.counts,
        }
        return Imported(plan, tuple(self.findings.complaints), counts)

    # Who is who

    def _part_twins(self) -> None:
        """Give tasks that the file knows by the same id one each."""
        seen: Counter[str] = Counter()
        for task in self.foreign.tasks:
            seen[task.uid] += 1
            if seen[task.uid] > 1:
                self.findings.note("planner.twice", task.line or None, text=task.uid)
                task.uid = f"{task.uid}\n{seen[task.uid]}"

    def _ids(self) -> dict[str, ItemId]:
        """The id of each uid: the same whenever the file, or a newer version of it, is read."""
        kind = self.foreign.kind
        return {task.uid: ItemId(derived_id(kind, task.uid)) for task in self.foreign.tasks}

    def _drafts(self) -> dict[str, Draft]:
        """The tasks as drafts of a table are: the links are made of those."""
        drafts: dict[str, Draft] = {}
        for task, key in zip(self.foreign.tasks, self._keys(), strict=True):
            parent = drafts.get(task.parent) if task.parent is not None else None
            draft = Draft(task.line, self.ids[task.uid], key=key, parent=parent)
            if parent is not None:
                parent.has_children = True
                draft.depth = parent.depth + 1
            drafts[task.uid] = draft
        self.deepest = max(draft.depth for draft in drafts.values())
        return drafts

    def _keys(self) -> Iterator[str]:
        """The keys of the file, or its numbers behind the plan's prefix; new numbers for what has neither."""
        tasks, info = self.foreign.tasks, self.plan.info
        matches = [match for task in tasks if (match := _KEY.fullmatch(task.key))]
        prefix = Counter(match[1] for match in matches).most_common(1)[0][0] if matches else info.prefix
        found = Counter(task.key or f"{prefix}-{task.number}" for task in tasks)
        used = [int(match[2]) for match in matches if match[1] == prefix]
        used += [task.number for task in tasks if not task.key and task.number is not None]
        free = max((number for number in used if number < _LAST_NUMBER), default=0) + 1
        for task in tasks:
            key = task.key or f"{prefix}-{task.number}"
            numbered = bool(task.key) or (task.number is not None and 0 <= task.number < _LAST_NUMBER)
            if not numbered or found[key] > 1:
                key, free = f"{prefix}-{free}", free + 1
            yield key
        self.plan = self.plan.put(replace(info, prefix=prefix, next_number=free))

    def _names(self) -> list[AnyRecord]:
        """The records of teams, people in them, and statuses that are as far as their tasks."""
        progress: dict[str, list[int]] = {}
        for task in self.foreign.tasks:
            progress.setdefault(fold(task.status or ""), []).append(task.progress)
        of = {name.casefold(): team for name, team in self.foreign.teams.items()}
        teams = {name: self.registry.team(team) for name, team in of.items()}
        return [
            replace(one, team=teams[one.name.casefold()])
            if isinstance(one, Person) and one.name.casefold() in teams
            else _as_far(one, progress.get(fold(one.title), []))
            if isinstance(one, Status)
            else one
            for one in self.registry.made
        ]

    # One item

    def _item(self, task: Task, place: int) -> Item:
        draft = self.drafts[task.uid]
        title, notes = self._texts(task)
        bar = task.kind == "bar" or draft.has_children
        rolled_up = draft.has_children and not task.pinned
        first = None if rolled_up else task.first
        duration = DEFAULT_DURATION if rolled_up else self._duration(task) if bar else 0
        owner = self.registry.person(task.owners[0]) if task.owners else None
        team = task.team
        if not team and task.owners and "team" not in self.foreign.has:
            team = self.foreign.teams.get(_name(task.owners[0]), "")
        progress = min(100, max(0, task.progress))
        status = self.registry.status(task.status) if task.status else None
        if status is None and (task.category or progress or "status" not in self.foreign.has):
            status = _STATUSES[task.category or _BY_PROGRESS.get(progress, "doing")]
        level = task.level and self.registry.level(task.level)
        return Item(
            id=draft.item,
            key=draft.key,
            title=title,
            kind="bar" if bar else "milestone",
            level=level or self._usual_level(draft),
            parent=draft.parent.item if draft.parent is not None else None,
            rank=float(place),
            start=first,
            duration=duration,
            pinned=task.pinned and first is not None,
            deadline=task.deadline,
            precision=task.precision,
            horizon=task.horizon,
            status=status,
            progress=progress,
            effort=task.effort if not draft.has_children else None,
            team=self.registry.team(team),
            owner=owner,
            tags=tuple(dict.fromkeys(clean_text(tag).strip() for tag in task.tags if tag.strip())),
            notes="\n\n".join(notes),
            custom=self._custom(task),
        )

    def _usual_level(self, draft: Draft) -> LevelId | None:
        if "level" in self.foreign.has:
            return None
        return usual_level(draft.depth, self.deepest, draft.has_children)

    def _texts(self, task: Task) -> tuple[str, list[str]]:
        title = " ".join(line.strip() for line in clean_text(task.title).split("\n")).strip()
        notes = [text for note in task.notes if (text := clean_text(note).strip())]
        if len(title) > LONGEST_TITLE:
            self.findings.add(
                "import.long_title", task.line or None, done="import.done.title_cut", length=len(title)
            )
            notes.append(title)
            title = title[: LONGEST_TITLE - 1] + "…"
        if len(task.owners) > 1:
            notes.append(say("planner.owners", names=[_name(owner) for owner in task.owners]))
        return title, notes

    def _duration(self, task: Task) -> int:
        if task.first is None or task.last is None:
            return min(max(1, task.days or 1), LONGEST)
        days = self.days.between(task.first.toordinal(), task.last.toordinal() + 1)
        return min(max(1, days), LONGEST)

    def _sound_days(self) -> None:
        """Tasks that end before they begin, and those in years that can't be meant, lose that date."""
        for task in self.foreign.tasks:
            for name in ("first", "last", "deadline", "not_before"):
                day = getattr(task, name)
                if day is not None and not 1900 <= day.year < 2200:
                    self.findings.add(
                        "import.year_range",
                        task.line or None,
                        done="import.done.no_date",
                        field=say("field.start"),
                        text=str(day),
                    )
                    setattr(task, name, None)
            if task.first is None:
                task.first = task.last
            task.last = task.last or task.first
            if task.first and task.last and task.last < task.first:
                self.findings.add(
                    "import.finish_before_start",
                    task.line or None,
                    start=str(task.first),
                    finish=str(task.last),
                    done="import.done.no_finish",
                )
                task.last = task.first
            if task.kind == "milestone" and task.first != task.last:
                task.first = task.last

    # Fields of its own

    def _fields(self) -> dict[str, CustomField]:
        """A field of the plan's own for each of the file's that some task has a value in."""
        used = {
            uid for task in self.foreign.tasks for uid, value in task.own.items() if value not in ("", None)
        }
        made: dict[str, CustomField] = {}
        titles = {field_title(field).casefold() for field in FIELDS.values()}
        for uid, own in self.foreign.fields.items():
            if uid in used:
                title, number = own.title, 2
                while title.casefold() in titles:
                    title, number = f"{own.title} {number}", number + 1
                titles.add(title.casefold())
                made[uid] = self._field(uid, own, title, len(made))
        if made:
            shown = [f"{one.title} ({say(f'own-kind.{one.kind}').casefold()})" for one in made.values()]
            self.findings.note("planner.own_fields", count=len(shown), fields=some(shown, 20))
        return made

    def _field(self, uid: str, own: OwnField, title: str, place: int) -> CustomField:
        id = FieldId(derived_id(self.foreign.kind, "field", uid))
        words = dict.fromkeys(own.options)
        if own.kind == "choice":
            words |= dict.fromkeys(
                text for task in self.foreign.tasks if (text := str(task.own.get(uid, "") or "").strip())
            )
        options = tuple(Choice(derived_id(id, word), word) for word in words)
        return CustomField(
            id=id, title=title, kind=own.kind, options=options, currency=own.currency, rank=float(place)
        )

    def _custom(self, task: Task) -> dict[FieldId, CustomValue]:
        values: dict[FieldId, CustomValue] = {}
        for uid, field in self.fields.items():
            value = task.own.get(uid)
            if value is None or value == "" or value is False:
                continue
            if isinstance(value, date):
                value = value.isoformat()
            elif field.kind == "choice":
                value = derived_id(field.id, str(value).strip())
            elif isinstance(value, str):
                value = clean_text(value).strip()
            values[field.id] = value
        return dict(sorted(values.items()))

    # The rest

    def _wanted(self) -> list[Wanted]:
        wanted = []
        for waits in self.foreign.waits:
            source, target = self.drafts.get(waits.source), self.drafts.get(waits.target)
            if source is None or target is None:
                missing, known = (waits.source, target) if source is None else (waits.target, source)
                self.findings.add(
                    "planner.link_nowhere",
                    waits.line or None,
                    text=missing,
                    key=known.key if known is not None else "?",
                    done="import.done.no_link",
                )
                continue
            wanted.append(Wanted(source, target, waits.type, waits.lag, waits.line, None))
        return kept(wanted, self.findings)

    def _baselines(self) -> list[Baseline]:
        return [
            Baseline(
                id=BaselineId(derived_id(self.foreign.kind, "baseline", str(number), shot.title)),
                title=shot.title,
                taken=shot.taken,
                spans={self.ids[uid]: span for uid, span in shot.spans.items() if uid in self.ids},
            )
            for number, shot in enumerate(self.foreign.baselines)
            if shot.spans
        ]


def _as_far(status: Status, progress: list[int]) -> Status:
    """A status whose words say nothing, by the progress of what has it."""
    if status.category != "todo" or not any(progress):
        return status
    return replace(status, category="done" if min(progress) >= 100 else "doing")


def _name(owner: str) -> str:
    return owner.partition(" <")[0]
