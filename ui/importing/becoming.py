"""What a column can become, as one list to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from ...io.strings import field_title, say
from ...io.tables.mapping import OWN, OwnColumn
from ...model.fields import FIELDS, fields_of
from ...model.plan import Plan
from ...model.records import CUSTOM_KINDS

Becoming = tuple[str | None, OwnColumn | None]
"""A field or role and, for a field of the plan's own, of what kind and title."""

LEAVE_OUT: Becoming = (None, None)
AS_FOUND: Becoming = (OWN, OwnColumn())
GROUPS: dict[str, tuple[str, ...]] = {
    "what": ("title", "key", "id", "kind", "level", "status", "status_category", "progress", "tags", "notes"),
    "when": ("start", "finish", "duration", "deadline", "pinned", "precision", "horizon", "period"),
    "who": ("team", "owner", "effort"),
    "links": ("depends", "blocks"),
    "hierarchy": ("parent", "outline", "wbs", "group"),
    "rows": ("active", "archived"),
}
"""The fields and roles of a table, in the order in which they are offered."""


class Becomings(QStandardItemModel):
    """All that there is to choose, the same for every column."""

    def __init__(self, parent: QObject, plan: Plan) -> None:
        """`plan` is the one that is open: its own fields are offered, too."""
        super().__init__(parent)
        self._rows: dict[Becoming, int] = {}
        self._values: dict[int, Becoming] = {}
        for title, entries in self._groups(plan):
            if title:
                self._add_heading(title)
            for words, value in entries:
                self._rows[value] = self.rowCount()
                self._values[self.rowCount()] = value
                self.appendRow(QStandardItem(words))

    def row_of(self, value: Becoming) -> int:
        """Where it stands; an own field that is not in the list stands as one that is as its cells are."""
        field, own = value
        wanted = (OWN, own or OwnColumn()) if field == OWN else (field, None)
        return self._rows.get(wanted, self._rows[AS_FOUND if field == OWN else LEAVE_OUT])

    def value_at(self, row: int) -> Becoming:
        return self._values[row]

    def _add_heading(self, words: str) -> None:
        heading = QStandardItem(words)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.appendRow(heading)

    def _groups(self, plan: Plan) -> Iterator[tuple[str, list[tuple[str, Becoming]]]]:
        yield "", [(say("importing.leave_out"), LEAVE_OUT)]
        for group, keys in GROUPS.items():
            yield say(f"importing.group.{group}"), [(title_of(key), (key, None)) for key in keys]
        own = [one.own for one in fields_of(plan).values() if one.own is not None and one.edit is not None]
        if own:
            known: list[tuple[str, Becoming]] = [
                (one.title, (OWN, OwnColumn(one.kind, one.title))) for one in own
            ]
            yield say("importing.group.known"), known
        kinds = [kind for kind in CUSTOM_KINDS if kind != "formula"]
        yield (
            say("importing.group.own"),
            [
                (say("importing.own_as_found"), AS_FOUND),
                *((say(f"own-kind.{kind}"), (OWN, OwnColumn(kind))) for kind in kinds),
            ],
        )


def title_of(key: str) -> str:
    """What a field or a role is called."""
    return field_title(FIELDS[key]) if key in FIELDS else say(f"importing.role.{key}")
