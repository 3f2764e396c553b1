"""A workbook that nobody touched gives back the identical plan."""

from __future__ import annotations

import re
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from arbitrary import plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from roadwright.io.sample import sample_plan
from roadwright.io.workbook.read import is_ours, read_workbook
from roadwright.io.workbook.write import write_workbook
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import View, ViewId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from workbooks import TODAY, answered, changed, codes, exported, resaved_by_libreoffice, rewritten

NASTY = (
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+x",
    "-y",
    "@z",
    "\tt",
    "\rr",
    "a\r\nb\rc\n",
    "_x0041_ _x005F_",
    "'quoted",
    "x" * 40_000,
    "😀" * 20_000,
    "שלום עולם",
    "\u202eabc",
    "\x00\x01\x1f\x7f",
    "\ufffe\uffff",
    "  both  ",
    "12",
    "1e5",
    "TRUE",
    "2027-01-01",
    "<&>]]>",
    "&amp;",
    "[Start]",
    "#REF!",
    "rw:title",
    "~*?",
)
texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
dates = st.dates(date(1850, 1, 1), date(2300, 1, 1))


@st.composite
def nasty_plans(draw: st.DrawFn) -> Plan:
    """Plans whose texts and dates are such that a cell can't hold them as they are."""
    plan = draw(plans(max_items=4))
    plan = plan.put(replace(plan.info, title=draw(texts)))
    for table, name in (("teams", "title"), ("people", "name"), ("levels", "title"), ("statuses", "title")):
        records = plan.table(table).values()
        plan = plan.put(*(replace(record, **{name: draw(texts)}) for record in records))
    return plan.put(
        *(
            replace(
                item,
                title=draw(texts),
                notes=draw(texts),
                tags=tuple(draw(st.lists(texts, max_size=2))),
                start=draw(st.just(item.start) | dates),
                deadline=draw(st.none() | dates),
                effort=draw(st.none() | st.floats(0, 1e12)),
            )
            for item in plan.items.values()
        )
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans() | nasty_plans())
def test_an_untouched_workbook_gives_back_the_plan(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        imported = read_workbook(exported(Path(folder), plan))
    assert imported.plan.since(plan).edits == ()
    assert imported.complaints == ()
    assert imported.counts["changed"] == imported.counts["added"] == imported.counts["removed"] == 0


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(nasty_plans())
def test_openpyxl_changes_nothing_by_saving(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        imported = answered(exported(Path(folder), plan), lambda hand: None)
    assert (changed(plan, imported), imported.complaints) == ({}, ())
    assert imported.plan.since(plan).edits == ()


def test_libreoffice_changes_nothing_by_saving(tmp_path: Path) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(plans() | nasty_plans())
    def collect(plan: Plan) -> None:
        path = tmp_path / f"{len(written)}.xlsx"
        write_workbook(path, plan, schedule(plan), None, TODAY)
        written.append((path, plan))

    sample = sample_plan(TODAY)
    written: list[tuple[Path, Plan]] = [(exported(tmp_path, sample), sample)]
    collect()
    saved = resaved_by_libreoffice(tmp_path, *(path for path, _ in written))
    for path, (_, plan) in zip(saved, written, strict=True):
        imported = read_workbook(path)
        assert (changed(plan, imported), imported.complaints) == ({}, ())
        assert imported.plan.since(plan).edits == ()
        assert is_ours(path)


def test_every_view_without_a_filter_holds_the_whole_plan(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)
    for view in (view for view in plan.views.values() if not view.filter):
        imported = read_workbook(exported(tmp_path, plan, view))
        assert imported.plan.since(plan).edits == (), view.title


def test_a_filtered_view_holds_what_it_shows_and_no_more(tmp_path: Path) -> None:
    plan = planned(
        "A FS B; B FS C; C FS D",
        A=("Mon", 2, {"notes": "secret of A"}),
        B=(None, 2, {"title": "Wanted", "notes": "shown"}),
        C=(None, 2, {"notes": "secret of C", "effort": 9.0}),
        D=(None, 2, {"notes": "secret of D"}),
    )
    view = View(id=ViewId("v"), title="Wanted", filter="title:wanted")
    path = exported(tmp_path, plan, view)
    items = read_workbook(path).plan.items
    assert {item.key for item in items.values()} == {"A", "B", "C"}, "what B is linked with comes along"
    assert [item.notes for item in items.values() if item.notes] == ["shown"]
    assert all(item.effort is None for item in items.values())


def test_an_empty_plan_and_a_plan_without_dates(tmp_path: Path) -> None:
    for plan in (new_plan(""), planned(A=(None, 3), B=(None, 0))):
        imported = read_workbook(exported(tmp_path, plan))
        assert imported.plan.since(plan).edits == ()
        assert imported.complaints == ()


def test_what_is_too_long_for_a_cell_is_said(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 2, {"notes": "n" * 40_000}))
    complaints = write_workbook(tmp_path / "long.xlsx", plan, schedule(plan), None, TODAY)
    assert [(c.code, c.cell, c.level) for c in complaints] == [("workbook.cut", "Q5", "note")]
    assert "A" in complaints[0].message()
    assert complaints[0].remedy()
    assert read_workbook(tmp_path / "long.xlsx").plan.since(plan).edits == ()


def test_progress_is_told_and_can_cancel(tmp_path: Path) -> None:
    plan = planned(**{f"A{n}": ("Mon", 1) for n in range(30)})
    told: list[tuple[int, int]] = []
    path = tmp_path / "p.xlsx"
    write_workbook(path, plan, schedule(plan), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (60, 60)
    before = path.read_bytes()

    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        if done > 10:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_workbook(path, plan, schedule(plan), progress=cancel)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["p.xlsx"]


def test_is_ours(tmp_path: Path) -> None:
    path = exported(tmp_path, planned(A=("Mon", 1)))
    assert is_ours(path)
    strings_only = rewritten(
        path,
        {
            "xl/workbook.xml": lambda data: data.replace(b"rw_", b"xx_").replace(b"_sync", b"other"),
            "docProps/custom.xml": lambda data: b"<a/>",
        },
    )
    assert is_ours(strings_only)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    text = tmp_path / "text.csv"
    text.write_text("Key;Title")
    for path in (other, text, tmp_path / "absent.xlsx", tmp_path):
        assert not is_ours(path)


def test_a_workbook_of_others_is_refused_in_words(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Milk", "Bread"])
    book.save(tmp_path / "shopping.xlsx")
    with pytest.raises(Refused) as refusal:
        read_workbook(tmp_path / "shopping.xlsx")
    assert refusal.value.code == "workbook.no_table"


def test_a_damaged_part_is_refused_by_name(tmp_path: Path) -> None:
    path = exported(tmp_path, planned(A=("Mon", 1)))
    cut = rewritten(path, {"xl/worksheets/sheet2.xml": lambda data: data[: len(data) // 2]})
    with pytest.raises(Refused) as refusal:
        read_workbook(cut)
    assert refusal.value.code == "workbook.damaged"
    assert refusal.value.values["part"] == "xl/worksheets/sheet2.xml"


def test_no_text_of_people_is_ever_a_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://example.org","x")'
    plan = sample_plan(TODAY)
    plan = plan.put(
        replace(plan.info, title=evil),
        *(replace(team, title=evil + team.title) for team in plan.teams.values()),
        *(replace(person, name="@" + person.name) for person in plan.people.values()),
        *(replace(item, title=evil, notes="+" + item.title, tags=("-1",)) for item in plan.items.values()),
    )
    path = exported(tmp_path, plan)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for name in names:
            if name.startswith("xl/worksheets/sheet"):
                formulas = re.findall(r"<f[^>]*>([^<]*)</f>", archive.read(name).decode())
                assert not [f for f in formulas if "HYPERLINK" in f or "example.org" in f]
        assert not [name for name in names if "external" in name.lower() or "hyperlink" in name.lower()]
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")
    assert read_workbook(path).plan.since(plan).edits == ()


def test_complaints_name_the_file(tmp_path: Path) -> None:
    imported = answered(
        exported(tmp_path, planned(A=("Mon", 1))), lambda hand: hand.put("A", start="soonish")
    )
    assert codes(imported) == ["value.unreadable"]
    assert imported.complaints[0].file == "edited-plan.xlsx"
    assert imported.complaints[0].sheet == "Roadmap"
