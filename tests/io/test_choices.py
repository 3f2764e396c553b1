"""What was chosen for a table counts for the next one like it, wherever its columns stand by then."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace
from roadwright.io.importing import import_file, read_sheets
from roadwright.io.sources import read_update, remembered
from roadwright.io.tables.choices import Choices, choices_of, chosen_mapping
from roadwright.io.tables.mapping import Mapping, OwnColumn, Rules
from roadwright.io.tables.proposal import propose
from roadwright.io.tables.source import Source
from tables import csv_file, item, spans

TABLE = """
    Ref,Feature,Begin,End,Market,Label,Label
    P-1,Basket,04/05/2026,08/05/2026,DE,a,b
    P-2,Wallet,11/05/2026,12/05/2026,AT,,c
"""


def opened(folder: Path, text: str = TABLE) -> tuple[Source, Mapping]:
    source = read_sheets(csv_file(folder / "plan.csv", text))
    assert source is not None
    return source, propose(source)


def chosen(folder: Path) -> Choices:
    """Day first; markets are a choice, labels are left out."""
    _, mapping = opened(folder)
    mapping = mapping.with_column(4, "own", OwnColumn("choice", "Launch market"))
    mapping = mapping.with_column(5, None).with_column(6, None)
    return choices_of(replace(mapping, rules=Rules(order="day")))


def test_choices_are_what_they_were_after_they_were_written(tmp_path: Path) -> None:
    choices = chosen(tmp_path)
    assert msgspec.json.decode(msgspec.json.encode(choices), type=Choices) == choices


def test_the_same_table_is_read_the_same_way(tmp_path: Path) -> None:
    choices = chosen(tmp_path)
    source, offered = opened(tmp_path)
    mapping = chosen_mapping(source, choices)
    assert mapping is not None
    assert choices_of(mapping) == choices
    assert mapping.columns != offered.columns
    assert set(mapping.why.values()) == {"before"}
    plan = import_file(tmp_path / "plan.csv", mapping=choices).plan
    assert spans(plan)["P-1"] == "2026-05-04..2026-05-08"
    [field] = plan.fields.values()
    assert (field.title, field.kind) == ("Launch market", "choice")
    assert item(plan, "P-1").tags == ()


def test_columns_may_move_come_and_go(tmp_path: Path) -> None:
    choices = chosen(tmp_path)
    source, _ = opened(
        tmp_path,
        """
        As of,today
        Feature,Squad,Begin,Market,End,Label
        Basket,Web,04/05/2026,DE,08/05/2026,a
        """,
    )
    mapping = chosen_mapping(source, choices)
    assert mapping is not None
    assert mapping.columns == {0: "title", 1: "team", 2: "start", 3: "own", 4: "finish", 5: None}
    assert mapping.why[1] == "heading"
    assert mapping.own[3].title == "Launch market"


def test_another_table_is_none_of_it(tmp_path: Path) -> None:
    choices = chosen(tmp_path)
    source, _ = opened(tmp_path, "Name,Phone,Feature\nA,1,2\nB,2,3\n")
    assert chosen_mapping(source, choices) is None


def test_a_newer_version_is_read_by_the_choices_for_the_older_one(tmp_path: Path) -> None:
    """Else every date of it would count as changed."""
    choices = chosen(tmp_path)
    path = csv_file(tmp_path / "plan.csv", TABLE)
    imported = import_file(path, mapping=choices)
    plan = remembered(imported.plan, path, imported.how.choices)
    same = read_update(path, plan)
    assert same.plan == same.base
    csv_file(path, TABLE.replace("12/05/2026", "01/06/2026"))
    update = read_update(path, plan)
    assert item(update.plan, "P-1") == item(update.base, "P-1")
    assert spans(update.plan)["P-2"] == "2026-05-11..2026-06-01"
