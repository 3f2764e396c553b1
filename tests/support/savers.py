"""A process that works on a plan that others save, too; it does what it is told, a line at a time.

Run by itself, `python savers.py FILE NAME LOCKS`: `save N` adds an item and saves, merging what others have
saved meanwhile; `open` asks for the right to write; `close` lets it go. Each is answered by a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from roadwright.io.lock import Lock, hold
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.items import add_item
from roadwright.model.history.past import parting
from roadwright.model.merge import merge_in
from roadwright.model.records import ItemId
from roadwright.model.refused import Refused


class Saver:
    """One person's window on the file."""

    def __init__(self, path: Path, name: str) -> None:
        opened = open_roadmap(path)
        self.path, self.name, self.digest = path, name, opened.digest
        self.document = Document(opened.plan, past=opened.history, author=name)

    def save(self, number: str) -> str:
        """Add an item and save; what the other has saved is merged, never replaced."""
        id = ItemId(f"{self.name}{number}")
        self.document.commit(add_item, id, title=f"{self.name} {number}")
        said = "saved"
        while True:
            document = self.document
            try:
                self.digest = save_roadmap(
                    self.path, document.kept, document.past, document.done, self.digest
                )
                return said
            except Refused as refused:
                if refused.code != "file.changed":
                    raise
            self._merge()
            said = "merged"

    def _merge(self) -> None:
        theirs = open_roadmap(self.path)
        history = (*self.document.past, *map(step_line, self.document.done))
        base = parting(self.document.kept, history, theirs.plan, theirs.history)
        self.document.commit(merge_in, base, theirs.plan)
        self.digest = theirs.digest


def main(path: Path, name: str, locks: Path) -> None:
    saver, lock = Saver(path, name), None
    print("ready", flush=True)
    for line in sys.stdin:
        what, _, rest = line.strip().partition(" ")
        if what == "save":
            print(saver.save(rest), flush=True)
        elif what == "open":
            lock = hold(locks, path, lock)
            print("read-only" if lock is None else "mine", flush=True)
        elif what == "close":
            if isinstance(lock, Lock):
                lock.release()
            lock = None
            print("closed", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
