"""The values of fields as plain text, and what a plain text means to a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from .field import Field
from .outline import ranked
from .plan import Plan
from .records import HORIZONS, PRECISIONS, ItemId
from .refused import Refused

WORDS: dict[str, tuple[str, ...]] = {
    "kind": ("bar", "milestone"),
    "horizon": HORIZONS,
    "precision": PRECISIONS,
}
"""The values of those choices that are not a table of the plan; their words are `<field>.<value>`."""


def has_choices(field: Field) -> bool:
    """Whether there is a list of what the field can be; `choices` gives it."""
    return bool(field.table) or field.key in WORDS or field.kind in ("choice", "choices")


def makes_values(field: Field) -> bool:
    """Whether a name that is not among its choices can be made one: a new team, person or option."""
    return field.edit is not None and (
        field.table in ("teams", "people") or (field.own is not None and field.kind in ("choice", "choices"))
    )


def choices(field: Field, plan: Plan) -> list[tuple[Any, str]]:
    """What can be chosen, as (value, title), in order; the title of a fixed word is its code."""
    if field.own is not None and not field.table:
        return [(choice.id, choice.title) for choice in field.own.options]
    if field.key in WORDS:
        return [(word, f"{field.key}.{word or 'none'}") for word in WORDS[field.key]]
    if field.table == "people":
        return [(p.id, p.name) for p in sorted(plan.people.values(), key=lambda p: p.name.casefold())]
    if field.table == "items":
        return [(id, plan.items[id].title) for id in plan.outline.order]
    return [(record.id, record.title) for record in ranked(getattr(plan, field.table))]


# As text


def text_of(field: Field, plan: Plan, value: Any) -> str:
    """The value as plain text: dates in ISO form, references by name, links as `RW-12 FS+5d`."""
    if value is None or value == "":
        return ""
    if field.kind == "links":
        return "; ".join(link_text(plan, *link) for link in value)
    if field.kind == "flag":
        return "yes" if value else ""
    if field.kind == "tags":
        return listed(value)
    if field.kind == "item":
        return plan.items[value].key if value in plan.items else ""
    if field.kind == "date":
        return str(value.isoformat())
    if field.kind in ("number", "currency"):
        return f"{value:g}" if value == float(f"{value:g}") else repr(value)
    if field.own is not None and field.own.options:
        titles = {choice.id: choice.title for choice in field.own.options}
        if field.kind == "choices":
            return listed(titles[id] for id in value if id in titles)
        return titles.get(value, "")
    if field.table:
        record = plan.table(field.table).get(value)
        return str(getattr(record, "title", getattr(record, "name", "")))
    return str(value)


def link_text(plan: Plan, source: ItemId, type: str, lag: int) -> str:
    """A dependency as it is written: `RW-12 FS+5d`, `RW-7 SS`."""
    return f"{plan.items[source].key} {type}" + (f"{lag:+d}d" if lag else "")


def listed(words: Iterable[str]) -> str:
    """Several words with commas between; a word is in quotes if it holds what parts words."""
    return ", ".join(
        '"' + word.replace('"', '""') + '"' if re.search(r'[,;"\n]|^\s|\s$', word) else word for word in words
    )


def unlisted(text: str) -> list[str]:
    """The words of what `listed` wrote, or of what somebody typed: parted by commas, semicolons, lines."""
    words = []
    for quoted, bare in re.findall(r'\s*"((?:[^"]|"")*)"\s*(?=[,;\n]|$)|([^,;\n]+)', text):
        word = quoted.replace('""', '"') if quoted else bare.strip()
        if word:
            words.append(word)
    return list(dict.fromkeys(words))


# From text


def parse(field: Field, plan: Plan, text: str) -> Any:
    """The value that a plain text stands for; what `text_of` wrote is read back as it was.

    Raises:
        Refused("value.unreadable", field, text): it can't be that kind of value.
        Refused("value.unknown", field, text): no record of the plan goes by that name.
    """
    text = text.strip() if field.kind != "long" else text
    if not text:
        return _EMPTY_OF_KIND.get(field.kind, _EMPTY.get(field.key))
    try:
        return _PARSERS[field.kind](field, plan, text)
    except ValueError:
        raise Refused("value.unreadable", field=field.key, text=text) from None


_EMPTY = {"title": "", "notes": "", "horizon": "", "precision": "day", "progress": 0}
_EMPTY_OF_KIND: dict[str, Any] = {"links": (), "tags": (), "choices": (), "flag": False}
_LINK = r"(?i)(?P<key>.*?)(?:\s+(?P<type>FS|SS|FF|SF)\s*(?P<lag>[+-]\s*\d+)?\s*d?)?"


def _parse_choice(field: Field, plan: Plan, text: str) -> Any:
    folded = text.casefold()
    if field.key in WORDS:
        if folded in WORDS[field.key]:
            return folded
    else:
        for id, title in choices(field, plan):
            if title.casefold() == folded:
                return id
    raise Refused("value.unknown", field=field.key, text=text)


def _parse_choices(field: Field, plan: Plan, text: str) -> tuple[str, ...]:
    chosen = {_parse_choice(field, plan, word) for word in unlisted(text)}
    return tuple(id for id, _ in choices(field, plan) if id in chosen)


def _parse_item(field: Field, plan: Plan, text: str) -> ItemId:
    found = plan.keys.get(text) or plan.keys.get(text.upper())
    if found is None:
        raise Refused("value.unknown", field=field.key, text=text)
    return found


def _parse_links(field: Field, plan: Plan, text: str) -> tuple[Any, ...]:
    links = []
    for part in filter(None, (part.strip() for part in re.split(r"[;,\n]", text))):
        match = re.fullmatch(_LINK, part)
        if match is None:
            raise Refused("value.unreadable", field=field.key, text=part)
        lag = int((match["lag"] or "0").replace(" ", ""))
        source = _parse_item(field, plan, match["key"].strip())
        links.append((source, (match["type"] or "FS").upper(), lag))
    return tuple(links)


def _parse_days(field: Field, plan: Plan, text: str) -> int:
    return int(re.sub(r"\s*(d|days?)$", "", text, flags=re.IGNORECASE))


def _parse_flag(field: Field, plan: Plan, text: str) -> bool:
    folded = text.casefold()
    if folded in ("yes", "y", "true", "x", "1"):
        return True
    if folded in ("no", "n", "false", "0"):
        return False
    raise ValueError(text)


_PARSERS: dict[str, Callable[[Field, Plan, str], Any]] = {
    "text": lambda field, plan, text: text,
    "long": lambda field, plan, text: text,
    "url": lambda field, plan, text: text,
    "choice": _parse_choice,
    "choices": _parse_choices,
    "person": _parse_choice,
    "date": lambda field, plan, text: date.fromisoformat(text),
    "days": _parse_days,
    "number": lambda field, plan, text: float(text.replace(",", ".")),
    "currency": lambda field, plan, text: float(text.replace(",", ".")),
    "percent": lambda field, plan, text: float(text.rstrip(" %").replace(",", ".")),
    "flag": _parse_flag,
    "links": _parse_links,
    "item": _parse_item,
    "tags": lambda field, plan, text: tuple(unlisted(text)),
}
