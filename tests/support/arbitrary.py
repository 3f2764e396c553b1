"""Hypothesis strategies: any plan that the program could hold, with every field filled now and then."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from roadwright.model.edits.links import check_link
from roadwright.model.own_fields import with_value
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import (
    HORIZONS,
    LINK_TYPES,
    PRECISIONS,
    Baseline,
    BaselineId,
    Calendar,
    CalendarId,
    Choice,
    CustomField,
    CustomKind,
    CustomValue,
    Days,
    FieldId,
    Item,
    ItemId,
    LevelId,
    Link,
    LinkId,
    Person,
    PersonId,
    Span,
    Status,
    StatusId,
    Team,
    TeamId,
    View,
    ViewId,
    derived_id,
)
from roadwright.model.refused import Refused

MONDAY = date(2026, 1, 5)

words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x7f"), max_size=12)
titles = st.one_of(
    words.map(str.strip),
    st.sampled_from(
        ["Checkout 3.0", "=1+1", "-lead", "@home", "+5", "שלום", "日本語", "🚀 Launch", "a;b,c", "O'Brien"]
    ),
)
days = st.integers(0, 400).map(lambda n: MONDAY + timedelta(days=n))


KINDS: tuple[CustomKind, ...] = (
    "text",
    "long",
    "number",
    "currency",
    "date",
    "choice",
    "choices",
    "person",
    "url",
    "flag",
    "formula",
)
_FORMULAS = ("effort * 2", "finish + 5", "[Own number] / progress", 'title & "!"', "[No such]", "1 +", "")


@st.composite
def own_fields(draw: st.DrawFn, kinds: tuple[CustomKind, ...] = KINDS) -> list[CustomField]:
    """Some fields of a plan's own, not two of a kind."""
    chosen = draw(st.lists(st.sampled_from(kinds), max_size=4, unique=True))
    return [
        CustomField(
            id=FieldId(derived_id("field", kind)),
            title=f"Own {kind}",
            kind=kind,
            options=tuple(
                Choice(derived_id("option", title), title, color)
                for title, color in (("High", "red"), ("Low", ""), ("So, so", "green"))
            )
            if kind in ("choice", "choices")
            else (),
            currency=draw(st.sampled_from(["EUR", "USD", ""])) if kind == "currency" else "",
            decimals=draw(st.none() | st.integers(0, 3)) if kind in ("number", "currency") else None,
            formula=draw(st.sampled_from(_FORMULAS)) if kind == "formula" else "",
            group=draw(st.sampled_from(["own", "what", "who"])),
            rank=float(rank),
        )
        for rank, kind in enumerate(chosen)
    ]


def own_values(field: CustomField, people: list[PersonId]) -> st.SearchStrategy[CustomValue | None]:
    """Values that the field can have, None where it can have none."""
    ids = [option.id for option in field.options]
    values: dict[str, st.SearchStrategy[CustomValue | None]] = {
        "text": titles.map(lambda text: " ".join(text.split()) or None),
        "long": (words.map(str.strip) | st.just("two\nlines")).map(lambda text: text or None),
        "url": st.sampled_from(["https://example.com/a?b=c&d", "mailto:kim@example.com", "intranet/page"]),
        "number": st.integers(-4000, 4000).map(lambda n: n / 8),
        "currency": st.integers(-4000, 400_000_000).map(lambda n: n / 100),
        "date": days.map(str),
        "flag": st.just(True),
        "choice": st.sampled_from(ids) if ids else st.none(),
        "choices": st.sets(st.sampled_from(ids), min_size=1).map(
            lambda chosen: tuple(id for id in ids if id in chosen)
        )
        if ids
        else st.none(),
        "person": st.sampled_from(people) if people else st.none(),
    }
    return st.none() | values.get(field.kind, st.none())


def _ids(kind: str, count: int) -> list[str]:
    return [derived_id(kind, str(n)) for n in range(count)]


@st.composite
def calendars(draw: st.DrawFn, id: str) -> Calendar:
    def runs() -> tuple[Days, ...]:
        firsts = draw(st.lists(days, max_size=3))
        return tuple(
            Days(first=first, last=first + timedelta(days=draw(st.integers(0, 6))), title=draw(words))
            for first in firsts
        )

    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    return Calendar(
        id=CalendarId(id), title=draw(words), weekdays=tuple(sorted(weekdays)), holidays=runs(), extra=runs()
    )


@st.composite
def plans(draw: st.DrawFn, max_items: int = 8) -> Plan:
    """A valid plan: references exist, keys are unique, no loops. Its records carry arbitrary values."""
    plan = new_plan(draw(titles))
    calendar_ids = _ids("calendar", draw(st.integers(0, 2)))
    team_ids = _ids("team", draw(st.integers(0, 3)))
    person_ids = _ids("person", draw(st.integers(0, 3)))
    maybe = lambda values: st.none() | st.sampled_from(values) if values else st.none()  # noqa: E731
    plan = plan.put(
        *(draw(calendars(id)) for id in calendar_ids),
        *(
            Team(
                id=TeamId(id),
                title=f"{draw(words).strip()} {n}".strip(),
                color=draw(st.sampled_from(["", "blue", "red"])),
                calendar=draw(maybe([CalendarId(c) for c in calendar_ids])),
                rank=draw(st.floats(-9, 9)),
            )
            for n, id in enumerate(team_ids)
        ),
        *(
            Person(
                id=PersonId(id),
                name=f"{draw(words).strip()} {n}".strip(),
                email=draw(words),
                team=draw(maybe([TeamId(t) for t in team_ids])),
            )
            for n, id in enumerate(person_ids)
        ),
        Status(
            id=StatusId("dropped"), title="Dropped", category=draw(st.sampled_from(["todo", "doing", "done"]))
        ),
        View(
            id=ViewId("mine"),
            title=draw(words),
            group=draw(st.sampled_from(["", "owner"])),
            filter=draw(words),
        ),
    )
    own = draw(own_fields())
    plan = plan.put(*own)
    item_ids = [ItemId(id) for id in _ids("item", draw(st.integers(0, max_items)))]
    for n, id in enumerate(item_ids):
        milestone = draw(st.booleans())
        start = draw(st.none() | days)
        plan = plan.put(
            Item(
                id=id,
                key=f"RW-{n + 1}",
                title=draw(titles),
                kind="milestone" if milestone else "bar",
                level=draw(maybe(list(plan.levels))) if not milestone else LevelId("feature"),
                parent=draw(maybe(item_ids[:n])),
                rank=draw(st.floats(-99, 99)),
                below=draw(maybe([ItemId(""), *item_ids])),
                start=start,
                duration=0 if milestone else draw(st.integers(1, 40)),
                pinned=draw(st.booleans()) if start else False,
                deadline=draw(st.none() | days),
                precision=draw(st.sampled_from(PRECISIONS)),
                horizon=draw(st.sampled_from(HORIZONS)),
                status=draw(maybe(list(plan.statuses))),
                progress=draw(st.integers(0, 100)),
                effort=draw(st.none() | st.integers(0, 4000).map(lambda n: n / 4)),
                team=draw(maybe([TeamId(t) for t in team_ids])),
                owner=draw(maybe([PersonId(p) for p in person_ids])),
                tags=tuple(
                    draw(st.lists(st.sampled_from(["growth", "security", "übung"]), max_size=2, unique=True))
                ),
                notes=draw(words.map(str.strip) | st.just("two\nlines")),
            )
        )
    plan = plan.put(
        *(_filled(draw, plan.items[id], own, [PersonId(p) for p in person_ids]) for id in item_ids)
    )
    plan = _linked(draw, plan, item_ids)
    plan = plan.put(
        *(
            Baseline(
                id=BaselineId("base"),
                title=draw(words),
                taken=draw(days),
                spans={id: Span(first=MONDAY, last=MONDAY + timedelta(days=3)) for id in item_ids[:2]},
            )
            for _ in range(draw(st.integers(0, 1)))
        )
    )
    info = plan.info
    return plan.put(
        type(info)(
            id=info.id,
            title=info.title,
            next_number=len(item_ids) + 1,
            fiscal_start=draw(st.integers(1, 12)),
            colors=draw(st.sampled_from([{}, {"owner": {"kim": "gold"}, "status": {"done": "#12AB9F"}}])),
        )
    )


def _filled(draw: st.DrawFn, item: Item, own: list[CustomField], people: list[PersonId]) -> Item:
    for field in own:
        item = with_value(item, field.id, draw(own_values(field, people)))
    return item


def _linked(draw: st.DrawFn, plan: Plan, item_ids: list[ItemId]) -> Plan:
    if len(item_ids) < 2:
        return plan
    for n in range(draw(st.integers(0, len(item_ids) * 2))):
        source, target = draw(st.sampled_from(item_ids)), draw(st.sampled_from(item_ids))
        type = draw(st.sampled_from(LINK_TYPES))
        try:
            check_link(plan, source, target, type)
        except Refused:
            continue
        lag = draw(st.integers(-9, 9))
        plan = plan.put(
            Link(id=LinkId(derived_id("link", str(n))), source=source, target=target, type=type, lag=lag)
        )
    return plan
