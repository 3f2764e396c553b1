"""How the plan is looked at, in one small window: lanes, colours, order, and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import field_title, say
from ...model.fields import fields_of
from ...model.plan import Plan
from ...model.records import Sort, View
from ...model.rows.lanes import groupings
from .. import dates
from ..board.contents import offered
from ..desk import Desk
from ..frame.menus import Commands
from ..icons import Icons
from ..pages import PAGES
from .names import grouping_title
from .popover import Popover

_WIDTH = 372
SHOWN = ("show_links", "show_critical", "show_baseline", "show_progress", "show_done", "show_empty")
"""Attributes of `View` that say what is shown; their words are `view.<attribute>`."""
_UNSORTED = ("long", "links", "item", "url")
"""Kinds of fields that nobody sorts by."""
Seen = Callable[[], tuple[date, date] | None]
"""The days in sight, None on a page without a time axis."""


class ViewOptions(Popover):
    """Changes what the session shows at once; the view is kept when somebody saves it."""

    def __init__(self, anchor: QWidget, desk: Desk, commands: Commands, icons: Icons, seen: Seen) -> None:
        super().__init__(anchor)
        self._session, self._document, self._icons, self._seen = desk.session, desk.document, icons, seen
        plan = self._document.plan
        lanes = [(by.key, grouping_title(by)) for by in groupings(plan)]
        self._group = self._choice("group", [("", say("view.group.none")), *lanes])
        self._subgroup = self._choice("subgroup", [("", say("view.subgroup.none")), *lanes])
        self._color = self._choice("color", lanes)
        self._sort = _combo("sort", [("", say("view.sort.none")), *_sortable(plan)])
        self._down = QToolButton()
        self._down.setObjectName("sortDown")
        self._down.setCheckable(True)
        self._down.setIconSize(QSize(16, 16))
        self._down.toggled.connect(self._order)
        self._sort.activated.connect(lambda: self._order(self._down.isChecked()))
        stacks = [(by.key, grouping_title(by)) for by in offered(plan)]
        self._stacks = self._choice("stacks", [("", say("view.stacks.none")), *stacks])
        self._swimlanes = self._choice("swimlanes", [("", say("view.swimlanes.none")), *stacks])
        self._page = self._choice("page", [("", say("view.page.any")), *_pages()])
        self._packed = self._switch("packed")
        self._shown = [self._switch(name) for name in SHOWN]
        self._dims = self._choice("dims", [(False, say("view.dims.no")), (True, say("view.dims.yes"))])
        self._days = QLabel()
        self._keep_days = QPushButton()
        self._keep_days.setObjectName("keepDays")
        self._keep_days.setProperty("quiet", True)
        self._keep_days.clicked.connect(self._remember_days)
        self._arrange(commands)
        self._session.rows_changed.connect(self._follow)
        self._follow()

    # What it shows

    def _follow(self) -> None:
        view = self._session.view(self._document.plan)
        for combo, value in (
            (self._group, view.group),
            (self._subgroup, view.subgroup),
            (self._color, view.color),
            (self._sort, view.sort[0].field if view.sort else ""),
            (self._stacks, view.stacks),
            (self._swimlanes, view.swimlanes),
            (self._page, view.page),
            (self._dims, view.dims),
        ):
            combo.setCurrentIndex(combo.findData(value))
        for name, switch in zip(("packed", *SHOWN), (self._packed, *self._shown), strict=True):
            switch.setChecked(getattr(view, name))
        self._subgroup.setEnabled(bool(view.group))
        self._swimlanes.setEnabled(bool(view.stacks or not view.group))
        self._packed.setEnabled(bool(view.group))
        self._shown[SHOWN.index("show_empty")].setEnabled(bool(view.group))
        down = bool(view.sort and view.sort[0].down)
        self._down.setEnabled(bool(view.sort))
        self._down.setChecked(down)
        words = say("view.sort.down" if down else "view.sort.up")
        self._down.setIcon(self._icons.icon("ph.sort-descending" if down else "ph.sort-ascending"))
        self._down.setToolTip(words)
        self._down.setAccessibleName(words)
        self._show_days(view)

    def _show_days(self, view: View) -> None:
        kept = view.first is not None and view.last is not None
        text = dates.span(view.first, view.last, years=True) if kept else say("view.days.none")  # type: ignore[arg-type]
        self._days.setText(text)
        self._keep_days.setText(say("view.days.forget" if kept else "view.days.keep"))
        self._keep_days.setEnabled(kept or self._seen() is not None)

    # What it does

    def _adjust(self, **looks: Any) -> None:
        self._session.adjust(self._document.plan, **looks)

    def _order(self, down: bool) -> None:
        field = self._sort.currentData()
        self._adjust(sort=(Sort(field, down),) if field else ())

    def _remember_days(self) -> None:
        view, seen = self._session.view(self._document.plan), self._seen()
        if view.first is not None or seen is None:
            self._adjust(first=None, last=None)
        else:
            self._adjust(first=seen[0], last=seen[1])

    # Making

    def _choice(self, name: str, entries: Sequence[tuple[Any, str]]) -> QComboBox:
        combo = _combo(name, entries)
        combo.activated.connect(lambda: self._adjust(**{name: combo.currentData()}))
        return combo

    def _switch(self, name: str) -> QCheckBox:
        switch = QCheckBox(say(f"view.{name}"))
        switch.setObjectName(name)
        switch.clicked.connect(lambda on: self._adjust(**{name: on}))
        return switch

    def _arrange(self, commands: Commands) -> None:
        form = QGridLayout()
        form.setColumnStretch(1, 1)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        order = QHBoxLayout()
        order.setSpacing(4)
        order.addWidget(self._sort, 1)
        order.addWidget(self._down)
        days = QHBoxLayout()
        days.addWidget(self._days, 1)
        days.addWidget(self._keep_days)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("group", self._group),
            ("subgroup", self._subgroup),
            ("color", self._color),
            ("sort", order),
            ("dims", self._dims),
            ("stacks", self._stacks),
            ("swimlanes", self._swimlanes),
            ("days", days),
            ("page", self._page),
        )
        for place, (name, part) in enumerate(rows):
            label = QLabel(say(f"view.{name}"))
            label.setProperty("tone", "second")
            form.addWidget(label, place, 0)
            if isinstance(part, QWidget):
                label.setBuddy(part)
                form.addWidget(part, place, 1)
            else:
                form.addLayout(part, place, 1)
        shown = QGridLayout()
        shown.setVerticalSpacing(8)
        for place, switch in enumerate((*self._shown, self._packed)):
            shown.addWidget(switch, place // 2, place % 2)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for id in ("view.reset", "view.save"):
            foot.addWidget(_command(commands, id))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(12)
        column.addLayout(form)
        heading = QLabel(say("view.shown"))
        heading.setProperty("tone", "group")
        column.addWidget(heading)
        column.addLayout(shown)
        column.addLayout(foot)
        self.setFixedWidth(_WIDTH)


def _combo(name: str, entries: Sequence[tuple[Any, str]]) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(say(f"view.{name}"))
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for value, title in entries:
        combo.addItem(title, value)
    return combo


def _sortable(plan: Plan) -> list[tuple[str, str]]:
    return [
        (key, field_title(field)) for key, field in fields_of(plan).items() if field.kind not in _UNSORTED
    ]


def _pages() -> list[tuple[str, str]]:
    return [(page.id, say(f"action.page.{page.id}")) for page in PAGES]


def _command(commands: Commands, id: str) -> QPushButton:
    """A button for a command, there as long as it can be called."""
    action = commands[id]
    button = QPushButton(action.text().replace("&", ""))
    button.setObjectName(id)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    button.clicked.connect(action.trigger)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
