"""The filter language: what each kind of term finds, and what is said of one that can't be understood."""

from __future__ import annotations

from datetime import date

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from roadwright.model.edits.items import set_field
from roadwright.model.edits.people import add_person
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, PersonId
from roadwright.model.rows.filter_names import kept, shown
from roadwright.model.rows.filter_terms import OPERATORS, Term, terms_of, written
from roadwright.model.rows.filters import STATES, Asker, Reading, asks_for_me, named
from roadwright.model.rows.periods import period
from roadwright.model.schedule import schedule

TODAY = date(2026, 1, 14)
KIM = Asker("Daniel Kim", TODAY)


@pytest.fixture
def plan() -> Plan:
    #     5 Jan  12 Jan  19 Jan
    # A   =====
    # B         =======          waits for A; by Daniel Kim
    # C                  ◆       no team
    plan = planned(
        "A FS B",
        "P: A B",
        P=(None, 1),
        A=("Mon", 5, {"team": "Data & AI", "effort": 3.0, "progress": 50, "tags": ("growth", "no, really")}),
        B=("Mon", 6, {"team": "Web", "effort": 8.0, "deadline": date(2026, 1, 16), "notes": "tax engine"}),
        C=("Mon3", 0, {"horizon": "later", "pinned": True}),
        D=(None, 3, {"team": "Web"}),
    )
    plan = add_person(plan, PersonId("kim"), "Daniel Kim", "kim@example.org")
    plan = set_field(plan, [ItemId("B")], "owner", "kim")
    return set_field(plan, [ItemId("A")], "status", "done")


def found(plan: Plan, query: str, asker: Asker = KIM) -> str:
    reading = Reading(query, plan, schedule(plan), asker)
    return " ".join(id for id in plan.outline.order if reading.test(plan.items[id]))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("team=web", "B D"),
        ('team="Data & AI",Web', "A B D"),
        ("team:a", "A"),
        ("team!=web", "P A C"),
        ("-team:web", "P A C"),
        ("status!=done", "P B C D"),
        ("effort>5", "B"),
        ("effort>=3", "A B"),
        ("effort<8", "A"),
        ("effort:2..4", "A"),
        ("progress>=100%", "A"),
        ("duration<=3", "C D"),
        ("start:2026-01-05", "P A"),
        ("start>2026-w02", "B C"),
        ("finish<2026-02", "P A B C"),
        ("start:2026-q1", "P A B C"),
        ("start:2025..2026-01-11", "P A"),
        ("finish<=this-week", "A"),
        ("start:next-week", "C"),
        ("is:milestone", "C"),
        ("is:done", "A"),
        ("is:overdue", ""),
        ("is:late", "B"),
        ("is:parent", "P"),
        ("is:pinned", "C"),
        ("is:backlog", "D"),
        ("is:linked", "A B"),
        ("-is:parent -is:linked", "C D"),
        ("is:mine", "B"),
        ("owner:me", "B"),
        ("owner=me", "B"),
        ("has:deadline", "B"),
        ("no:team", "P C"),
        ("has:owner,deadline", "B"),
        ("has:links", "B"),
        ("pinned:yes", "C"),
        ("pinned=no", "P A B D"),
        ("horizon:later", "C"),
        ("tags:growth", "A"),
        ('tags="no, really"', "A"),
        ("under:p", "A B"),
        ("parent=P", "A B"),
        ("depends:A", "B"),
        ('"tax engine"', "B"),
        ("tax -daniel", ""),
        ("NAME=a", "A"),
    ],
)
def test_terms(plan: Plan, query: str, expected: str):
    assert found(plan, query) == expected
    assert not Reading(query, plan, schedule(plan), KIM).troubles
    assert found(plan, kept(plan, query)) == expected


@pytest.mark.parametrize(
    ("query", "code", "expected"),
    [
        ("colour:red", "filter.unknown_field", ""),
        ("owner:", "filter.unfinished", "P A B C D"),
        ("is:", "filter.unfinished", "P A B C D"),
        ("is:shiny", "filter.unknown_state", "P A B C D"),
        ("has:colour", "filter.unknown_field", "P A B C D"),
        ("start<soon", "filter.no_date", "P A B C D"),
        ("effort>much", "filter.no_number", "P A B C D"),
        ("pinned:perhaps", "filter.no_flag", "P A B C D"),
        ("title>x", "filter.no_order", "P A B C D"),
        ("team=Nobody", "filter.no_value", ""),
        ("under:nothing", "filter.nothing_under", ""),
    ],
)
def test_what_can_not_be_understood_is_said_and_left_out(plan: Plan, query: str, code: str, expected: str):
    reading = Reading(query, plan, schedule(plan), KIM)
    assert [trouble.code for trouble in reading.troubles] == [code]
    assert found(plan, query) == expected
    assert query[reading.troubles[0].first : reading.troubles[0].end] == query


def test_me_is_asked_for_where_nobody_has_said_who_that_is(plan: Plan):
    assert Reading("owner:me", plan, schedule(plan), Asker()).troubles[0].code == "filter.who_am_i"
    assert Reading("is:mine", plan, schedule(plan), Asker("Eve")).troubles[0].code == "filter.not_me"
    assert found(plan, "is:mine", Asker("KIM@example.org")) == "B"
    assert asks_for_me("a is:mine")
    assert asks_for_me("owner=Eve,me")
    assert not asks_for_me("me owner:amelie")


def test_a_filter_that_is_sent_away_names_who_me_was(plan: Plan):
    assert named("is:mine -status=done owner=me", KIM, plan) == (
        'owner="Daniel Kim" -status=done owner="Daniel Kim"'
    )
    assert named("owner:me", Asker(), plan) == "owner:me"


def test_a_kept_filter_goes_on_finding_what_is_renamed(plan: Plan):
    written = 'team="Data & AI",web owner:kim status!=done'
    filter = kept(plan, written)
    assert filter != written
    assert shown(plan, filter).casefold() == written.casefold()
    assert kept(plan, shown(plan, filter)) == filter
    before = found(plan, filter)
    assert before == found(plan, written)
    renamed = plan.put(*(replace(team, title=f"New {team.title}") for team in plan.teams.values()))
    assert found(renamed, filter) == before
    assert "New" in shown(renamed, filter)
    gone = plan.drop(*plan.teams.values())
    reading = Reading(filter, gone, schedule(gone))
    assert {trouble.code for trouble in reading.troubles} == {"filter.gone_value"}


@given(plans(), st.text())
def test_any_text_is_kept_and_shown_and_kept_the_same(plan: Plan, text: str):
    filter = kept(plan, text)
    assert kept(plan, shown(plan, filter)) == filter


def test_overdue_is_what_should_be_over_and_is_not(plan: Plan):
    assert found(plan, "is:overdue", Asker("", date(2026, 2, 1))) == "P B C"


@pytest.mark.parametrize(
    "text", ["http://example.org", "16:9", "a:b:c", "R&D", '"open quote', "- -", "-", "::"]
)
def test_any_text_can_be_searched_for(plan: Plan, text: str):
    titled = set_field(plan, [ItemId("D")], "title", f"x {text.replace(chr(34), '')} y")
    assert "D" in found(titled, text).split()


words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"'), min_size=1).filter(
    lambda text: text == text.strip()
)
terms = st.builds(
    lambda field, operator, values, minus: Term(
        tuple(values) if field else tuple(values[:1]), field, operator if field else ":", minus
    ),
    st.sampled_from(["", "owner", "start.x", "is", "b-2"]),
    st.sampled_from(OPERATORS),
    st.lists(words, min_size=1, max_size=3),
    st.booleans(),
)


@given(st.lists(terms, max_size=4))
def test_a_written_filter_reads_back_as_it_was(given_terms: list[Term]):
    read = terms_of(written(given_terms))
    assert [(t.field, t.operator, t.values, t.minus) for t in read] == [
        (t.field, t.operator, t.values, t.minus) for t in given_terms
    ]


@given(plans(max_items=3), st.text(max_size=30))
def test_no_text_is_too_odd_for_a_filter(plan: Plan, text: str):
    reading = Reading(text, plan, schedule(plan), KIM)
    for item in plan.items.values():
        reading.test(item)
    again = Reading(written(reading.terms), plan, schedule(plan), KIM)
    assert [again.test(item) for item in plan.items.values()] == [
        reading.test(item) for item in plan.items.values()
    ]


@given(plans(max_items=5), st.sampled_from(sorted(STATES)))
def test_a_minus_turns_a_term_round(plan: Plan, state: str):
    times = schedule(plan)
    plain, turned = Reading(f"is:{state}", plan, times, KIM), Reading(f"-is:{state}", plan, times, KIM)
    assert all(plain.test(item) is not turned.test(item) for item in plan.items.values())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-h2", "2026-07-01", "2026-12-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-w01", "2025-12-29", "2026-01-04"),
        ("2026-03-05", "2026-03-05", "2026-03-05"),
        ("today", "2026-01-14", "2026-01-14"),
        ("tomorrow", "2026-01-15", "2026-01-15"),
        ("+10d", "2026-01-24", "2026-01-24"),
        ("-2w", "2025-12-31", "2025-12-31"),
        ("this-week", "2026-01-12", "2026-01-18"),
        ("last-month", "2025-12-01", "2025-12-31"),
        ("next-quarter", "2026-04-01", "2026-06-30"),
        ("this-year", "2026-01-01", "2026-12-31"),
    ],
)
def test_times_as_people_write_them(text: str, first: str, last: str):
    assert period(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


def test_quarters_are_those_of_the_fiscal_year():
    # the fiscal year 2027 begins in October 2026
    assert period("2027-q1", TODAY, 10) == (date(2026, 10, 1), date(2026, 12, 31))
    assert period("this-quarter", date(2026, 3, 1), 3) == (date(2026, 3, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13", "2026-q5", "2026-w60", "2026-02-30", "99", "+xd", "9999-q4x"]
)
def test_what_is_no_time(text: str):
    assert period(text, TODAY) is None
