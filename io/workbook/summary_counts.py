"""What the Summary sheet counts: formulas over the Roadmap sheet, and what they give as it is written.

Items with others under them are not counted: their children are.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..strings import say
from .cells import EPOCH, raw_of
from .columns import FIRST_ROW, SPARE_ROWS
from .content import Content, Line
from .lists_sheet import Lists
from .roadmap_sheet import RoadmapSheet
from .sheet_cells import column_name
from .styles import literal

FIELDS = ("status", "team", "kind", "title", "finish", "duration", "progress")
SCALE = 1_000_000
"""A day and a row become one number: the row is this much smaller."""


class Counts:
    """Formulas and their results.

    Attributes:
        at: the range of each field on the Roadmap sheet.
        leaf: the range that says of each row whether it is counted (1) or not (0).
        leaves: the lines that are.
        milestone: the condition that a row is a milestone.
        is_done: the condition that a row is done.
    """

    def __init__(self, content: Content, lists: Lists, roadmap: RoadmapSheet) -> None:
        """Adds what the formulas need to the hidden sheet, which must be there."""
        self._content = content
        self._roadmap = roadmap
        self.at = {field: roadmap.range(field) for field in FIELDS}
        leaf = lists.add_formulas(say("workbook.item"), *self._leaf_cells())
        # deleted and inserted rows change the size of the ranges, and all that are multiplied must have one
        self.leaf = f"{leaf.partition(':')[0]}:INDEX({leaf},ROWS({self.at['title']}))"
        self.leaves = [line for line in content.lines if not line.parent]
        self.milestone = f"({self.at['kind']}={literal(say('kind.milestone'))})"
        self.is_done = f"ISNUMBER(MATCH({self.at['status']},{lists.done},0))"
        status = content.columns.fields["status"]
        self._done = {
            raw_of(status, content.plan, id)
            for id, record in content.plan.statuses.items()
            if record.category == "done"
        }

    def _leaf_cells(self) -> tuple[list[str], list[int]]:
        """For each row of the table whether it is an item without others under it."""
        title, key, parent = (self._roadmap.range(field) for field in ("title", "key", "parent"))
        at = "ROW()-1"
        formula = (
            f'=IFERROR(IF(INDEX({title},{at})&""="",0,IF(INDEX({key},{at})&""="",1,'
            f"IF(ISNUMBER(MATCH(INDEX({key},{at}),{parent},0)),0,1))),0)"
        )
        parents = {str(raw).casefold() for line in self._content.lines if (raw := line.cells["parent"])}
        values = [
            int(bool(line.cells["title"]) and str(line.cells["key"] or "").casefold() not in parents)
            for line in self._content.lines
        ]
        rows = self._roadmap.rows + SPARE_ROWS
        return [formula] * rows, [*values, *[0] * (rows - len(values))]

    def sum(self, product: str) -> str:
        return f"=SUMPRODUCT(1*{product})"

    def same(self, field: str, row: int, column: int, name: str) -> str:
        """The condition that a row of the table has the value that stands in a cell, or (no name) none."""
        wanted = f"${column_name(column)}${row + 1}" if name else '""'
        return f"({self.at[field]}={wanted})"

    def having(self, condition: str, also: str = "1") -> str:
        """How many of what is counted there are with two conditions."""
        return self.sum(f"{condition}*{also}*{self.leaf}")

    def done(self, lines: Sequence[Line]) -> int:
        return sum(line.cells["status"] in self._done for line in lines)

    def progress(self, chosen: str) -> str:
        """The share that is done, each item by its days; a text in a number's place counts as nothing."""
        condition = f"{self.leaf}*{chosen}" if chosen else f"1*{self.leaf}"
        days, progress = self.at["duration"], self.at["progress"]
        return (
            f"=IF(SUMPRODUCT({condition},{days})=0,0,"
            f"SUMPRODUCT({condition},{days},{progress})/SUMPRODUCT({condition},{days}))"
        )

    def ahead(self) -> list[tuple[float, Line]]:
        """The milestones from today on, each with day and row as one number."""
        today = self._content.today.toordinal() - EPOCH
        found = [
            (raw + (FIRST_ROW + place + 1) / SCALE, line)
            for place, line in enumerate(self._content.lines)
            if line.item.kind == "milestone" and isinstance(raw := line.cells["finish"], int) and raw >= today
        ]
        return sorted(found, key=lambda one: one[0])


def progress_of(lines: Sequence[Line]) -> float:
    """The share of the days that is done."""
    days = [raw if isinstance(raw := line.cells["duration"], int) else 0 for line in lines]
    done = [raw if isinstance(raw := line.cells["progress"], (int, float)) else 0 for line in lines]
    return sum(a * b for a, b in zip(days, done, strict=True)) / sum(days) if sum(days) else 0
