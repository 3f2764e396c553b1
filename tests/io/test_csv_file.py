"""The plain exchange form as a file: what is written comes back the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from arbitrary import plans
from exchange import comparable, exchangeable, headings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from roadwright.io.csv_file import COLUMNS, csv_text, guarded, write_csv
from roadwright.io.importing import import_file
from roadwright.io.strings import say
from roadwright.model.edits.items import add_item
from roadwright.model.plan import new_plan
from roadwright.model.records import new_id
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from tables import codes, spans


def test_the_head_and_the_marks_of_the_file(tmp_path: Path) -> None:
    plan = add_item(new_plan("Plan"), new_id(), title="Größe")
    path = tmp_path / "out.csv"
    write_csv(path, plan, schedule(plan))
    data = path.read_bytes()
    assert data.startswith(
        b"\xef\xbb\xbfKey,Title,Kind,Level,Parent,Team,Owner,Start,Finish,Duration,Pinned,"
    )
    assert data.count(b"\r\n") == 2
    assert "Größe" in data.decode("utf-8")


def test_the_columns_are_the_fields_that_can_be_entered() -> None:
    from roadwright.model.fields import FIELDS

    assert set(COLUMNS) == {key for key, field in FIELDS.items() if field.edit is not None}
    assert [say(f"field.{key}") for key in COLUMNS][:2] == ["Key", "Title"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+5", "-lead", "@home", "\tx", "\rx", "'=1", "''@", "'quoted'", "plain", "", "'", "a=b"]
)
def test_what_a_spreadsheet_would_calculate_is_guarded_and_comes_back(tmp_path: Path, text: str) -> None:
    written = guarded(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    plan = add_item(new_plan("Plan"), new_id(), title="A", notes=text)
    write_csv(tmp_path / "out.csv", plan, schedule(plan))
    (item,) = import_file(tmp_path / "out.csv").plan.items.values()
    assert item.notes == text.replace("\r", "\n")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    plan = new_plan("Plan")
    with pytest.raises(Refused):
        write_csv(tmp_path / "nowhere" / "out.csv", plan, schedule(plan))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_a_plan_comes_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    plan = exchangeable(data.draw(plans()))
    path = tmp_path_factory.mktemp("csv") / "out.csv"
    write_csv(path, plan, schedule(plan))
    if not plan.items:
        with pytest.raises(Refused):
            import_file(path)
        return
    imported = import_file(path)
    assert comparable(imported.plan) == comparable(plan)
    assert headings(imported.plan) == headings(plan)
    assert spans(imported.plan) == spans(plan)
    assert csv_text(imported.plan, schedule(imported.plan)) == csv_text(plan, schedule(plan))


def test_the_sample_comes_back(tmp_path: Path) -> None:
    from roadwright.io.sample import sample_plan

    plan = sample_plan(date(2026, 3, 4))
    plan = exchangeable(plan.put(replace(next(iter(plan.calendars.values())), holidays=())))
    write_csv(tmp_path / "out.csv", plan, schedule(plan))
    imported = import_file(tmp_path / "out.csv")
    assert codes(imported) == []
    assert comparable(imported.plan) == comparable(plan)
    assert imported.plan.info.prefix == plan.info.prefix
