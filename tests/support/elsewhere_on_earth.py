"""What the program writes, computed in one zone after the other, in one locale.

Run by itself, `python elsewhere_on_earth.py LOCALE ZONE...`: for each zone a line with a digest of everything
that is written down (the file, the schedule, exports and what is read back of them), which must be the same
everywhere.
"""

from __future__ import annotations

import hashlib
import io
import json
import locale
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QLocale
from roadwright.io.exports import write_plain
from roadwright.io.importing import import_file
from roadwright.io.roadmap_file import open_roadmap, save_roadmap, written
from roadwright.io.workbook.write import write_workbook
from roadwright.model.document import Document
from roadwright.model.edits.items import move_items, set_field
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Item, ItemId
from roadwright.model.schedule import schedule

DAYS = (
    *(date(2026, 3, 29) + timedelta(days=n) for n in range(-2, 3)),  # Europe goes forward
    *(date(2026, 10, 25) + timedelta(days=n) for n in range(-2, 3)),  # and back
    *(date(2026, 3, 8) + timedelta(days=n) for n in (-1, 0, 1)),  # America
    *(date(2018, 11, 4) + timedelta(days=n) for n in (-1, 0, 1)),  # Brazil: there is no midnight
    *(date(2011, 12, 30) + timedelta(days=n) for n in (-1, 0, 1)),  # Samoa: there is no such day
    *(date(2028, 2, 29), date(2026, 12, 31), date(2020, 12, 31), date(2027, 1, 1)),
)
"""Days around which clocks are put forward and back, leap days, ends of years and of week 53."""


def plan() -> Plan:
    """Items on all of these days, with numbers and letters that locales write in their own way."""
    items = [
        Item(
            id=ItemId(f"i{n}"),
            key=f"RW-{n}",
            title=f"Iıİi ﬁx {n}",
            rank=float(n),
            start=day,
            duration=1 + n % 9,
            pinned=True,
            effort=1234.5 + n,
            deadline=day + timedelta(days=40),
        )
        for n, day in enumerate(DAYS)
    ]
    made = new_plan("Istanbul").put(*items)
    return made.put(replace(made.info, next_number=100))


def everything(place: Path) -> Iterator[bytes]:
    """All that is written down, but for the moment of writing and ids that are made up."""
    document = Document(fixed(plan()))
    moved = {id: item.start for id, item in document.kept.items.items() if item.start is not None}
    for _ in range(3):  # a click must not move what it touches
        document.commit(move_items, {id: document.kept.items[id].start for id in moved}, 1)
        document.commit(move_items, {id: document.kept.items[id].start for id in moved}, -1)
    document.commit(set_field, list(moved)[:3], "effort", 0.25)
    for step in document.done:
        yield json.dumps(step.change.patch(), sort_keys=True, default=str).encode()
    yield b"\n".join(written(document.kept).splitlines()[1:-1])
    path = place / "plan.roadmap"
    save_roadmap(path, document.kept, (), document.done)
    yield b"%d" % (open_roadmap(path).plan == document.kept)
    times = schedule(document.kept)
    spans = [(id, times.start[id], times.finish[id]) for id in sorted(times.start)]
    yield repr(spans).encode()
    for suffix, delimiter in ((".csv", ","), (".csv", ";"), (".md", ","), (".json", ","), (".xml", ",")):
        export = place / f"plan{suffix}"
        write_plain(export, suffix, document.kept, times, delimiter=delimiter)
        if suffix in (".csv", ".md"):  # the others say when they were written
            yield export.read_bytes()
        if suffix != ".md":
            yield items(import_file(export).plan)
    write_workbook(place / "plan.xlsx", document.kept, times, today=date(2026, 3, 2))
    yield items(import_file(place / "plan.xlsx").plan)


def items(read: Plan) -> bytes:
    """What a file that was read says of its items."""
    rows = [(i.title, i.start, i.duration, i.effort, i.deadline) for i in read.items.values()]
    assert len(rows) == len(DAYS)
    return repr(rows).encode()


def fixed(made: Plan) -> Plan:
    """The plan with an id that is always the same."""
    return made.drop(made.info).put(replace(made.info, id="plan"))


def main(name: str, zones: list[str]) -> None:
    QLocale.setDefault(QLocale(name))
    with suppress(locale.Error):  # it may not be installed: Qt has its own
        locale.setlocale(locale.LC_ALL, name)
    for zone in zones:
        os.environ["TZ"] = zone
        if hasattr(time, "tzset"):
            time.tzset()
        with tempfile.TemporaryDirectory() as folder:
            parts = list(everything(Path(folder)))
        print(json.dumps([zone, [hashlib.sha256(part).hexdigest() for part in parts]]), flush=True)


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, "utf-8")
    main(sys.argv[1], sys.argv[2:])
