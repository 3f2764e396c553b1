"""The comparison of two plans in words: as plain text, or as Markdown for an e-mail or a wiki."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.compare import NOT_BEFORE, PLACE, Comparison, FieldChange, ItemEntry, LinkEntry
from .strings import knows, say

LONGEST_VALUE = 80
"""Letters of a value that are shown; notes can be pages."""


def as_text(comparison: Comparison) -> str:
    """One block for what was added, removed, changed, and the links."""
    blocks = []
    for how in ("added", "removed"):
        entries: tuple[ItemEntry, ...] = getattr(comparison, how)
        lines = [f"{entry.key}  {_line(entry.title)}  {_dates(entry)}" for entry in entries]
        blocks.append((f"diff.{how}", lines))
    changed = []
    for entry in comparison.changed:
        changed.append(f"{entry.key}  {_line(entry.title)}")
        changed.extend(f"  {_field(change)}" for change in entry.fields)
    parts = [_block(code, lines, len(lines)) for code, lines in blocks if lines]
    if changed:
        parts.append(_block("diff.changed", changed, len(comparison.changed)))
    for code, lines in (("diff.links", _links(comparison)), ("diff.others", _others(comparison))):
        if lines:
            parts.append(_block(code, lines, len(lines)))
    return "\n\n".join(parts) or say("diff.none")


def as_markdown(comparison: Comparison) -> str:
    """Headings, tables and lists in GitHub's dialect."""
    parts = []
    for how in ("added", "removed"):
        entries: tuple[ItemEntry, ...] = getattr(comparison, how)
        if entries:
            rows = [(entry.key, _line(entry.title), _dates(entry)) for entry in entries]
            parts.append(_heading(f"diff.{how}", len(rows)) + _table(("key", "title", "dates"), rows))
    if comparison.changed:
        changes = [_row(entry, change) for entry in comparison.changed for change in entry.fields]
        columns = ("key", "title", "field", "before", "after")
        parts.append(_heading("diff.changed", len(comparison.changed)) + _table(columns, changes))
    for code, lines in (("diff.links", _links(comparison)), ("diff.others", _others(comparison))):
        if lines:
            parts.append(_heading(code, len(lines)) + "\n".join(f"- {_escaped(line)}" for line in lines))
    return "\n\n".join(parts) or say("diff.none")


def _block(code: str, lines: list[str], count: int) -> str:
    return "\n".join([say(code, n=count), *(f"  {line}" for line in lines)])


def _heading(code: str, count: int) -> str:
    return f"## {say(code, n=count)}\n\n"


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    titles = [say(f"diff.column.{column}") for column in columns]
    lines = [titles, ["---"] * len(columns), *([_escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(entry: ItemEntry, change: FieldChange) -> tuple[str, ...]:
    after = say("diff.place") if change.field == PLACE else _value(change.after)
    if not change.entered:
        after += f" ({say('diff.follows')})"
    before = "" if change.field == PLACE else _value(change.before)
    return entry.key, _line(entry.title), _field_title(change.field), before, after


def _field(change: FieldChange) -> str:
    if change.field == PLACE:
        return say("diff.place")
    field = _field_title(change.field)
    text = say("diff.field", field=field, before=_value(change.before), after=_value(change.after))
    return text if change.entered else f"{text} ({say('diff.follows')})"


def _field_title(field: str) -> str:
    if field == PLACE:
        return ""
    code = "diff.not_before" if field == NOT_BEFORE else f"field.{field}"
    return say(code) if knows(code) else field


def _links(comparison: Comparison) -> list[str]:
    lines = [say("diff.link.added", link=_link(link)) for link in comparison.links_added]
    lines += [say("diff.link.removed", link=_link(link)) for link in comparison.links_removed]
    for link in comparison.links_changed:
        before = _link(link.before) if link.before else ""
        lines.append(say("diff.link.changed", link=_link(link), before=before))
    return lines


def _others(comparison: Comparison) -> list[str]:
    return [
        say(f"diff.other.{other.change}", what=say(f"record.{other.table}", name=_line(other.name)))
        for other in comparison.others
    ]


def _link(link: LinkEntry) -> str:
    return f"{link.source} → {link.target} {link.type}" + (f"{link.lag:+d}d" if link.lag else "")


def _dates(entry: ItemEntry) -> str:
    if entry.start is None:
        return say("diff.no_dates")
    return (
        entry.start
        if entry.start == entry.finish
        else say("diff.span", start=entry.start, finish=entry.finish)
    )


def _value(value: str | float | bool | None) -> str:
    if value is None or value == "":
        return say("diff.empty")
    if isinstance(value, bool):
        return say("diff.yes" if value else "diff.no")
    return _line(f"{value:g}" if isinstance(value, float) else str(value))


def _line(text: str) -> str:
    """A text of any length on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\|*_`<[" else letter for letter in text)
