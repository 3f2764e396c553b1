"""What a kept change did, in a sentence: `Moved Checkout 3.0 by 5 working days`. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ...io.days import day
from ...io.strings import field_title, knows, say
from ...model.fields import fields_of, text_of
from ...model.history.past import WrittenStep
from ...model.plan import Plan
from ...model.records import ItemId

_LONGEST = 60
_SIDE_EFFECTS = frozenset({"properties", "baselines"})
"""Tables that are touched along the way: the next key, the dates that a baseline has of an item."""
_UNSAID = frozenset({"rank", "below"})


def sentence(step: WrittenStep, plan: Plan) -> str:
    """What the step did; titles are those that the step itself knows, or else those of the plan at hand."""
    entries = [entry for entry in step.patch if entry["table"] not in _SIDE_EFFECTS]
    entries = entries or [entry for entry in step.patch if entry["table"] == "baselines"] or step.patch
    what = _subject(entries, plan)
    if step.verb == "rename_item" and len(entries) == 1 and "title" in entries[0].get("-", {}):
        names = [_short(entries[0][side].get("title") or say("diff.empty")) for side in ("-", "+")]
        return say("did.rename", before=names[0], after=names[1])
    detail = _detail(entries, plan)
    code = f"did.{step.verb}"
    verb = say(f"edit.{step.verb}") if knows(f"edit.{step.verb}") else say("did.changed")
    words = say(code, what=what) if knows(code) else say("did.other", verb=verb, what=what)
    return say("did.detail", did=words, detail=detail) if detail else words


def touched(step: WrittenStep) -> list[ItemId]:
    """The items that the step is about."""
    return [ItemId(entry["id"]) for entry in step.patch if entry["table"] == "items"]


def title_of(entry: Mapping[str, Any], plan: Plan) -> str:
    """What a touched record is called."""
    if entry["table"] == "links":
        return _link(entry, plan)
    if entry["table"] == "properties" and (chosen := (entry.get("+") or {}).get("baseline")):
        return (
            _short(plan.baselines[chosen].title) if chosen in plan.baselines else say("did.unnamed_baseline")
        )
    record = plan.table(entry["table"]).get(entry["id"])
    whole = entry.get("-") if "+" not in entry else entry.get("+") if "-" not in entry else None
    for name in ("title", "name", "key"):
        text = (whole or {}).get(name, "") or getattr(record, name, "")
        if text:
            return _short(str(text))
    text = (entry.get("+") or entry.get("-") or {}).get("title", "")
    return _short(str(text)) if text else say("did.unnamed")


def _subject(entries: list[dict[str, Any]], plan: Plan) -> str:
    about = [entry for entry in entries if entry["table"] == "items"] or entries
    if not about:
        return ""
    first = title_of(about[0], plan)
    if len(about) == 1:
        return first
    if len(about) == 2:
        return say("did.two", one=first, other=title_of(about[1], plan))
    return say("did.more", one=first, n=len(about) - 1)


def _detail(entries: list[dict[str, Any]], plan: Plan) -> str:
    """Of a change of one thing: by how many days it was moved, or which values it had and has."""
    about = [entry for entry in entries if entry["table"] == "items"]
    if not about or any("-" not in entry or "+" not in entry for entry in about):
        return ""
    shifts = {_shift(entry, plan) for entry in about}
    if len(shifts) == 1 and (shift := shifts.pop()) and (len(about) > 1 or len(about[0]["+"]) <= 2):
        return say("did.later" if shift > 0 else "did.earlier", days=abs(shift))
    if len(about) > 1:
        return ""
    [entry] = about
    parts = [part for name in entry["+"] if (part := _value(name, entry, plan))]
    return ", ".join(parts[:2]) + (" …" if len(parts) > 2 else "")


def _shift(entry: Mapping[str, Any], plan: Plan) -> int:
    before, after = entry["-"].get("start"), entry["+"].get("start")
    if not before or not after or "duration" in entry["+"]:
        return 0
    item = plan.items.get(entry["id"])
    calendar = plan.calendar_of(item) if item is not None else plan.team_calendars[None]
    one, other = (date.fromisoformat(value).toordinal() for value in (before, after))
    return calendar.between(one, other) or other - one


def _value(name: str, entry: Mapping[str, Any], plan: Plan) -> str:
    if name in _UNSAID:
        return ""
    fields = fields_of(plan)
    field = fields.get(name)
    title = (
        field_title(field)
        if field is not None
        else say(f"attribute.{name}")
        if knows(f"attribute.{name}")
        else ""
    )
    if not title:
        return ""
    texts = []
    for side in ("-", "+"):
        value = entry[side].get(name)
        try:
            if isinstance(value, str) and field is not None and field.kind == "date":
                text = day(date.fromisoformat(value))
            else:
                text = text_of(field, plan, value) if field is not None else str(value)
        except (KeyError, ValueError, TypeError, AttributeError):
            text = str(value)
        texts.append(_short(text) if text else say("diff.empty"))
    return say("diff.field", field=title, before=texts[0], after=texts[1])


def _link(entry: Mapping[str, Any], plan: Plan) -> str:
    known = plan.links.get(entry["id"])
    values = {**(entry.get("-") or {}), **(entry.get("+") or {})}
    ends = (known.source, known.target) if known is not None else (values.get("source"), values.get("target"))
    items = [plan.items.get(end) for end in ends if end]
    titles = [_short(item.title or item.key) if item is not None else say("did.unnamed") for item in items]
    return " → ".join(titles)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
