"""A newer version of a file that the plan was imported from is merged: what they changed, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exchange import comparable
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from planner_files import gan
from roadwright import cli
from roadwright.io.importing import import_file
from roadwright.io.returned import Returned, merged, read_returned
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.sources import remembered
from roadwright.model.plan import Plan
from roadwright.model.refused import Refused
from tables import DATA, csv_file, item, needs_data

HISTORY = sorted((DATA / "planning" / "CDCgov-artemis").glob("*.gan"))


def imported(path: Path) -> Plan:
    return remembered(import_file(path).plan, path)


def updated(mine: Plan, path: Path, delete: bool = True) -> tuple[Plan, Returned]:
    """The plan once the file is merged without a question, and what was read."""
    returned = read_returned(path, mine, ())
    return merged(returned, mine, delete=delete).plan, returned


@needs_data
def test_ten_versions_over_each_other_are_the_last_one() -> None:
    """The history of a real project, from 13 tasks to 39; no version takes one away."""
    mine = imported(HISTORY[0])
    for path in HISTORY[1:]:
        before = mine
        mine, returned = updated(mine, path)
        later = import_file(path).plan
        assert comparable(mine) == comparable(later), path.name
        assert returned.deleted == ()
        assert not returned.complaints or all(one.level == "note" for one in returned.complaints)
        assert set(before.items) <= set(mine.items)
        assert updated(mine, path)[0] == mine  # and the same file once more changes nothing


@needs_data
@given(
    one=st.integers(0, len(HISTORY) - 1 if HISTORY else 0),
    other=st.integers(0, len(HISTORY) - 1 if HISTORY else 0),
)
def test_any_version_over_any_other_is_that_version(one: int, other: int) -> None:
    """Backwards, too, where tasks are gone: they are taken away if somebody wishes."""
    mine, returned = updated(imported(HISTORY[one]), HISTORY[other])
    later = import_file(HISTORY[other]).plan
    assert comparable(mine) == comparable(later)
    assert len(returned.deleted) == max(0, len(import_file(HISTORY[one]).plan.items) - len(later.items))


TASKS = """<task id="1" name="A" start="2026-01-05" duration="2"/>
<task id="2" name="B" start="2026-01-07" duration="2"/>
<task id="3" name="C" start="2026-01-09" duration="2"/>"""


def test_my_edits_survive_and_what_both_changed_is_asked(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    mine = mine.put(
        replace(item(mine, "A"), notes="mine", title="My A"), replace(item(mine, "B"), title="My B")
    )
    newer = TASKS.replace('name="B"', 'name="Their B"').replace('start="2026-01-05"', 'start="2026-01-06"')
    path = gan(tmp_path, newer)
    returned = read_returned(path, mine, ())
    merge = merged(returned, mine)
    assert [(one.field, one.mine, one.theirs) for one in merge.conflicts] == [("title", "My B", "Their B")]
    one = item(merge.plan, "My A")
    assert (one.notes, str(one.start), item(merge.plan, "My B").duration) == ("mine", "2026-01-06", 2)
    assert item(merged(returned, mine, theirs=True).plan, "Their B")


def test_what_is_gone_stays_unless_somebody_wishes_otherwise(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    path = gan(tmp_path, TASKS.partition('<task id="3"')[0])
    kept, returned = updated(mine, path, delete=False)
    assert [mine.items[id].title for id in returned.deleted] == ["C"]
    assert len(kept.items) == 3
    assert len(updated(mine, path)[0].items) == 2
    again = read_returned(path, kept, ())
    assert again.deleted == ()  # it was answered


class TestTables:
    """Rows have no ids: they are known by a key column, else by their titles, else by their neighbours."""

    def table(self, folder: Path, *rows: str, head: str = "Task;Start;Owner") -> Path:
        return csv_file(folder / "plan.csv", "\n".join([head, *rows]))

    ROWS = ("Design;2026-01-05;Ann", "Build;2026-01-12;Bob", "Test;2026-01-19;Ann", "Ship;2026-01-26;Bob")

    def test_rows_are_inserted_moved_and_edited(self, tmp_path: Path) -> None:
        mine = imported(self.table(tmp_path, *self.ROWS))
        mine = mine.put(replace(item(mine, "Ship"), notes="mine"))
        before = {one.title: (one.id, one.key) for one in mine.items.values()}
        path = self.table(
            tmp_path,
            "Plan;2026-01-02;Cleo",
            self.ROWS[1],
            "Design;2026-01-06;Ann",
            self.ROWS[2],
            self.ROWS[3],
        )
        later, returned = updated(mine, path)
        assert [later.items[id].title for id in later.outline.order] == [
            "Plan",
            "Build",
            "Design",
            "Test",
            "Ship",
        ]
        assert {one.title: (one.id, one.key) for one in later.items.values() if one.title != "Plan"} == before
        assert (str(item(later, "Design").start), item(later, "Ship").notes) == ("2026-01-06", "mine")
        assert (returned.matched, returned.deleted) == ({"title": 4}, ())
        assert len({one.key for one in later.items.values()}) == 5

    def test_a_row_between_the_same_two_with_nearly_the_same_title(self, tmp_path: Path) -> None:
        mine = imported(self.table(tmp_path, *self.ROWS))
        later, returned = updated(
            mine, self.table(tmp_path, self.ROWS[0], "Build it;2026-01-12;Bob", *self.ROWS[2:])
        )
        assert item(later, "Build it").id == item(mine, "Build").id
        assert returned.matched == {"title": 3, "fuzzy": 1}

    def test_a_key_column_outlives_every_title(self, tmp_path: Path) -> None:
        head = "No;Task;Start"
        rows = [f"X-{n * 7};{title};2026-01-05" for n, title in enumerate("ABCDEF", 1)]
        mine = imported(self.table(tmp_path, *rows, head=head))
        newer = [rows[3], rows[0].replace(";A;", ";B;"), rows[1].replace(";B;", ";New;"), *rows[4:], rows[2]]
        later, _ = updated(mine, self.table(tmp_path, *newer, head=head))
        assert [one.key for one in (later.items[id] for id in later.outline.order)] == [
            *("X-28", "X-7", "X-14", "X-35", "X-42", "X-21")
        ]
        assert item(later, "X-7").title == "B"
        assert item(later, "X-7").id == item(mine, "X-7").id

    def test_names_of_people_teams_and_choices_are_the_same_ones(self, tmp_path: Path) -> None:
        head = "Task;Team;Status;Risk"
        rows = [f"T{n};Web;Review;{'high' if n % 2 else 'low'}" for n in range(6)]
        mine = imported(self.table(tmp_path, *rows, head=head))
        later, _ = updated(mine, self.table(tmp_path, *rows, "T9;Web;Review;low", head=head))
        for table in ("teams", "people", "statuses", "fields"):
            assert set(later.table(table)) == set(mine.table(table)), table
        assert comparable(later)[-1]["own"] == {"Risk": "low"}

    def test_the_same_file_changes_nothing(self, tmp_path: Path) -> None:
        path = self.table(tmp_path, *self.ROWS)
        mine = imported(path)
        assert updated(mine, path)[0] == mine


def test_another_file_is_refused(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    other = gan(tmp_path, '<task id="70" name="Else" start="2026-01-05" duration="2"/>', name="other.gan")
    with pytest.raises(Refused) as refused:
        read_returned(other, mine, ())
    assert refused.value.code == "merging.other_file"
    with pytest.raises(Refused) as refused:
        read_returned(other, import_file(other).plan, ())
    assert refused.value.code == "merging.no_reply"


def test_what_was_read_goes_along_with_the_plan(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    save_roadmap(tmp_path / "plan.roadmap", mine)
    opened = open_roadmap(tmp_path / "plan.roadmap")
    assert (opened.plan, opened.complaints) == (mine, ())
    (source,) = mine.sources.values()
    spoilt = mine.put(replace(source, base="not any more"))
    with pytest.raises(Refused) as refused:
        read_returned(gan(tmp_path, TASKS), spoilt, ())
    assert refused.value.code == "merging.base_lost"


def test_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(tmp_path / "plan.roadmap")
    assert cli.run(["import", str(gan(tmp_path, TASKS)), "-o", plan]) == 0
    newer = gan(
        tmp_path, TASKS.replace('name="B"', 'name="Better"').partition('<task id="3"')[0], name="v2.gan"
    )
    capsys.readouterr()
    assert cli.run(["merge", plan, str(newer), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["replies"]
    assert [(one["key"], one["field"], one["theirs"]) for one in told["changes"]] == [
        ("RW-2", "title", "Better")
    ]
    assert [one["applied"] for one in told["deleted"]] == [False]
    assert told["matched"]["uid"] == 2
    assert sorted(one.title for one in open_roadmap(plan).plan.items.values()) == ["A", "Better", "C"]
