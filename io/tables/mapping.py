"""Which column of a table holds which of our fields: by its heading and by what is in it."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from typing import Any

import msgspec

from ...model.fields import FIELDS
from ...model.records import FieldId
from ...model.refused import Refused
from ..own_headings import field_of
from ..strings import say
from .dates import DateReader
from .dependencies import reference_key
from .detect import Header, find_header, header_at, heading_text, is_figures, names
from .fit import Fit, look_at, suits
from .source import Sheet, Source
from .words import fold, headings, ignored, is_nothing, many, months, synonyms, words

OWN = "own"
"""The role of a column that is none of our fields: it becomes a field of the plan's own."""
ROLES = ("id", "outline", "wbs", "group", "parent_id", "blocks", OWN)
"""What a column can be for an import besides one of our fields."""
MOST_OWN = 60
"""Columns that are kept as fields of the plan's own."""
_NO_DOUBT = 7
SAMPLE = 120
"""Rows whose cells are looked at to see what a column holds."""
_ALIKE = 82.0
"""Least likeness (0 to 100) of a heading to a known one, where they are not the same."""


class Mapping(msgspec.Struct):
    """How a sheet is read: where its header is and which field each column holds. Can be changed by hand."""

    sheet: str
    header_row: int
    """The (last) row of the header, from 0."""
    headers: tuple[str, ...]
    columns: dict[int, str | None]
    """The field or role of each column that has a heading or content; None: not read."""
    plain: bool = False
    """It is our own plain exchange form."""
    score: float = 0.0

    def of(self, *fields: str) -> list[int]:
        """The columns that hold one of these."""
        return [column for column, field in self.columns.items() if field in fields]

    @property
    def unread(self) -> list[str]:
        """The headings of the columns that are not read."""
        return [self.headers[column] for column, field in self.columns.items() if field is None]


# The proposal


def propose(source: Source, sheet: str | None = None) -> Mapping:
    """How the file is best read: of its sheets the one that looks most like a plan, unless one is named.

    Raises:
        Refused("import.no_sheet", file, sheet, sheets): there is no sheet of that name.
        Refused("import.no_header", file, sheet): no row looks like a header.
        Refused("import.no_rows", file, sheet): there is nothing below the header, or nothing at all.
    """
    if sheet is not None:
        return propose_for(source, sheet_named(source, sheet))
    best: Mapping | None = None
    refusals: list[Refused] = []
    for one in sorted(source.sheets, key=lambda one: one.hidden):
        if one.hidden and best is not None:
            break
        try:
            found = propose_for(source, one)
        except Refused as refusal:
            refusals.append(refusal)
            continue
        if best is None or found.score > best.score:
            best = found
    if best is not None:
        return best
    raise next((refusal for refusal in refusals if refusal.code != "import.no_rows"), refusals[0])


def sheet_named(source: Source, title: str) -> Sheet:
    """The sheet of that name, upper and lower case alike.

    Raises:
        Refused("import.no_sheet", file, sheet, sheets): there is none.
    """
    for same in (str.strip, fold):
        for sheet in source.sheets:
            if same(sheet.title) == same(title):
                return sheet
    titles = [sheet.title for sheet in source.sheets]
    raise Refused("import.no_sheet", file=source.path.name, sheet=title, sheets=titles)


def propose_for(source: Source, sheet: Sheet, header_row: int | None = None) -> Mapping:
    """The mapping of one sheet. Raises as `propose`."""
    place = {"file": source.path.name, "sheet": sheet.title}
    if not any(value not in (None, "") for row in sheet.rows for value in row):
        raise Refused("import.no_rows", **place)
    header = find_header(sheet) if header_row is None else header_at(sheet, header_row)
    if header is None:
        raise Refused("import.no_header", **place)
    columns = _assign(header, sheet, DateReader(source.epoch_1904))
    plain = _is_plain(header, columns)
    if "title" not in columns.values() and not (plain and "key" in columns.values()):
        raise Refused("import.no_header", **place)
    if header.row + 1 >= len(sheet.rows):
        raise Refused("import.no_rows", **place)
    return Mapping(
        sheet.title, header.row, header.titles, columns, plain, _plan_score(header, sheet, columns)
    )


def override(source: Source, mapping: Mapping, wishes: Mapped[str, str]) -> Mapping:
    """The mapping with what somebody wants: a field (or nothing) for a heading.

    Raises:
        Refused("import.no_column", file, header, headers): there is no such heading.
        Refused("import.no_field", field, fields): there is no such field.
    """
    columns = dict(mapping.columns)
    for wanted, field in wishes.items():
        at = [n for n, title in enumerate(mapping.headers) if title and fold(title) == fold(wanted)]
        if not at:
            headers = [title for title in mapping.headers if title]
            raise Refused("import.no_column", file=source.path.name, header=wanted, headers=headers)
        role = _field_named(field)
        if role is not None and role not in many():
            for column, known in columns.items():
                if known == role:
                    columns[column] = None
        columns.update(dict.fromkeys(at if role in many() else at[:1], role))
    return msgspec.structs.replace(mapping, columns=columns)


def _field_named(text: str) -> str | None:
    """The key of the field that is meant by a key or a title; None for an empty text."""
    text = fold(text)
    if text in ("", "-", "none", "ignore"):
        return None
    fields = importable()
    for key in fields:
        if text in (key, fold(say(f"field.{key}"))):
            return key
    raise Refused("import.no_field", field=text, fields=fields)


def importable() -> list[str]:
    """The keys that a column can be mapped to."""
    return [*(key for key, field in FIELDS.items() if field.edit is not None), *ROLES]


def _is_plain(header: Header, columns: dict[int, str | None]) -> bool:
    """Whether the headings are our own field titles: nearly all of them, or enough to leave no doubt."""
    own = {fold(say(f"field.{key}")) for key in FIELDS}
    texts = [fold(text) for text in header.titles if text and field_of(text, FieldId("")) is None]
    hits = sum(text in own for text in texts)
    return (hits >= max(2, 0.8 * len(texts)) or hits >= _NO_DOUBT) and fold(say("field.title")) in texts


def _plan_score(header: Header, sheet: Sheet, columns: dict[int, str | None]) -> float:
    """How much the sheet is a plan: one with dates and dependencies beats a list of names."""
    worth = {
        "start": 2.0,
        "finish": 2.0,
        "depends": 2.0,
        "duration": 1.0,
        "status": 0.7,
        "owner": 0.5,
        "title": 1.0,
    }
    fields = {field for field in columns.values() if field}
    rows = len(sheet.rows) - header.row - 1
    return header.score + sum(worth.get(field, 0.2) for field in fields) + min(rows, 200) / 100


# What the columns hold


def _assign(header: Header, sheet: Sheet, dates: DateReader) -> dict[int, str | None]:
    """The field of each column: the pairs of column and field that fit best, each used once."""
    cells = _sample(sheet, header)
    fits = {column: look_at(values, dates) for column, values in cells.items()}
    pairs = [
        (score, -column, field)
        for column in cells
        for field, score in _candidates(header.titles[column], fits[column]).items()
    ]
    columns: dict[int, str | None] = {}
    taken: dict[str, int] = {}
    for _score, negative, field in sorted(pairs, reverse=True):
        column = -negative
        if column in columns or (field in taken and field not in many()):
            continue
        columns[column] = field
        taken.setdefault(field, column)
    _settle(header, cells, fits, columns)
    shown = [column for column in cells if header.titles[column]]
    described = [column for column in shown if field_of(header.titles[column], FieldId("")) is not None]
    left = [column for column in shown if column not in columns and _is_kept(header, sheet, column)]
    columns.update(dict.fromkeys([*described, *left[:MOST_OWN]], OWN))
    return {column: columns.get(column) for column in shown}


def _is_kept(header: Header, sheet: Sheet, column: int) -> bool:
    """Whether a column that is no field of ours says something; the days of a drawn timeline do not."""
    title = header.titles[column]
    if len(title) < 2 or is_figures(title) or fold(title) in ignored() or fold(title) in months():
        return False
    if DateReader().read(title) is not None:
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
    header: Header, cells: dict[int, list[Any]], fits: dict[int, Fit], columns: dict[int, str | None]
) -> None:
    """What only shows when all columns are seen together."""
    fields = {field: column for column, field in columns.items()}
    if "title" not in fields:
        _settle_title(header, cells, fits, columns)
        fields = {field: column for column, field in columns.items()}
    if "group" in fields and "team" not in fields:
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
