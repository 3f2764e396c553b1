"""Refusals in the words of people: titles instead of keys, where the plan at hand knows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model.plan import Plan
from ..model.records import ItemId
from ..model.refused import Refused

_TITLE = 30
"""Letters of a title at most."""
_MOST_KEYS = 4
"""More keys than that are not told beside the titles."""
_TITLED = frozenset({"link.loop", "link.duplicate", "link.family"})
_NAMED = frozenset(
    {"buffer.free", "buffer.nothing", "milestone.parent", "pin.unscheduled", "shift.unscheduled", "snap.free"}
)
"""Refusals that say no more of items than their name: the title stands in the place of the key."""


def with_titles(refused: Refused, plan: Plan) -> Refused:
    """The refusal to show for one about the keys of a plan; any other as it is.

    Its code is `<code>.titles`; `keys` stay, for whoever asks which items it is about.
    """
    if refused.code in _NAMED:
        return _named(refused, plan)
    keys = refused.values.get("keys")
    if refused.code not in _TITLED or not isinstance(keys, Sequence) or isinstance(keys, str):
        return refused
    known = [plan.keys.get(key) for key in keys]
    titles = [_short(plan.items[id].title) if id is not None else "" for id in known]
    shown = [title or str(key) for title, key in zip(titles, keys, strict=True)]
    distinct = list(dict.fromkeys(map(str, keys)))
    beside = f" ({', '.join(distinct)})" if len(distinct) <= _MOST_KEYS and any(titles) else ""
    return Refused(f"{refused.code}.titles", keys=keys, path=" → ".join(shown), titles=shown, beside=beside)


def _named(refused: Refused, plan: Plan) -> Refused:
    values: dict[str, Any] = dict(refused.values)
    if "key" in values and (id := plan.keys.get(str(values["key"]))) is not None:
        values["key"] = f"“{short_title(plan, id)}”"
    keys = values.get("keys")
    if isinstance(keys, list):
        known = [id for key in keys if (id := plan.keys.get(key)) is not None]
        values["keys"] = [f"“{short_title(plan, id)}”" for id in known[:_MOST_KEYS]]
        if len(known) > _MOST_KEYS:
            values["keys"].append("…")
    return Refused(refused.code, **values)


def short_title(plan: Plan, id: ItemId) -> str:
    """The title of an item as far as it fits into a sentence, or its key."""
    item = plan.items[id]
    return _short(item.title) or item.key


def _short(title: str) -> str:
    words = " ".join(title[: _TITLE * 4].split())
    return words if len(words) <= _TITLE else words[: _TITLE - 1].rstrip() + "…"
