"""Two processes with one file: neither replaces what the other has saved, nor waits for one that is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import savers
from plans import planned
from roadwright.io.roadmap_file import open_roadmap, save_roadmap


class Process:
    """A process of somebody who works on the file."""

    def __init__(self, path: Path, name: str) -> None:
        support = Path(savers.__file__).parent
        paths = os.pathsep.join((str(support), os.environ.get("PYTHONPATH", "")))
        self._process = subprocess.Popen(
            [sys.executable, savers.__file__, str(path), name, str(path.parent / "locks")],
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self.answer() == "ready"

    def send(self, what: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")

    def answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def do(self, what: str) -> str:
        self.send(what)
        return self.answer()

    def kill(self) -> None:
        """As a crash ends it."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    save_roadmap(path, planned(A=("Mon", 3)))
    return path


@pytest.fixture
def both(path: Path) -> Iterator[tuple[Process, Process]]:
    made = Process(path, "ann"), Process(path, "kim")
    yield made
    for process in made:
        process.kill()


def test_saving_alternately_a_hundred_times_keeps_what_both_did(both: tuple[Process, Process], path: Path):
    said = [both[n % 2].do(f"save {n}") for n in range(100)]
    assert said == ["saved", *["merged"] * 99]
    opened = open_roadmap(path)
    assert not opened.complaints
    assert {f"{('ann', 'kim')[n % 2]}{n}" for n in range(100)} < set(opened.plan.items)
    assert len(opened.plan.keys) == 101


def test_saving_at_the_same_time_leaves_a_whole_file(both: tuple[Process, Process], path: Path):
    for n in range(30):
        for process in both:
            process.send(f"save {n}")
        assert {process.answer() for process in both} <= {"saved", "merged"}
        assert not open_roadmap(path).complaints
    for n, process in enumerate(both):
        process.do(f"save last{n}")
    both[0].do("save end")
    items = set(open_roadmap(path).plan.items)
    assert {f"{name}{n}" for name in ("ann", "kim") for n in range(30)} < items


def test_any_schedule_of_opening_closing_and_crashing(path: Path):
    """At most one has the right to write, and one does whenever somebody asks and nobody has it."""
    random = Random(1)
    processes = [Process(path, "ann"), Process(path, "kim")]
    holder: int | None = None
    for _ in range(60):
        n = random.randrange(2)
        what = random.choice(("open", "open", "close", "kill"))
        if what == "open":
            said = processes[n].do("open")
            assert said == ("mine" if holder in (None, n) else "read-only")
            holder = n if said == "mine" else holder
        elif what == "close":
            processes[n].do("close")
            holder = None if holder == n else holder
        else:
            processes[n].kill()
            processes[n] = Process(path, ("ann", "kim")[n])
            holder = None if holder == n else holder
    for process in processes:
        process.kill()
