"""Tables put together at random of spiteful cells: always a sound plan or one sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from roadwright.io.importing import import_file
from roadwright.io.strings import knows
from roadwright.model.problems import problems
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

HEADINGS = (
    *("Key", "Title", "Kind", "Level", "Parent", "Team", "Owner", "Start", "Finish", "Duration", "Pinned"),
    *("Deadline", "Status", "Progress", "Effort", "Depends on", "Tags", "Precision", "Horizon", "Notes"),
    *("ID", "Task Name", "Predecessors", "WBS", "Outline Level", "Epic", "Issue id", "Parent id", "Blocks"),
    *("Dependency 1", "% Complete", "Due date", "Jan", "", "Überschrift", "Title", "Milestone"),
)
CELLS = st.one_of(
    st.sampled_from(["", "", "A", "B", "1", "2", "3", "1.1", "1.10", "  A", "   B", "RW-1", "RW-2", "Total"]),
    st.sampled_from(["2026-01-05", "2026-01-09", "05/04/2026", "Q2 2026", "5-Mar", "0001-01-01", "45000"]),
    st.sampled_from(["5d", "2 weeks", "0", "-3", "1e99", "9" * 20, "0.5", "50%", "yes", "no", "9999-12-31"]),
    st.sampled_from(["1FS+2d; 2", "1-3", "A, B", "B SS", "RW-1 FS+99999999d", "1FS-5000d", "=J3+1", "#REF!"]),
    st.sampled_from(["Theme", "Task", "Done", "In progress", "Title", "Key", "Milestone", "Phase 1", "n/a"]),
    st.sampled_from(["שלום", "🚀", "Ã¼ber", "x" * 400, "a\nb", "'=1", "TBD"]),
    st.text(max_size=8),
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=9))
    above = draw(st.lists(st.lists(CELLS, max_size=3), max_size=2))
    rows = draw(st.lists(st.lists(CELLS, max_size=len(headings) + 1), max_size=12))
    text = io.StringIO()
    csv.writer(text, delimiter=draw(st.sampled_from(",;\t"))).writerows([*above, headings, *rows])
    return text.getvalue()


@settings(max_examples=250)
@given(tables())
def test_any_table(tmp_path_factory: object, text: str) -> None:
    path = Path(tmp_path_factory.getbasetemp()) / "fuzz.csv"  # type: ignore[attr-defined]
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    refused = None
    try:
        imported = import_file(path)
    except Refused as refusal:
        refused = refusal
    if refused is not None:
        assert knows(refused.code)
        return
    plan = imported.plan
    shown = schedule(plan)
    assert not shown.loops
    assert len(plan.keys) == len(plan.items) == imported.counts["items"]
    for complaint in imported.complaints:
        assert knows(complaint.code)
        assert "{" not in complaint.message() + complaint.remedy() or "{" in text
        assert complaint.line <= text.count("\n") + text.count("\r") + 1
    for item in plan.items.values():
        assert item.duration >= (0 if item.kind == "milestone" else 1)
        assert item.parent is None or item.parent in plan.items
        assert item.start is None or 1900 < item.start.year < 2300
        assert 0 <= item.progress <= 100
    for link in plan.links.values():
        assert {link.source, link.target} <= plan.items.keys()
        assert link.source not in plan.outline.ancestors(link.target, plan.items)
    wrong = {problem.code for problem in problems(plan, shown)}
    assert not wrong & {"link.loop", "link.dangling", "parent.loop", "parent.missing", "key.duplicate"}
