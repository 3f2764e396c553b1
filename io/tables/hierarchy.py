"""Who is under whom: by parents, levels, outline numbers, leading blanks, group rows or columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...model.records import ItemId, LevelId, new_id
from .drafts import Draft
from .findings import Findings
from .mapping import Hierarchy, Mapping
from .words import fold

_OUTLINE = re.compile(r"\d+(?:\.\d+)*\.?|[A-Z](?:\.\d+)+\.?")
_REPEATING = 0.7
_TIERS = {1: ("feature",), 2: ("initiative", "feature"), 3: ("initiative", "feature", "task")}
_MOST_TIERS = ("theme", "initiative", "feature", "task")

Find = Callable[[str], Draft | None]


def arrange(drafts: list[Draft], mapping: Mapping, find: Find, findings: Findings) -> list[Draft]:
    """Give each draft its parent; answers all drafts in order, those made for groups among them."""
    offered = _offered(drafts, mapping)
    wanted = mapping.rules.hierarchy
    rule = wanted if wanted in offered or wanted == "none" else next(iter(offered), "none")
    if rule == "parent":
        _by_reference(drafts, mapping, find, findings)
    elif rule == "outline":
        _by_depth(drafts, [draft.outline if draft.outline is not None else 0 for draft in drafts])
    elif rule == "wbs":
        _by_outline_number(drafts)
    elif rule == "indent":
        _by_depth(drafts, [draft.indent for draft in drafts])
    elif rule == "banner":
        _by_banner(drafts)
    if any(draft.group for draft in drafts):
        drafts = _by_group(drafts, mapping, findings, into_tags=wanted not in ("", "group"))
    findings.how.hierarchy = rule if any(draft.parent is not None for draft in drafts) else ""
    findings.how.hierarchies = tuple(offered)
    _open_circles(drafts, mapping, findings)
    for draft in drafts:
        if draft.parent is not None:
            draft.parent.has_children = True
            draft.depth = sum(1 for _ in above(draft))
    return drafts


def _offered(drafts: list[Draft], mapping: Mapping) -> list[Hierarchy]:
    """What the table has to tell who is under whom, the surest first."""
    known: dict[Hierarchy, bool] = {
        "parent": any(draft.parent_text for draft in drafts),
        "outline": any(draft.outline is not None for draft in drafts),
        "wbs": any(draft.wbs is not None for draft in drafts) and _by_outline_number(drafts, put=False),
        "indent": _is_indented(drafts) and not (mapping.plain and bool(mapping.of("parent"))),
        "banner": any(draft.banner for draft in drafts),
        "group": any(draft.group for draft in drafts),
    }
    return [rule for rule, there in known.items() if there]


def usual_level(depth: int, deepest: int, has_children: bool) -> LevelId:
    """The level of an item of a new plan by how deep it stands in a hierarchy that goes down to `deepest`."""
    tiers = _TIERS.get(deepest + 1, _MOST_TIERS)
    tier = min(depth, len(tiers) - 1)
    return LevelId(tiers[tier if has_children else max(tier, tiers.index("feature"))])


def above(draft: Draft) -> Iterator[Draft]:
    """Its parent, the parent's parent, and so on."""
    parent = draft.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def outline_numbers(drafts: list[Draft]) -> list[tuple[str, ...]]:
    """The outline number of each draft in parts; () where there is none.

    A spreadsheet makes a number of 1.10, which is 1.1 then: where that follows 1.9 the zero is put back.
    """
    found: list[tuple[str, ...]] = []
    seen: set[tuple[str, ...]] = set()
    for draft in drafts:
        text = str(draft.wbs).strip().rstrip(".") if draft.wbs is not None else ""
        if isinstance(draft.wbs, float) and draft.wbs == int(draft.wbs):
            text = str(int(draft.wbs))
        parts = tuple(text.split(".")) if _OUTLINE.fullmatch(text) else ()
        if parts in seen and isinstance(draft.wbs, float) and (*parts[:-1], "9") in seen:
            parts = (*parts[:-1], parts[-1] + "0")
        seen.add(parts)
        found.append(parts)
    return found


def _by_reference(drafts: list[Draft], mapping: Mapping, find: Find, findings: Findings) -> None:
    columns = mapping.of("parent")
    column = columns[0] if columns else None
    titles: dict[str, Draft] = {}
    for draft in drafts:
        if draft.title:
            titles.setdefault(fold(draft.title), draft)
    for draft in drafts:
        if not draft.parent_text:
            continue
        parent = find(draft.parent_text) or titles.get(draft.parent_text)
        if parent is None or parent is draft:
            code = "import.unknown_parent" if parent is None else "import.own_parent"
            findings.add(code, draft.at, column, text=draft.parent_text, done="import.done.no_parent")
        else:
            draft.parent = parent


def _is_indented(drafts: list[Draft]) -> bool:
    """Whether leading blanks or indents are meant, and not one slip of the space bar."""
    indents = [draft.indent for draft in drafts]
    least = min(indents, default=0)
    return len(indents) > 1 and indents[0] == least and sum(indent > least + 1 for indent in indents) > 1


def _by_depth(drafts: list[Draft], depths: list[int]) -> None:
    """Each is under the nearest one before it that is less deep."""
    stack: list[tuple[int, Draft]] = []
    for draft, depth in zip(drafts, depths, strict=True):
        while stack and stack[-1][0] >= depth:
            stack.pop()
        draft.parent = stack[-1][1] if stack else None
        stack.append((depth, draft))


def _by_outline_number(drafts: list[Draft], put: bool = True) -> bool:
    """Whether some number is below another one; with `put`, drafts get their parents by that."""
    numbers = outline_numbers(drafts)
    known = {parts: draft for parts, draft in zip(numbers, drafts, strict=True) if parts}
    found = False
    for parts, draft in zip(numbers, drafts, strict=True):
        for length in range(len(parts) - 1, 0, -1):
            above = known.get(parts[:length]) or known.get((*parts[:length], "0"))
            if above is not None and above is not draft:
                if put:
                    draft.parent = above
                found = True
                break
    return found


def _by_banner(drafts: list[Draft]) -> None:
    group = None
    for draft in drafts:
        if draft.banner:
            group = draft
        else:
            draft.parent = group


def _by_group(drafts: list[Draft], mapping: Mapping, findings: Findings, into_tags: bool) -> list[Draft]:
    """A column of groups makes items for the rows to be under; tags, if rows have parents or none repeats."""
    named = [draft for draft in drafts if draft.group]
    groups = {fold(draft.group) for draft in named}
    nested = any(draft.parent is not None for draft in drafts)
    if into_tags or nested or len(groups) > _REPEATING * len(named):
        for draft in named:
            draft.tags = tuple(dict.fromkeys((*draft.tags, draft.group)))
        return drafts
    by_title = {fold(draft.title): draft for draft in reversed(drafts) if not draft.group}
    arranged: list[Draft] = []
    made = 0
    for draft in drafts:
        if draft.group:
            name = fold(draft.group)
            if name not in by_title:
                parent = Draft(draft.at, ItemId(new_id()), title=draft.group, made=True)
                by_title[name] = parent
                arranged.append(parent)
                made += 1
            draft.parent = by_title[name]
        arranged.append(draft)
    if made:
        heading = mapping.headers[mapping.of("group")[0]]
        findings.note("import.groups_made", count=made, field=heading)
    return arranged


def _open_circles(drafts: list[Draft], mapping: Mapping, findings: Findings) -> None:
    """Whoever closes a circle of parents loses its own."""
    columns = mapping.of("parent")
    settled: set[int] = set()
    for draft in drafts:
        way: list[Draft] = []
        one: Draft | None = draft
        while one is not None and id(one) not in settled:
            if any(one is other for other in way):
                circle = way[next(n for n, other in enumerate(way) if other is one) :]
                last = max(circle, key=lambda other: other.at)
                names = [other.key or other.title for other in (*circle, circle[0])]
                findings.add(
                    "import.parent_loop",
                    last.at,
                    columns[0] if columns else None,
                    loop=" → ".join(names),
                    done="import.done.no_parent",
                )
                last.parent = None
                break
            way.append(one)
            one = one.parent
        settled.update(id(other) for other in way)
