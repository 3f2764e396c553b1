"""Columns that are none of our fields become fields of the plan's own: nothing that people wrote is dropped.

The heading may say of what kind (`own_headings`); else the cells show it, and a kind is taken only if every
cell fits: what is not all numbers, days or the like stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from ...model.computed_fields import kept_formula, names_of
from ...model.field_values import unlisted
from ...model.fields import FIELDS
from ...model.own_fields import own_fields
from ...model.records import Choice, CustomField, CustomValue, FieldId, derived_id, new_id
from ..own_headings import field_of
from ..strings import field_title, say
from .cells import Unfit, one_line
from .cleaning import clean_text, is_error
from .dates import DateReader, OutOfRange
from .findings import Findings
from .mapping import OWN
from .registry import Registry
from .rows import Table
from .values import read_flag, read_number
from .words import fold

MOST_OPTIONS = 12
MOST_WORDS = 20
"""Different words of a column of several choices."""
LONGEST_OPTION = 60
FEWEST_VALUES = 4
"""Filled cells from which on repeated texts are choices."""
LONG = 120
"""Characters of a text from which on it is a long one."""
LONGEST_TITLE = 80
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_MONEY = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "eur": "EUR", "usd": "USD"}


class OwnColumns:
    """The own fields that a table brings, and their values row by row."""

    def __init__(self, table: Table, findings: Findings, registry: Registry) -> None:
        self._table, self._findings, self._registry = table, findings, registry
        self._days = DateReader(findings.source.epoch_1904, table.mapping.rules.order)
        self._values: dict[int, dict[FieldId, CustomValue]] = {}
        self.fields: list[CustomField] = []
        self.ids: dict[int, FieldId] = {}
        """The field that each column became."""

    def read(self) -> None:
        """Decide what each column is, and read its cells."""
        together: dict[str, list[int]] = {}
        for column in self._table.mapping.of(OWN):
            together.setdefault(fold(self._heading(column)), []).append(column)
        for columns in together.values():
            field = self._field(columns)
            self.fields.append(field)
            self._findings.how.kinds |= dict.fromkeys(columns, field.kind)
            self.ids |= dict.fromkeys(columns, field.id)
            if field.kind != "formula":
                self._read(field, columns)
        names = names_of([*FIELDS.values(), *own_fields(FIELDS, self._records()).values()], field_title)
        self.fields = [replace(one, formula=kept_formula(one.formula, names)) for one in self.fields]
        self._report()

    def values(self, at: int) -> dict[FieldId, CustomValue]:
        """The values of a row, in the order of a record."""
        return dict(sorted(self._values.get(at, {}).items()))

    # What each is

    def _field(self, columns: list[int]) -> CustomField:
        id, heading, rank = FieldId(new_id()), self._heading(columns[0]), float(len(self.fields))
        described = field_of(heading, id, rank)
        if described is not None:
            return replace(described, title=self._free_title(described.title))
        field = CustomField(id=id, title=self._free_title(heading), rank=rank)
        values = [value for _, _, value in self._cells(columns) if not is_error(str(value))]
        wanted = self._table.mapping.own.get(columns[0])
        if wanted is not None and wanted.kind:
            currency = next(filter(None, (_currency(clean_text(value)) for value in values)), "")
            return replace(field, kind=wanted.kind, currency=currency if wanted.kind == "currency" else "")
        return guessed(field, values, self._days, several=len(columns) > 1)

    def _heading(self, column: int) -> str:
        wanted = self._table.mapping.own.get(column)
        if wanted is not None and wanted.title:
            return wanted.title
        heading = self._table.mapping.headers[column]
        match = re.fullmatch(r"custom field \((.*)\)", heading, re.IGNORECASE)  # as Jira calls them
        return (match[1] if match else heading).strip()

    def _free_title(self, title: str) -> str:
        title = title[:LONGEST_TITLE].strip()
        taken = {one.title.casefold() for one in self.fields}
        taken |= {name.casefold() for field in FIELDS.values() for name in (field.key, field_title(field))}
        number, free = 2, title
        while free.casefold() in taken:
            free, number = f"{title} {number}", number + 1
        return free

    def _records(self) -> dict[FieldId, CustomField]:
        return {field.id: field for field in self.fields}

    # What the cells say

    def _cells(self, columns: Iterable[int]) -> Iterator[tuple[int, int, Any]]:
        """Row, column and content of the filled cells."""
        for column in columns:
            for at, value in zip(self._table.body, self._table.cells(column), strict=True):
                if value is not None and at not in self._table.banners and clean_text(value).strip():
                    yield at, column, value

    def _read(self, field: CustomField, columns: list[int]) -> None:
        parts: dict[int, list[tuple[int, Any]]] = {}
        for at, column, value in self._cells(columns):
            parts.setdefault(at, []).append((column, value))
        for at, cells in parts.items():
            value = cells[0][1]
            if len(cells) > 1:
                mark = "\n" if field.kind == "long" else ", "
                value = mark.join(clean_text(part).strip() for _, part in cells)
            try:
                found = self._value(field, value)
            except Unfit as unfit:
                place = {"field": field.title, "text": value, **unfit.values}
                self._findings.add(unfit.code, at, cells[0][0], done=unfit.done, **place)
                continue
            if found is not None:
                self._values.setdefault(at, {})[field.id] = found

    def _value(self, field: CustomField, value: Any) -> CustomValue | None:
        kind = field.kind
        if isinstance(value, str) and is_error(value):
            raise Unfit("import.cell_error")
        if kind in ("number", "currency"):
            number = amount(value)
            if number is None:
                raise Unfit("import.not_a_number")
            return number
        if kind == "date":
            day = day_in(value, self._days)
            if day is None:
                raise Unfit("import.not_a_date")
            return day.isoformat()
        if kind == "flag":
            flag = read_flag(value)
            if flag is None:
                raise Unfit("import.not_a_flag")
            return True if flag else None
        if kind in ("choice", "choices"):
            return self._chosen(field, clean_text(value))
        if kind == "person":
            return self._registry.person(one_line(value))
        return (clean_text(value) if kind == "long" else one_line(value)).strip() or None

    def _chosen(self, field: CustomField, text: str) -> CustomValue | None:
        """The options of a cell; one that the heading does not name is added to them."""
        record = next(one for one in self.fields if one.id == field.id)
        wanted = unlisted(text) if field.kind == "choices" else [" ".join(text.split())]
        known = {option.title.casefold(): option.id for option in record.options}
        fresh = [Choice(derived_id(field.id, word), word) for word in wanted if word.casefold() not in known]
        if fresh:
            record = replace(record, options=(*record.options, *fresh))
            self.fields = [record if one.id == field.id else one for one in self.fields]
            known |= {option.title.casefold(): option.id for option in fresh}
        chosen = {known[word.casefold()] for word in wanted}
        if field.kind == "choice":
            return next(iter(chosen), None)
        return tuple(option.id for option in record.options if option.id in chosen) or None

    def _report(self) -> None:
        if self.fields:
            shown = [f"{field.title} ({say(f'own-kind.{field.kind}').casefold()})" for field in self.fields]
            mapping = self._table.mapping
            if not mapping.plain:
                row = mapping.header_row
                self._findings.note("import.own_fields", row, count=len(shown), columns=", ".join(shown))


# What cells look like


def guessed(field: CustomField, values: list[Any], days: DateReader, several: bool = False) -> CustomField:
    """The field as the kind that all these values fit; `several` says that rows have more than one."""
    texts = [clean_text(value).strip() for value in values]
    if not texts:
        return field
    if all(read_flag(value) is not None for value in values) and not any(map(_is_figure, values)):
        return replace(field, kind="flag")
    if all(_LINK.fullmatch(text) for text in texts):
        return replace(field, kind="url")
    days.learn(values)
    if all(day_in(value, days) is not None for value in values):
        return replace(field, kind="date")
    if all(amount(value) is not None and not _is_code(value) for value in values):
        currencies = {_currency(text) for text in texts}
        if len(currencies) == 1 and (currency := currencies.pop()):
            return replace(field, kind="currency", currency=currency)
        return field if len(currencies) > 1 else replace(field, kind="number")
    if any("\n" in text or len(text) > LONG for text in texts):
        return replace(field, kind="long")
    return _chosen(field, texts, several)


def amount(value: Any) -> float | None:
    """A number or an amount of money."""
    if isinstance(value, str) and "%" in value:
        return None
    return read_number(value)


def day_in(value: Any, days: DateReader) -> date | None:
    """The day that a cell names beyond doubt: no month, no year that has to be guessed, no time of day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or ":" in value:
        return None
    try:
        day = days.read(value)
    except OutOfRange:
        return None
    sure = day is not None and day.precision == "day" and not (day.unsure or day.assumed_year)
    return day.first if day is not None and sure else None


def _is_figure(value: Any) -> bool:
    return not isinstance(value, bool) and read_number(value) is not None


def _is_code(value: Any) -> bool:
    """Whether digits are a name, not a number: `007`, or more of them than a number keeps."""
    text = str(value).strip() if isinstance(value, str) else ""
    return bool(re.match(r"0\d", text)) or sum(map(str.isdigit, text)) > 15 or text.startswith("+")


def _currency(text: str) -> str:
    folded = text.casefold()
    return next((code for sign, code in _MONEY.items() if sign in folded), "")


def _chosen(field: CustomField, texts: list[str], several: bool) -> CustomField:
    """The field as a choice, or several, where the same few words come again and again."""
    lists = [unlisted(text) for text in texts]
    if several or sum(len(words) > 1 for words in lists) >= 2:
        options = _options(field, (word for words in lists for word in words), MOST_WORDS)
        if options or several:
            return replace(field, kind="choices" if options else "text", options=options)
    options = _options(field, (" ".join(text.split()) for text in texts), MOST_OPTIONS)
    return replace(field, kind="choice", options=options) if options else field


def _options(field: CustomField, words: Iterable[str], most: int) -> tuple[Choice, ...]:
    """A choice for each different word; none where there are too many, or hardly one comes twice."""
    spellings: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for word in words:
        spellings.setdefault(word.casefold(), word)
        counted[word.casefold()] += 1
    few = len(counted) <= most and 2 * len(counted) <= counted.total()
    if not few or counted.total() < FEWEST_VALUES or any(len(word) > LONGEST_OPTION for word in counted):
        return ()
    return tuple(Choice(derived_id(field.id, word), word) for word in spellings.values())
