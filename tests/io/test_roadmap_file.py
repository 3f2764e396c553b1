"""A `.roadmap` gives back what was put in, and says what is wrong with it when it can't."""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from arbitrary import plans
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from roadwright.io.complaint import Complaint
from roadwright.io.roadmap_file import (
    Opened,
    file_digest,
    open_roadmap,
    read_roadmap,
    save_roadmap,
    written,
)
from roadwright.io.roadmap_lines import VERSION, read_lines, record_lines, step_line
from roadwright.io.salvage import MOST_COMPLAINTS, Findings
from roadwright.model.change import Change
from roadwright.model.document import Document, Step
from roadwright.model.edits.items import add_item, rename_item, resize_item
from roadwright.model.edits.links import add_link
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.history.past import read_step
from roadwright.model.plan import Plan, new_plan
from roadwright.model.problems import problems
from roadwright.model.records import CUSTOM_KINDS, TABLES, Item, ItemId, Link, LinkId, PersonId, TeamId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

FILES = Path(__file__).parents[1] / "files"


def small_plan() -> Plan:
    plan = new_plan("Small")
    plan = plan.drop(plan.info).put(replace(plan.info, id="plan"))
    plan = add_team(plan, TeamId("t1"), "Payments")
    plan = add_person(plan, PersonId("p1"), "Ann", "ann@example.com", TeamId("t1"))
    start = date(2026, 3, 2)
    plan = add_item(
        plan, ItemId("i1"), title="Checkout", start=start, team=TeamId("t1"), owner=PersonId("p1")
    )
    plan = add_item(plan, ItemId("i2"), title="Wallet “2.0” 🚀", duration=8)
    plan = add_item(plan, ItemId("i3"), title="Launch", kind="milestone", parent=ItemId("i2"))
    return add_link(plan, LinkId("l1"), ItemId("i1"), ItemId("i2"), "FS", 2)


def small_document() -> Document:
    document = Document(small_plan(), author="Ann")
    document.commit(rename_item, ItemId("i1"), "Checkout 3")
    document.commit(resize_item, ItemId("i1"), date(2026, 3, 9), 7)
    return document


def small_file() -> bytes:
    document = small_document()
    return written(document.kept, (), document.done)


def codes(opened: Opened) -> list[str]:
    return [complaint.code for complaint in opened.complaints]


def resealed(lines: list[bytes]) -> bytes:
    """A file of these lines, its last line as it must be: what another program could write."""
    body = b"".join(line + b"\n" for line in lines)
    seal = {"lines": len(lines), "sha256": hashlib.sha256(body).hexdigest()}
    return body + json.dumps({"end": seal}, separators=(",", ":")).encode() + b"\n"


def altered(change: Callable[[dict[str, typing.Any]], object], table: str, id: str) -> Opened:
    """The small file as another program would write it, with one record changed."""
    lines = small_file().splitlines()[:-1]
    for n, line in enumerate(lines):
        values = json.loads(line)
        if values.get("table") == table and values.get("id") == id:
            change(values)
            lines[n] = json.dumps(values).encode()
    return read_roadmap(resealed(lines), "small.roadmap")


def with_record(**values: object) -> Opened:
    lines = small_file().splitlines()[:-1]
    return read_roadmap(resealed([*lines, json.dumps(values).encode()]), "small.roadmap")


# What is written comes back


@settings(max_examples=60, deadline=None)
@given(plans())
def test_what_is_written_is_what_is_read(plan: Plan) -> None:
    opened = read_roadmap(written(plan), "p.roadmap")
    assert opened.plan == plan
    assert opened.complaints == ()


def values_of(kind: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Any value of a type that a record may hold, found from the record's own annotations."""
    if isinstance(kind, typing.NewType):
        return values_of(kind.__supertype__)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{name: values_of(hints[name]) for name in kind.__struct_fields__})
    origin, of = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*map(values_of, of))
    if origin is tuple:
        return st.lists(values_of(of[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(values_of(of[0]), values_of(of[1]), max_size=3)
    if origin is typing.Literal:
        return st.sampled_from(of)
    plain = {
        float: st.floats(allow_nan=False, allow_infinity=False),
        int: st.integers(-(2**62), 2**62),
        str: st.text(),
        bool: st.booleans(),
        date: st.dates(),
        type(None): st.none(),
    }
    return plain[kind]


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_every_record_survives(table: str, data: st.DataObject) -> None:
    records = {record.id: record for record in data.draw(st.lists(values_of(TABLES[table]), max_size=3))}
    plan = Plan(**{table: records})
    findings = Findings("p.roadmap")
    tables, _ = read_lines([b"", *record_lines(table, plan)], VERSION, True, findings)
    assert tables[table] == records
    assert findings.complaints() == ()


def test_a_document_comes_back_from_the_disk_with_its_history(tmp_path: Path) -> None:
    document = small_document()
    path = tmp_path / "small.roadmap"
    digest = save_roadmap(path, document.kept, document.past, document.done)
    opened = open_roadmap(path)
    assert opened.plan == document.kept
    assert opened.complaints == ()
    assert not opened.damaged
    assert opened.digest == digest == file_digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    first, second = map(read_step, opened.history)
    assert (first.verb, first.author, second.verb) == ("rename_item", "Ann", "resize_item")
    before = small_plan()
    after = before.apply(Change.from_patch(first.patch, before.tables()))
    assert after.items[ItemId("i1")].title == "Checkout 3"
    assert after.apply(Change.from_patch(second.patch, after.tables())) == document.kept


def test_history_of_the_file_is_passed_on_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "small.roadmap"
    path.write_bytes(small_file())
    opened = open_roadmap(path)
    again = Document(opened.plan, past=opened.history)
    again.commit(rename_item, ItemId("i2"), "Purse")
    save_roadmap(path, again.kept, again.past, again.done)
    assert open_roadmap(path).history[:2] == opened.history
    assert len(open_roadmap(path).history) == 3


def test_two_saves_differ_only_in_the_time_and_the_seal_over_it() -> None:
    one = small_file().splitlines()
    shuffled = Plan(
        **{name: dict(reversed(table.items())) for name, table in small_document().kept.tables().items()}
    )
    other = written(shuffled, one[-3:-1]).splitlines()
    assert one[1:-1] == other[1:-1]
    header, again = json.loads(one[0]), json.loads(other[0])
    assert header.pop("saved")
    assert again.pop("saved")
    assert header == again


def test_lines_are_sorted_by_table_and_id() -> None:
    lines = [json.loads(line) for line in small_file().splitlines()]
    order = [(list(TABLES).index(line["table"]), line["id"]) for line in lines if "table" in line]
    assert order == sorted(order)
    assert lines[0]["format"] == "roadmap"
    assert lines[-1]["end"]["lines"] == len(lines) - 1


@pytest.mark.parametrize("path", sorted(FILES.glob("v*.roadmap")), ids=lambda path: path.name)
def test_a_file_of_every_version_opens_as_it_was_meant(path: Path) -> None:
    opened = open_roadmap(path)
    assert opened.complaints == ()
    assert opened.plan.info.title == "Every kind of record"
    seen = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found = json.loads(msgspec.json.encode(opened.plan))
    assert {name: table for name, table in found.items() if table} == seen


def test_the_newest_file_has_every_kind_of_record_and_of_field() -> None:
    plan = open_roadmap(FILES / f"v{VERSION}.roadmap").plan
    assert all(plan.tables().values())
    assert {field.kind for field in plan.fields.values()} == set(CUSTOM_KINDS)
    filled = {plan.fields[id].kind for item in plan.items.values() for id in item.custom}
    assert filled == set(CUSTOM_KINDS) - {"formula"}


def test_the_newest_file_says_something_with_every_attribute() -> None:
    for name, table in open_roadmap(FILES / f"v{VERSION}.roadmap").plan.tables().items():
        plain = {
            field.name: field.default_factory() if field.default is msgspec.NODEFAULT else field.default
            for field in msgspec.structs.fields(next(iter(table.values())))
            if not field.required
        }
        for attribute, default in plain.items():
            said = [getattr(record, attribute) for record in table.values()]
            assert any(value != default for value in said), f"{name}.{attribute}"


def test_the_format_has_not_changed_without_a_new_version() -> None:
    data = (FILES / f"v{VERSION}.roadmap").read_bytes()
    opened = read_roadmap(data, "")
    assert written(opened.plan, opened.history).splitlines()[1:-1] == data.splitlines()[1:-1]


# Damage


def test_no_flipped_byte_goes_unnoticed() -> None:
    good = small_file()
    whole = read_roadmap(good, "small.roadmap")
    for at in range(len(good)):
        bad = bytearray(good)
        bad[at] ^= 1 << at % 8
        assert _told_or_harmless(bytes(bad), whole), f"byte {at} became {bad[at]:#x}"


def test_no_cut_goes_unnoticed() -> None:
    good = small_file()
    whole = read_roadmap(good, "small.roadmap")
    records = good.index(b'{"table":"levels"')
    for at in range(0, len(good), 3):
        assert _told_or_harmless(good[:at], whole), f"cut at {at}"
        if at >= records:
            read_roadmap(good[:at], "small.roadmap")  # not refused: there is something left


def _told_or_harmless(data: bytes, whole: Opened) -> bool:
    try:
        opened = read_roadmap(data, "small.roadmap")
    except Refused as refused:
        return refused.code.startswith("file.")
    same = opened.plan == whole.plan and opened.history == whole.history
    schedule(opened.plan)
    return opened.damaged or same


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_leaves_a_sound_plan_or_a_refusal(data: st.DataObject) -> None:
    lines = small_file().splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(lines) - 1))
        lines[n] = data.draw(
            st.sampled_from(
                [b"", lines[n] * 2, b"\0" * 40, lines[n][: len(lines[n]) // 2], lines[0], lines[-1]]
            )
            | st.binary(max_size=40)
        )
    try:
        plan = read_roadmap(b"".join(lines), "small.roadmap").plan
    except Refused:
        return
    problems(plan, schedule(plan))
    for item in plan.items.values():
        assert item.parent is None or item.parent in plan.items
        assert item.team is None or item.team in plan.teams
    assert len(plan.keys) == len(plan.items)
    assert read_roadmap(written(plan), "again.roadmap").complaints == ()


def test_a_lost_line_is_named() -> None:
    lines = small_file().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"RW-2"' in line)
    lines[at] = lines[at][:-20] + b"\n"
    opened = read_roadmap(b"".join(lines), "small.roadmap")
    lost = next(c for c in opened.complaints if c.code == "file.line_unreadable")
    assert lost.line == at + 1
    assert "item RW-2" in lost.message()
    assert codes(opened) == [
        "file.altered",
        "file.line_unreadable",
        "file.reference_lost",  # RW-3 stood under it
        "file.link_end_missing",
    ]
    assert list(opened.plan.keys) == ["RW-1", "RW-3"]


def test_a_cut_file_keeps_every_whole_line() -> None:
    good = small_file()
    opened = read_roadmap(good[: good.index(b'{"table":"links"') + 30], "small.roadmap")
    assert codes(opened) == ["file.cut", "file.line_unreadable"]
    assert len(opened.plan.items) == 3
    assert opened.plan.links == {}


def test_missing_lines_are_counted() -> None:
    lines = small_file().splitlines(keepends=True)
    opened = read_roadmap(b"".join(lines[:5] + lines[7:]), "small.roadmap")
    assert codes(opened)[0] == "file.lines_missing"
    assert opened.complaints[0].message().startswith("2 of ")


def test_a_file_saved_twice_into_one_another_is_read_once() -> None:
    good = small_file()
    opened = read_roadmap(good + good, "small.roadmap")
    assert opened.plan == read_roadmap(good, "small.roadmap").plan
    assert codes(opened) == ["file.after_end"]


def test_line_ends_of_another_system_lose_nothing() -> None:
    good = small_file()
    opened = read_roadmap(b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n"), "small.roadmap")
    assert opened.plan == read_roadmap(good, "small.roadmap").plan
    assert codes(opened) == ["file.altered"]


def test_a_lost_header_loses_nothing_else() -> None:
    good = small_file()
    opened = read_roadmap(b"#" + good, "small.roadmap")
    assert opened.plan == read_roadmap(good, "small.roadmap").plan
    assert codes(opened) == ["file.altered", "file.header"]


# Refused


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "file.empty", "is empty"),
        (b" \n\n", "file.empty", "is empty"),
        (b"\0" * 5000, "file.zeros", "power"),
        (b"PK\x03\x04" + b"xl/workbook.xml", "file.other_kind", "workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "file.other_kind", "password"),
        (b"%PDF-1.7", "file.other_kind", "PDF"),
        (b"\x89PNG\r\n", "file.other_kind", "picture"),
        (b"<?xml version='1.0'?><project name='x'>", "file.other_kind", "GanttProject"),
        (b"Key;Title\nRW-1;A\n", "file.other_kind", "import it"),
        (b'{"format":"roadmaps","version":1}', "file.other_kind", "JSON"),
        (b"[" * 100_000, "file.other_kind", "JSON"),
        (b'{"format":"roadmap","version":1}\n', "file.nothing_left", "nothing of the plan"),
        (b'{"format":"road', "file.nothing_left", "nothing of the plan"),
        (b'{"format":"roadmap","version":9}\n{"table":"x"}\n', "file.newer", "up to 2"),
        (bytes(range(256)), "file.other_kind", "another program"),
    ],
)
def test_what_is_no_roadmap_is_refused_in_words(tmp_path: Path, data: bytes, code: str, said: str) -> None:
    from roadwright.io.strings import say

    path = tmp_path / "strange.roadmap"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        open_roadmap(path)
    assert refused.value.code == code
    words = say(refused.value.code, **refused.value.values)
    assert said in words
    assert str(path) in words


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "file.folder"),
        (tmp_path / "none", "file.missing"),
        (Path("/dev/zero"), "file.not_file"),
    ):
        if path.exists() or code == "file.missing":
            with pytest.raises(Refused) as refused:
                open_roadmap(path)
            assert refused.value.code == code


# Strange content


def test_records_that_lead_nowhere_are_mended() -> None:
    opened = altered(lambda item: item.update(team="gone", parent="gone", status="gone"), "items", "i1")
    assert codes(opened) == ["file.reference_lost"] * 3
    assert all(complaint.line for complaint in opened.complaints)
    item = opened.plan.items[ItemId("i1")]
    assert (item.team, item.parent, item.status) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"id": "l2", "source": "i1", "target": "gone"}, "file.link_end_missing"),
        ({"id": "l2", "source": "i1", "target": "i1"}, "file.link_family"),
        ({"id": "l2", "source": "i2", "target": "i3"}, "file.link_family"),
        ({"id": "l2", "source": "i1", "target": "i2", "lag": 9}, "file.link_twice"),
        ({"id": "l1", "source": "i1", "target": "i3"}, "file.id_twice"),
        ({"id": "l2", "source": "i1"}, "file.record_incomplete"),
        ({"id": "l2", "source": "i1", "target": ["i2"]}, "file.field_unreadable"),
    ],
)
def test_links_that_can_not_be_are_left_out(values: dict[str, object], code: str) -> None:
    opened = with_record(table="links", **values)
    assert code in codes(opened)
    assert list(opened.plan.links) == ["l1"]
    assert opened.plan.links[LinkId("l1")].target == "i2"


def test_a_second_record_of_an_id_is_left_out() -> None:
    opened = with_record(table="items", id="i1", key="RW-9", title="Impostor")
    assert codes(opened) == ["file.id_twice"]
    assert "RW-9" in opened.complaints[0].message()
    assert opened.plan.items[ItemId("i1")].title == "Checkout 3"


def test_a_key_used_twice_becomes_two() -> None:
    opened = with_record(table="items", id="i9", key="RW-2", title="Other")
    assert codes(opened) == ["file.key_twice"]
    assert opened.plan.items[ItemId("i2")].key == "RW-2"
    assert opened.plan.items[ItemId("i9")].key == "RW-4"


def test_a_circle_of_parents_is_opened() -> None:
    opened = altered(lambda item: item.update(parent="i3"), "items", "i2")
    assert codes(opened) == ["file.parent_circle"]
    parents = {id: item.parent for id, item in opened.plan.items.items()}
    assert parents in ({"i1": None, "i2": None, "i3": "i2"}, {"i1": None, "i2": "i3", "i3": None})


def test_a_loop_of_links_is_kept_for_the_person_to_open() -> None:
    opened = with_record(table="links", id="l2", source="i2", target="i1")
    assert opened.complaints == ()
    assert any(p.code.startswith("link") for p in problems(opened.plan, schedule(opened.plan)))


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("duration", 0, 1),
        ("duration", -5, 1),
        ("duration", 10**25, 100_000),
        ("duration", "a week", 5),
        ("progress", 250, 100),
        ("effort", -3, None),
        ("start", "0000-00-00", None),
        ("start", "99999-01-01", None),
        ("start", "2026-02-30", None),
        ("kind", "hexagon", "bar"),
        ("tags", "growth", ()),
        ("title", {"text": [1, 2]}, ""),
        ("rank", 10**400, 0.0),
    ],
)
def test_impossible_values_give_way_to_possible_ones(field: str, value: object, kept: object) -> None:
    opened = altered(lambda item: item.update({field: value}), "items", "i1")
    assert codes(opened) in (["file.out_of_range"], ["file.field_unreadable"])
    assert "RW-1" in opened.complaints[0].message()
    item = opened.plan.items[ItemId("i1")]
    assert getattr(item, field) == kept
    assert item.key == "RW-1"
    schedule(opened.plan)


def test_the_first_and_last_days_of_the_calendar_can_be_scheduled() -> None:
    for day in ("0001-01-01", "9999-12-31"):
        opened = altered(lambda item, day=day: item.update(start=day, duration=100_000), "items", "i1")
        assert opened.complaints == ()
        times = schedule(opened.plan)
        times.dates(ItemId("i1"))
        times.slack(ItemId("i2"))


def test_an_unknown_field_is_said_and_left_out() -> None:
    opened = altered(lambda item: item.update(colour="red"), "items", "i1")
    assert codes(opened) == ["file.field_unknown"]
    assert opened.plan == small_document().kept


def test_a_plan_without_its_frame_gets_one() -> None:
    lines = [
        line
        for line in small_file().splitlines()[:-1]
        if b'"properties"' not in line and b'"calendars"' not in line
    ]
    opened = read_roadmap(resealed(lines), "small.roadmap")
    assert codes(opened) == ["file.no_properties", "file.no_calendar"]
    assert opened.plan.info.id == json.loads(lines[0])["plan"]
    assert schedule(opened.plan).end is not None
    twice = with_record(table="properties", id="other", title="Second")
    assert codes(twice) == ["file.second_properties"]
    assert twice.plan.info.title == "Small"


def test_a_calendar_without_working_days_gets_some() -> None:
    opened = altered(lambda calendar: calendar.update(weekdays=[7, -1]), "calendars", "standard")
    assert codes(opened) == ["file.calendar_impossible"]
    assert opened.plan.calendars[opened.plan.info.calendar].weekdays == (0, 1, 2, 3, 4)
    endless = {"first": "0001-01-01", "last": "9999-12-31"}
    opened = altered(lambda calendar: calendar.update(holidays=[endless]), "calendars", "standard")
    assert codes(opened) == ["file.calendar_impossible"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"table":"items","id":"x","key":' + b"[" * 200_000,
        b'{"table":' * 100_000,
        b'{"table":"items","id":"x","key":"K","rank":NaN}',
        b'{"table":"items","id":"x","key":"K","title":"\\ud800"}',
        b'{"table":"items","id":"x","key":"K","title":"\xff\xfe"}',
        b'{"table":"items","id":"x","key":"K","title":"' + b"a" * (1 << 24) + b'"}',
        b'{"table":"items","id":"x","key":' + b"9" * 100_000 + b"}",
        b'{"table":"nonsense","id":"x"}',
        b'{"table":["items"],"id":"x"}',
        b'{"table":"items"}',
        b'{"tables":"items"}',
        b"null",
        b"42",
        b'"text"',
        b"\0\0\0\0",
    ],
    ids=lambda line: line[:30].decode("latin-1") + f"...{len(line)}",
)
def test_hostile_lines_are_left_out(line: bytes) -> None:
    lines = small_file().splitlines()[:-1]
    opened = read_roadmap(resealed([*lines, line]), "small.roadmap")
    assert opened.plan == small_document().kept
    assert len(opened.complaints) in (1, 2)
    assert opened.complaints[0].line == len(lines) + 1
    assert len(opened.complaints[0].message()) < 300


def test_a_megabyte_of_notes_is_kept() -> None:
    notes = "日本 " * 300_000
    opened = altered(lambda item: item.update(notes=notes), "items", "i1")
    assert opened.complaints == ()
    assert opened.plan.items[ItemId("i1")].notes == notes


def test_a_million_lines_of_history_are_not_looked_at() -> None:
    step = step_line(Step("rename_item", Change(), "2026-05-04T08:00:00+00:00"))
    lines = small_file().splitlines()[:-1]
    opened = read_roadmap(resealed(lines + [step] * 1_000_000), "small.roadmap")
    assert len(opened.history) == 1_000_002
    assert opened.complaints == ()


def test_a_broken_history_is_understood_only_when_asked() -> None:
    lines = small_file().splitlines()[:-1]
    opened = read_roadmap(resealed([*lines, b'{"time":"?"}']), "small.roadmap")
    assert opened.complaints == ()
    with pytest.raises(Refused, match=r"file\.step_strange"):
        read_step(opened.history[-1])


def test_complaints_are_listed_up_to_a_limit() -> None:
    lines = small_file().splitlines()[:-1]
    opened = read_roadmap(resealed(lines + [b"?"] * 3000), "small.roadmap")
    assert len(opened.complaints) == MOST_COMPLAINTS + 1
    assert opened.complaints[-1].message() == "2000 further complaints are not listed."


def test_complaints_carry_the_place() -> None:
    [complaint] = with_record(table="links", id="l2", source="i1", target="gone").complaints
    line = len(small_file().splitlines())
    assert complaint == Complaint(
        "file.link_end_missing", {"what": "link RW-1 → ?"}, "small.roadmap", line=line, done="file.left_out"
    )
    assert complaint.as_json()["message"] == "An item at one end is missing: link RW-1 → ?."
    assert complaint.as_json()["done"] == "Left out."


# Saving


def test_nothing_is_written_over_what_another_program_wrote(tmp_path: Path) -> None:
    path = tmp_path / "small.roadmap"
    digest = save_roadmap(path, small_plan())
    assert save_roadmap(path, small_plan(), expected=digest)
    path.write_bytes(path.read_bytes() + b"\n")
    theirs = path.read_bytes()
    with pytest.raises(Refused, match=r"file\.changed"):
        save_roadmap(path, small_plan(), expected=digest)
    assert path.read_bytes() == theirs


def test_what_would_not_come_back_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "small.roadmap"
    save_roadmap(path, small_plan())
    before = path.read_bytes()
    for bad in (
        Item(id=ItemId("x"), key="RW-9", rank=float("nan")),
        Item(id=ItemId("x"), key="RW-9", title="\ud800"),
    ):
        with pytest.raises(Refused) as refused:
            save_roadmap(path, small_plan().put(bad))
        assert refused.value.values["what"] == "item RW-9"
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["small.roadmap"]


def test_a_plan_that_needs_mending_can_still_be_saved(tmp_path: Path) -> None:
    plan = small_plan().put(Link(id=LinkId("l9"), source=ItemId("gone"), target=ItemId("i1")))
    save_roadmap(tmp_path / "odd.roadmap", plan)
    assert codes(open_roadmap(tmp_path / "odd.roadmap")) == ["file.link_end_missing"]
