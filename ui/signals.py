"""The one bridge from the document's callback to a Qt signal, so that a closed widget is disconnected."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ..model.change import Change
from ..model.document import Document


class DocumentSignals(QObject):
    """`changed` carries the `Change` from what was shown before to what is shown now."""

    changed = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        document.subscribe(self._tell)

    def _tell(self, change: Change) -> None:
        self.changed.emit(change)
