"""Items on the move between panels and pages, as what is dragged or lies on the clipboard says it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from ..model.records import ItemId

MIME = "application/x-roadwright-items"
"""Their ids as a JSON list, UTF-8."""


def packed(ids: Sequence[ItemId], titles: Sequence[str] = ()) -> QMimeData:
    """Items to be dragged; other programs get their titles."""
    mime = QMimeData()
    mime.setData(MIME, json.dumps(list(ids)).encode())
    mime.setText("\n".join(titles))
    return mime


def unpacked(mime: QMimeData) -> list[ItemId]:
    """The ids that are dragged; none where it is something else."""
    if not mime.hasFormat(MIME):
        return []
    try:
        ids = json.loads(bytes(mime.data(MIME).data()).decode())
    except ValueError:
        return []
    return [ItemId(id) for id in ids if isinstance(id, str)] if isinstance(ids, list) else []
