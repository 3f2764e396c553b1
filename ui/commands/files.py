"""The commands that touch files. The work behind them is imported when it is first asked for, to start fast.

Nothing is replaced before what replaces it has been read well, and nothing unsaved goes without a question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...io.strings import say

if TYPE_CHECKING:
    from ..app import App

SUFFIX = ".roadmap"
TABLE_SUFFIXES = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"),
    *(".xml", ".gan", ".ics", ".json"),
)
"""Of files that can be imported: tables, and those of other planners."""


def new(app: App) -> None:
    """An empty plan."""
    from ..files import opening

    opening.new(app)


def open_sample(app: App) -> None:
    """The sample plan."""
    from ..files import opening

    opening.open_sample(app)


def open_chosen(app: App) -> None:
    """Ask for a plan, or for anything that can be imported, and open it."""
    from ..files import opening

    opening.open_chosen(app)


def import_chosen(app: App) -> None:
    """Ask for a spreadsheet and import it into a new plan."""
    from ..files import opening

    opening.import_chosen(app)


def import_clipboard(app: App) -> None:
    """Import the table that is in the clipboard."""
    from ..files import opening

    opening.import_clipboard(app)


def open_path(app: App, path: Path) -> None:
    """Open a plan or import anything else, as the suffix says."""
    from ..files import opening

    opening.open_path(app, path)


def take_dropped(app: App, paths: Sequence[Path]) -> None:
    """Merge workbooks in which the open plan was sent out; open anything else, one file."""
    from ..files import opening

    opening.take_dropped(app, paths)


def save(app: App) -> bool:
    """Begin to write the plan to its file, or ask for one; whether that is under way."""
    from ..files import saving

    return saving.save(app)


def save_as(app: App) -> bool:
    """Ask for a file and begin to write the plan to it; whether that is under way."""
    from ..files import saving

    return saving.save_as(app)


def merge_chosen(app: App) -> None:
    """Ask for returned workbooks or other copies of the open plan, and merge what they change."""
    from ..merging import copies

    copies.choose(app)


def update_chosen(app: App) -> None:
    """Ask for a newer version of the file that the plan was imported from, and merge what it changes."""
    from ..merging import copies

    copies.choose_update(app)


def look_for_changes(app: App) -> None:
    """Say so if somebody else has saved the plan's file since."""
    from ..merging import copies

    copies.look_for_changes(app)


def show_backups(app: App) -> None:
    """The copies kept of each save."""
    from ..files import restoring

    restoring.show(app)


def shorten_history(app: App) -> None:
    """Make one change a day of what is older than a year."""
    from ..files import shortening

    shortening.shorten(app)


def may_leave(app: App) -> bool:
    """Whether the open plan may go: asks first if it has changes that are not saved."""
    document = app.document
    if not document.dirty or (app.desk.damaged and not document.done and not document.undone):
        return True  # a salvaged plan that nobody touched is no more than its file has
    from ..files import saving

    return (app.desk.saving is not None and saving.settle(app)) or saving.ask_before_leaving(app)


def export_chosen(app: App) -> None:
    """Ask what to export and how, then where to."""
    from ..files import sharing

    sharing.export_chosen(app)


def share(suffix: str) -> Callable[[App], None]:
    """Export the plan as it is shown, in that format."""

    def run(app: App) -> None:
        from ..files import sharing

        sharing.share(app, suffix)

    return run


def dialog_filter(words: str, *suffixes: str) -> str:
    """A kind of file, as Qt's file dialogs want it written."""
    return f"{say(words)} ({' '.join(f'*{suffix}' for suffix in suffixes)})"


def safe_name(title: str) -> str:
    """A file name made of a plan's title, for every system."""
    kept = "".join(" " if letter in '<>:"/\\|?*' or not letter.isprintable() else letter for letter in title)
    return " ".join(kept.split())[:80].strip(". ") or say("ui.untitled")


def same_file(one: Path, other: Path) -> bool:
    """Whether both names lead to the same file."""
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
