"""Links from what the rows say of each other: found, checked, and opened where they go round in a loop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

import msgspec

from ...model.plan import Plan
from ...model.records import ItemId, Link, LinkId, LinkType, derived_id
from ...model.schedule import Schedule, schedule
from .dependencies import Reference, Unknown, read_list, reference_key
from .drafts import Draft, Written
from .findings import Findings
from .hierarchy import above, outline_numbers
from .mapping import Mapping as Columns
from .mapping import References

_ROUNDS = 50
"""How often loops are looked for and opened, one in each tangle at a time."""
_LONGEST_LOOP = 14
"""Keys of a loop that a message names."""
_ADDRESS = re.compile(r"(?:https?://\S+/|[\w.-]+/[\w.-]+#)([^/#\s]+)/?")
"""The address of an issue, or `owner/repository#12`."""


class Wanted(msgspec.Struct, frozen=True, gc=False):
    """A link that a cell asks for."""

    source: Draft
    target: Draft
    type: LinkType
    lag: int
    row: int
    column: int | None


Found = dict[tuple[ItemId, ItemId, LinkType], Wanted]


class Directory:
    """Finds the row that a text means: its key, second id, outline number, place or title."""

    def __init__(self, drafts: list[Draft], mapping: Columns) -> None:
        self._keys: dict[str, Draft] = {}
        self._refs: dict[str, Draft] = {}
        self._titles: dict[str, Draft] = {}
        self.ambiguous: set[str] = set()
        for draft, outline in zip(drafts, outline_numbers(drafts), strict=True):
            if draft.key:
                self._keys.setdefault(reference_key(draft.key), draft)
            for ref in (*draft.refs, ".".join(outline)):
                if ref:
                    self._refs.setdefault(ref, draft)
            title = reference_key(draft.title)
            if title in self._titles:
                self.ambiguous.add(title)
            elif title:
                self._titles[title] = draft
        self._numbered = any(key.isdigit() for key in (*self._keys, *self._refs))
        self._offset: int | None = None
        self._rule = mapping.rules.references
        self._by_row = {draft.at: draft for draft in drafts if not draft.made}
        self.found: Counter[References] = Counter()
        """How many references were taken for a key, for the number of a row, for a title."""

    def by_name(self, text: str) -> Draft | None:
        """By key, second id or outline number; the end of an address stands for its number."""
        folded = reference_key(text)
        found = self._keys.get(folded) or self._refs.get(folded)
        if found is None and (match := _ADDRESS.fullmatch(folded)):
            found = self._keys.get(match[1]) or self._refs.get(match[1])
        return found

    def find(self, text: str) -> Draft | None:
        """By name, then by the number of the row, then by a title that only one row has."""
        text = reference_key(text)
        found, rule = None, self._rule
        way: References = "key"
        if rule in ("", "key"):
            found = self.by_name(text)
        if found is None and self._offset is not None and text.isdigit() and len(text) < 7:
            way, found = "row", self._by_row.get(int(text) + self._offset)
        elif found is None and rule in ("", "title") and text not in self.ambiguous:
            way, found = "title", self._titles.get(text)
        self.found[way] += found is not None
        return found

    def learn_numbers(self, first: int, texts: list[tuple[int, str]]) -> None:
        """Find out what bare numbers mean where no key is one: rows of the table, or rows of the sheet.

        `first` is the first row below the header; `texts` are rows and what they depend on.
        """
        if self._rule not in ("", "row") or (self._numbered and not self._rule):
            return
        numbers = [(at, int(part)) for at, text in texts for part in _numbers(text)]
        if not numbers:
            return
        best, best_score = None, 0
        for offset in (first - 1, -1):
            score = sum(
                1 + (number + offset < at)
                for at, number in numbers
                if self._by_row.get(number + offset) is not None
            )
            if score > best_score:
                best, best_score = offset, score
        self._offset = best


def _numbers(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()[:6].isdigit()]


def wanted_links(
    drafts: list[Draft], mapping: Columns, directory: Directory, findings: Findings
) -> list[Wanted]:
    """What the columns of dependencies ask for, in the order of the rows; each pair and type once."""
    rows = [(draft.at, written.text) for draft in drafts for written in (*draft.depends, *draft.blocks)]
    directory.learn_numbers(mapping.header_row + 1, rows)
    wanted: Found = {}
    for draft in drafts:
        for written in draft.depends:
            for found in _read(draft, written, directory.find, directory, findings):
                link = Wanted(found.source, draft, found.type, found.lag, draft.at, written.column)
                _take(link, wanted, findings)
        for written in draft.blocks:
            for found in _read(draft, written, directory.find, directory, findings):
                link = Wanted(draft, found.source, found.type, found.lag, draft.at, written.column)
                _take(link, wanted, findings)
    if directory.found["row"]:
        findings.note("import.row_numbers", count=directory.found["row"])
    if wanted:
        findings.how.references = max(directory.found, key=lambda way: directory.found[way])
    return list(wanted.values())


def _read(
    draft: Draft,
    written: Written,
    find: Callable[[str], Draft | None],
    directory: Directory,
    findings: Findings,
) -> list[Reference[Draft]]:
    found: list[Reference[Draft]] = []
    for one in read_list(written.text, find):
        if isinstance(one, Unknown):
            ambiguous = reference_key(one.text) in directory.ambiguous
            code = "import.ambiguous_predecessor" if ambiguous else "import.unknown_predecessor"
            findings.add(
                code, draft.at, written.column, text=one.text, key=draft.key, done="import.done.no_link"
            )
            continue
        if one.inexact:
            findings.add(
                "import.lag", draft.at, written.column, text=written.text, lag=one.lag, done="import.done.lag"
            )
        found.append(one)
    return found


def kept(links: Iterable[Wanted], findings: Findings) -> list[Wanted]:
    """The links that can be, each pair and type once."""
    wanted: Found = {}
    for link in links:
        _take(link, wanted, findings)
    return list(wanted.values())


def _take(link: Wanted, wanted: Found, findings: Findings) -> None:
    source, target = link.source, link.target
    place = (link.row, link.column)
    if source is target:
        findings.add("import.link_self", *place, key=source.key, done="import.done.no_link")
        return
    if any(one is source for one in above(target)) or any(one is target for one in above(source)):
        findings.add("import.link_family", *place, keys=[source.key, target.key], done="import.done.no_link")
        return
    at = (source.item, target.item, link.type)
    known = wanted.setdefault(at, link)
    if known.lag != link.lag:
        findings.add(
            "import.link_twice", *place, keys=[source.key, target.key], done="import.done.first_kept"
        )


def put_links(plan: Plan, wanted: list[Wanted], findings: Findings) -> tuple[Plan, Schedule]:
    """The plan with the links, but for those that close a loop, and its schedule."""
    links: dict[LinkId, Wanted] = {}
    records = []
    for link in wanted:
        source, target = link.source.item, link.target.item
        made = LinkId(derived_id(source, target, link.type))
        links[made] = link
        records.append(Link(id=made, source=source, target=target, type=link.type, lag=link.lag))
    plan = plan.put(*records)
    order = {link.id: place for place, link in enumerate(records)}
    for _round in range(_ROUNDS):
        shown = schedule(plan)
        circles = shown.loops
        if not circles:
            return plan, shown
        dropped = {last for circle in circles if (last := _last_link(plan, circle, order)) is not None}
        for circle in circles:
            _report(plan, circle, links, order, findings)
        plan = plan.drop(*(plan.links[id] for id in dropped))
    return _without_backward(plan, links, findings)


def _without_backward(
    plan: Plan, links: Mapping[LinkId, Wanted], findings: Findings
) -> tuple[Plan, Schedule]:
    """A thicket of loops without the links that go up the table, or, if that is not enough, without any."""
    upward = [link for link in plan.links.values() if links[link.id].source.at >= links[link.id].target.at]
    kept = plan.drop(*upward)
    shown = schedule(kept)
    if shown.loops:
        kept = plan.drop(*plan.links.values())
        shown = schedule(kept)
    findings.add("import.loops", count=len(plan.links) - len(kept.links), done="import.done.no_link")
    return kept, shown


def _steps(plan: Plan, circle: list[ItemId], order: dict[LinkId, int]) -> list[LinkId]:
    """The links along a loop; steps by way of the hierarchy have none."""
    pairs = set(pairwise(circle))
    found = [link.id for link in plan.links.values() if (link.source, link.target) in pairs]
    return sorted(found, key=order.__getitem__)


def _last_link(plan: Plan, circle: list[ItemId], order: dict[LinkId, int]) -> LinkId | None:
    steps = _steps(plan, circle, order)
    return steps[-1] if steps else None


def _report(
    plan: Plan,
    circle: list[ItemId],
    links: dict[LinkId, Wanted],
    order: dict[LinkId, int],
    findings: Findings,
) -> None:
    last = _last_link(plan, circle, order)
    if last is None:
        return
    link, keys = links[last], [plan.items[id].key for id in circle]
    findings.add(
        "import.loop",
        link.row,
        link.column,
        loop=" → ".join(keys if len(keys) <= _LONGEST_LOOP else [*keys[:6], "…", *keys[-3:]]),
        keys=keys,
        link=f"{link.source.key} → {link.target.key}",
        done="import.done.loop_opened",
    )
