"""What goes into a workbook: the rows of the Roadmap sheet with the content of every cell, worked out once.

All sheets, and the hidden base by which edits are found later, are written from it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from ...model.colors import color_of
from ...model.fields import choices, text_of
from ...model.plan import Plan
from ...model.query import rows
from ...model.records import Item, ItemId, TeamId, View, new_id
from ...model.rows.lanes import color_place, grouping
from ...model.schedule import Schedule
from ..complaint import Complaint
from ..strings import say
from .cells import CELL_LIMIT, Raw, is_cut, raw_at, raw_of
from .columns import FIRST_ROW, Columns
from .options import Options
from .sheet_cells import column_name
from .uids import uids_of
from .working_days import days_off, follows

TIME = "%Y%m%dT%H%M%SZ"
PLAIN_LIMIT = 20_000
"""More items than these make a workbook without timeline, dependencies and summary."""
LANE_FIELDS = ("team", "status", "level", "owner", "kind", "horizon", "precision")
"""By these the timeline can be coloured and its rows be led in."""


class Line(msgspec.Struct):
    """A row of the table."""

    item: Item
    uid: str
    depth: int
    cells: dict[str, Raw]
    """The content by field."""
    parent: bool
    """It has children, and its dates come from them."""
    follows: bool = False
    """Its finish can be a formula of start and duration."""

    @property
    def rolled_up(self) -> bool:
        return self.parent and not self.item.pinned


class Content:
    """A plan as it is written to a workbook."""

    def __init__(
        self,
        plan: Plan,
        schedule: Schedule,
        view: View | None,
        today: date,
        options: Options | None = None,
        export_id: str = "",
    ) -> None:
        self.plan = plan
        self.schedule = schedule
        self.today = today
        self.export_id = export_id or new_id()
        self.time = datetime.now(UTC).strftime(TIME)
        """When it was made, UTC, to the second."""
        self.options = options or Options()
        self.columns = Columns(plan, self.options.fields)
        self.color = self._lane_field(view.color if view else "", "team")
        self.lane = self._lane_field(view.group if view else "", self.color)
        """The column that leads the rows of the timeline."""
        self.partial = bool(view and view.filter.strip()) or self.options.team is not None
        """Only some of the items are in it."""
        self.title = plan.info.title or "Roadmap"
        self.days_off = {id: days_off(calendar) for id, calendar in plan.calendars.items()}
        self.view = view
        in_lanes = bool(view and grouping(plan, view.group))
        ids = shown(plan, schedule, view, self.options.team)
        if in_lanes:
            ids = dict.fromkeys(ids, 0)
        uids = uids_of(ids)
        self.lines = [self._line(plan.items[id], uids[id], depth) for id, depth in ids.items()]
        self.plain = len(self.lines) > PLAIN_LIMIT
        """It is a table and no more: what follows it by formulas would take minutes to calculate."""
        self.places = {id: place for place, id in enumerate(ids)}
        """The row of each item, from 0."""
        self.complaints = tuple(self._cut())

    def lane_names(self) -> list[tuple[str, str, int]]:
        """The values that colour the timeline: as the sheet shows them, the colour that was chosen for each,
        and the place of the one it has else.
        """
        field = self.columns.fields[self.color]
        names: dict[str, tuple[str, str, int]] = {}
        for value, _ in choices(field, self.plan):
            text = raw_of(field, self.plan, value)
            if isinstance(text, str) and text:
                place = color_place(self.plan, self.color, value) or 0
                names.setdefault(text, (text, color_of(self.plan, self.color, value), place))
        return list(names.values())

    def _line(self, item: Item, uid: str, depth: int) -> Line:
        cells = {
            key: raw_at(self.columns.fields[key], self.plan, self.schedule, item) for key in self.columns.keys
        }
        parent = self.plan.outline.is_parent(item.id)
        line = Line(item=item, uid=uid, depth=depth, cells=cells, parent=parent)
        line.follows = not line.rolled_up and follows(self.plan, item, cells, self.days_off)
        return line

    def _text(self, key: str, item: Item) -> str:
        field = self.columns.fields[key]
        return text_of(field, self.plan, field.read(self.plan, self.schedule, item))

    def _cut(self) -> list[Complaint]:
        """Texts that are too long for a cell."""
        complaints = []
        for place, line in enumerate(self.lines):
            for key, raw in line.cells.items():
                if (
                    isinstance(raw, str)
                    and len(raw) * 2 >= CELL_LIMIT - 1
                    and is_cut(self._text(key, line.item))
                ):
                    complaints.append(
                        Complaint(
                            "workbook.cut",
                            {"key": line.item.key, "field": self.columns.headings[key]},
                            sheet=say("workbook.sheet.roadmap"),
                            cell=f"{column_name(self.columns.place[key])}{FIRST_ROW + place + 1}",
                            done="workbook.cut.done",
                            level="note",
                        )
                    )
        return complaints

    def _lane_field(self, wanted: str, otherwise: str) -> str:
        field = self.columns.fields.get(wanted) if wanted in self.columns.place else None
        if field is None:
            return otherwise
        chosen = field.own is not None and field.kind in ("choice", "person")
        return wanted if wanted in LANE_FIELDS or chosen else otherwise


def shown(plan: Plan, schedule: Schedule, view: View | None, team: TeamId | None) -> dict[ItemId, int]:
    """The items that a view shows, in its order, and how deep they stand; where one is given, a team's."""
    wanted = _of_team(plan, team) if team is not None else None
    ids: dict[ItemId, int] = {}
    for row in rows(plan, schedule, view, backlog=True):
        if row.item is not None and (wanted is None or row.item in wanted):
            ids.setdefault(row.item, row.depth)
    return ids


def _of_team(plan: Plan, team: TeamId) -> set[ItemId]:
    """The items of the team, with what stands above them."""
    found = {id for id, item in plan.items.items() if item.team == team}
    return found.union(*(plan.outline.ancestors(id, plan.items) for id in found))
