"""Has every kept step of the open plan written to the journal; see io/journal.py, imported with the first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ...io.strings import say

if TYPE_CHECKING:
    from ...io.journal import Journal
    from ...model.document import Document, Step
    from ...model.plan import Plan
    from ...model.refused import Refused

FOLDER = "journal"
"""In the state folder."""


class Journalling(QObject):
    """The journal of one document. `lost` says, on the UI thread, why a step could not be written."""

    lost = Signal(str)

    def __init__(self, document: Document, place: Path | None) -> None:
        """`place`: the folder of all journals; None: there is to be none."""
        super().__init__()
        self._document = document
        self._place = place
        self._journal: Journal | None = None
        self._safe: tuple[Plan, tuple[bytes, ...], tuple[Step, ...], Path | None, str, int]

    def begin(self, path: Path | None, digest: str, unsaved: int = 0) -> None:
        """The document is, as it stands, safe in a file, or worth no more than it takes to make it anew."""
        document = self._document
        self._safe = (document.kept, document.past, tuple(document.done), path, digest, unsaved)
        if self._journal is not None:
            self._journal.begin(*self._safe)

    def saved(
        self, plan: Plan, past: tuple[bytes, ...], done: tuple[Step, ...], path: Path, digest: str
    ) -> None:
        """The file holds the plan as it was with that past and those steps; the document may be further."""
        self._safe = (plan, past, done, path, digest, 0)
        if self._journal is not None:
            self._journal.go_on(self._document, plan, past, done, path, digest)

    def follow(self) -> None:
        """Write down what the document has come to; nothing while it shows a preview."""
        document = self._document
        if self._journal is None and document.kept is self._safe[0]:
            return
        if (journal := self._made()) is not None:
            journal.follow(document)

    def secure(self) -> None:
        """Return when the document, as it was when the journal began, is on the disk."""
        if (journal := self._made()) is not None:
            journal.secure()

    def end(self) -> None:
        """The document is saved, or nobody wants it: leave nothing behind."""
        journal, self._journal, self._place = self._journal, None, None
        if journal is not None:
            journal.end()

    def _made(self) -> Journal | None:
        if self._journal is None and self._place is not None:
            from ...io.journal import Journal

            self._journal = Journal(self._place, self._tell)
            self._journal.begin(*self._safe)
        return self._journal

    def _tell(self, error: OSError | Refused) -> None:  # on the journal's thread
        if isinstance(error, OSError):
            self.lost.emit(error.strerror or str(error))
        else:
            self.lost.emit(say(error.code, **error.values))
