"""Which of a plan's statuses ask for attention: the categories only tell how far an item is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from .plan import Plan
from .records import Item, Status

Attention: TypeAlias = Literal["", "risk", "blocked"]

_RISK = (
    "at risk", "risk", "endangered", "gefährdet", "risiko", "à risque", "en riesgo", "a rischio", "em risco",
    "risico", "zagrożone", "リスクあり", "有风险",
)  # fmt: skip
_BLOCKED = (
    "blocked", "stuck", "blockiert", "bloqué", "bloquée", "bloqueado", "bloqueada", "bloccato", "bloccata",
    "geblokkeerd", "zablokowane", "ブロック中", "受阻",
)  # fmt: skip
_NOT = r"(?<!\bnot )(?<!\bno )(?<!\bnicht )(?<!\bkein )"


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_NOT + r"\b(?:" + "|".join(words) + r")\b")


_WORDS: tuple[tuple[re.Pattern[str], Attention], ...] = (
    (_any_of(_BLOCKED), "blocked"),
    (_any_of(_RISK), "risk"),
)


def attention_of(status: Status | None) -> Attention:
    """What a status asks for, by the words of its title; what is done asks for nothing."""
    return "" if status is None or status.category == "done" else _in_words(status.title)


def attention_for(plan: Plan, item: Item) -> Attention:
    """What the status of an item asks for."""
    return attention_of(plan.statuses.get(item.status)) if item.status is not None else ""


@lru_cache(maxsize=256)
def _in_words(title: str) -> Attention:
    words = " ".join(title.casefold().replace("-", " ").replace("_", " ").split())
    return next((found for pattern, found in _WORDS if pattern.search(words)), "")
