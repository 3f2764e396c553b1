"""The File menu: plans and files, in and out."""

from __future__ import annotations

from ..commands import files, moments
from .action import Action

FILE: tuple[Action, ...] = (
    Action(id="file.new", place="file/open", keys=("Ctrl+N",), icon="ph.file-plus", run=files.new),
    Action(id="file.open", place="file/open", keys=("Ctrl+O",), icon="ph.folder-open", run=files.open_chosen),
    Action(id="file.sample", place="file/open", run=files.open_sample),
    Action(id="file.save", place="file/save", keys=("Ctrl+S",), icon="ph.floppy-disk", run=files.save),
    Action(id="file.save_as", place="file/save", keys=("Ctrl+Shift+S",), run=files.save_as),
    Action(id="file.backups", place="file/save", icon="ph.clock-counter-clockwise", run=files.show_backups),
    Action(
        id="file.shorten_history",
        place="file/save",
        when=moments.has_past,
        run=files.shorten_history,
    ),
    Action(
        id="file.merge",
        place="file/exchange",
        icon="ph.git-merge",
        when=moments.can_find,
        run=files.merge_chosen,
    ),
    Action(
        id="file.update",
        place="file/exchange",
        icon="ph.arrows-clockwise",
        when=moments.has_source,
        run=files.update_chosen,
    ),
    Action(
        id="file.import",
        place="file/exchange",
        keys=("Ctrl+I",),
        icon="ph.download-simple",
        run=files.import_chosen,
    ),
    Action(
        id="file.import_clipboard",
        place="file/exchange",
        icon="ph.clipboard-text",
        run=files.import_clipboard,
    ),
    Action(
        id="file.export", place="file/exchange", keys=("Ctrl+E",), icon="ph.export", run=files.export_chosen
    ),
    Action(id="share.xlsx", place="file/share", icon="ph.table", run=files.share("xlsx")),
    Action(id="share.png", place="file/share", icon="ph.image", run=files.share("png")),
    Action(id="share.svg", place="file/share", icon="ph.pen-nib", run=files.share("svg")),
    Action(id="share.pdf", place="file/share", icon="ph.file-pdf", run=files.share("pdf")),
    Action(id="share.csv", place="file/share", icon="ph.file-text", run=files.share("csv")),
    Action(
        id="file.quit",
        place="file/end",
        keys=("Ctrl+Q",),
        icon="ph.sign-out",
        run=lambda app: app.window.close(),
    ),
)
