"""A field of one's own takes part wherever fields do: every kind in every place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from own_fields import FIELDS, own_plan, value
from panel_plans import Company
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.io.csv_file import write_csv
from roadwright.io.difference import Words
from roadwright.io.importing import import_file
from roadwright.io.json_export import json_bytes
from roadwright.io.markdown import escaped, markdown
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.workbook.read import read_workbook
from roadwright.model.edits.fields import add_field, remove_field, rename_field
from roadwright.model.edits.history import restore_items
from roadwright.model.edits.importing import import_plan
from roadwright.model.edits.items import duplicate_items, set_field
from roadwright.model.edits.lanes import put_in_lane
from roadwright.model.field import NUMERIC, Field
from roadwright.model.fields import fields_of, text_of
from roadwright.model.history.news import story
from roadwright.model.merge import merge
from roadwright.model.plan import Plan, new_plan
from roadwright.model.query import rows
from roadwright.model.records import Column, FieldId, ItemId, Sort, View, ViewId
from roadwright.model.refused import Refused
from roadwright.model.rows.filter_names import kept, name_of, shown
from roadwright.model.rows.filters import Asker, Reading
from roadwright.model.rows.lanes import base_of, color_place, grouping, groupings
from roadwright.model.schedule import schedule
from roadwright.ui.board.contents import contents, offered
from roadwright.ui.editors.of_fields import shown_text
from roadwright.ui.inspector.panel import Inspector
from roadwright.ui.rows_clipboard import copied, meaning, paste, read
from roadwright.ui.table.filtering import RANGED, Range, values_of, with_range, with_values, with_words
from roadwright.ui.table.page import TablePage
from roadwright.ui.table.totals import total_of
from roadwright.ui.views.names import grouping_title, value_title
from workbooks import exported

A, B, M = ItemId("A"), ItemId("B"), ItemId("M")
PROSE = ("long", "url")
"""Kinds whose values are all different: nobody makes lanes of them."""


class Case:
    """One field of the plan in which A has a value for each, and B and M have none."""

    def __init__(self, id: str, folder: Path) -> None:
        self.plan, self.folder, self.id = own_plan(), folder, FieldId(id)
        self.times = schedule(self.plan)

    @property
    def field(self) -> Field:
        return fields_of(self.plan)[f"x-{self.id}"]

    @property
    def kind(self) -> str:
        return self.field.own.kind if self.field.own else ""

    @property
    def value(self) -> object:
        return value(self.plan, "A", self.id)

    @property
    def text(self) -> str:
        return text_of(self.field, self.plan, self.value)

    def found(self, filter: str, plan: Plan | None = None) -> list[str]:
        plan = plan or self.plan
        reading = Reading(filter, plan, schedule(plan))
        assert reading.troubles == []
        return [id for id, item in plan.items.items() if reading.test(item)]

    def empty(self, plan: Plan) -> bool:
        """Whether B has no value still."""
        return value(plan, "B", self.id) in (None, False, ())

    def goes_by(self) -> str:
        """The key of the lanes that it makes."""
        return f"{self.field.key}.quarter" if self.kind == "date" else self.field.key


def in_a_typed_filter(case: Case) -> None:
    name = name_of(case.field)
    wanted = "High" if case.kind == "choice" else "Germany" if case.kind == "choices" else case.text
    written = f'{name}:"{wanted}"'
    assert case.found(written) == ["A"]
    assert case.found(f"has:{name}") == ["A"]
    assert case.found(f"no:{name}") == ["B", "M"]
    assert shown(case.plan, kept(case.plan, f"has:{name} {name}:x")) == f"has:{name} {name}:x"


def in_a_filter_after_it_was_renamed(case: Case) -> None:
    filter = kept(case.plan, f"has:{name_of(case.field)}")
    renamed = rename_field(case.plan, case.id, "Something else")
    assert case.found(filter, renamed) == ["A"]
    assert shown(renamed, filter) == "has:something-else"


def out_of_views_when_it_is_removed(case: Case) -> None:
    key, by = case.field.key, case.goes_by()
    filter = kept(case.plan, f"has:{name_of(case.field)} effort>2")
    view = View(id=ViewId("v"), title="V", group=by, color=by, stacks=by, filter=filter, sort=(Sort(key),))
    view = remove_field(case.plan.put(view), case.id).views[view.id]
    assert (view.group, view.color, view.stacks, view.filter, view.sort) == ("", "team", "", "effort>2", ())


def in_the_filter_of_its_column(case: Case) -> None:
    field, plan = case.field, case.plan
    if field.kind in RANGED:
        filter = with_range(plan, "", field, Range(case.text, case.text))
    elif field.kind in ("text", "long", "url"):
        filter = with_words(plan, "", field, case.text[:5])
    else:
        offered = values_of(plan, case.times, "", field, Asker())
        assert sum(one.count for one in offered) >= 3
        here = {text_of(field, plan, one) for one in _each(case.value)}
        filter = with_values(
            plan, "", field, [type(one)(one.text, one.count, one.text in here) for one in offered]
        )
    assert case.found(filter) == ["A"]


def in_the_search(case: Case) -> None:
    words = "Germany" if case.kind == "choices" else case.text.split("\n")[0]
    found = [row.item for row in rows(case.plan, case.times, None, search=f'"{words}"', backlog=True)]
    assert found == ["A"]


def in_the_order_of_rows(case: Case) -> None:
    view = View(id=ViewId("v"), title="", sort=(Sort(case.field.key, down=True),))
    assert [row.item for row in rows(case.plan, case.times, view, backlog=True)] == ["A", "B", "M"]


def as_lanes(case: Case) -> None:
    known = [by.key for by in groupings(case.plan) if base_of(by.key) == case.field.key]
    assert bool(known) is (case.kind not in PROSE)
    by = case.goes_by()
    lanes = [row for row in rows(case.plan, case.times, View(id=ViewId("v"), title="", group=by)) if row.path]
    heads = [row for row in lanes if row.item is None]
    heads.sort(key=lambda row: row.count)
    assert [row.count for row in heads] == [1, 2]
    assert next(row for row in lanes if row.item == "A").path == heads[0].path
    found = grouping(case.plan, by)
    assert found is not None
    assert case.field.title in grouping_title(found)
    assert value_title(case.plan, by, heads[0].value)
    if case.field.edit is None:
        with pytest.raises(Refused, match=r"lane\.derived"):
            put_in_lane(case.plan, [B], heads[0].path)
    else:
        moved = put_in_lane(case.plan, [B], heads[0].path)
        assert found.read(moved, schedule(moved), moved.items[B]) == heads[0].value
        assert case.empty(put_in_lane(moved, [B], heads[1].path))


def as_colours(case: Case) -> None:
    by = grouping(case.plan, case.goes_by())
    assert by is not None
    with_value, without = (by.read(case.plan, case.times, case.plan.items[id]) for id in (A, B))
    assert color_place(case.plan, by.key, with_value) is not None
    assert color_place(case.plan, by.key, without) in (None, color_place(case.plan, by.key, False))


def in_the_workbook_and_back(case: Case) -> None:
    plan = read_workbook(exported(case.folder, case.plan)).plan
    assert plan.since(case.plan).edits == ()


def in_csv_and_back(case: Case) -> None:
    write_csv(case.folder / "out.csv", case.plan, case.times)
    plan = import_file(case.folder / "out.csv").plan
    field = next(one for one in fields_of(plan).values() if one.title == case.field.title)
    item = plan.items[plan.keys["A"]]
    assert field.own is not None
    assert field.own.kind == case.kind
    assert text_of(field, plan, field.read(plan, schedule(plan), item)) == case.text


def in_json_and_back(case: Case) -> None:
    path = case.folder / "plan.json"
    path.write_bytes(json_bytes(case.plan, case.times))
    assert import_file(path).plan == case.plan


def in_the_file_and_back(case: Case) -> None:
    save_roadmap(case.folder / "plan.roadmap", case.plan)
    assert open_roadmap(case.folder / "plan.roadmap").plan == case.plan


def in_markdown(case: Case) -> None:
    view = View(id=ViewId("v"), title="", columns=(Column("title"), Column(case.field.key)))
    written = markdown(case.plan, case.times, view)
    assert escaped(case.field.title) in written
    assert escaped(case.text) in written


def in_a_plan_that_is_imported_into_another(case: Case) -> None:
    plan = import_plan(new_plan("Ours"), case.plan)
    field = next(one for one in fields_of(plan).values() if one.title == case.field.title)
    item = next(one for one in plan.items.values() if one.title == case.plan.items[A].title)
    assert text_of(field, plan, field.read(plan, schedule(plan), item)) == case.text


def in_a_merge(case: Case) -> None:
    if case.field.edit is None:
        mine, theirs = set_field(case.plan, [B], "x-budget", 6.0), case.plan
    else:
        mine = set_field(case.plan, [B], case.field.key, case.value)
        theirs = set_field(case.plan, [B], "x-legal" if case.id != "legal" else "x-code", case.plan and True)
    merged = merge(case.plan, mine, theirs)
    assert merged.conflicts == ()
    expected = 2.0 if case.field.edit is None else case.value
    assert value(merged.plan, "B", case.id) == expected


def in_what_changed(case: Case) -> None:
    key, edited = ("x-budget", 6.0) if case.field.edit is None else (case.field.key, case.value)
    after = set_field(case.plan, [B], key, edited)
    told = story(case.plan, case.times, after, schedule(after))
    words = Words(told, case.plan, after)
    assert any(fields_of(case.plan)[key].title in words.sentence(news) for news in told.news)


def when_the_past_comes_back(case: Case) -> None:
    if case.field.edit is not None:
        emptied = set_field(case.plan, [A], case.field.key, None)
        assert value(restore_items(emptied, case.plan, [A]), "A", case.id) == case.value


def in_a_copy_of_the_item(case: Case) -> None:
    plan = duplicate_items(case.plan, [A], {A: ItemId("copy")})
    assert value(plan, "copy", case.id) == case.value


def in_what_is_copied_and_pasted(case: Case) -> None:
    block = read(copied(case.plan, case.times, [A], [case.field], headed=False).text)
    meant = meaning(case.plan, case.times, block, [case.field], [B])
    if case.field.edit is None:
        assert [trouble.refused.code for trouble in meant.troubles] == ["field.computed"]
    else:
        assert meant.troubles == ()
        assert value(paste(case.plan, meant), "B", case.id) == case.value


def in_a_formula(case: Case) -> None:
    plan = add_field(case.plan, FieldId("f"), "F", "formula", formula=f"empty([{case.field.title}])")
    assert (value(plan, "A", "f"), value(plan, "B", "f")) == (False, case.kind != "flag")
    gone = remove_field(plan, case.id)
    why = fields_of(gone)["x-f"].fault
    assert why is not None
    fault = why(gone, schedule(gone), gone.items[A])
    assert fault is not None
    assert fault.about == case.field.title


def on_the_board(case: Case) -> None:
    by = case.goes_by()
    if case.kind in (*PROSE, "choices"):
        return
    assert by in [one.key for one in offered(case.plan)]
    board = contents(case.plan, case.times, View(id=ViewId("v"), title="", stacks=by))
    column = board.cell_of[A][1]
    assert board.columns[column].title
    assert board.cell_of[B] == board.cell_of[M] != board.cell_of[A]


def in_totals(case: Case) -> None:
    if case.field.kind in NUMERIC:
        assert total_of(case.field, case.plan, case.times, [A, B, M]) == case.value


PLACES = [
    in_a_typed_filter,
    in_a_filter_after_it_was_renamed,
    out_of_views_when_it_is_removed,
    in_the_filter_of_its_column,
    in_the_search,
    in_the_order_of_rows,
    as_lanes,
    as_colours,
    in_the_workbook_and_back,
    in_csv_and_back,
    in_json_and_back,
    in_the_file_and_back,
    in_markdown,
    in_a_plan_that_is_imported_into_another,
    in_a_merge,
    in_what_changed,
    when_the_past_comes_back,
    in_a_copy_of_the_item,
    in_what_is_copied_and_pasted,
    in_a_formula,
    on_the_board,
    in_totals,
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("id", [id for id, *_ in FIELDS])
def test_it_takes_part(id: str, place: Callable[[Case], None], tmp_path: Path) -> None:
    place(Case(id, tmp_path))


@pytest.mark.parametrize("id", [id for id, *_ in FIELDS])
def test_it_stands_in_table_and_inspector(id: str, tmp_path: Path, qtbot: QtBot) -> None:
    case = Case(id, tmp_path)
    company = Company(plan=case.plan)
    table, inspector = TablePage(*company.parts), Inspector(*company.parts)
    for widget in (table, inspector):
        qtbot.addWidget(widget)
        widget.resize(900, 700)
        widget.show()
    company.session.adjust(case.plan, columns=(Column("title"), Column(case.field.key)))
    company.session.select([A])
    QApplication.processEvents()
    row, column = table.grid.table.place_of(A), table.grid.table.place[case.field.key]
    assert row is not None
    words = shown_text(case.field, case.plan, case.value)
    assert table.grid.table.text_at(row, column) == " ".join(words.split("\n"))
    assert inspector.items.fields[case.field.key].value.whole_text() in (words, "")


def _each(value: object) -> tuple[object, ...]:
    """The values that are ticked one by one."""
    return tuple((one,) for one in value) if isinstance(value, tuple) else (value,)
