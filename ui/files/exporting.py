"""Writes the plan in the formats it can be sent in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from ...io.atomic import replacing
from ...io.complaint import Complaint
from ...io.workbook.options import Options
from ...model.history.earlier import Told
from ...model.plan import Plan
from ...model.records import View
from ...model.schedule import Schedule
from ..drawing.palette import Theme, theme

FORMATS = {
    "xlsx": "ui.format.xlsx",
    "pdf": "ui.format.pdf",
    "png": "ui.format.png",
    "svg": "ui.format.svg",
    "csv": "ui.format.csv",
    "md": "ui.format.md",
    "json": "ui.format.json",
    "xml": "ui.format.xml",
}
"""Suffix to the code of its words."""
PICTURES = ("png", "svg", "pdf")
VIEWED = ("xlsx", "md", *PICTURES)
"""Those that show a view; the others hold the whole plan, for other programs to read."""

TELLING = ("xlsx", "pdf", "md")
"""Those that can begin with what has become of an earlier state."""
Tell = Callable[[], Told | None]
"""Tells what has become of an earlier state; None: nothing is known of it. It may take a while, and be called
in any thread.
"""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What to export: the format, and for pictures which part and how wide."""

    suffix: str
    view: View | None = None
    """As it is to look, whether it is saved like that or not."""
    first: date | None = None
    last: date | None = None
    """Days at the left and right edge; None: as the plan needs."""
    width: int = 1600
    """Pixels."""
    options: Options = Options()
    """Of a workbook."""
    export_id: str = ""
    """By which the plan's log knows a workbook."""
    delimiter: str = ","
    """What parts the columns of a CSV table."""
    mark: bool = True
    """Whether a CSV table begins with a byte order mark, by which Excel knows its encoding."""

    tell: Tell | None = None
    """What is to be told first."""

    @property
    def is_picture(self) -> bool:
        return self.suffix in PICTURES


def write(
    path: Path,
    plan: Plan,
    schedule: Schedule,
    export: Export,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Complaint, ...]:
    """Write the export to `path`, whole or not at all; pictures only on the UI thread, since they need fonts.

    Returns:
        What could not be shown whole in the file.

    Raises:
        Refused: the file can't be written.
    """
    told = export.tell() if export.tell is not None else None
    if export.suffix == "xlsx":
        from ...io.workbook.write import write_workbook

        return write_workbook(
            path,
            plan,
            schedule,
            export.view,
            date.today(),
            progress=progress,
            options=export.options,
            export_id=export.export_id,
            told=told,
        )
    if export.is_picture:
        with replacing(path) as beside:
            draw(beside, plan, schedule, export, theme("light"), told)
        return ()
    from ...io.exports import write_plain

    suffix = f".{export.suffix}"
    return write_plain(
        path,
        suffix,
        plan,
        schedule,
        export.view,
        delimiter=export.delimiter,
        mark=export.mark,
        told=told,
    )


def draw(
    path: Path,
    plan: Plan,
    schedule: Schedule,
    export: Export,
    theme: Theme,
    told: Told | None,
    scale: float = 2,
) -> None:
    """Draw the timeline into a file; a PDF begins with pages of what is `told`. Needs a QGuiApplication."""
    from ..drawing.publish import publish, publish_pages
    from ..timeline.export import timeline_scene

    scene = timeline_scene(
        plan, schedule, export.view, theme, first=export.first, last=export.last, width=export.width
    )
    if told is None:
        publish(scene, path, scale)
        return
    from ..changes.paper import told_pages
    from ..drawing.painter import measure

    publish_pages([*told_pages(told, export.view, schedule, theme, measure), scene], path)
