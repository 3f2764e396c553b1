"""The dialog for national holidays: which country and region, which years, and what that would be."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.holidays import FIRST_YEAR, LAST_YEAR, countries, national_holidays, regions, weekdays
from ...model.records import Days
from ...model.refused import Refused
from ..editors.choices import fits
from ..editors.pickers import Option
from .words import run_words, weekdays_words

_CODE = Qt.ItemDataRole.UserRole
_ENGLISH = "en_US"
_ELSEWHERE = "US"
"""The country that is chosen where the computer does not say in which one it is."""


class NationalDialog(QDialog):
    """`days()` and `weekdays()` are what was chosen."""

    def __init__(self, parent: QWidget, first_year: int, last_year: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("national.window"))
        self._found: tuple[Days, ...] = ()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(say("national.search"))
        self.search.setAccessibleName(say("national.search"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(say("national.country"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setObjectName("roomy")
        self.region = QComboBox(self)
        self.first, self.last = QSpinBox(self), QSpinBox(self)
        for spin, year in ((self.first, first_year), (self.last, last_year)):
            spin.setRange(FIRST_YEAR, LAST_YEAR)
            spin.setValue(year)
            spin.lineEdit().setTextMargins(6, 0, 0, 0)
        self.names = QComboBox(self)
        self.names.addItem(say("national.english"), _ENGLISH)
        self.names.addItem(say("national.local"), None)
        self.weekend = QCheckBox(self)
        self.preview = QTreeWidget(self)
        self.preview.setColumnCount(2)
        self.preview.setHeaderHidden(True)
        self.preview.setRootIsDecorated(False)
        self.preview.setUniformRowHeights(True)
        self.preview.setObjectName("roomy")
        self.preview.setAccessibleName(say("national.preview"))
        self.total = QLabel(self)
        self.total.setProperty("tone", "second")
        self.total.setWordWrap(True)
        self._arrange()
        self._fill_countries()
        self.search.textChanged.connect(self._search)
        self.list.currentItemChanged.connect(self._choose_country)
        self.region.currentIndexChanged.connect(self._refresh)
        self.names.currentIndexChanged.connect(self._refresh)
        self.first.valueChanged.connect(self._refresh)
        self.last.valueChanged.connect(self._refresh)
        self._choose_country()
        self.finished.connect(self.deleteLater)
        self.search.setFocus()

    def days(self) -> tuple[Days, ...]:
        """The holidays chosen, with the names by which they are shown."""
        return self._found

    def weekdays(self) -> tuple[int, ...] | None:
        """The days worked in the country, where these are to be taken over."""
        return weekdays(self.country) if self.weekend.isChecked() else None

    @property
    def country(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_CODE)) if item is not None else ""

    def _arrange(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        form = QFormLayout()
        form.setSpacing(8)
        years = QHBoxLayout()
        years.addWidget(self.first)
        years.addWidget(QLabel("–", self))
        years.addWidget(self.last)
        years.addStretch(1)
        form.addRow(say("national.region"), self.region)
        form.addRow(say("national.years"), years)
        form.addRow(say("national.names"), self.names)
        right.addLayout(form)
        right.addWidget(self.weekend)
        right.addWidget(self.preview, 1)
        right.addWidget(self.total)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 2)
        columns.addLayout(right, 3)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.take = buttons.addButton(say("national.add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(columns, 1)
        layout.addWidget(buttons)
        self.resize(720, 520)

    def _fill_countries(self) -> None:
        """All countries; the one where the computer is comes up first."""
        here = QLocale.territoryToCode(QLocale.system().territory())
        for code, name in countries().items():
            item = QListWidgetItem(name, self.list)
            item.setData(_CODE, code)
            if code == here:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(list(countries()).index(_ELSEWHERE))
        self.list.scrollToItem(self.list.currentItem(), QListWidget.ScrollHint.PositionAtCenter)

    def _search(self, text: str) -> None:
        """Leave in sight what fits, and choose what fits best; `US` and `Deutschland` find theirs too."""
        options = [
            Option(row, self.list.item(row).text(), _other_names(str(self.list.item(row).data(_CODE))))
            for row in range(self.list.count())
        ]
        found = [int(str(option.value)) for option in fits(options, text)]
        for row in range(self.list.count()):
            self.list.item(row).setHidden(row not in found)
        if found and text.strip():
            self.list.setCurrentRow(found[0])

    def _choose_country(self) -> None:
        if not self.country:
            return
        self.region.blockSignals(True)
        self.region.clear()
        self.region.addItem(say("national.whole"), None)
        for code, name in sorted(regions(self.country).items(), key=lambda region: region[1].casefold()):
            self.region.addItem(name, code)
        self.region.setEnabled(self.region.count() > 1)
        self.region.blockSignals(False)
        self.weekend.setText(say("national.weekend", days=weekdays_words(weekdays(self.country))))
        self._refresh()

    def _refresh(self) -> None:
        """Show the days that would be added, or why there are none."""
        self.preview.clear()
        try:
            self._found = national_holidays(
                self.country,
                self.first.value(),
                self.last.value(),
                self.region.currentData(),
                self.names.currentData(),
            )
        except Refused as refused:
            self._found = ()
            self.total.setText(say(refused.code, **{**refused.values, "country": countries()[self.country]}))
        else:
            self.total.setText(count("national.total", len(self._found)))
        for run in self._found:
            item = QTreeWidgetItem([run_words(run), run.title])
            item.setToolTip(1, run.title)
            self.preview.addTopLevelItem(item)
        self.preview.resizeColumnToContents(0)
        self.take.setEnabled(bool(self._found))


def _other_names(code: str) -> str:
    """How else a country is called: its code, and its name in its own language."""
    territory = QLocale.codeToTerritory(code)
    own = QLocale(QLocale.Language.AnyLanguage, territory).nativeTerritoryName()
    return f"{code} {own}"


def years_from(today: date, last: date | None) -> tuple[int, int]:
    """The years to offer: from this one to the one after the end of the plan, three at least."""
    return today.year, max(today.year + 2, last.year + 1 if last is not None and last.year < LAST_YEAR else 0)
