"""A process that saves on a disk without room.

Run by itself, `python full_disk.py FOLDER LIMIT`, with FOLDER on a small disk, or with LIMIT, the most bytes
a file may have then. It prints what came of each attempt.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from damage import saved_file
from roadwright.io.journal import Journal
from roadwright.io.left import left_behind
from roadwright.io.roadmap_file import open_roadmap, read_roadmap, save_roadmap
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.model.records import ItemId
from roadwright.model.refused import Refused

STEP = 4096
A = ItemId("i1")


def on_a_small_disk(place: Path) -> dict[str, object]:
    """Fill the disk up to less and less room, save, and see what is there."""
    path, ballast = place / "plan.roadmap", place / "ballast"
    document = Document(read_roadmap(saved_file(), "").plan)
    digest = save_roadmap(path, document.kept)
    codes, wrong = [], []
    for room in range(0, 33 * STEP, STEP):
        fill(ballast, room)
        before = path.read_bytes()
        document.commit(rename_item, A, f"With {room} bytes of room")
        try:
            digest = save_roadmap(path, document.kept, (), (), digest)
            codes.append("saved")
            if open_roadmap(path).plan != document.kept:
                wrong.append(f"{room}: saved and different")
        except Refused as refused:
            codes.append(refused.code)
            if path.read_bytes() != before:
                wrong.append(f"{room}: the old file is gone")
        if sorted(file.name for file in place.iterdir()) != ["ballast", "plan.roadmap"]:
            wrong.append(f"{room}: something is left")
    ballast.unlink()
    save_roadmap(path, document.kept, (), (), digest)
    return {"codes": codes, "wrong": wrong, "journal": with_a_journal(place, document)}


def with_a_journal(place: Path, document: Document) -> dict[str, object]:
    """Edit while there is no room for the journal, and on when there is."""
    told: list[str] = []
    journal = Journal(place / "journal", lambda error: told.append(str(error)))
    journal.begin(document.kept, (), document.done, None, "", unsaved=1)
    ballast = place / "ballast"
    fill(ballast, 0)
    for n in range(3):
        document.commit(rename_item, A, f"Nowhere {n}")
        journal.follow(document)
        journal.wait()
    full = len(told)
    ballast.unlink()
    document.commit(rename_item, A, "Room again")
    journal.follow(document)
    journal.wait()
    shutil.copytree(place / "journal", place / "left")
    titles = [left.recovered().kept.items[A].title for left in left_behind(place / "left")]
    return {"told": full, "more": len(told) - full, "titles": titles}


def fill(ballast: Path, room: int) -> None:
    """Leave so many bytes on the disk."""
    with open(ballast, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(STEP))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - room))


def with_a_limit(place: Path, limit: int) -> dict[str, object]:
    """The same where a file may have no more bytes, as with a quota."""
    import resource
    import signal

    path = place / "plan.roadmap"
    document = Document(read_roadmap(saved_file(), "").plan)
    digest = save_roadmap(path, document.kept)
    before = path.read_bytes()
    document.commit(rename_item, A, "Too much")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    try:
        save_roadmap(path, document.kept, (), (), digest)
        code = "saved"
    except Refused as refused:
        code = refused.code
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    intact = path.read_bytes() == before and [file.name for file in place.iterdir()] == ["plan.roadmap"]
    save_roadmap(path, document.kept, (), (), digest)
    return {"code": code, "intact": intact}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    print(json.dumps(with_a_limit(where, limit) if limit else on_a_small_disk(where)))
