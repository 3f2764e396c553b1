"""Everything is on the disk, in the right order, before it counts as done: seen in the system calls."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from random import Random

import pytest
from disk_order import MARK, SAVED, Call, can_trace, traced
from power_loss import Disk, moments
from roadwright.io.left import left_behind
from roadwright.io.roadmap_file import open_roadmap
from roadwright.model.records import ItemId
from roadwright.model.refused import Refused

pytestmark = pytest.mark.skipif(sys.platform != "linux" or not can_trace(), reason="there is no strace")

A = ItemId("A")


class Trace:
    """What a process did, and what is to be found again after each moment that it named."""

    def __init__(self, place: Path) -> None:
        self.root = str(place)
        self.titles, self.calls = traced(place)
        self.moments = moments(self.calls, MARK)

    def after(self, name: str, last: str) -> list[Call]:
        """The calls from one moment to another."""
        marks = [n for n, call in enumerate(self.calls) if call.data.startswith(MARK)]
        place = {self.calls[n].data.removeprefix(MARK).decode().strip(): n for n in marks}
        return self.calls[place[name] + 1 : place[last]]


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    place = tmp_path_factory.mktemp("trace") / "disk"
    place.mkdir()
    return Trace(place)


def words(calls: list[Call], root: str) -> list[str]:
    """What was done, once where it was done several times in a row; names that are made up are `beside`."""
    found: list[str] = []
    for call in calls:
        path = re.sub(r"\.roadwright-\w+\.roadmap", "beside", str(Path(call.path).relative_to(root)))
        path = re.sub(r"[0-9a-f-]{36}", "one", path)
        made = "O_CREAT" in call.flags
        word = f"{'make' if made else call.name} {path}"
        if not (call.name.startswith("open") and not made) and word not in found[-1:]:
            found.append(word)
    return found


def test_a_save_is_flushed_and_read_again_before_it_takes_the_old_ones_place(trace: Trace):
    save = trace.after("acknowledged 2", "saved")
    assert words(save, trace.root) == [
        f"read {SAVED}",  # still what was opened
        "make beside",
        "write beside",
        "fsync beside",
        "read beside",
        f"read {SAVED}",
        "rename beside",
        "fsync .",
    ]
    assert next(call.other for call in save if call.name == "rename") == f"{trace.root}/{SAVED}"


def test_nobody_ever_writes_into_the_file_itself(trace: Trace):
    touched = {call.name for call in trace.calls if call.path == f"{trace.root}/{SAVED}"}
    assert touched <= {"open", "openat", "read"}


def test_a_journal_is_flushed_with_every_folder_above_it_before_the_first_edit_counts(trace: Trace):
    assert words(trace.after("doing 0", "acknowledged 0"), trace.root) == [
        "mkdir state",
        "fsync .",
        "mkdir state/journal",
        "fsync state",
        "mkdir state/journal/one",
        "fsync state/journal",
        "make state/journal/one/lock",
        f"read {SAVED}",
        "make state/journal/one/base.roadmap",
        "write state/journal/one/base.roadmap",
        "fsync state/journal/one/base.roadmap",
        "make state/journal/one/steps.jsonl",
        "write state/journal/one/steps.jsonl",
        "fsync state/journal/one/steps.jsonl",
        "fsync state/journal/one",
        "make state/journal/one/steps.jsonl",
        "write state/journal/one/steps.jsonl",
        "fsync state/journal/one/steps.jsonl",
    ]


@pytest.mark.parametrize("edit", ["1", "2", "4", "5"])
def test_an_edit_counts_once_its_line_is_flushed(trace: Trace, edit: str):
    assert words(trace.after(f"doing {edit}", f"acknowledged {edit}"), trace.root) == [
        "make state/journal/one/steps.jsonl",
        "write state/journal/one/steps.jsonl",
        "fsync state/journal/one/steps.jsonl",
    ]


def test_the_journal_of_before_a_save_goes_when_that_of_after_it_is_there(trace: Trace):
    between = words(trace.after("doing 3", "acknowledged 3"), trace.root)
    assert between.index("unlink state/journal/one/lock") > between.index(
        "fsync state/journal/one/steps.jsonl"
    )


# Power cuts


def wrong(trace: Trace, cut: int, place: Path, random: Random | None) -> str:
    """Cut the power before a call; what is wrong with what is found then."""
    disk = Disk(trace.root)
    for call in trace.calls[:cut]:
        disk.take(call)
    disk.left(place, trace.root, random)
    return lost(trace, cut, place)


def lost(trace: Trace, cut: int, place: Path) -> str:
    """The file is the old or the new one, and no edit is missing that counted, nor is there another."""
    moment = trace.moments[cut]
    if not moment:
        return ""  # the first save has not ended
    opened = open_roadmap(place / SAVED)
    if opened.complaints:
        return f"the file is damaged: {opened.complaints}"
    saved = opened.plan.items[A].title
    if saved not in (trace.titles["old"], trace.titles["saved"]):
        return f"the file has {saved}"
    found = [saved]
    for left in left_behind(place / "state" / "journal"):
        found.append(left.recovered().kept.items[A].title)
    order = list(dict.fromkeys(trace.titles.values()))
    expected = trace.titles.get(moment, order[-1])
    allowed = [expected]
    if moment.startswith("doing"):  # the edit in flight may be there or not
        allowed = order[order.index(expected) - 1 : order.index(expected) + 1]
    elif order.index(expected) + 1 < len(order):
        allowed = order[order.index(expected) : order.index(expected) + 2]
    best = max(found, key=order.index)
    return "" if best in allowed else f"{best} is found, not {allowed}"


def test_a_kill_before_any_call_loses_nothing(trace: Trace, tmp_path: Path):
    for cut in range(len(trace.calls) + 1):
        assert not wrong(trace, cut, tmp_path / "disk", None), (cut, trace.moments[cut])


def cut_the_power(trace: Trace, place: Path, seeds: range) -> None:
    for seed in seeds:
        for cut in range(len(trace.calls) + 1):
            said = wrong(trace, cut, place / "disk", Random(1_000_003 * seed + cut))
            assert not said, f"seed {seed}, before call {cut}, after {trace.moments[cut]!r}: {said}"


def test_a_power_cut_before_any_call_loses_nothing(trace: Trace, tmp_path: Path):
    cut_the_power(trace, tmp_path, range(3))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_power_cuts_lose_nothing(trace: Trace, tmp_path: Path, part: int):
    each = 10_000 // 4 // len(trace.calls) + 1
    cut_the_power(trace, tmp_path, range(100 + part * each, 100 + (part + 1) * each))


@pytest.mark.parametrize("forgotten", ["beside", "folder", "steps.jsonl"])
def test_the_test_notices_what_is_not_flushed(trace: Trace, tmp_path: Path, forgotten: str):
    """Without one kind of fsync something is lost in some of the power cuts."""

    def is_forgotten(call: Call) -> bool:
        names = {"beside": ".roadwright-", "folder": trace.root, "steps.jsonl": "steps.jsonl"}
        path = call.path
        return call.name == "fsync" and (
            path == trace.root if forgotten == "folder" else names[forgotten] in Path(path).name
        )

    careless = [call for call in trace.calls if not is_forgotten(call)]
    assert len(careless) < len(trace.calls)

    def is_noticed(cut: int, seed: int) -> bool:
        disk = Disk(trace.root)
        for call in careless[:cut]:
            disk.take(call)
        disk.left(tmp_path / "disk", trace.root, Random(7 * seed + cut))
        try:
            return bool(lost(trace, trace.calls.index(careless[cut - 1]) + 1, tmp_path / "disk"))
        except Refused:  # it can't even be opened
            return True

    assert any(is_noticed(cut, seed) for seed in range(20) for cut in range(1, len(careless) + 1))
