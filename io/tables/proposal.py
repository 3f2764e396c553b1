"""Proposes how a table is read: which sheet, where its header is, what its columns hold."""

from __future__ import annotations

from ...model.fields import FIELDS
from ...model.records import FieldId
from ...model.refused import Refused
from ..own_headings import field_of
from ..strings import say
from .assigning import assign
from .dates import DateReader
from .detect import MAX_COLUMNS, Header, find_header, header_at
from .mapping import Mapping, Rules
from .presets import preset_for, preset_named
from .source import Sheet, Source, letters
from .words import fold

MOST_UNTITLED = 40
"""Columns without a heading that are offered; a drawn timeline has hundreds."""
_NO_DOUBT = 7
"""Headings of ours that make a table one of ours."""


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


def propose_for(
    source: Source, sheet: Sheet, header_row: int | None = None, preset: str | None = None
) -> Mapping:
    """The mapping of one sheet, by the preset that its headings call for unless one is named ("": by none).

    Raises as `propose`.
    """
    mapping = offer(source, sheet, header_row, preset)
    place = {"file": source.path.name, "sheet": sheet.title}
    if mapping is None or not (mapping.of("title") or (mapping.plain and mapping.of("key"))):
        raise Refused("import.no_header" if _has_cells(sheet) else "import.no_rows", **place)
    if mapping.header_row + 1 >= len(sheet.rows):
        raise Refused("import.no_rows", **place)
    return mapping


def offer(
    source: Source, sheet: Sheet, header_row: int | None = None, preset: str | None = None
) -> Mapping | None:
    """As `propose_for`, whether a plan can be made of it or not; None where nothing looks like a header."""
    if not _has_cells(sheet):
        return None
    header = find_header(sheet) if header_row is None else header_at(sheet, header_row)
    if header is None:
        return None
    known = preset_for(header.titles) if preset is None else preset_named(preset)
    columns, why = assign(header, sheet, DateReader(source.epoch_1904), known)
    return Mapping(
        sheet.title,
        header.row,
        _with_untitled(header, sheet, columns),
        columns,
        _is_plain(header) and known is None,
        _plan_score(header, sheet, columns),
        why,
        rules=known.rules if known is not None else Rules(),
        preset=known.id if known is not None else "",
    )


def _has_cells(sheet: Sheet) -> bool:
    return any(value not in (None, "") for row in sheet.rows for value in row)


def _with_untitled(header: Header, sheet: Sheet, columns: dict[int, str | None]) -> tuple[str, ...]:
    """The headings, with made ones for columns that have cells but none; what is beyond a column of several
    values, as of Jira's labels, belongs to it."""
    body = sheet.rows[header.row + 1 :]
    titles = [*header.titles]
    width = max([len(titles), *(min(len(row), MAX_COLUMNS) for row in body)])
    titles += [""] * (width - len(titles))
    last = max((column for column, title in enumerate(titles) if title), default=-1)
    blank = [column for column, title in enumerate(titles) if not title]
    filled = {
        column for column in blank if any(column < len(row) and row[column] not in (None, "") for row in body)
    }
    for column in sorted(filled)[:MOST_UNTITLED]:
        goes_on = column > last >= 0 and columns.get(last) in ("tags", "depends", "blocks")
        titles[column] = titles[last] if goes_on else say("import.untitled", letters=letters(column))
        columns[column] = columns[last] if goes_on else None
    return tuple(titles)


def _is_plain(header: Header) -> bool:
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
