"""A plan from whatever file it is in, for those who need no window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from ..model.plan import Plan
from ..model.refused import Refused
from .complaint import Complaint
from .roadmap_file import is_roadmap, open_roadmap


class Loaded(msgspec.Struct, frozen=True):
    """The plan, what was wrong with its file, and the lines of its history."""

    plan: Plan
    complaints: Sequence[Complaint] = ()
    history: tuple[bytes, ...] = ()
    counts: dict[str, int] = {}
    reading: str = ""
    """How a table was understood (`How.choices`)."""


def load(path: Path, sheet: str | None = None, mapping: dict[str, str] | None = None) -> Loaded:
    """Open a plan, or import anything else: a sheet and a mapping are for tables.

    Raises:
        Refused(code, file, ...): as `open_roadmap` and `import_file`; "cli.not_a_table".
    """
    with told(path):
        if is_roadmap(path):
            if sheet is not None or mapping:
                raise Refused("cli.not_a_table", file=str(path))
            opened = open_roadmap(path)
            return Loaded(opened.plan, opened.complaints, opened.history, _counts(opened.plan))
        from .importing import import_file

        imported = import_file(path, sheet=sheet, mapping=mapping or None)
        counts = _counts(imported.plan) | imported.counts
        return Loaded(imported.plan, imported.complaints, (), counts, imported.how.choices)


def _counts(plan: Plan) -> dict[str, int]:
    counts = {name: len(plan.table(name)) for name in ("items", "links", "teams", "people", "baselines")}
    return counts | {"milestones": sum(item.kind == "milestone" for item in plan.items.values())}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Whoever refuses in here: it was about this file."""
    try:
        yield
    except Refused as refused:
        refused.values.setdefault("file", str(path))
        raise
