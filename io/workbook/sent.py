"""The log of workbooks that were sent out: what each of them was made of."""

from __future__ import annotations

from datetime import UTC, datetime

from ...model.records import ExportId, SentWorkbook, View, ViewId
from .content import TIME
from .options import Options


def sent(file: str, view: View | None, options: Options, export_id: str) -> SentWorkbook:
    """The entry of an export that is about to be made."""
    now = datetime.now(UTC)
    return SentWorkbook(
        id=ExportId(export_id),
        title=file,
        day=now.astimezone().date(),
        time=now.strftime(TIME),
        recipient=options.recipient,
        filter=view.filter.strip() if view is not None else "",
        team=options.team,
        fields=None if options.fields is None else tuple(sorted(options.fields)),
    )


def chosen(entry: SentWorkbook) -> tuple[View, Options]:
    """What was chosen for an export: as much of it as decides what was sent."""
    fields = None if entry.fields is None else frozenset(entry.fields)
    view = View(id=ViewId("sent"), title=entry.title, filter=entry.filter)
    return view, Options(fields=fields, team=entry.team, recipient=entry.recipient)
