"""A process that edits a plan and is killed at any moment, and what its journal gives back.

Run by itself, `python crashes.py FOLDER COUNT SEED`, it forks that many children, kills each with SIGKILL,
and prints how many were killed and how many acknowledged edits were found missing.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from pathlib import Path
from random import Random

from random_edits import random_change
from random_plans import random_plan
from roadwright.io.journal import Journal
from roadwright.io.left import left_behind
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.document import Document
from roadwright.model.plan import Plan

EARLY = "ROADWRIGHT_ACKNOWLEDGE_EARLY" in os.environ
"""Acknowledge what may not be on the disk yet: by that the test is tested."""


def signature(plan: Plan) -> str:
    """Of all that the plan holds."""
    records = [repr(table[id]) for table in plan.tables().values() for id in sorted(table)]
    return hashlib.sha256("\n".join(records).encode()).hexdigest()


def edit_for_ever(place: Path, seed: int, told: int) -> None:
    """Edit, undo, redo and save; tell the signature before each edit is written down, and once it is."""
    random = Random(seed)
    document = Document(random_plan(random))
    file = place / f"{seed}.roadmap"
    journal = Journal(place / "journal", lambda error: os.abort())
    journal.begin(document.kept, (), document.done, file, save_roadmap(file, document.kept))
    while True:
        kind = random.random()
        if kind < 0.2 and document.done:
            document.undo()
        elif kind < 0.3 and document.undone:
            document.redo()
        elif kind < 0.35:
            journal.begin(document.kept, (), document.done, file, save_roadmap(file, document.kept))
            continue
        else:
            document.commit(random_change_of, random)
        os.write(told, b"?" + signature(document.kept).encode() + b"\n")
        journal.follow(document)
        if not EARLY:
            journal.wait()
        os.write(told, b"!" + signature(document.kept).encode() + b"\n")


def random_change_of(plan: Plan, random: Random) -> Plan:
    return random_change(random, plan)


def lost(place: Path, seed: int) -> bool:
    """Kill one child; whether an edit that it had acknowledged is missing from what is recovered."""
    listened, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listened)
        edit_for_ever(place, seed, told)
    os.close(told)
    time.sleep(Random(seed).uniform(0.01, 0.15))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(listened, "rb") as ear:
        lines = ear.read().split(b"\n")[:-1]
    acknowledged = [line[1:] for line in lines if line.startswith(b"!")]
    allowed = {*acknowledged[-1:], *(line[1:] for line in lines[-1:])}
    plan = recovered(place, seed)
    return bool(acknowledged) and (plan is None or signature(plan).encode() not in allowed)


def recovered(place: Path, seed: int) -> Plan | None:
    """What the journals give back, which are thrown away then; without any, what was saved last."""
    found = list(left_behind(place / "journal"))
    plan = found[0].recovered().kept if found else None
    for left in found:
        left.discard()
    file = place / f"{seed}.roadmap"
    return plan or (open_roadmap(file).plan if file.exists() else None)


if __name__ == "__main__":
    place, count, first = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    print(count, sum(lost(place, first + n) for n in range(count)))
