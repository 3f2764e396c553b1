"""Keeping the report of what has changed: as a PDF, as Markdown or as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ...io.atomic import replacing, write_atomically
from ...io.difference import Report, for_mail, for_wiki
from ...io.strings import say
from ...model.refused import Refused
from ..commands.files import safe_name
from ..dialogs.ask import tell
from ..files.saving import may_replace

if TYPE_CHECKING:
    from ..app import App

FORMATS = ("pdf", "md", "txt")


def save_chosen(app: App, report: Report) -> None:
    """Ask where to, and write the report there."""
    folder = app.desk.path.parent if app.desk.path else Path(app.settings.kept.folder)
    kinds = {say(f"changes.save.{suffix}"): suffix for suffix in FORMATS}
    proposed = str(folder / f"{safe_name(report.head)}.pdf")
    name, kind = QFileDialog.getSaveFileName(app.window, say("changes.save"), proposed, ";;".join(kinds))
    if not name:
        return
    path = Path(name)
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        path = path.with_name(f"{path.name}.{kinds.get(kind, FORMATS[0])}")
        if path.exists() and not may_replace(app, path):
            return
    try:
        write_report(path, report)
    except Refused as refused:
        tell(app.window, say("ui.export.failed", file=path.name), say(refused.code, **refused.values))
    else:
        app.messages.say("changes.saved", file=path.name)


def write_report(path: Path, report: Report) -> None:
    """Write the report as the suffix says, whole or not at all; a PDF only on the UI thread.

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    suffix = path.suffix.lower()
    if suffix != ".pdf":
        text = for_wiki(report) if suffix == ".md" else for_mail(report)
        write_atomically(path, text.encode())
        return
    from ..drawing.painter import measure
    from ..drawing.palette import theme
    from ..drawing.publish import publish_pages
    from .paper import report_pages

    light = theme("light")
    with replacing(path) as beside:
        publish_pages(report_pages(report, light, measure), beside)
