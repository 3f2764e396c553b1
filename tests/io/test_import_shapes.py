"""Tables as tools export them and people draw them: headers, groups, hierarchies, formulas, own columns."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from roadwright.io.importing import import_file, sheet_names
from tables import (
    codes,
    item,
    level,
    links,
    owner,
    parent,
    read_csv,
    read_rows,
    said,
    spans,
    status,
    team,
    workbook,
)

MON = date(2026, 1, 5)


def test_title_rows_above_blank_columns_and_totals(tmp_path: Path) -> None:
    imported = read_rows(
        tmp_path,
        ["Product plan 2026"],
        ["As of 1 January, draft"],
        [],
        [None, "Task", None, "Owner", "Start", "End", "Days"],
        [None, "Design", None, "Ada", MON, date(2026, 1, 9), 5],
        [],
        [None, "Build", None, "Bob", date(2026, 1, 12), date(2026, 1, 23), 10],
        [None, "Task", None, "Owner", "Start", "End", "Days"],
        [None, "Ship", None, "Bob", date(2026, 1, 26), date(2026, 1, 26), 1],
        [None, "Total", None, None, None, None, 16],
        [None, None, None, None, None, None, "all days are working days"],
    )
    assert spans(imported.plan) == {
        "RW-1": "2026-01-05..2026-01-09",
        "RW-2": "2026-01-12..2026-01-23",
        "RW-3": "2026-01-26..2026-01-26",
    }
    assert codes(imported) == []
    assert codes(imported, "note") == ["import.header_again", "import.total", "import.no_title"]
    assert "10" in said(imported, "import.total")[0].message()


def test_a_header_over_two_lines_with_merged_cells(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Feature", "Team", "Planned", None, "Actual", None])
    sheet.append([None, None, "Start", "End", "Start", "End"])
    sheet.append(["Search", "Web", MON, date(2026, 1, 9), None, None])
    sheet.append(["Login", "Web", date(2026, 1, 12), date(2026, 1, 16), None, None])
    for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        sheet.merge_cells(area)
    book.save(tmp_path / "plan.xlsx")
    plan = import_file(tmp_path / "plan.xlsx").plan
    assert spans(plan)[item(plan, "Login").key] == "2026-01-12..2026-01-16"
    assert team(plan, "Search") == "Web"


def test_merged_cells_hold_for_all_their_rows(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (
        ["Team", "Task", "Start"],
        ["Web", "A", MON],
        [None, "B", MON],
        ["Ops", "C", MON],
        ["Ops", "D", MON],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "plan.xlsx")
    plan = import_file(tmp_path / "plan.xlsx").plan
    assert [team(plan, name) for name in "ABCD"] == ["Web", "Web", "Ops", "Ops"]


def test_group_rows_become_parents(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path,
        ["ID", "Task name", "Start", "Finish"],
        ["Phase 1"],
        [1, "A", MON, MON],
        [2, "B", MON, MON],
        ["Phase 2"],
        [3, "C", MON, MON],
    ).plan
    assert [item(plan, item_).title for item_ in ("Phase 1", "Phase 2")] == ["Phase 1", "Phase 2"]
    assert plan.items[item(plan, "B").parent or ""].title == "Phase 1"
    assert plan.items[item(plan, "C").parent or ""].title == "Phase 2"


def test_titles_alone_before_runs_of_dated_rows_are_groups(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path,
        ["Task name", "Start", "Finish"],
        ["Discovery"],
        ["A", MON, MON],
        ["B", MON, MON],
        ["Delivery"],
        ["C", MON, MON],
        ["D", MON, MON],
    ).plan
    assert (plan.items[item(plan, "B").parent or ""].title) == "Discovery"
    assert len(plan.items) == 6


def test_titles_alone_at_the_end_are_a_backlog(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path, ["Task name", "Start", "Finish"], ["A", MON, MON], ["B", MON, MON], ["Some day"], ["Maybe"]
    ).plan
    assert all(one.parent is None for one in plan.items.values())


def test_hierarchy_by_leading_blanks(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path,
        ["Task", "Start"],
        ["A", None],
        ["   B", MON],
        ["\u00a0\u00a0\u00a0C", MON],
        ["      D", MON],
        ["E", MON],
    ).plan
    assert [parent(plan, name) for name in "BCDE"] == ["RW-1", "RW-1", "RW-3", ""]
    assert item(plan, "D").title == "D"


def test_one_blank_too_many_is_no_hierarchy(tmp_path: Path) -> None:
    plan = read_rows(tmp_path, ["Task", "Start"], ["A", MON], [" B", MON], ["C", MON]).plan
    assert all(one.parent is None for one in plan.items.values())


def test_hierarchy_by_indents(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    sheet = book.active
    for row, (title, indent) in enumerate((("Task", 0), ("A", 0), ("B", 1), ("C", 2), ("D", 1), ("E", 0)), 1):
        sheet.cell(row, 1, title).alignment = Alignment(indent=indent)
        sheet.cell(row, 2, "Start" if row == 1 else MON)
    book.save(tmp_path / "plan.xlsx")
    plan = import_file(tmp_path / "plan.xlsx").plan
    assert [parent(plan, name) for name in "ABCDE"] == ["", "RW-1", "RW-2", "RW-1", ""]


def test_hierarchy_by_outline_level(tmp_path: Path) -> None:
    plan = read_csv(
        tmp_path, "Name,Outline Level,Start\nA,1,\nB,2,2026-01-05\nC,3,2026-01-05\nD,2,2026-01-05"
    ).plan
    assert [parent(plan, name) for name in "ABCD"] == ["", "RW-1", "RW-2", "RW-1"]


def test_hierarchy_by_outline_numbers_that_lost_their_zero(tmp_path: Path) -> None:
    rows = [
        [1, "Root"],
        *([float(f"1.{n}"), f"T{n}"] for n in range(1, 10)),
        [1.1, "T10"],
        [1.11, "T11"],
        [2, "Next"],
    ]
    imported = read_rows(
        tmp_path, ["WBS", "Task", "Start"], *([*row, MON] for row in rows), ["1.10.1", "Below", MON]
    )
    plan = imported.plan
    assert parent(plan, "T9") == item(plan, "Root").key
    assert parent(plan, "T11") == item(plan, "Root").key
    assert parent(plan, "Below") == item(plan, "T10").key
    assert parent(plan, "Next") == ""


def test_a_column_of_groups_beside_a_column_of_teams(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        """
        Epic,Task,Team,Start
        Payments,A,Web,2026-01-05
        Payments,B,Web,2026-01-05
        Search,C,Ops,2026-01-05
        Search,D,Ops,2026-01-05
        """,
    )
    plan = imported.plan
    assert len(plan.items) == 6
    assert parent(plan, "B") == item(plan, "Payments").key
    assert [plan.items[id].title for id in plan.outline.order] == ["Payments", "A", "B", "Search", "C", "D"]
    assert "2" in said(imported, "import.groups_made")[0].message()


def test_a_parent_with_the_only_dates_keeps_them(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path,
        ["Task", "Start", "Finish"],
        ["Epic", MON, date(2026, 1, 30)],
        ["   A"],
        ["   B"],
        ["Other", MON, MON],
    ).plan
    assert spans(plan)["RW-1"] == "2026-01-05..2026-01-30"


def test_formulas_without_results_are_worked_out(tmp_path: Path) -> None:
    imported = read_rows(
        tmp_path,
        ["Task", "Start", "End", "Days"],
        ["A", MON, "=B2+D2-1", 5],
        ["B", "=C2+1", "=B3+((D3*14)/2)", 1],
        ["C", "=WORKDAY(C2,1)", "=MAX(B4,C3)+7", None],
        ["D", "=VLOOKUP(A2,A1:B9,2)", "=NOW()", 2],
    )
    plan = imported.plan
    assert item(plan, "A").start == MON
    assert spans(plan)["RW-1"] == "2026-01-05..2026-01-09"
    assert item(plan, "B").start == date(2026, 1, 10)
    assert spans(plan)["RW-2"] == "2026-01-12..2026-01-16"
    assert item(plan, "C").start == date(2026, 1, 12)
    missing = said(imported, "import.uncalculated")
    assert [complaint.cell for complaint in missing] == ["B5", "C5"]
    assert "VLOOKUP" in missing[0].message()
    assert item(plan, "D").start is None


def test_a_formula_that_refers_to_itself(tmp_path: Path) -> None:
    imported = read_rows(tmp_path, ["Task", "Start"], ["A", "=B3+1"], ["B", "=B2+1"], ["C", MON])
    assert len(said(imported, "import.uncalculated")) == 2


def test_percentages_by_format_and_as_fractions(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Task", "% Complete", "Progress of the rest"])
    for row, done in enumerate((1, 0.5, 0), 2):
        sheet.cell(row, 1, f"T{row}")
        sheet.cell(row, 2, done).number_format = "0%"
    book.save(tmp_path / "plan.xlsx")
    plan = import_file(tmp_path / "plan.xlsx").plan
    assert [item(plan, name).progress for name in ("T2", "T3", "T4")] == [100, 50, 0]
    plan = read_csv(tmp_path, "Task,Progress\nA,0.25\nB,1\nC,").plan
    assert [item(plan, name).progress for name in "ABC"] == [25, 100, 0]


def test_numbers_of_rows_as_predecessors(tmp_path: Path) -> None:
    """A Smartsheet export has no ids: predecessors are numbers of rows, durations `5d`, `~2d`."""
    imported = read_csv(
        tmp_path,
        """
        Task Name,Duration,Start,Finish,Predecessors,Assigned To,% Complete
        A,5d,01/05/26,01/09/26,,ada@example.org,50%
        B,~2d,01/12/26,01/13/26,1,bob@example.org,
        C,1d,01/15/26,01/15/26,2FS +1d,,
        D,0,01/15/26,01/15/26,"1, 3",,
        """,
    )
    assert links(imported.plan) == {"RW-1 FS RW-2", "RW-2 FS+1 RW-3", "RW-1 FS RW-4", "RW-3 FS RW-4"}
    assert said(imported, "import.row_numbers")
    assert item(imported.plan, "D").kind == "milestone"
    assert codes(imported) == []
    assert owner(imported.plan, "B") == "bob@example.org"


def test_numbers_of_sheet_rows_as_predecessors(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path,
        ["My plan"],
        [],
        ["Task", "Start", "Depends on"],
        ["A", MON, None],
        ["B", MON, 4],
        ["C", MON, "4, 5"],
    ).plan
    assert links(plan) == {"RW-1 FS RW-2", "RW-1 FS RW-3", "RW-2 FS RW-3"}


def test_microsoft_project_in_german(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        """
        Nr.;Vorgangsname;Dauer;Anfang;Ende;Vorgänger;Ressourcennamen;% Abgeschlossen
        1;Entwurf;10 Tage?;Mo 05.01.26;Fr 16.01.26;;Ada[50%];100%
        2;Bau;2 Wochen;Do 22.01.26;Mi 04.02.26;1EA+3 Tage;Bob;25%
        3;Abnahme;0 Tage;Mi 04.02.26;Mi 04.02.26;2EE;;0%
        """,
    )
    plan = imported.plan
    assert links(plan) == {"1 FS+3 2", "2 FF 3"}
    assert spans(plan) == {
        "1": "2026-01-05..2026-01-16",
        "2": "2026-01-22..2026-02-04",
        "3": "2026-02-04..2026-02-04",
    }
    assert (owner(plan, "1"), item(plan, "2").progress, item(plan, "3").kind) == ("Ada", 25, "milestone")
    assert codes(imported) == []


def test_microsoft_project_in_english(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        """
        ID,Active,Task Mode,Name,Duration,Start,Finish,Predecessors,Outline Level,Resource Names
        1,Yes,Auto Scheduled,Release,,"January 5, 2026 8:00 AM","January 16, 2026 5:00 PM",,1,NA
        2,Yes,Auto Scheduled,Design,5 days,"January 5, 2026 8:00 AM","January 9, 2026 5:00 PM",,2,Ada
        3,Yes,Manually Scheduled,Build,5 days,"January 12, 2026 8:00 AM","January 16, 2026 5:00 PM",2FS,2,Bob
        """,
    )
    plan = imported.plan
    assert (parent(plan, "2"), parent(plan, "3")) == ("1", "1")
    assert spans(plan)["1"] == "2026-01-05..2026-01-16"
    assert links(plan) == {"2 FS 3"}
    assert [one.name for one in plan.people.values()] == ["Ada", "Bob"]


def test_jira(tmp_path: Path) -> None:
    head = "Summary,Issue key,Issue id,Issue Type,Status,Assignee,Custom field (Start date),Due date,"
    imported = read_csv(
        tmp_path,
        f"""
        {head}Labels,Labels,Parent id,Outward issue link (Blocks),Original Estimate
        Checkout,SHOP-1,10001,Epic,In Progress,Ada,05/Jan/26,30/Jan/26 9:41 AM,web,,,,
        Basket,SHOP-2,10002,Story,Done,Bob,05/Jan/26,09/Jan/26,web,shop,10001,SHOP-3,144000
        Payment,SHOP-3,10003,Story,To Do,,12/Jan/26,16/Jan/26,,,10001,,28800
        """,
    )
    plan = imported.plan
    assert (parent(plan, "SHOP-2"), parent(plan, "SHOP-3")) == ("SHOP-1", "SHOP-1")
    assert item(plan, "SHOP-2").tags == ("web", "shop")
    assert links(plan) == {"SHOP-2 FS SHOP-3"}
    assert (level(plan, "SHOP-1"), level(plan, "SHOP-2")) == ("Epic", "Story")
    assert spans(plan)["SHOP-3"] == "2026-01-12..2026-01-16"
    assert item(plan, "SHOP-2").effort == 5
    assert plan.info.prefix == "SHOP"
    assert status(plan, "SHOP-3") == "To Do"


def test_asana(tmp_path: Path) -> None:
    """Parents and dependencies are titles; lines above the header."""
    imported = read_csv(
        tmp_path,
        """
        https://app.example.org/0/1,,,,,,
        ,,,,,,
        Task ID,Name,Section/Column,Assignee,Start Date,Due Date,Parent task,Blocked By (Dependencies)
        11,"Plan, then act",Doing,Ada,2026-01-05,2026-01-09,,
        12,Act,Doing,Bob,2026-01-12,2026-01-13,,"Plan, then act"
        13,Act well,Done,Bob,,2026-01-13,Act,
        """,
    )
    plan = imported.plan
    assert links(plan) == {"11 FS 12"}
    assert parent(plan, "13") == "12"
    assert (team(plan, "11"), team(plan, "13")) == ("Doing", "Done")


def test_linear(tmp_path: Path) -> None:
    """Rows shorter than the header; labels in one cell."""
    plan = read_csv(
        tmp_path,
        """
        ID,Team,Title,Status,Estimate,Project,Assignee,Labels,Due Date,Parent issue,Blocked by
        ENG-1,Engine,Search,In Progress,3,Discovery,ada@example.org,"bug, web",2026-01-09,,
        ENG-2,Engine,Index,Todo,5,Discovery,,,2026-01-16,ENG-1,
        ENG-3,Engine,Rank,Todo
        """,
    ).plan
    assert parent(plan, "ENG-2") == "ENG-1"
    assert item(plan, "ENG-1").tags == ("bug", "web", "Discovery")
    assert item(plan, "ENG-3").effort is None
    assert item(plan, "ENG-2").effort == 5


def test_quarters_and_months_are_spans_with_their_precision(tmp_path: Path) -> None:
    plan = read_csv(
        tmp_path, "Feature,Start,End\nA,Q2 2026,\nB,Mar 2026,Apr 2026\nC,,H2 2026\nD,2026-01-05,2026-01-06"
    ).plan
    assert spans(plan) == {
        "RW-1": "2026-04-01..2026-06-30",
        "RW-2": "2026-03-02..2026-04-30",
        "RW-3": "2026-07-01..2026-12-31",
        "RW-4": "2026-01-05..2026-01-06",
    }
    assert [item(plan, name).precision for name in "ABCD"] == ["quarter", "month", "half", "day"]


def test_only_a_due_date(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Task,Due date\nA,2026-01-16\nB,2026-01-23")
    assert spans(imported.plan)["RW-1"] == "2026-01-12..2026-01-16"
    assert said(imported, "import.duration_assumed")


def test_headings_in_other_languages(tmp_path: Path) -> None:
    for text in (
        "Tâche;Responsable;Date de début;Date de fin;Durée\nA;Ada;05/01/2026;16/01/2026;10 jours",
        "Tarea;Responsable;Fecha de inicio;Fecha de fin;Duración\nA;Ada;05/01/2026;16/01/2026;10 días",
        "Tarefa;Responsável;Início;Término;Duração\nA;Ada;05/01/2026;16/01/2026;10 dias",
        "タスク名,担当者,開始日,終了日,工期\nA,Ada,2026年1月5日,2026年1月16日,10日",
        "Aufgabe;Verantwortlich;Beginn;Ende;Dauer\nA;Ada;05.01.2026;16.01.2026;10 Tage",
    ):
        plan = read_csv(tmp_path, text).plan
        assert spans(plan) == {"RW-1": "2026-01-05..2026-01-16"}, text
        assert owner(plan, "A") == "Ada", text


def test_headings_spelt_almost_right(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Task Nmae,Strat Date,Enddate,Assignees:\nA,2026-01-05,2026-01-06,Ada").plan
    assert spans(plan) == {"RW-1": "2026-01-05..2026-01-06"}
    assert owner(plan, "A") == "Ada"


def test_several_owners(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, 'Task,Owner\nA,"Ada, Bob"\nB,Bob\nC,Ada & Cleo\nD,')
    assert [owner(imported.plan, name) for name in "ABCD"] == ["Ada", "Bob", "Ada", ""]
    assert item(imported.plan, "A").notes == "Owner: Ada, Bob"


def test_family_names_first(tmp_path: Path) -> None:
    plan = read_csv(
        tmp_path, 'Task,Assignee\nA,"Lovelace, Ada"\nB,"Babbage, Charles"\nC,"Lovelace, Ada"'
    ).plan
    assert {person.name for person in plan.people.values()} == {"Lovelace, Ada", "Babbage, Charles"}


def test_hidden_sheets_are_not_chosen_but_can_be(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(
        tmp_path / "plan.xlsx",
        [["Task", "Start", "End", "Owner", "Status"], ["Hidden", MON, MON, "Ada", "Done"]],
        [["Task"], ["Seen"], ["Also"]],
        titles=["Old", "New"],
    )
    book = load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    assert [one.title for one in import_file(path).plan.items.values()] == ["Seen", "Also"]
    assert [one.title for one in import_file(path, sheet="Old").plan.items.values()] == ["Hidden"]


def test_dates_with_a_time_are_the_day(tmp_path: Path) -> None:
    plan = read_rows(
        tmp_path,
        ["Task", "Start", "Deadline"],
        ["A", datetime(2026, 1, 5, 9, 30), datetime(2026, 1, 6, 23, 59, 59, 999_900)],
    ).plan
    assert (item(plan, "A").start, item(plan, "A").deadline) == (MON, date(2026, 1, 7))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    rows = [["Task", "Owner", "Start"], ["Prüfung", "Zoë", "2026-01-05"], ["Café", "", "2026-01-06"]]
    path = tmp_path / "plan.csv"
    path.write_bytes(end.join(delimiter.join(row) for row in rows).encode(encoding))
    plan = import_file(path).plan
    assert owner(plan, "Prüfung") == "Zoë"
    assert item(plan, "Café").start == date(2026, 1, 6)


def test_japanese_from_an_old_excel(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes("タスク名,開始日\n要件ヒアリング,2026/1/5\n".encode("cp932"))
    imported = import_file(path)
    assert item(imported.plan, "要件ヒアリング").start == MON
    assert "Shift-JIS" in said(imported, "import.encoding_guessed")[0].message()


def test_a_line_that_names_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("sep=;\r\nTask;Start\r\nA, B, C;2026-01-05\r\nD;x\r\n", "utf-8", newline="")
    imported = import_file(path)
    assert item(imported.plan, "A, B, C").start == MON
    assert said(imported, "import.not_a_date")[0].line == 4


def test_an_open_document(tmp_path: Path) -> None:
    path = tmp_path / "plan.ods"
    name = "urn:oasis:names:tc:opendocument:xmlns"
    rows = (
        ("string", "string-value", ("Task", "Start", "End")),
        ("date", "date-value", ("A", "2026-01-05", "2026-01-09")),
    )
    body = ""
    for kind, attribute, values in rows:
        cells = "".join(
            f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"/>'
            if value != "A"
            else '<table:table-cell office:value-type="string"><text:p>A</text:p></table:table-cell>'
            for value in values
        )
        body += f"<table:table-row>{cells}</table:table-row>"
    body += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{name}:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
            f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Plan">'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    imported = import_file(path)
    assert spans(imported.plan) == {"RW-1": "2026-01-05..2026-01-09"}
    assert sheet_names(path) == ["Plan"]


def test_calamine_reads_what_openpyxl_does(tmp_path: Path) -> None:
    """More rows than openpyxl is trusted with: the same plan by the other reader."""
    rows = [["ID", "Task", "Start", "End", "Owner"]]
    rows += [
        [n, f"T{n}", date(2026, 1, 5 + n % 20), date(2026, 2, 1 + n % 20), f"P{n % 7}"]
        for n in range(1, 3200)
    ]
    large = import_file(workbook(tmp_path / "large.xlsx", rows))
    small = import_file(workbook(tmp_path / "small.xlsx", rows[:51]))
    assert large.counts["items"] == 3199
    first = [one for one in large.plan.items.values() if int(one.key) <= 50]
    assert [(one.title, one.start, one.duration) for one in first] == [
        (one.title, one.start, one.duration) for one in small.plan.items.values()
    ]


def test_headings_in_a_language_that_is_not_known(tmp_path: Path) -> None:
    """What is in the columns tells days from texts; the rest are own fields."""
    imported = read_rows(
        tmp_path,
        ["المهمة", "تاريخ البدء", "تاريخ الانتهاء", "المسؤول"],
        ["تصميم الواجهة", MON, date(2026, 1, 9), "أحمد"],
        ["بناء الخادم", date(2026, 1, 12), date(2026, 1, 16), "أحمد"],
        ["اختبار النظام", date(2026, 1, 19), date(2026, 1, 20), "ليلى"],
    )
    assert list(spans(imported.plan).values()) == [
        *("2026-01-05..2026-01-09", "2026-01-12..2026-01-16", "2026-01-19..2026-01-20")
    ]
    assert item(imported.plan, "بناء الخادم")
    assert [field.title for field in imported.plan.fields.values()] == ["المسؤول"]


@pytest.mark.parametrize(
    "head",
    [["Risk", "Probability", "Impact"], ["Name", "Owner", "Comment"], ["Person", "Team", "Effort"]],
    ids=str,
)
def test_another_table_below_is_left_and_named(tmp_path: Path, head: list[str]) -> None:
    rows = [["Task", "Start", "Finish"], ["Design", MON, MON], ["Build", MON, MON], [], head]
    imported = read_rows(tmp_path, *rows, ["Fire", "low", "high"], ["Flood", "low", "low"])
    assert [one.title for one in imported.plan.items.values()] == ["Design", "Build"]
    [told] = said(imported, "import.other_table")
    assert (told.line, ", ".join(head) in told.message()) == (5, True)
    assert "2 rows" in told.message()


def test_a_gap_with_more_rows_below_is_no_other_table(tmp_path: Path) -> None:
    imported = read_rows(
        tmp_path,
        ["Task", "Start", "Finish", "Owner"],
        ["Design", MON, MON, "Ada"],
        [],
        ["Build", "tbd", "Q2 2026", "Bob"],
        [],
        ["Phase two", None, None, None],
        ["Ship", "later", "when ready", "Bob"],
    )
    assert {"Design", "Build", "Ship"} <= {one.title for one in imported.plan.items.values()}
    assert said(imported, "import.other_table") == []


def test_a_table_too_wide_says_where_it_was_cut(tmp_path: Path) -> None:
    wide = [f"C{n}" for n in range(500)]
    imported = read_rows(tmp_path, ["Task", "Start", *wide], ["Design", MON, *wide])
    [told] = said(imported, "import.columns_beyond")
    assert "OK–SH" in told.message()
    assert len(imported.plan.fields) == 60
    assert "(338)" in said(imported, "import.unmapped")[0].message()
