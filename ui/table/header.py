"""The columns of the table: which are shown, in what order and how wide; remembered with the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from ...io.strings import say
from ..editors import title_of
from ..session import Session
from .model import COLUMNS, PLACE

SHOWN = (
    "key", "title", "team", "owner", "status", "start", "finish", "duration", "progress", "depends", "slack",
)  # fmt: skip
"""The columns of a table that nobody has arranged yet."""
WIDTHS = {
    "key": 76, "title": 300, "team": 140, "owner": 140, "status": 120, "start": 112, "finish": 112,
    "duration": 84, "progress": 120, "depends": 150, "slack": 72, "notes": 220, "parent": 180, "tags": 140,
}  # fmt: skip
_USUAL = 104
_LEAST = 48


class Header(QHeaderView):
    """Sections can be moved, stretched, sorted by (the third click sorts no more), hidden and shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_LEAST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFixedHeight(34)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def restore(self) -> None:
        """Arrange the columns as they were left; remember from now on."""
        place = self._session.looks.places.get("table", {})
        self.show_columns(place.get("columns") or SHOWN, place.get("widths"))
        self.sectionMoved.connect(self._remember)
        self.sectionResized.connect(self._remember)

    def columns(self) -> list[int]:
        """The shown columns, from left to right."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [column for column in order if not self.isSectionHidden(column)]

    def show_columns(self, keys: Sequence[str], widths: Mapping[str, int] | None = None) -> None:
        """Show the columns of these fields, in this order; a field that is no more is passed over."""
        known = [key for key in keys if key in PLACE] or list(SHOWN)
        rest = [field.key for field in COLUMNS if field.key not in known]
        for place, key in enumerate([*known, *rest]):
            self.moveSection(self.visualIndex(PLACE[key]), place)
            self.setSectionHidden(PLACE[key], key not in known)
            self.resizeSection(PLACE[key], int((widths or {}).get(key) or WIDTHS.get(key, _USUAL)))

    def toggle(self, key: str, shown: bool) -> None:
        """Show a column, or hide it; the last one stays."""
        if shown or len(self.columns()) > 1:
            self.setSectionHidden(PLACE[key], not shown)
            if shown and self.sectionSize(PLACE[key]) < _LEAST:
                self.resizeSection(PLACE[key], WIDTHS.get(key, _USUAL))
            self._remember()

    def menu(self) -> QMenu:
        """Every field, to show or hide its column."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field in COLUMNS:
            action = QAction(title_of(field), menu)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(PLACE[field.key]))
            action.setData(field.key)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(QAction(say("table.reset-columns"), menu))
        menu.triggered.connect(self._chosen)
        return menu

    def _show_menu(self, point: QPoint) -> None:
        self.menu().popup(self.mapToGlobal(point))

    def _chosen(self, action: QAction) -> None:
        if action.isCheckable():
            self.toggle(action.data(), action.isChecked())
        else:
            self.show_columns(SHOWN)
            self._remember()

    def _remember(self) -> None:
        place = self._session.looks.places.setdefault("table", {})
        place["columns"] = [COLUMNS[column].key for column in self.columns()]
        place["widths"] = {COLUMNS[column].key: self.sectionSize(column) for column in self.columns()}
