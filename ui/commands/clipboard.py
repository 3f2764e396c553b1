"""Rows to the clipboard and back: whole within a plan, as a table to and from other programs and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ...io.strings import count, field_title, say
from ...model.edits.items import remove_items
from ...model.records import ItemId, new_id
from ..making import below
from ..messages import Message, deleted_words
from . import files
from .keeping import commit, reveal, tell

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from ...model.edits.rows import Rows
    from ..app import App
    from ..rows_clipboard import Paste

MIME = "application/x-roadwright-rows"
"""Rows as they are: `Rows` as JSON."""
_COLUMNS = ("key", "title", "level", "status", "start", "finish", "duration", "progress", "team", "owner")
"""What other programs get of a row where the view has no columns of its own."""


def copy(app: App) -> None:
    """The selected rows with all under them, or what the page in sight has to copy."""
    if not _by_page(app, "copy"):
        app.messages.tell(Message(count("ui.copied", _to_clipboard(app))))


def cut(app: App) -> None:
    """As `copy`, and the rows are gone; pasted, they are what they were, with their links."""
    if _by_page(app, "cut"):
        return
    _to_clipboard(app)
    before = app.document.kept
    if commit(app, remove_items, app.session.items):
        app.session.select()
        tell(app, deleted_words(before, app.document.kept))


def paste(app: App) -> None:
    """Rows below the current one: those of this plan as they are, those of a spreadsheet as new items.

    Into a plan that is empty a whole table is imported, which asks what its columns are.
    """
    if not app.document.kept.items and _is_foreign_table():
        files.import_clipboard(app)
        return
    if _by_page(app, "paste"):
        return
    from PySide6.QtGui import QGuiApplication

    mime = QGuiApplication.clipboard().mimeData()
    rows = _rows_in(mime)
    if rows is not None and rows.plan == app.document.kept.info.id:
        _put_back(app, rows)
    elif mime.hasText() and mime.text().strip():
        _read_table(app, mime.text())
    else:
        app.messages.say("ui.nothing_to_paste")


def _is_foreign_table() -> bool:
    from PySide6.QtGui import QGuiApplication

    from ...io.tables.text import has_columns

    mime = QGuiApplication.clipboard().mimeData()
    return not mime.hasFormat(MIME) and mime.hasText() and has_columns(mime.text())


def _by_page(app: App, method: str) -> bool:
    """Let a page do it that has more to copy than rows; it says False where it is about whole rows."""
    on_page = getattr(app.page, method, None)
    return callable(on_page) and on_page() is not False


def _to_clipboard(app: App) -> int:
    """How many rows that are."""
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QGuiApplication

    from ...model.edits.rows import rows_of
    from ...model.fields import fields_of
    from ..rows_clipboard import copied

    plan, schedule = app.document.kept, app.document.kept_schedule
    rows = rows_of(plan, app.session.items)
    fields = fields_of(plan)
    chosen = [column.field for column in app.session.view(plan).columns] or _COLUMNS
    keys = chosen if "title" in chosen else ["title", *chosen]
    shown = [fields[key] for key in keys if key in fields]
    table = copied(plan, schedule, [item.id for item in rows.items], shown)
    mime = QMimeData()
    mime.setText(table.text)
    mime.setHtml(table.html)
    mime.setData(MIME, msgspec.json.encode(rows))
    QGuiApplication.clipboard().setMimeData(mime)
    return len(rows.items)


def _rows_in(mime: QMimeData) -> Rows | None:
    from ...model.edits.rows import Rows

    if not mime.hasFormat(MIME):
        return None
    try:
        return msgspec.json.decode(bytes(mime.data(MIME).data()), type=Rows)
    except msgspec.MsgspecError:
        return None


def _place(app: App) -> tuple[ItemId | None, ItemId | None]:
    """The parent, and the sibling to come before, of what is pasted: below the current row, or at the end."""
    current = app.session.current
    if current is None or current not in app.document.kept.items:
        return None, None
    at = below(app.document.kept, current)
    return at["parent"], at["before"]


def _put_back(app: App, rows: Rows) -> None:
    from ...model.edits.rows import put_rows

    plan = app.document.kept
    copies = {item.id: ItemId(new_id()) for item in rows.items if item.id in plan.items}
    change = commit(app, put_rows, rows, copies, *_place(app))
    if change:
        inside = {item.id for item in rows.items}
        _show(app, [copies.get(item.id, item.id) for item in rows.items if item.parent not in inside])
        wanted = sum(copies.keys() >= {link.source, link.target} or not copies for link in rows.links)
        lost = wanted - sum(1 for _ in change.touched("links"))
        words = count("ui.pasted", len(rows.items))
        tell(app, f"{words} {count('ui.pasted.lost', lost)}" if lost > 0 else words)


def _read_table(app: App, text: str) -> None:
    from ...model.fields import fields_of
    from .. import rows_clipboard

    plan, schedule = app.document.kept, app.document.kept_schedule
    block = rows_clipboard.read(text)
    fields = rows_clipboard.headings(plan, block[0])
    lines = block[1:] if fields is not None else block
    known = fields if fields is not None else [fields_of(plan)["title"]]
    parent, before = _place(app)
    meant = rows_clipboard.meaning(
        plan, schedule, lines, known, before=before, begin={"parent": parent} if parent else None
    )
    if not meant.new:
        app.messages.say("ui.nothing_to_paste")
    elif commit(app, rows_clipboard.paste, meant):
        _show(app, meant.made)
        unread = len(block[0]) > 1 and fields is None
        _tell_pasted(app, meant, unread)


def _show(app: App, ids: list[ItemId] | tuple[ItemId, ...]) -> None:
    app.session.select(ids)
    if ids:
        reveal(app, ids[-1])


def _tell_pasted(app: App, meant: Paste, unread: bool) -> None:
    """How many there are now, who waits in the backlog, what came along, and what could not be taken."""
    from .. import rows_clipboard

    undated = sum(id not in app.document.schedule for id in meant.made)
    parts = [count("ui.pasted", len(meant.made))]
    if undated:
        parts.append(count("ui.pasted.undated", undated))
    if meant.names:
        parts.append(rows_clipboard.new_names(meant))
    if unread:
        parts.append(say("ui.pasted.no_headings"))
    if meant.troubles:
        first = meant.troubles[0]
        title = field_title(first.field)
        why = say(first.refused.code, **{**first.refused.values, "field": title})
        parts.append(count("ui.pasted.left_out", len(meant.troubles), field=title, why=why))
    tell(app, " ".join(parts), "warning" if meant.troubles or unread else "info")
