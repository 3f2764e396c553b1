"""Tables as other programs export them: each is known, and its traps are dealt with."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from roadwright.io.complaint import Imported
from roadwright.io.importing import import_file, read_sheets
from roadwright.io.tables.mapping import Mapping, importable
from roadwright.io.tables.presets import presets
from roadwright.io.tables.proposal import propose
from roadwright.model.fields import fields_of, text_of
from roadwright.model.plan import Plan
from roadwright.model.schedule import schedule
from tables import (
    codes,
    csv_file,
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


def proposed(path: Path) -> Mapping:
    source = read_sheets(path)
    assert source is not None
    return propose(source)


def preset_of(folder: Path, text: str) -> str:
    return proposed(csv_file(folder / "seen.csv", text)).preset


def own(plan: Plan, name: str, title: str) -> str:
    """What an item has in the plan's own field of that title."""
    [field] = [field for field in fields_of(plan).values() if field.title == title]
    return text_of(field, plan, field.read(plan, schedule(plan), item(plan, name)))


def own_titles(plan: Plan) -> list[str]:
    return [field.title for field in plan.fields.values()]


def test_presets_name_fields_that_there_are() -> None:
    known = {*importable(), ""}
    for preset in presets():
        assert set(preset.columns.values()) <= known, preset.id
        assert all(preset.signs), preset.id


# Jira

JIRA = """
    Summary,Issue key,Issue id,Parent id,Issue Type,Status,Status Category,Priority,Assignee,Created,\
    Due date,Labels,Labels,Sprint,Sprint,Outward issue link (Blocks),Custom field (Start date),\
    Custom field (Story Points),Original Estimate,Custom field (Launch tier)
    Faster checkout,SHOP-1,10040,,Epic,Under construction,In Progress,High,Ada Byron,02/Mar/26 9:12 AM,\
    30/Apr/26 12:00 AM,web,,,,,06/Apr/26 12:00 AM,,,Gold
    One-page basket,SHOP-2,10041,10040,Story,Signed off,Done,High,Bob Ray,03/Mar/26 3:04 PM,\
    17/Apr/26 12:00 AM,web,basket,Sprint 4,Sprint 5,SHOP-3,06/Apr/26 12:00 AM,5,,
    Wallet payment,SHOP-3,10042,10040,Story,Parked,To Do,Low,,04/Mar/26 3:04 PM,30/Apr/26 12:00 AM,,,,,,\
    20/Apr/26 12:00 AM,3,144000,Silver
"""


def test_jira(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "jira.csv", JIRA, "utf-8-sig")
    assert proposed(path).preset == "jira"
    imported = import_file(path)
    plan = imported.plan
    assert codes(imported) == []
    assert spans(plan) == {
        "SHOP-1": "2026-04-06..2026-04-30",
        "SHOP-2": "2026-04-06..2026-04-17",
        "SHOP-3": "2026-04-20..2026-04-30",
    }
    assert links(plan) == {"SHOP-2 FS SHOP-3"}
    assert (parent(plan, "SHOP-2"), parent(plan, "SHOP-3")) == ("SHOP-1", "SHOP-1")
    assert item(plan, "SHOP-2").tags == ("web", "basket")
    assert (level(plan, "SHOP-1"), level(plan, "SHOP-2")) == ("Epic", "Story")
    assert own(plan, "SHOP-2", "Sprint") == "Sprint 4, Sprint 5"
    assert own(plan, "SHOP-1", "Launch tier") == "Gold"
    assert "Created" not in own_titles(plan)


def test_what_jira_counts_a_status_as(tmp_path: Path) -> None:
    """`Under construction` says nothing of itself; the column beside it does."""
    plan = import_file(csv_file(tmp_path / "jira.csv", JIRA)).plan
    categories = {one.title: one.category for one in plan.statuses.values()}
    assert categories["Under construction"] == "doing"
    assert categories["Signed off"] == "done"
    assert categories["Parked"] == "todo"


def test_a_row_of_jira_that_is_longer_than_the_header(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        """
        Issue key,Issue id,Summary,Issue Type,Status,Labels
        SHOP-1,1,Basket,Story,To Do,web,shop
        SHOP-2,2,Wallet,Story,To Do,web
        """,
    )
    assert item(imported.plan, "SHOP-1").tags == ("web", "shop")
    assert not said(imported, "import.unmapped")


def test_estimates_of_jira_are_seconds(tmp_path: Path) -> None:
    plan = read_csv(
        tmp_path,
        """
        Summary,Issue key,Issue Type,Status,Original Estimate
        Basket,SHOP-1,Story,To Do,144000
        Wallet,SHOP-2,Story,To Do,28800
        """,
    ).plan
    assert (item(plan, "SHOP-1").effort, item(plan, "SHOP-2").effort) == (5, 1)


# Microsoft Project


def test_microsoft_project_as_csv(tmp_path: Path) -> None:
    text = """
        ID,Active,Task_Mode,Name,Duration,Scheduled_Start,Scheduled_Finish,Predecessors,Outline_Level,\
        Resource_Names,Percent_Complete
        1,Yes,Auto Scheduled,Platform,30 days,"April 6, 2026 8:00 AM","May 15, 2026 5:00 PM",,1,NA,40%
        2,Yes,Auto Scheduled,Design,10 days?,"April 6, 2026 8:00 AM","April 17, 2026 5:00 PM",,2,\
        Ada[50%],100%
        3,Yes,Auto Scheduled,Build,15 days,"April 22, 2026 8:00 AM","May 12, 2026 5:00 PM",2FS+2 days,2,\
        Bob,0%
        4,Yes,Auto Scheduled,Released,0 days,"May 12, 2026 5:00 PM","May 12, 2026 5:00 PM",3,2,,0%
        5,No,Auto Scheduled,Given up,5 days,"May 13, 2026 8:00 AM","May 19, 2026 5:00 PM",,2,,0%
        """
    assert preset_of(tmp_path, text) == "ms-project"
    imported = read_csv(tmp_path, text)
    plan = imported.plan
    assert spans(plan) == {
        "1": "2026-04-06..2026-05-12",
        "2": "2026-04-06..2026-04-17",
        "3": "2026-04-22..2026-05-12",
        "4": "2026-05-12..2026-05-12",
    }
    assert links(plan) == {"2 FS+2 3", "3 FS 4"}
    assert [parent(plan, key) for key in "234"] == ["1", "1", "1"]
    assert (item(plan, "4").kind, owner(plan, "2"), owner(plan, "1")) == ("milestone", "Ada", "")
    assert "Active" in said(imported, "import.archived")[0].message()


def test_microsoft_project_in_german(tmp_path: Path) -> None:
    text = """
        Nr.;Vorgangsmodus;Vorgangsname;Dauer;Anfang;Ende;Vorgänger;Ressourcennamen;Gliederungsebene
        1;Automatisch geplant;Plattform;30 Tage;Mo 06.04.26;Fr 15.05.26;;;1
        2;Automatisch geplant;Entwurf;10 Tage;Mo 06.04.26;Fr 17.04.26;;Ada;2
        3;Automatisch geplant;Bau;15 Tage;Mi 22.04.26;Di 12.05.26;2EA+2 Tage;Bob;2
        4;Automatisch geplant;Abnahme;0 Tage;Di 12.05.26;Di 12.05.26;3EE;;2
        """
    assert preset_of(tmp_path, text) == "ms-project"
    imported = read_csv(tmp_path, text)
    assert links(imported.plan) == {"2 FS+2 3", "3 FF 4"}
    assert spans(imported.plan)["3"] == "2026-04-22..2026-05-12"
    assert parent(imported.plan, "4") == "1"
    assert codes(imported) == []


# Smartsheet, Asana


def test_smartsheet_names_rows_and_indents_them(tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.styles import Alignment

    head = ["Task Name", "Status", "Assigned To", "Start", "Finish", "Duration", "% Complete", "Predecessors"]
    path = workbook(
        tmp_path / "sheet.xlsx",
        [
            head,
            ["Launch", None, None, date(2026, 4, 6), date(2026, 4, 24), "15d", 0.2, None],
            ["Pages", "In Progress", "Ada", date(2026, 4, 6), date(2026, 4, 17), "10d", 0.5, None],
            ["Mails", "Not Started", "Bob", date(2026, 4, 21), date(2026, 4, 22), "~2d", 0, "2FS +1d"],
            ["Live", None, None, date(2026, 4, 24), date(2026, 4, 24), "0", 0, "2, 3"],
        ],
    )
    book = load_workbook(path)
    for row in (3, 4, 5):
        book.active.cell(row, 1).alignment = Alignment(indent=1)
    for row in range(2, 6):
        book.active.cell(row, 7).number_format = "0%"
    book.save(path)
    assert proposed(path).preset == "smartsheet"
    plan = import_file(path).plan
    assert links(plan) == {"RW-2 FS+1 RW-3", "RW-2 FS RW-4", "RW-3 FS RW-4"}
    assert [parent(plan, name) for name in ("Pages", "Mails", "Live")] == ["RW-1"] * 3
    assert (item(plan, "Live").kind, item(plan, "Pages").progress) == ("milestone", 50)
    assert status(plan, "Mails") == "Not Started"


def test_asana_names_titles_below_spacer_lines(tmp_path: Path) -> None:
    text = """
        https://app.example.org/0/12345/list,,,,,,,,,
        ,,,,,,,,,
        ,,,,,,,,,
        Task ID,Created At,Name,Section/Column,Assignee,Start Date,Due Date,Tags,Notes,Parent task,\
        Blocked By (Dependencies)
        11,2026-03-01,"Plan, then act",Doing,Ada,2026-04-06,2026-04-10,core,"Two
        lines",,
        12,2026-03-01,Act,Doing,Bob,2026-04-13,2026-04-14,,,,"Plan, then act"
        13,2026-03-01,Act well,Done,,,2026-04-14,,,Act,
        """
    assert preset_of(tmp_path, text) == "asana"
    plan = read_csv(tmp_path, text).plan
    assert links(plan) == {"11 FS 12"}
    assert (parent(plan, "13"), team(plan, "12")) == ("12", "Doing")
    assert item(plan, "11").notes == "Two\nlines"
    assert own_titles(plan) == []


# monday.com

BOARD: list[list[Any]] = [
    ["Product board"],
    ["What we are up to"],
    ["This quarter"],
    ["Name", "Subitems", "Person", "Status", "Timeline - Start", "Timeline - End", "Priority"],
    ["Checkout", "Basket, Wallet", "Ada", "Working on it", date(2026, 4, 6), date(2026, 4, 17), "High"],
    ["Subitems", "Name", "Owner", "Status", "Size"],
    [None, "Basket", "Bob", "Done", "M"],
    [None, "Wallet", "Ada", "Stuck", "L"],
    ["Search", None, "Bob", "Done", date(2026, 4, 20), date(2026, 4, 24), "Low"],
    [None, None, None, None, date(2026, 4, 6), date(2026, 4, 24), None],
    [],
    ["Later"],
    ["Name", "Subitems", "Person", "Status", "Timeline - Start", "Timeline - End", "Priority"],
    ["Offline", None, None, None, None, None, "Low"],
]


def test_monday_boards_are_one_table(tmp_path: Path) -> None:
    path = workbook(tmp_path / "board.xlsx", BOARD)
    assert proposed(path).preset == "monday"
    imported = import_file(path)
    plan = imported.plan
    assert [one.title for one in plan.items.values()] == [
        "This quarter",
        "Checkout",
        "Basket",
        "Wallet",
        "Search",
        "Later",
        "Offline",
    ]
    titles = {one.key: one.title for one in plan.items.values()}
    assert titles[parent(plan, "Basket")] == titles[parent(plan, "Wallet")] == "Checkout"
    assert titles[parent(plan, "Checkout")] == titles[parent(plan, "Search")] == "This quarter"
    assert titles[parent(plan, "Offline")] == "Later"
    assert (owner(plan, "Basket"), status(plan, "Wallet")) == ("Bob", "Stuck")
    assert item(plan, "Search").start == date(2026, 4, 20)
    assert own(plan, "Wallet", "Size") == "L"
    assert codes(imported) == []


def test_a_complaint_about_a_board_names_the_cell_that_it_is_about(tmp_path: Path) -> None:
    rows = [list(row) for row in BOARD]
    rows[8][4] = "soon"
    [complaint] = said(read_rows(tmp_path, *rows), "import.not_a_date")
    assert complaint.cell == "E9"


# Aha!, Productboard


def test_aha_repeats_a_feature_for_each_of_its_requirements(tmp_path: Path) -> None:
    text = """
        Feature reference #,Feature name,Feature status,Feature start date,Feature due date,\
        Release name,Feature tags,Requirement name
        APP-1,Sign-in,In development,2026-04-06,2026-04-17,Spring,login,By mail
        APP-1,Sign-in,In development,2026-04-06,2026-04-17,Spring,secure,By key
        APP-2,Export,Shipped,2026-04-20,2026-04-24,Spring,,
        APP-3,Archive,Under consideration,,,Summer,,
        """
    assert preset_of(tmp_path, text) == "aha"
    imported = read_csv(tmp_path, text)
    plan = imported.plan
    assert [one.title for one in plan.items.values()] == ["Spring", "Sign-in", "Export", "Summer", "Archive"]
    assert item(plan, "APP-1").tags == ("login", "secure")
    assert parent(plan, "APP-2") == parent(plan, "APP-1") != parent(plan, "APP-3")
    assert codes(imported) == []
    assert said(imported, "import.joined")


def test_productboard_marks_quarters_and_writes_markup(tmp_path: Path) -> None:
    text = """
        entity_type,entity_name,description,status_name,owner_email,parent_name,Q2 2026,Q3 2026,Q4 2026
        initiative,Growth,,New idea,ada@example.org,,,,
        feature,Referrals,<p>Invite a <b>friend</b></p><ul><li>by mail</li><li>by link</li></ul>,\
        In progress,bob@example.org,Growth,X,X,
        feature,Vouchers,Plain &lt; text,Planned,bob@example.org,Growth,,,X
        """
    assert preset_of(tmp_path, text) == "productboard"
    plan = read_csv(tmp_path, text).plan
    assert item(plan, "Referrals").notes == "Invite a friend\n\n- by mail\n- by link"
    assert item(plan, "Vouchers").notes == "Plain &lt; text"
    assert spans(plan)[item(plan, "Referrals").key] == "2026-04-01..2026-09-30"
    assert spans(plan)[item(plan, "Vouchers").key] == "2026-10-01..2026-12-31"
    assert item(plan, "Vouchers").precision == "quarter"
    assert (level(plan, "Growth"), level(plan, "Referrals")) == ("Initiative", "Feature")
    assert parent(plan, "Vouchers") == item(plan, "Growth").key


# GitHub, Linear, Trello


def test_github_projects(tmp_path: Path) -> None:
    address = "https://github.com/acme/shop/issues"
    rows = [
        [
            "Title",
            "URL",
            "Assignees",
            "Status",
            "Labels",
            "Milestone",
            "Parent issue",
            "Start date",
            "Target date",
        ],
        [
            "Search",
            f"{address}/41",
            "ada, bob",
            "In Progress",
            "feature, web",
            "v2",
            "",
            "Apr 6, 2026",
            "Apr 24, 2026",
        ],
        [
            "Index",
            f"{address}/42",
            "bob",
            "Done",
            "web",
            "v2",
            f"{address}/41",
            "Apr 6, 2026",
            "Apr 10, 2026",
        ],
        ["Rank", f"{address}/43", "", "Todo", "", "", "acme/shop#41", "Apr 13, 2026", "Apr 24, 2026"],
    ]
    text = "\n".join("\t".join(row) for row in rows)
    path = tmp_path / "project.tsv"
    path.write_text(text, "utf-8")
    assert proposed(path).preset == "github"
    imported = import_file(path)
    plan = imported.plan
    assert spans(plan) == {
        "41": "2026-04-06..2026-04-24",
        "42": "2026-04-06..2026-04-10",
        "43": "2026-04-13..2026-04-24",
    }
    assert (parent(plan, "42"), parent(plan, "43")) == ("41", "41")
    assert item(plan, "41").tags == ("feature", "web")
    assert own(plan, "42", "Milestone") == "v2"
    assert codes(imported) == []


def test_linear(tmp_path: Path) -> None:
    head = (
        "ID,Team,Title,Description,Status,Estimate,Priority,Project,Assignee,Labels,Cycle Number,Cycle Name,"
        "Cycle Start,Cycle End,Created,Archived,Due Date,Parent issue,Project Milestone,SLA Status,Blocked by"
    )
    text = f"""
        {head}
        ENG-1,Engine,Search,"First line
        second line",In Progress,8,High,Discovery,ada@example.org,"bug,\
         web",7,Cycle 7,,,2026-03-01,,2026-04-24,,,,
        ENG-2,Engine,Index,,Done,3,Low,Discovery,,,7,Cycle 7,,,2026-03-01,,2026-04-10,ENG-1,,,
        ENG-3,Engine,Rank,,Todo,5,,Discovery,,,,,,,2026-03-01,,2026-04-24,ENG-1,,,ENG-2
        ENG-4,Engine,Old,,Canceled,,,,,,,,,,2026-03-01,2026-03-02,,,,,
        ENG-5,Engine,Short,,Todo
        """
    assert preset_of(tmp_path, text) == "linear"
    imported = read_csv(tmp_path, text)
    plan = imported.plan
    assert "ENG-4" not in plan.keys
    assert links(plan) == {"ENG-2 FS ENG-3"}
    assert parent(plan, "ENG-2") == "ENG-1"
    assert item(plan, "ENG-1").tags == ("Discovery", "bug", "web")
    assert item(plan, "ENG-3").effort == 5
    assert spans(plan)["ENG-3"] == "2026-04-20..2026-04-24"
    assert own(plan, "ENG-2", "Priority") == "Low"
    assert codes(imported) == []


def test_trello(tmp_path: Path) -> None:
    text = """
        Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List Name,Board Name,\
        Archived,Start Date,Due Complete
        6001,Sketch pages,https://trello.example/c/1,,"web (blue), ux (red)",ada,\
        2026-04-17T12:00:00.000Z,Doing,Website,false,2026-04-06T12:00:00.000Z,false
        6002,Write texts,https://trello.example/c/2,Short ones,,,2026-04-24T12:00:00.000Z,To do,Website,\
        false,,false
        6003,Old idea,https://trello.example/c/3,,,,,To do,Website,true,,false
        """
    assert preset_of(tmp_path, text) == "trello"
    imported = read_csv(tmp_path, text)
    plan = imported.plan
    assert [one.title for one in plan.items.values()] == ["Sketch pages", "Write texts"]
    assert (status(plan, "Sketch pages"), status(plan, "Write texts")) == ("Doing", "To do")
    assert spans(plan)[item(plan, "Sketch pages").key] == "2026-04-06..2026-04-17"
    assert "Website" not in [one.title for one in (*plan.teams.values(), *plan.items.values())]
    assert said(imported, "import.archived")


# Tables that only look like one of these


@pytest.mark.parametrize(
    "head",
    ["Title,Status,Start", "Summary,Owner,Due date", "Task Name,Start,Finish,Duration", "ID,Name,Start,End"],
)
def test_a_table_of_ones_own_is_none_of_these(tmp_path: Path, head: str) -> None:
    cells = ",".join(["A", "B", "2026-04-06", "2026-04-10"][: head.count(",") + 1])
    assert preset_of(tmp_path, f"{head}\n{cells}") == ""


def test_quarters_as_columns(tmp_path: Path) -> None:
    """Nobody's preset: what people draw by themselves."""
    plan = read_csv(
        tmp_path,
        """
        Theme,Feature,Nov,Dec,Jan,Feb
        Web,Basket,x,x,,
        Web,Wallet,,x,x,x
        App,Offline,,,,
        """,
        mapping={"Feature": "title"},
    ).plan
    basket, wallet = item(plan, "Basket"), item(plan, "Wallet")
    assert basket.start
    assert (basket.start.month, basket.precision) == (11, "month")
    assert spans(plan)[wallet.key].split("..")[1][4:8] == "-02-"
    assert item(plan, "Offline").start is None


def test_a_board_of_dates_with_a_time(tmp_path: Path) -> None:
    rows = [list(row) for row in BOARD]
    rows[4][4] = datetime(2026, 4, 6, 9, 30)
    imported: Imported = read_rows(tmp_path, *rows)
    assert item(imported.plan, "Checkout").start == date(2026, 4, 6)
