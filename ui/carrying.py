"""Items on the move between panels and pages, as what is dragged or lies on the clipboard says it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QMimeData

from ..model.records import ItemId

MIME = "application/x-roadwright-items"
"""Their ids as a JSON list, UTF-8."""


def packed(ids: Sequence[ItemId], titles: Sequence[str] = ()) -> QMimeData:
    """Items to be dragged; other programs get their titles."""
    mime = QMimeData()
    mime.setData(MIME, msgspec.json.encode(list(ids)))
    mime.setText("\n".join(titles))
    return mime


def unpacked(mime: QMimeData) -> list[ItemId]:
    """The ids that are dragged; none where it is something else."""
    if not mime.hasFormat(MIME):
        return []
    try:
        ids = msgspec.json.decode(mime.data(MIME).data())
    except ValueError:
        return []
    return [ItemId(id) for id in ids if isinstance(id, str)] if isinstance(ids, list) else []
