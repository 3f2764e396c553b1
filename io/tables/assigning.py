"""Which field each column of a table holds: by its heading, by what is in it, by who writes such tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...model.fields import FIELDS
from ...model.records import FieldId
from ..own_headings import field_of
from ..strings import say
from .charts import filled
from .dates import DateReader, OutOfRange
from .dependencies import reference_key
from .detect import Header, heading_text, is_figures, names
from .fit import Fit, look_at, suits
from .mapping import OWN, Why
from .periods import LONGEST_MARK, is_period, periods
from .presets import Preset
from .source import Sheet
from .words import fold, headings, ignored, is_nothing, many, months, synonyms, words

MOST_OWN = 60
"""Columns that are kept as fields of the plan's own."""
SAMPLE = 120
"""Rows whose cells are looked at to see what a column holds."""
_ALIKE = 82.0
"""Least likeness (0 to 100) of a heading to a known one, where they are not the same."""
_ALL_DAYS = 0.9
"""Share of the cells of a column that are days, for it to be one of dates whatever it is called."""
_FORCED = 10.0
"""A score that nothing beats."""


def assign(
    header: Header, sheet: Sheet, dates: DateReader, preset: Preset | None
) -> tuple[dict[int, str | None], dict[int, Why]]:
    """The field of each column, and why: the pairs of column and field that fit best, each used once."""
    cells = _sample(sheet, header)
    fits = {column: look_at(values, dates) for column, values in cells.items()}
    forced = _forced(header, preset)
    pairs = [
        (score, -column, field)
        for column in cells
        for field, score in _wanted(column, header, fits, forced).items()
    ]
    columns: dict[int, str | None] = {}
    taken: dict[str, int] = {}
    for _score, negative, field in sorted(pairs, reverse=True):
        column = -negative
        if column in columns or (field in taken and field not in many()):
            continue
        columns[column] = field
        taken.setdefault(field, column)
    found = dict(columns)
    if not columns and preset is None:
        _settle_unknown(cells, fits, columns, dates)
    _settle(header, cells, fits, columns, forced)
    _settle_periods(header, sheet, cells, columns)
    drawn = {c for c in periods(header.titles) if c not in columns and not cells[c]}
    shown = [column for column in cells if header.titles[column] and column not in drawn]
    described = [column for column in shown if field_of(header.titles[column], FieldId("")) is not None]
    left = [
        column
        for column in shown
        if column not in columns and forced.get(column, OWN) == OWN and _is_kept(header, sheet, column)
    ]
    columns.update(dict.fromkeys([*described, *left[:MOST_OWN]], OWN))
    why = {
        column: _why(header.titles[column], field, forced.get(column), found.get(column))
        for column, field in columns.items()
        if field
    }
    return {column: columns.get(column) for column in shown}, why


def _forced(header: Header, preset: Preset | None) -> dict[int, str | None]:
    """What the preset says of columns; of a field that only one may hold, only the first."""
    forced: dict[int, str | None] = {}
    for column, title in enumerate(header.titles):
        if preset is not None and title and (form := preset.form_of(title)) is not None:
            field = preset.columns[form] or None
            if field is None or field in many() or field not in forced.values():
                forced[column] = field
    return forced


def _why(title: str, field: str, forced: str | None, found: str | None) -> Why:
    if forced == field:
        return "preset"
    if field == OWN:
        return "heading"
    if found in ("parent_id", "level") and found != field:
        return "heading"
    if found != field:
        return "alike" if found == "group" else "content"
    forms = names(title)
    known = any(field == one for form in forms for one, _ in headings().get(form, ()))
    return "heading" if known or forms[0] == fold(say(f"field.{field}")) else "alike"


def _is_kept(header: Header, sheet: Sheet, column: int) -> bool:
    """Whether a column that is no field of ours says something; the days of a drawn timeline do not."""
    title = header.titles[column]
    if len(title) < 2 or is_figures(title) or fold(title) in ignored() or fold(title) in months():
        return False
    if is_period(title):
        return False
    return any(
        column < len(row) and row[column] is not None and str(row[column]).strip()
        for row in sheet.rows[header.row + 1 :]
    )


def _sample(sheet: Sheet, header: Header) -> dict[int, list[Any]]:
    """Some cells of each column, from all over the table."""
    body = sheet.rows[header.row + 1 :]
    step = max(1, len(body) // SAMPLE)
    rows = [*body[:20], *body[20::step]]
    return {
        column: [
            row[column]
            for row in rows
            if column < len(row) and row[column] is not None and not is_nothing(str(row[column]))
        ]
        for column in range(len(header.titles))
    }


def _wanted(
    column: int, header: Header, fits: dict[int, Fit], forced: dict[int, str | None]
) -> dict[str, float]:
    """The fields that the column can hold, with how well they suit: what a preset says, before all others."""
    if column not in forced:
        return _candidates(header.titles[column], fits[column])
    field = forced[column]
    return {field: _FORCED} if field is not None and field != OWN else {}


def _candidates(title: str, fit: Fit) -> dict[str, float]:
    """How well each field suits the column; only those that suit at all."""
    scores = {}
    for field, score in _by_name(title).items():
        total = score + 0.35 * suits(field, fit)
        if total >= 0.55:
            scores[field] = total + (0.05 if fit.count else -0.1)
    return scores


def _by_name(title: str) -> dict[str, float]:
    """For each field how much the heading means it, 0 to 1; an earlier synonym a little more."""
    forms = names(title)
    if not forms or forms[0] in ignored() or field_of(title, FieldId("")) is not None:
        return {}
    for key in FIELDS:  # our own titles come first, whatever the language
        if forms[0] == fold(say(f"field.{key}")):
            return {key: 1.2, **({"outline": 1.1} if key == "level" else {})}
    found: dict[str, float] = {}
    for place, form in enumerate(forms):
        for field, rank in headings().get(form, ()):
            found[field] = max(found.get(field, 0.0), 1.0 - 0.004 * rank - 0.05 * place)
    return found or _alike(forms)


def _alike(forms: list[str]) -> dict[str, float]:
    from rapidfuzz import fuzz, process

    found: dict[str, float] = {}
    for field, known in synonyms().items():
        long = [word for word in known if len(word) > 3]
        for form in forms:
            if len(form) < 4 or len(form) > 60:
                continue
            best = process.extractOne(form, long, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
            if best is not None:
                found[field] = max(found.get(field, 0.0), best[1] / 100 * 0.9)
    return found


def _settle(
    header: Header,
    cells: dict[int, list[Any]],
    fits: dict[int, Fit],
    columns: dict[int, str | None],
    forced: dict[int, str | None],
) -> None:
    """What only shows when all columns are seen together."""
    fields = {field: column for column, field in columns.items()}
    if "title" not in fields:
        _settle_title(header, cells, fits, columns)
        fields = {field: column for column, field in columns.items()}
    if "group" in fields and "team" not in fields and fields["group"] not in forced:
        columns[fields["group"]] = "team"  # lanes are teams, and nothing else claims to be one
    for column, values in cells.items():
        if columns.get(column) == "level" and fits[column].numbers > 0.8 and "outline" not in fields:
            columns[column] = "outline"
        if columns.get(column) == "kind" and {fold(value) for value in values} <= words("total"):
            columns[column] = None
    ids = {reference_key(value) for column in cells if columns.get(column) == "id" for value in cells[column]}
    if "parent_id" in fields:
        columns[fields["parent_id"]] = "parent" if "parent" not in fields else None
        if "parent" in fields and ids & {reference_key(value) for value in cells[fields["parent_id"]]}:
            columns[fields["parent_id"]] = "parent"
            columns[fields["parent"]] = None


def _settle_unknown(
    cells: dict[int, list[Any]], fits: dict[int, Fit], columns: dict[int, str | None], dates: DateReader
) -> None:
    """Headings in a language that nobody here speaks: days beside wordy texts are a plan all the same."""
    dated = [column for column, fit in fits.items() if fit.count > 1 and fit.dates > _ALL_DAYS]
    wordy = {column: suits("title", fit) - 0.01 * column for column, fit in fits.items() if fit.count > 1}
    title = max(wordy, key=lambda column: wordy[column], default=None)
    if not dated or title is None or title in dated or wordy[title] < 0.5:
        return
    columns[title] = "title"
    columns[dated[0]] = "start"
    if len(dated) > 1:
        begin, end = ([_first_day(dates, value) for value in cells[column]] for column in dated[:2])
        in_order = [one <= other for one, other in zip(begin, end, strict=False) if one and other]
        if sum(in_order) > _ALL_DAYS * len(in_order):
            columns[dated[1]] = "finish"


def _first_day(dates: DateReader, value: Any) -> date | None:
    try:
        day = dates.read(value)
    except OutOfRange:
        return None
    return day.first if day is not None else None


def _settle_periods(
    header: Header, sheet: Sheet, cells: dict[int, list[Any]], columns: dict[int, str | None]
) -> None:
    """Without a column of days, the columns of months or quarters that hold marks say when an item is."""
    if not {"start", "finish", "deadline", "duration"}.isdisjoint(filter(None, columns.values())):
        return
    free = [column for column in periods(header.titles) if columns.get(column) is None]
    title = next((column for column, field in columns.items() if field == "title"), None)
    colored = {column for _, column in filled(sheet, header.row, free, title)}
    marked = [column for column in free if cells[column] or column in colored]
    if len(marked) > 1 and all(len(str(cell)) <= LONGEST_MARK for at in marked for cell in cells[at]):
        columns.update(dict.fromkeys(marked, "period"))


def _settle_title(
    header: Header, cells: dict[int, list[Any]], fits: dict[int, Fit], columns: dict[int, str | None]
) -> None:
    """The title goes before a group of the same heading; else it is the column of wordy texts of a plan."""
    named = {column: _candidates(header.titles[column], fits[column]).get("title", 0.0) for column in cells}
    if named and max(named.values()) > 0:
        columns[max(named, key=lambda column: named[column])] = "title"
        return
    known = {field for field in columns.values() if field}
    if not known & {"start", "finish", "depends", "status", "duration"}:
        return
    best, best_score = None, 0.75
    for column, fit in fits.items():
        used = columns.get(column)
        if (
            not fit.count
            or not heading_text(header.titles[column])
            or used not in (None, "notes", "team", "group")
        ):
            continue
        score = suits("title", fit) + 0.2 * (used is None) - 0.01 * column
        if score > best_score:
            best, best_score = column, score
    if best is not None:
        columns[best] = "title"
