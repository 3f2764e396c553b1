"""Bad input: each gets a clear message with its place, keeps what is good, and loses nothing silently."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from roadwright.io.importing import import_file
from roadwright.io.strings import say
from roadwright.model.refused import Refused
from tables import codes, item, links, owner, parent, read_csv, read_rows, said, spans, workbook

MON = date(2026, 1, 5)


def refusal(path: Path, **options: object) -> Refused:
    with pytest.raises(Refused) as refused:
        import_file(path, **options)  # type: ignore[arg-type]
    assert path.name in say(refused.value.code, **refused.value.values)
    return refused.value


def test_a_workbook_without_cells(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "plan.xlsx", [])).code == "import.no_rows"


def test_a_header_and_nothing_below(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "plan.xlsx", [["Task", "Start", "End"]])).code == "import.no_rows"


def test_no_row_looks_like_a_header(tmp_path: Path) -> None:
    found = refusal(workbook(tmp_path / "plan.xlsx", [[1, 2, 3], [4, 5, 6]], titles=["Numbers"]))
    assert found.code == "import.no_header"
    assert "Numbers" in say(found.code, **found.values)


def test_text_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "letter.csv"
    path.write_text("Dear all,\n\nwe are late. Sorry, again.\n", "utf-8")
    assert refusal(path).code == "import.no_header"


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"")
    assert refusal(path).code == "import.empty"


def test_blank_lines_only(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"\r\n ,, \r\n\r\n")
    assert refusal(path).code in ("import.no_rows", "import.no_header")


def test_dates_that_are_not_dates(tmp_path: Path) -> None:
    imported = read_rows(
        tmp_path,
        ["Key", "Task", "Start", "End"],
        ["A", "Good", MON, date(2026, 1, 9)],
        ["B", "Bad", "soon", date(2026, 1, 16)],
        ["C", "Worse", MON, "2026-02-31"],
        ["D", "Nothing", "TBD", "n/a"],
    )
    bad = said(imported, "import.not_a_date")
    assert [(complaint.sheet, complaint.cell, complaint.line) for complaint in bad] == [
        ("Sheet1", "C3", 3),
        ("Sheet1", "D4", 4),
        ("Sheet1", "C5", 5),
    ]
    assert "soon" in bad[0].message()
    assert "Start" in bad[0].message()
    assert "kept" in bad[0].remedy()
    assert len(imported.plan.items) == 4
    assert item(imported.plan, "B").start == date(2026, 1, 12)  # counted back from its end
    assert item(imported.plan, "C").start == MON
    assert spans(imported.plan)["D"] == ""


def test_a_complaint_as_json(tmp_path: Path) -> None:
    imported = read_rows(tmp_path, ["Task", "Start"], ["A", "soon"], ["B", MON])
    (complaint,) = said(imported, "import.not_a_date")
    assert json.loads(json.dumps(complaint.as_json())) == {
        "file": "plan.xlsx",
        "sheet": "Sheet1",
        "cell": "B2",
        "line": 2,
        "code": "import.not_a_date",
        "message": "Start: “soon” is not a date.",
        "done": "The row was kept without this date.",
    }


def test_lines_of_a_text_table_count_quoted_line_ends(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, 'Task,Notes,Start\nA,"one\ntwo\nthree",2026-01-05\nB,,soon')
    (complaint,) = said(imported, "import.not_a_date")
    assert (complaint.line, complaint.cell, complaint.sheet) == (5, "", "")


def test_unknown_predecessors(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Depends on\nA,A,\nB,B,A; Z\nC,C,all v1.0 items")
    assert links(imported.plan) == {"A FS B"}
    found = said(imported, "import.unknown_predecessor")
    assert [(complaint.line, complaint.values["text"]) for complaint in found] == [
        (3, "Z"),
        (4, "all v1.0 items"),
    ]


def test_titles_that_several_rows_have(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Depends on\nA,Design,\nB,Design,\nC,Build,Design")
    assert links(imported.plan) == set()
    assert said(imported, "import.ambiguous_predecessor")[0].line == 4


def test_a_loop_is_named_and_opened_at_its_last_link(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Depends on\nA,A,C\nB,B,A\nC,C,B\nD,D,C")
    (complaint,) = said(imported, "import.loop")
    assert complaint.line == 4
    message = complaint.message()
    assert any(loop in message for loop in ("A → B → C → A", "B → C → A → B", "C → A → B → C"))
    assert "B → C" in complaint.remedy()
    assert links(imported.plan) == {"C FS A", "A FS B", "C FS D"}


def test_two_tangled_loops(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Depends on\nA,A,B\nB,B,A; C\nC,C,B; D\nD,D,C")
    assert len(said(imported, "import.loop")) == 3
    assert len(imported.plan.links) == 3


def test_a_thicket_of_loops_keeps_what_goes_down(tmp_path: Path) -> None:
    rows = [f"K{n},T{n},K{(n + 1) % 300}; K{(7 * n + 3) % 300}" for n in range(300)]
    imported = read_csv(tmp_path, "Key,Title,Depends on\n" + "\n".join(rows))
    assert said(imported, "import.loops")
    assert 30 < len(imported.plan.links) < 300


def test_a_loop_by_way_of_a_parent(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Parent,Depends on\nP,P,,\nA,A,P,X\nX,X,,P")
    assert len(said(imported, "import.loop")) == 1
    assert links(imported.plan) == {"X FS A"}


def test_a_row_that_waits_for_itself_or_its_family(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path, "Key,Title,Parent,Depends on\nP,P,,\nA,A,P,A; P\nB,B,P,A FS+1d; A FS+2d; A; A SS"
    )
    assert links(imported.plan) == {"A FS+1 B", "A SS B"}
    assert codes(imported) == [
        "import.link_self",
        "import.link_family",
        "import.link_twice",
        "import.link_twice",
    ]


def test_parents_in_a_circle(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Parent\nA,A,B\nB,B,A\nC,C,C\nD,D,nowhere")
    assert codes(imported) == ["import.parent_loop", "import.own_parent", "import.unknown_parent"]
    assert (parent(imported.plan, "A"), parent(imported.plan, "B")) == ("B", "")


def test_finish_before_start(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Task,Start,End\nA,2026-01-09,2026-01-05\nB,2026-01-05,2026-01-06")
    (complaint,) = said(imported, "import.finish_before_start")
    assert complaint.line == 2
    assert item(imported.plan, "A").start == date(2026, 1, 9)
    assert spans(imported.plan)["RW-2"] == "2026-01-05..2026-01-06"


@pytest.mark.parametrize("when", ["0020-01-05", "1900-01-01", "9999-12-31", "2500-01-01"])
def test_years_out_of_range(tmp_path: Path, when: str) -> None:
    imported = read_csv(tmp_path, f"Task,Start\nA,{when}\nB,2026-01-05")
    assert said(imported, "import.year_range")[0].line == 2
    assert item(imported.plan, "A").start is None


def test_dates_that_can_be_read_in_two_ways(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Task,Start\nA,04/05/2026\nB,05/05/2026")
    assert item(imported.plan, "A").start == date(2026, 4, 5)
    assert said(imported, "import.day_or_month")
    imported = read_csv(tmp_path, "Task,Start\nA,04/05/2026\nB,25/05/2026")
    assert item(imported.plan, "A").start == date(2026, 5, 4)
    assert codes(imported) == []


def test_a_text_of_a_megabyte(tmp_path: Path) -> None:
    long = "Lorem ipsum " * 90_000
    path = tmp_path / "plan.csv"
    path.write_text(
        f"Title,Owner,Team,Start,Depends on,Notes\n{','.join([long] * 6)}\nB,Ada,,2026-01-05,,\n",
        "utf-8",
    )
    imported = import_file(path)
    first = next(iter(imported.plan.items.values()))
    assert len(first.title) == 300
    assert first.notes.count(long.strip()) == 2  # its notes, and the whole of its title
    assert owner(imported.plan, "B") == "Ada"
    assert len(imported.plan.people) == 1
    assert {complaint.line for complaint in imported.complaints if complaint.line} == {2}
    assert max(len(complaint.message()) for complaint in imported.complaints) < 300
    assert {"import.long_title", "import.long_name", "import.not_a_date"} <= set(codes(imported))


@pytest.mark.parametrize("cell", ["1," * 400_000, "A" + " " * 900_000 + "B", '"' * 900_001, "1-" * 400_000])
@pytest.mark.parametrize("heading", ["Depends on", "Tags", "Duration", "Owner", "Start", "Key", "Notes"])
def test_long_cells_that_are_hard_to_match(tmp_path: Path, heading: str, cell: str) -> None:
    path = tmp_path / "plan.tsv"
    quoted = cell.replace('"', '""')
    path.write_text(f'Title\t{heading}\nA\t"{quoted}"\nB\t\n', "utf-8")
    assert len(import_file(path).plan.items) == 2


def test_right_to_left_and_emoji_titles(tmp_path: Path) -> None:
    names = ["תכנון מסלול", "خارطة الطريق ٢", "🚀 Launch 👩‍👩‍👧", "日本語のタイトル", "a\u202eb", "Ǻcombined"]
    imported = read_csv(tmp_path, "Title,Start\n" + "\n".join(f"{name},2026-01-05" for name in names))
    assert [one.title for one in imported.plan.items.values()] == names
    assert codes(imported) == []


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Title,Notes\nA\x07B,x\x08y")
    assert [(one.title, one.notes) for one in imported.plan.items.values()] == [("AB", "xy")]


def test_mojibake_is_pointed_out(tmp_path: Path) -> None:
    wrong = "Prüfung für Größe".encode().decode("cp1252")
    imported = read_csv(tmp_path, f"Title,Start\n{wrong},2026-01-05")
    (complaint,) = said(imported, "import.mojibake")
    assert "Prüfung für Größe" in complaint.message()
    assert next(iter(imported.plan.items.values())).title == wrong


def test_an_open_quote(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, 'Title,Notes\nA,fine\nB,"never closed\nC,lost\nD,lost')
    assert said(imported, "import.open_quote")[0].line == 3
    assert len(imported.plan.items) == 2


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["Task", "Start", "Finish"])
    sheet.append(["A", MON, (date(2026, 1, 9) - date(1904, 1, 1)).days])
    book.save(tmp_path / "plan.xlsx")
    assert spans(import_file(tmp_path / "plan.xlsx").plan) == {"RW-1": "2026-01-05..2026-01-09"}


def test_serial_numbers_as_dates(tmp_path: Path) -> None:
    serial = (MON - date(1899, 12, 30)).days
    imported = read_rows(
        tmp_path, ["Task", "Start", "Finish"], ["A", serial, serial + 4.9999999], ["B", 12, 1e9]
    )
    assert spans(imported.plan)["RW-1"] == "2026-01-05..2026-01-10".replace("10", "09")
    assert [complaint.cell for complaint in said(imported, "import.not_a_date")] == ["B3", "C3"]


def test_errors_of_formulas(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, ["Task", "Start", "Owner"])
    sheet.write_row(1, 0, ["A"])
    sheet.write_formula(1, 1, "=B9+1", None, "#REF!")
    sheet.write_formula(1, 2, "=VLOOKUP(1,A:B,2)", None, "#N/A")
    book.close()
    imported = import_file(path)
    assert [complaint.cell for complaint in said(imported, "import.cell_error")] == ["B2", "C2"]
    assert imported.plan.people == {}


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Duration", "a while", "import.not_a_duration"),
        ("Duration", "-3", "import.duration_range"),
        ("Duration", "1e9", "import.not_a_duration"),
        ("Duration", "99999999", "import.duration_range"),
        ("Progress", "120%", "import.not_a_percent"),
        ("Progress", "half", "import.not_a_percent"),
        ("Effort", "-4", "import.not_a_number"),
        ("Effort", "lots", "import.not_a_number"),
        ("Pinned", "perhaps", "import.not_a_flag"),
        ("Horizon", "someday", "import.not_a_choice"),
        ("Precision", "roughly", "import.not_a_choice"),
        ("Deadline", "asap", "import.not_a_date"),
        ("Depends on", "RW-1 FS+50%", "import.lag"),
    ],
)
def test_values_out_of_place(tmp_path: Path, heading: str, value: str, code: str) -> None:
    imported = read_csv(tmp_path, f"Key,Title,Start,{heading}\nRW-1,A,2026-01-05,\nRW-2,B,2026-01-05,{value}")
    (complaint,) = said(imported, code)
    assert complaint.line == 3
    assert value in complaint.message()
    assert complaint.remedy()
    assert len(imported.plan.items) == 2


def test_pinned_without_a_date(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Title,Start,Pinned\nA,,yes\nB,2026-01-05,")
    assert not item(imported.plan, "A").pinned
    assert codes(imported) == ["import.pinned_nowhere"]


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Title,Created,Blank,Reporter\nA,2026-01-05,,Kim")
    assert said(imported, "import.unmapped")[0].values == {"count": 2, "columns": "Created, Reporter"}
    assert said(imported, "import.unmapped")[0].level == "note"


def test_more_cells_than_headings(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Title,Start\nA,2026-01-05,extra,cells\nB").plan
    assert len(plan.items) == 2


def test_nothing_is_said_of_a_good_table(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Start,Duration\nRW-1,A,2026-01-05,3")
    assert imported.complaints == ()
