"""The line below the table: what the selected cells come to, how many items are shown, which columns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ...io.strings import count, say
from ...model.plan import Plan
from .. import dates
from ..editors.of_fields import shown_text
from .totals import Sums


class Footer(QWidget):
    """Shows; what a person presses here it only tells."""

    columns_asked = Signal()
    unfilter_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("table-foot")
        self.sums = QLabel(self)
        self.sums.setObjectName("table-sums")
        self.sums.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.total = QLabel(self)
        self.total.setObjectName("table-total")
        self.unfilter = _quiet("table.unfilter", self)
        self.unfilter.clicked.connect(self.unfilter_asked)
        self.columns = _quiet("table.columns", self)
        self.columns.clicked.connect(self.columns_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 3, 12, 3)
        layout.setSpacing(12)
        layout.addWidget(self.sums, 1)
        for part in (self.total, self.unfilter, self.columns):
            layout.addWidget(part)

    def show_items(self, shown: int | None, all: int, *, filtered: bool) -> None:
        """How many items there are in the plan, and how many of them are found where one looks for some."""
        of = say("table.items-of", n=f"{shown:,}", all=f"{all:,}") if shown is not None else ""
        self.total.setText(of or count("table.items", all))
        self.unfilter.setVisible(filtered)

    def show_sums(self, sums: Sums, plan: Plan) -> None:
        """What the selected cells come to."""
        parts = []
        if sums.count > 1:
            parts.append(say("table.count", n=f"{sums.count:,}"))
        if sums.count > 1 and sums.field is not None and sums.sum is not None and sums.average is not None:
            field = sums.field
            if field.kind != "percent":
                parts.append(say("table.sum", n=shown_text(field, plan, _round(sums.sum), brief=True)))
            parts.append(say("table.average", n=shown_text(field, plan, _round(sums.average), brief=True)))
        if sums.count > 1 and sums.first is not None and sums.last is not None:
            parts.append(say("table.span", days=dates.span(sums.first, sums.last, years=True)))
        self.sums.setText("   ".join(parts))

    def say_rows(self, rows: int) -> None:
        """So many are selected that nobody waits for their sums."""
        self.sums.setText(count("table.selected", rows))


def _round(number: float) -> float | int:
    """A number as people write it: no more than two decimals, none where there are none."""
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _quiet(code: str, parent: QWidget) -> QPushButton:
    button = QPushButton(say(code), parent)
    button.setProperty("quiet", True)
    return button
