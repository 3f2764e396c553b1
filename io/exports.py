"""The formats for other programs and people that need no window: CSV, Markdown, JSON, Project's XML."""

from __future__ import annotations

from pathlib import Path

from ..model.history.earlier import Told
from ..model.plan import Plan
from ..model.records import View
from ..model.schedule import Schedule
from .complaint import Complaint

PLAIN = (".csv", ".md", ".json", ".xml")
"""Their suffixes."""


def write_plain(
    path: Path,
    suffix: str,
    plan: Plan,
    schedule: Schedule,
    view: View | None = None,
    *,
    delimiter: str = ",",
    mark: bool = True,
    told: Told | None = None,
) -> tuple[Complaint, ...]:
    """Write the plan, whole or not at all; `suffix`, one of `PLAIN`, decides the format.

    Only Markdown follows the view, and begins with what is `told` of an earlier state: the others are read
    again, and hold everything. `delimiter` and `mark`, a byte order mark, are for CSV.

    Returns:
        What the format can't hold.

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    if suffix == ".csv":
        from .csv_file import write_csv

        write_csv(path, plan, schedule, delimiter, mark)
    elif suffix == ".md":
        from .markdown import write_markdown

        write_markdown(path, plan, schedule, view, told)
    elif suffix == ".json":
        from .json_export import write_json

        write_json(path, plan, schedule)
    else:
        from .planners.mspdi_writer import write_mspdi

        return write_mspdi(path, plan, schedule)
    return ()
