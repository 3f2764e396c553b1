"""The sheets that say how things stand: they agree with the schedule, and they follow what is edited."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from arbitrary import plans
from big_plans import plan_of
from hypothesis import given, settings
from msgspec.structs import replace
from office import colors_of, delete_row, edited_in_office, insert_row, put, sort_down
from plans import day, planned
from roadwright.io.returned import as_json, merged, read_returned
from roadwright.io.sample import sample_plan
from roadwright.io.workbook.content import Content
from roadwright.io.workbook.lists_sheet import lane_colors, lane_list
from roadwright.io.workbook.options import Options
from roadwright.io.workbook.package import Package
from roadwright.io.workbook.sheet_cells import Formula, column_name
from roadwright.io.workbook.write import write_workbook
from roadwright.model.plan import Plan
from roadwright.model.records import Team, TeamId
from roadwright.model.schedule import schedule
from workbooks import Hand, at_hand, edited, exported, resaved_by_libreoffice, through_libreoffice


def grid(path: Path, sheet: str) -> dict[str, Any]:
    """Address to content, formulas by their results."""
    with Package(path) as package:
        ref = next(ref for ref in package.sheets if ref.name == sheet)
        return {
            f"{column_name(column)}{row}": value.value if isinstance(value, Formula) else value
            for row, cells in package.rows(ref)
            for column, value in cells.items()
        }


def links(cells: dict[str, Any]) -> dict[tuple[str, str], tuple[str, Any]]:
    """State and slack of each link by the keys of its ends."""
    rows = [int(address[1:]) for address in cells if address[0] == "B" and address[1:].isdecimal()]
    return {
        (cells[f"B{row}"], cells[f"H{row}"]): (cells[f"A{row}"], cells.get(f"L{row}"))
        for row in rows
        if row > 7
    }


def beside(cells: dict[str, Any], name: str, steps: int = 1) -> Any:
    """The number so many columns right of a name."""
    address = next(address for address, value in cells.items() if value == name)
    letters = address.rstrip("0123456789")
    return cells[f"{chr(ord(letters) + steps)}{address[len(letters) :]}"]


def test_links_stand_as_the_schedule_says(tmp_path: Path) -> None:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr | Mo
    # A    ==========
    # B                ==   ======             FS, driven
    # C          ==                            FS, pinned too early
    # D                           ==           FS + 2 days, with one to spare
    # M                                 <>     FF of nothing but its own date
    plan = planned(
        "A FS B; A FS C; A FS+2 D; B SS M",
        A=("Mon", 4),
        B=(None, 3),
        C=("Wed", 1, {"pinned": True}),
        D=("Thu2", 1),
        M=("Fri2", 0),
    )
    cells = grid(exported(tmp_path, plan), "Dependencies")
    assert links(cells) == {
        ("A", "B"): ("Tight", 0),
        ("A", "C"): ("Conflict", -2),
        ("A", "D"): ("Tight", 2),
        ("B", "M"): ("On track", 6),
    }
    assert cells["A3"] == 1, "conflicts are counted at the top"
    assert len(schedule(plan).conflicts("C")) == 1
    assert (cells["C8"], cells["I8"]) == ("A", "C"), "the worst comes first, with its titles"


def test_the_summary_counts_what_has_nothing_under_it(tmp_path: Path) -> None:
    plan = planned(
        under="P: A B",
        P=(None, 1),
        A=("Mon", 4, {"team": "Web", "status": "done", "progress": 100}),
        B=("Mon", 12, {"team": "Web"}),
        M=("Fri3", 0),
    )
    plan = plan.put(Team(id=TeamId("Web"), title="Web"))
    path = tmp_path / "plan.xlsx"
    options = Options(recipient="Bo & Co")
    write_workbook(path, plan, schedule(plan), None, date(2026, 1, 5), options=options)
    cells = grid(path, "Summary")
    assert (cells["B5"], cells["C5"], cells["F5"]) == (3, 1, 0.25)
    assert (beside(cells, "Web"), beside(cells, "Web", 2), beside(cells, "Web", 4)) == (2, 1, 0.25)
    assert beside(cells, "No team") == 1
    assert "for Bo & Co" in cells["A2"]
    assert [cells[f"{column}10"] for column in "QS"] == ["M", 18], "the next milestone, in days"


def test_teams_that_have_no_row_are_counted_together(tmp_path: Path) -> None:
    """Those beyond the twentieth, and one that is typed into the table."""
    names = [f"T{n:02}" for n in range(23)]
    plan = planned(**{f"A{name}": ("Mon", 2, {"team": name}) for name in names})
    teams = [Team(id=TeamId(name), title=name, rank=float(n)) for n, name in enumerate(names)]
    path = exported(tmp_path, plan.put(*teams))
    assert teams_in(path) == (1, 1, 0, 3)
    path = edited(path, lambda hand: hand.put("AT00", team="Typed"))
    [saved] = resaved_by_libreoffice(tmp_path, path, recalculate=True)
    assert teams_in(saved) == (0, 1, 0, 4)


def teams_in(path: Path) -> tuple[Any, ...]:
    """How many items are of the first and the last team that has a row, of none, and of others."""
    cells = grid(path, "Summary")
    counts = {
        value: cells[f"G{at[1:]}"] for at, value in cells.items() if at[0] == "F" and f"G{at[1:]}" in cells
    }
    return tuple(counts[name] for name in ("T00", "T19", "No team", "Others"))


def test_everything_follows_what_is_edited(tmp_path: Path) -> None:
    """A changed date and team, a typed row, a deleted row and a sort, recalculated by LibreOffice."""
    monday = date.today()
    plan = planned(
        "A FS B; B FS M",
        A=("Mon", 4, {"team": "Web"}),
        B=(None, 3, {"team": "Web"}),
        C=("Mon", 1, {"team": "App"}),
        M=(None, 0),
    )
    plan = plan.put(Team(id=TeamId("Web"), title="Web"), Team(id=TeamId("App"), title="App"))

    def at(value: date) -> datetime:
        return datetime.combine(value, datetime.min.time())

    later = date(monday.year + 1, 6, 1)

    def edit(hand: Hand) -> None:
        hand.put("A", start=at(day("Mon3")))
        hand.put("B", team="App")
        hand.put("M", start=at(later), finish=at(later))
        hand.add(title="New", team="App", status="Done", start=at(later), finish=at(later))
        hand.sheet.delete_rows(hand.row("C"))
        hand.set_lines(sorted(hand.lines(), key=lambda line: str(line[1]), reverse=True))

    [saved] = resaved_by_libreoffice(tmp_path, edited(exported(tmp_path, plan), edit), recalculate=True)
    cells = grid(saved, "Dependencies")
    assert links(cells)["A", "B"][0] == "Conflict", "B starts before A is done now"
    assert links(cells)["B", "M"][0] == "On track"
    assert cells["A3"] == 1
    cells = grid(saved, "Summary")
    assert cells["B5"] == 4
    assert (beside(cells, "Web"), beside(cells, "App"), beside(cells, "App", 2)) == (1, 2, 1)
    assert cells["Q10"] == "M"
    assert beside(cells, "No team") == 1


def test_bars_counts_and_milestones_follow_what_is_done_by_hand(tmp_path: Path) -> None:
    """In LibreOffice itself: another date and team, rows typed under the table, inserted, deleted, a sort."""
    plan = planned(
        "A FS M",
        A=("Mon", 10, {"team": "Web"}),
        B=("Mon3", 5, {"team": "App"}),
        C=("Mon", 5, {"team": "App"}),
        M=("Fri4", 0, {"team": "Web"}),
    )
    plan = plan.put(Team(id=TeamId("Web"), title="Web"), Team(id=TeamId("App"), title="App", rank=1.0))
    path = exported(tmp_path, plan)
    hand = at_hand(path)

    def at(key: str, field: str) -> str:
        return f"{column_name(hand.columns[field] - 1)}{hand.row(key)}"

    under, last = hand.last + 1, column_name(len(hand.columns) - 1)
    typed = {"title": "New", "team": "App", "start": day("Mon2"), "finish": day("Fri2"), "status": "Done"}
    steps = [
        put(at("B", "start"), day("Mon5")),
        put(at("A", "team"), "App"),
        put(at("M", "start"), day("Wed6")),
        put(at("M", "finish"), day("Wed6")),
        *(put(f"{column_name(hand.columns[field] - 1)}{under}", value) for field, value in typed.items()),
        delete_row(hand.row("C")),
        insert_row(hand.row("B")),
        put(at("B", "title"), "Between"),  # where B was
        put(at("B", "team"), "Web"),
        *sort_down(f"A{hand.first}:{last}{under}", hand.columns["title"] - 1),
    ]
    saved, page = edited_in_office(tmp_path, path, steps)
    content = Content(plan, schedule(plan), None, day("Mon"))
    fills = {lane_list(content)[place][0].upper(): name for name, place in lane_colors(content)}
    drawn = {}
    for row in colors_of(page, "Timeline"):
        title, weeks = row[1][0].strip(), row[6:]
        if title in ("A", "B", "Between", "C", "M", "New"):
            bar = [week for week, (_, color) in enumerate(weeks) if color in fills]
            team = {fills[color] for _, color in weeks if color in fills}
            sign = [week for week, (text, _) in enumerate(weeks) if text == "◆"]
            drawn[title] = (*team, bar, sign)
    assert drawn == {
        "New": ("App", [1], []),
        "M": ([], [5]),
        "Between": ([], []),
        "B": ("App", [4], []),
        "A": ("App", [0, 1], []),
    }
    assert list(drawn) == ["New", "M", "Between", "B", "A"], "in the order of the table"
    cells = grid(saved, "Summary")
    assert cells["B5"] == 5, "items"
    assert (beside(cells, "Web"), beside(cells, "App"), beside(cells, "App", 2)) == (2, 3, 1)
    assert links(grid(saved, "Dependencies"))["A", "M"] == ("On track", 18)


def test_a_link_to_outside_of_the_part_shows_what_it_waits_for(tmp_path: Path) -> None:
    plan = planned("A FS B", A=("Mon", 4, {"team": "Web"}), B=(None, 3, {"team": "App"}))
    plan = plan.put(Team(id=TeamId("Web"), title="Web"), Team(id=TeamId("App"), title="App"))
    path = tmp_path / "part.xlsx"
    write_workbook(path, plan, schedule(plan), None, day("Mon"), options=Options(team=TeamId("App")))
    assert links(grid(path, "Dependencies")) == {("A", "B"): ("Tight", 0)}
    assert "A" not in [value for address, value in grid(path, "Roadmap").items() if address[0] == "A"]


def test_what_can_be_left_out_is_left_out(tmp_path: Path) -> None:
    plan = sample_plan(day("Mon"))
    path = tmp_path / "few.xlsx"
    options = Options(fields=frozenset(), scale="quarters")
    write_workbook(path, plan, schedule(plan), None, day("Mon"), options=options)
    marks = [
        value
        for address, value in grid(path, "Roadmap").items()
        if address.rstrip("0123456789") + "3" == address
    ]
    assert {str(mark) for mark in marks} == {
        f"rw:{field}"
        for field in (
            *("key", "title", "uid", "depth", "team", "kind", "status", "start", "finish", "duration"),
            *("progress", "depends", "parent", "feedback"),
        )
    }
    assert grid(path, "Timeline")["D2"] == "Quarters"
    [saved] = resaved_by_libreoffice(tmp_path, path, recalculate=True)
    texts = [
        value for sheet in ("Timeline", "Dependencies", "Summary") for value in grid(saved, sheet).values()
    ]
    assert not [text for text in texts if isinstance(text, str) and text.startswith(("#", "Err:"))]


class Stop(Exception):
    """Somebody has pressed cancel."""


@pytest.mark.parametrize("share", [0.0, 0.4, 0.8, 1.0])
def test_a_cancelled_export_leaves_the_old_file_and_no_other(tmp_path: Path, share: float) -> None:
    plan = sample_plan(day("Mon"))
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")

    def progress(done: int, total: int) -> None:
        if done >= share * total:
            raise Stop

    with pytest.raises(Stop):
        write_workbook(path, plan, schedule(plan), None, day("Mon"), progress)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@settings(max_examples=25, deadline=None)
@given(plans(max_items=6))
def test_an_untouched_reply_changes_nothing(plan: Plan) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = exported(Path(folder), plan)
        returned = read_returned(path, plan, ())
        merge = merged(returned, plan)
    assert merge.plan == plan
    assert merge.proposals == ()


def phantom(path: Path, plan: Plan) -> tuple[Any, ...]:
    returned = read_returned(path, plan, ())
    told = as_json(returned, plan, merged(returned, plan, delete=True))
    return told["changes"], told["new"], told["deleted"], told["unreadable"], told["comments"]


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_libreoffice_changes_nothing_by_itself(tmp_path: Path, form: str) -> None:
    plan = sample_plan(day("Mon"))
    path = through_libreoffice(tmp_path, exported(tmp_path, plan), form)
    assert phantom(path, plan) == ([], [], [], [], [])


@pytest.mark.soak
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_libreoffice_changes_nothing_in_a_large_plan(tmp_path: Path, form: str) -> None:
    plan = filled(plan_of(300))
    path = through_libreoffice(tmp_path, exported(tmp_path, plan), form)
    assert phantom(path, plan) == ([], [], [], [], [])


def filled(plan: Plan) -> Plan:
    """The plan with something in every field of every item."""
    chance = Random(11)
    texts = ("Ünïcode “quoted” – dash…", "=1+1", "+49 30 1234", "0012", "two\nlines", "a  b", "1/2", "TRUE")
    return plan.put(
        *(
            replace(
                item,
                title=f"{item.title} {chance.choice(texts)}".replace("\n", " "),
                notes=chance.choice(texts),
                tags=("growth", f"tag {n % 7}"),
                deadline=date(2027, 1 + n % 12, 1 + n % 28),
                effort=n / 4,
                progress=n % 101,
                precision=("day", "week", "month", "quarter", "half", "year")[n % 6],
                horizon=("", "now", "next", "later")[n % 4],
            )
            for n, item in enumerate(plan.items.values())
        )
    )
