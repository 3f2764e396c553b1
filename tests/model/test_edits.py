"""What people do to items, links and teams, and what is refused with which words."""

from __future__ import annotations

from datetime import date

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from roadwright.model.edits import together
from roadwright.model.edits.baselines import remove_baseline, take_baseline
from roadwright.model.edits.items import (
    add_item,
    duplicate_items,
    indent_items,
    move_items,
    move_rows,
    outdent_items,
    place_items,
    put_under,
    remove_items,
    rename_item,
    resize_item,
    set_field,
    unschedule_items,
)
from roadwright.model.edits.links import (
    add_link,
    link_in_order,
    remove_links,
    retarget_link,
    set_link,
    set_predecessors,
    unlink_items,
)
from roadwright.model.edits.people import add_person, add_team, remove_team, rename_team, set_title
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Calendar, CalendarId, Days, ItemId, LinkId, PersonId, TeamId
from roadwright.model.refused import Refused

MON, TUE, WED, THU, FRI = (date(2026, 1, day) for day in range(5, 10))
MON2 = date(2026, 1, 12)


def with_items(*names: str) -> Plan:
    plan = new_plan()
    for name in names:
        plan = add_item(plan, ItemId(name), title=name.upper(), start=MON, duration=3)
    return plan


def order(plan: Plan) -> str:
    """The outline as text, children in brackets: `a(b c) d`."""

    def written(id: ItemId) -> str:
        children = plan.outline.children.get(id, [])
        return id + (f"({' '.join(map(written, children))})" if children else "")

    return " ".join(map(written, plan.outline.roots))


def refusal(edit, *arguments: object) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        edit(*arguments)
    return caught.value.code, caught.value.values.get("keys")


class TestItems:
    def test_keys_count_up_and_are_not_used_again(self):
        plan = with_items("a", "b")
        assert [plan.items[ItemId(id)].key for id in "ab"] == ["RW-1", "RW-2"]
        plan = remove_items(plan, [ItemId("b")])
        plan = add_item(plan, ItemId("c"))
        assert plan.items[ItemId("c")].key == "RW-3"

    def test_a_key_that_somebody_typed_is_not_given_twice(self):
        plan = set_field(with_items("a"), [ItemId("a")], "key", "RW-2")
        assert add_item(plan, ItemId("b")).items[ItemId("b")].key == "RW-3"

    def test_a_new_item_is_planned_and_stands_last_or_before_its_sibling(self):
        plan = add_item(with_items("a", "b"), ItemId("c"), before=ItemId("b"))
        assert order(plan) == "a c b"
        assert plan.category_of(plan.items[ItemId("c")]) == "todo"

    def test_removing_takes_what_is_below_and_the_links(self):
        plan = put_under(with_items("a", "b", "c"), [ItemId("b")], ItemId("a"))
        plan = add_link(plan, LinkId("l"), ItemId("b"), ItemId("c"))
        plan = remove_items(plan, [ItemId("a")])
        assert order(plan) == "c"
        assert not plan.links

    def test_a_copy_stands_below_its_original_with_the_links_among_the_copied(self):
        plan = add_link(with_items("a", "b", "c"), LinkId("l"), ItemId("a"), ItemId("b"))
        plan = add_link(plan, LinkId("m"), ItemId("b"), ItemId("c"))
        copies = {ItemId("a"): ItemId("a2"), ItemId("b"): ItemId("b2")}
        copied = duplicate_items(plan, copies, copies)
        assert order(copied) == "a a2 b b2 c"
        ends = {(link.source, link.target) for link in copied.links.values()}
        assert ends == {("a", "b"), ("b", "c"), ("a2", "b2")}
        assert duplicate_items(plan, copies, copies) == copied

    def test_moving_counts_working_days(self):
        # a starts on Monday; five working days later is the Monday after
        plan = move_items(with_items("a"), {ItemId("a"): MON}, 5)
        assert plan.items[ItemId("a")].start == MON2
        assert move_items(plan, {ItemId("a"): MON2}, -1).items[ItemId("a")].start == FRI

    def test_moving_follows_the_calendar_of_the_team(self):
        # the team is off on Tuesday: one working day after Monday is Wednesday
        plan = add_team(with_items("a"), TeamId("t"), "Web")
        plan = plan.put(
            Calendar(id=CalendarId("web"), holidays=(Days(first=TUE, last=TUE),)),
            replace(plan.teams[TeamId("t")], calendar=CalendarId("web")),
        )
        plan = set_field(plan, [ItemId("a")], "team", "t")
        assert move_items(plan, {ItemId("a"): MON}, 1).items[ItemId("a")].start == WED

    def test_a_bar_keeps_at_least_one_day(self):
        assert resize_item(with_items("a"), ItemId("a"), TUE, 2).items[ItemId("a")].duration == 2
        assert refusal(resize_item, with_items("a"), ItemId("a"), MON, 0)[0] == "duration.too_short"

    def test_unscheduling_takes_start_and_pin(self):
        plan = set_field(with_items("a"), [ItemId("a")], "pinned", True)
        plan = unschedule_items(plan, [ItemId("a")])
        assert (plan.items[ItemId("a")].start, plan.items[ItemId("a")].pinned) == (None, False)
        assert place_items(plan, {ItemId("a"): THU}).items[ItemId("a")].start == THU

    def test_titles_are_trimmed(self):
        assert rename_item(with_items("a"), ItemId("a"), " New ").items[ItemId("a")].title == "New"


class TestHierarchy:
    def test_indent_and_outdent(self):
        plan = indent_items(with_items("a", "b", "c", "d"), [ItemId("b"), ItemId("c")])
        assert order(plan) == "a(b c) d"
        assert order(outdent_items(plan, [ItemId("b")])) == "a(c) b d"
        assert order(outdent_items(plan, [ItemId("b"), ItemId("c")])) == "a b c d"

    def test_what_cannot_be_done_is_said(self):
        plan = with_items("a", "b")
        assert refusal(indent_items, plan, [ItemId("a")])[0] == "indent.first"
        assert refusal(outdent_items, plan, [ItemId("a")])[0] == "outdent.top"
        under = put_under(plan, [ItemId("b")], ItemId("a"))
        assert refusal(put_under, under, [ItemId("a")], ItemId("b"))[0] == "parent.loop"
        linked = add_link(plan, LinkId("l"), ItemId("a"), ItemId("b"))
        assert refusal(put_under, linked, [ItemId("b")], ItemId("a"))[0] == "parent.link"

    def test_a_parent_that_would_wait_for_its_own_part_is_refused(self):
        # p contains a; a -> x -> b: with b under p too, x stands between two parts of p, which is fine;
        # but p -> x and x -> b make p wait for itself as soon as b is under p
        plan = put_under(with_items("p", "a", "x", "b"), [ItemId("a")], ItemId("p"))
        plan = add_link(plan, LinkId("1"), ItemId("p"), ItemId("x"))
        plan = add_link(plan, LinkId("2"), ItemId("x"), ItemId("b"))
        assert refusal(put_under, plan, [ItemId("b")], ItemId("p"))[0] == "parent.circle"

    def test_rows_move_among_their_siblings_and_stop_at_the_ends(self):
        plan = with_items("a", "b", "c")
        assert order(move_rows(plan, [ItemId("a")], 1)) == "b a c"
        assert order(move_rows(plan, [ItemId("c")], -1)) == "a c b"
        assert order(move_rows(plan, [ItemId("a"), ItemId("b")], 1)) == "c a b"
        assert move_rows(plan, [ItemId("a")], -1).outline.order == plan.outline.order

    @given(st.lists(st.integers(0, 2), max_size=200))
    def test_there_is_always_room_between_two_siblings(self, places: list[int]):
        plan = with_items("a", "b", "c")
        for place in places:
            before = plan.outline.roots[1]
            moved = plan.outline.roots[place]
            if moved != before:
                plan = put_under(plan, [moved], None, before)
                assert plan.outline.roots.index(moved) == plan.outline.roots.index(before) - 1


class TestLinks:
    def test_loops_are_refused_with_their_keys_in_order(self):
        plan = link_in_order(with_items("a", "b", "c"), list("abc"), [LinkId("1"), LinkId("2")])
        code, keys = refusal(add_link, plan, LinkId("3"), ItemId("c"), ItemId("a"))
        assert code == "link.loop"
        assert keys in (["RW-1", "RW-2", "RW-3", "RW-1"], ["RW-3", "RW-1", "RW-2", "RW-3"])

    def test_self_twin_and_family_links_are_refused(self):
        plan = put_under(with_items("a", "b", "c"), [ItemId("b")], ItemId("a"))
        plan = add_link(plan, LinkId("1"), ItemId("b"), ItemId("c"))
        assert refusal(add_link, plan, LinkId("2"), ItemId("a"), ItemId("a"))[0] == "link.self"
        assert refusal(add_link, plan, LinkId("2"), ItemId("b"), ItemId("c"))[0] == "link.duplicate"
        assert refusal(add_link, plan, LinkId("2"), ItemId("a"), ItemId("b")) == (
            "link.family",
            ["RW-1", "RW-2"],
        )
        assert len(add_link(plan, LinkId("2"), ItemId("b"), ItemId("c"), "SS").links) == 2

    def test_changing_and_retargeting(self):
        plan = add_link(with_items("a", "b", "c"), LinkId("1"), ItemId("a"), ItemId("b"))
        plan = set_link(plan, LinkId("1"), "SS", -2)
        plan = retarget_link(plan, LinkId("1"), target=ItemId("c"))
        link = plan.links[LinkId("1")]
        assert (link.source, link.target, link.type, link.lag) == ("a", "c", "SS", -2)
        assert not remove_links(plan, [LinkId("1")]).links

    def test_predecessors_are_set_as_a_whole_and_keep_their_ids(self):
        plan = add_link(with_items("a", "b", "c"), LinkId("1"), ItemId("a"), ItemId("c"))
        plan = set_predecessors(plan, ItemId("c"), [(ItemId("a"), "FS", 2), (ItemId("b"), "SS", 0)])
        assert plan.links[LinkId("1")].lag == 2
        assert len(plan.links) == 2
        assert not set_predecessors(plan, ItemId("c"), []).links

    def test_unlinking_two_keeps_their_other_links(self):
        plan = link_in_order(with_items("a", "b", "c"), list("abc"), [LinkId("1"), LinkId("2")])
        assert unlink_items(plan, [ItemId("a"), ItemId("b")]).links.keys() == {"2"}
        assert not unlink_items(plan, [ItemId("b")]).links


class TestTheFrame:
    def test_team_names_are_unique_whatever_their_case(self):
        plan = add_team(new_plan(), TeamId("t"), "Web")
        assert refusal(add_team, plan, TeamId("u"), " web ")[0] == "team.title_taken"
        assert rename_team(plan, TeamId("t"), "WEB").teams[TeamId("t")].title == "WEB"

    def test_removing_a_team_leaves_its_items(self):
        plan = add_team(with_items("a"), TeamId("t"), "Web")
        plan = add_person(set_field(plan, [ItemId("a")], "team", "t"), PersonId("p"), "Kim", team=TeamId("t"))
        plan = remove_team(plan, TeamId("t"))
        assert plan.items[ItemId("a")].team is None
        assert plan.people[PersonId("p")].team is None

    def test_title(self):
        assert set_title(new_plan(), " 2027 ").info.title == "2027"

    def test_several_edits_as_one_go_by_the_name_of_the_last(self):
        edit = together((add_person, PersonId("p"), "Kim"), (set_field, [ItemId("a")], "owner", "p"))
        assert edit(with_items("a")).items[ItemId("a")].owner == "p"
        assert edit.__name__ == "set_field"

    def test_a_baseline_keeps_the_dates_of_the_day(self):
        plan = take_baseline(with_items("a"), "base", "Approved", MON)
        later = move_items(plan, {ItemId("a"): MON}, 3)
        span = later.baselines["base"].spans[ItemId("a")]
        assert (span.first, span.last) == (MON, WED)
        assert not remove_baseline(later, "base").baselines


@given(plans(), st.data())
def test_removing_leaves_nothing_dangling(plan: Plan, data: st.DataObject):
    chosen = data.draw(st.sets(st.sampled_from(sorted(plan.items)))) if plan.items else set()
    after = remove_items(plan, chosen)
    assert all(item.parent is None or item.parent in after.items for item in after.items.values())
    assert all(link.source in after.items and link.target in after.items for link in after.links.values())
    assert all(id in after.items for base in after.baselines.values() for id in base.spans)
