"""Files that broke other readers: each gives a plan or one sentence, soon, and never a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from roadwright.io.importing import import_file
from roadwright.io.strings import knows, say
from roadwright.model.refused import Refused
from tables import DATA, needs_data

pytestmark = needs_data
FOLDERS = ("nasty", "planning")
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (DATA / folder).rglob("*")
    if path.is_file() and path.suffix != ".md" and path.name != "LICENSE"
)
LONGEST = 10.0
"""Seconds after which a person thinks that a program hangs."""


def outcome(path: Path) -> str:
    refused = None
    try:
        imported = import_file(path)
    except Refused as refusal:
        refused = refusal
    if refused is not None:
        assert knows(refused.code), refused.code
        sentence = say(refused.code, **refused.values)
        assert "{" not in sentence
        assert path.name in sentence
        return refused.code
    for complaint in imported.complaints:
        assert knows(complaint.code), complaint.code
        assert complaint.file == path.name
        complaint.as_json()
    assert imported.counts["items"] == len(imported.plan.items)
    return "plan"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_ends_well(path: Path) -> None:
    began = time.process_time()
    assert outcome(path)
    assert time.process_time() - began < LONGEST


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("calamine/tests/pass_protected.xlsx", "import.password"),
        ("calamine/tests/issue252.xlsx", "import.truncated"),
        ("calamine/tests/empty_sheet.xlsx", "import.no_rows"),
        ("phpspreadsheet-csv/empty.csv", "import.empty"),
        ("closedxml/~$LoadPivotTables.xlsx", "import.lock_file"),
    ],
)
def test_the_reason(name: str, code: str) -> None:
    assert outcome(DATA / "nasty" / name) == code
