"""Back to a whole state, to one item as it was, or behind one old change."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import day, planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.history import restore_items, restore_plan, undo_change
from roadwright.model.edits.items import add_item, put_under, remove_items, rename_item, set_field
from roadwright.model.edits.links import add_link, remove_links
from roadwright.model.edits.people import add_team
from roadwright.model.history.kept import History, Sought
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, LinkId, TeamId
from roadwright.model.refused import Refused

A, B, C, P = (ItemId(name) for name in "ABCP")


def base() -> Plan:
    return planned("A FS B", "P: A B", A=("Mon", 3), P=(None, 5), B=(None, 2), C=("Mon", 1))


def test_a_whole_state_comes_back():
    earlier = base()
    now = remove_items(rename_item(earlier, C, "Other"), [P])
    assert restore_plan(now, earlier) == earlier


def test_an_item_comes_back_with_what_stood_under_it_and_its_links():
    earlier = base()
    now = remove_items(rename_item(earlier, C, "Other"), [P])
    back = restore_items(now, earlier, [P])
    assert back.items.keys() == earlier.items.keys()
    assert back.links == earlier.links
    assert back.items[C].title == "Other"


def test_an_item_is_what_it_was_and_nothing_else_is():
    earlier = base()
    now = set_field(rename_item(earlier, A, "New"), [B], "duration", 9)
    now = add_link(remove_links(now, [LinkId("A FS B")]), LinkId("C FS A"), C, A)
    back = restore_items(now, earlier, [A])
    assert back.items[A] == earlier.items[A]
    assert back.items[B].duration == 9
    assert set(back.links) == {"A FS B"}


def test_an_item_that_was_not_there_can_not_come_back():
    with pytest.raises(Refused, match=r"restore\.unknown"):
        restore_items(base(), base(), [ItemId("never")])


def test_links_that_would_close_a_loop_refuse():
    earlier = base()
    now = remove_links(earlier, [LinkId("A FS B")])
    now = add_item(now, ItemId("new"))
    now = add_link(add_link(now, LinkId("Bn"), B, ItemId("new")), LinkId("nA"), ItemId("new"), A)
    with pytest.raises(Refused, match=r"restore\.loop"):
        restore_items(now, earlier, [B])


def test_one_old_change_is_taken_back_and_what_came_later_stays():
    before = base()
    after = set_field(before, [A], "duration", 8)
    now = rename_item(after, A, "Later")
    undone = undo_change(now, before, after)
    assert undone.items[A].duration == 3
    assert undone.items[A].title == "Later"


def test_a_change_of_what_was_changed_since_is_refused():
    before = base()
    after = rename_item(before, A, "One")
    with pytest.raises(Refused, match=r"undo\.changed"):
        undo_change(rename_item(after, A, "Two"), before, after)
    with pytest.raises(Refused, match=r"undo\.gone"):
        undo_change(rename_item(after, A, "A"), before, after)


def test_a_change_of_what_is_gone_since_is_refused_by_its_name():
    before = base()
    after = rename_item(before, A, "One")
    with pytest.raises(Refused) as refusal:
        undo_change(remove_items(after, [A]), before, after)
    assert (refusal.value.code, refusal.value.values["key"]) == ("undo.removed", "A")


def test_a_team_that_is_in_use_by_now_is_not_unmade():
    before = base()
    after = add_team(before, TeamId("t"), "Platform")
    now = set_field(after, [A], "team", TeamId("t"))
    with pytest.raises(Refused) as refusal:
        undo_change(now, before, after)
    assert (refusal.value.code, refusal.value.values["key"]) == ("undo.used", "Platform")


def test_an_item_that_others_hang_on_by_now_is_not_unmade():
    before = base()
    after = add_item(before, ItemId("new"), title="New", start=day("Mon"))
    now = put_under(after, [C], ItemId("new"))
    with pytest.raises(Refused) as refusal:
        undo_change(now, before, after)
    assert (refusal.value.code, refusal.value.values["key"]) == ("undo.needed", "C")
    assert ItemId("new") not in undo_change(after, before, after).items


@given(st.integers(0, 10**6))
def test_a_change_nobody_touched_since_is_taken_back_wholly(seed: int):
    random = Random(seed)
    before = random_plan(random)
    after = random_change(random, before)
    if after.since(before):
        undone = undo_change(after, before, after)
        numbers = undone.put(before.info)  # the number of the next key only grows
        assert numbers == before


@given(st.integers(0, 10**6))
def test_every_state_of_the_history_is_found_in_any_order(seed: int):
    random = Random(seed)
    document = Document(random_plan(random))
    states = [document.kept]
    for _ in range(6):
        if document.commit(lambda plan: random_change(random, plan)):
            states.append(document.kept)
    lines = [step_line(step) for step in document.done]
    cut = random.randint(0, len(lines))
    half = Document(states[-1], past=lines[:cut])
    half.done = document.done[cut:]
    history = History(half)
    for place in random.sample(range(-1, len(lines)), len(lines) + 1):
        assert history.state(place) == states[place + 1]


def test_steps_are_found_by_text_item_verb_and_author():
    document = Document(base(), author="Ann")
    document.commit(rename_item, A, "Größe")
    document.author = "Ben"
    document.commit(set_field, [B], "duration", 4)
    document.give_reason("Because")
    again = Document(document.kept, past=[step_line(step) for step in document.done])
    for history in (History(document), History(again)):
        assert history.found() == range(2)
        assert history.found(Sought("größe".casefold())) == [0]
        assert history.found(Sought("because")) == [1]
        assert history.found(Sought("zzz", frozenset({b"B"}))) == [1]
        assert history.found(Sought("zzz", verbs=frozenset({b"rename_item"}))) == [0]
        assert history.found(item=A) == [0]
        assert history.found(author="Ben") == [1]
        assert history.authors() == ["Ann", "Ben"]
        assert history.reasons_since("") == {B: "Because"}
        assert len(history.days()) >= 1
