"""Teams, people, statuses and levels of a new plan, found or made by the names that a table uses."""

from __future__ import annotations

import re

from ...model.plan import Plan
from ...model.records import (
    AnyRecord,
    Category,
    Level,
    LevelId,
    Person,
    PersonId,
    Status,
    StatusId,
    Team,
    TeamId,
    new_id,
)
from .cells import LONGEST_NAME
from .mapping import Rules
from .words import fold, words

MOST_LEVELS = 20
MOST_STATUSES = 60
_EMAIL = re.compile(r"(?:(.*?)\s*<)?([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)>?")
_SHARE = re.compile(r"\s*\[[^\]]*\]$|\s*\(\d+\s*%\)$")
_SEVERAL = re.compile(r"\s*(?:[;/\n|+&]|\band\b|\bund\b)\s*")


class Registry:
    """The names of one plan; upper and lower case make no difference, the first spelling stays."""

    def __init__(self, plan: Plan, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._categories: dict[str, Category] = {}
        self._words: set[str] = set()
        self._teams: dict[str, Team] = {}
        self._people: dict[str, Person] = {}
        self._statuses = {fold(status.title): status for status in plan.statuses.values()}
        self._levels = {fold(level.title): level for level in plan.levels.values()}
        self.made: list[AnyRecord] = []
        self.new_levels: list[str] = []
        self.new_statuses: list[Status] = []
        self.statuses: dict[str, StatusId] = {}
        """Every word for a status, as it was first written, and what it became."""

    @property
    def counts(self) -> dict[str, int]:
        return {"teams": len(self._teams), "people": len(self._people)}

    def team(self, title: str) -> TeamId | None:
        name = fold(title)
        if not name:
            return None
        if name not in self._teams:
            self._teams[name] = Team(id=TeamId(new_id()), title=title, rank=float(len(self._teams)))
            self.made.append(self._teams[name])
        return self._teams[name].id

    def person(self, name: str) -> PersonId | None:
        match = _EMAIL.fullmatch(name)
        email = match[2] if match else ""
        shown = (match[1] or email).strip(' "') if match else name
        if not fold(shown):
            return None
        known = self._people.get(fold(shown))
        if known is None:
            known = Person(id=PersonId(new_id()), name=shown, email=email)
            self._people[fold(shown)] = known
            self.made.append(known)
        return known.id

    def learn_category(self, title: str, category: str) -> None:
        """Hear what a status counts as where the table says so in words of its own."""
        self._categories.setdefault(fold(title), category_of(category))

    def status(self, title: str) -> StatusId | None:
        """The status that the rules name for a word, else the one of that title; a new one gets its category
        from the rules, from the table, or by its words."""
        word = fold(title)
        if not word:
            return None
        found = self._status(self._rules.statuses.get(word, title), word)
        if found is not None and word not in self._words:
            self._words.add(word)
            self.statuses[title] = found
        return found

    def _status(self, title: str, word: str) -> StatusId | None:
        name = fold(title)
        if name not in self._statuses:
            if len(self._statuses) >= MOST_STATUSES:
                return None
            category = self._rules.categories.get(word) or self._categories.get(word) or category_of(title)
            rank = max((status.rank for status in self._statuses.values()), default=-1.0) + 1
            status = Status(id=StatusId(new_id()), title=title, category=category, rank=rank)
            self._statuses[name] = status
            self.made.append(status)
            self.new_statuses.append(status)
        return self._statuses[name].id

    def level(self, title: str) -> LevelId | None:
        name = fold(title)
        if not name:
            return None
        if name not in self._levels:
            if len(self._levels) >= MOST_LEVELS:
                return None
            rank = max((level.rank for level in self._levels.values()), default=-1.0) + 1
            level = Level(id=LevelId(new_id()), title=title, rank=rank)
            self._levels[name] = level
            self.made.append(level)
            self.new_levels.append(title)
        return self._levels[name].id

    def level_of_kind(self, word: str) -> LevelId | None:
        """The level that a word for a kind names; None for one that only says that it is a bar."""
        return None if fold(word) in words("bar") and fold(word) not in self._levels else self.level(word)


def category_of(title: str) -> Category:
    """What a status word of others means: done, being done, or to do."""
    text = fold(title)
    tokens = set(re.findall(r"[^\W\d_]+", text))
    if tokens & words("undone") or text.startswith("un"):
        return "todo"
    for category in ("doing", "done"):
        for word in words(category):
            if word in tokens or ((" " in word or not word.isascii()) and word in text):
                return "doing" if category == "doing" else "done"
    return "todo"


class Owners:
    """Reads a column of owners, where a comma may part two people or a family name from a first name."""

    def __init__(self, texts: list[str], plain: bool) -> None:
        self._plain = plain
        self._known: dict[str, list[str]] = {}
        alone = {fold(text) for text in texts if "," not in text}
        listed = [[fold(part) for part in text.split(",")] for text in texts if "," in text]
        two = all(len(parts) == 2 for parts in listed)
        self._commas = (
            not two
            or any(part in alone for parts in listed for part in parts)
            or len(listed) < len(texts) / 2
        )

    def read(self, text: str) -> list[str]:
        """The names in a cell, the first one first."""
        if text not in self._known:
            self._known[text] = self._read(text) if text else []
        return self._known[text]

    def _read(self, text: str) -> list[str]:
        if self._plain or _EMAIL.fullmatch(text):
            return [text]
        parts = _SEVERAL.split(text)
        if self._commas:
            parts = [name for part in parts for name in part.split(",")]
        names = [_SHARE.sub("", part.strip()).strip(" @") for part in parts]
        return [name for name in dict.fromkeys(names) if name and len(name) <= LONGEST_NAME]
