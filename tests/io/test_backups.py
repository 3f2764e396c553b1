"""Which copies of saved files are kept, and that they are what was saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import planned
from roadwright.io.backups import DAYS, LAST, backups, keep_backup, worth_keeping
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.edits.items import rename_item
from roadwright.model.records import ItemId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
times = st.sets(
    st.integers(0, 90 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)), max_size=80
)


@given(times)
def test_the_last_ones_and_one_a_day_are_kept(times: set[datetime]):
    kept, ordered = worth_keeping(times), sorted(times, reverse=True)
    assert kept <= times
    assert kept.issuperset(ordered[:LAST])
    if ordered:
        latest = ordered[0].date()
        for time in ordered:
            if (latest - time.date()).days < DAYS:
                assert any(other.date() == time.date() for other in kept)
    assert len(kept) <= LAST + DAYS


@given(times)
def test_what_is_kept_is_still_kept_when_asked_again(times: set[datetime]):
    kept = worth_keeping(times)
    assert worth_keeping(kept) == kept


def test_a_copy_for_each_save(tmp_path: Path):
    path, plan = tmp_path / "plan.roadmap", planned(A=("Mon", 3))
    for n, title in enumerate(("One", "Two")):
        save_roadmap(path, rename_item(plan, ItemId("A"), title))
        keep_backup(tmp_path / "backups", plan.info.id, path, NOON + timedelta(seconds=n))
    found = backups(tmp_path / "backups", plan.info.id)
    assert [open_roadmap(b.path).plan.items[ItemId("A")].title for b in found] == ["Two", "One"]
    assert [(backup.items, backup.size > 100) for backup in found] == [(1, True)] * 2
    assert found[0].time == NOON + timedelta(seconds=1)


def test_old_copies_go(tmp_path: Path):
    path, plan = tmp_path / "plan.roadmap", planned(A=("Mon", 3))
    save_roadmap(path, plan)
    for n in range(LAST + 5):
        keep_backup(tmp_path / "backups", plan.info.id, path, NOON + timedelta(seconds=n))
    assert len(backups(tmp_path / "backups", plan.info.id)) == LAST


@pytest.mark.parametrize("id", ["../../etc", "a/b", "", "x" * 300])
def test_a_strange_id_names_no_place_outside(tmp_path: Path, id: str):
    path = tmp_path / "plan.roadmap"
    save_roadmap(path, planned(A=("Mon", 3)))
    keep_backup(tmp_path / "backups", id, path, NOON)
    (copy,) = (tmp_path / "backups").rglob("*.roadmap")
    assert len(copy.relative_to(tmp_path / "backups").parts) == 2
    assert len(backups(tmp_path / "backups", id)) == 1


def test_what_is_no_copy_is_passed_over(tmp_path: Path):
    folder = tmp_path / "backups" / "plan"
    folder.mkdir(parents=True)
    (folder / "notes.roadmap").write_text("no time in its name")
    assert backups(tmp_path / "backups", "plan") == []
    assert backups(tmp_path / "nowhere", "plan") == []
