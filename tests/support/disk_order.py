"""A process that edits and saves under strace, and what its system calls say about the disk.

Run by itself, `python disk_order.py FOLDER`, it saves a plan, edits it with a journal, saves it again, and
edits on. It names each moment on a handle of its own, which strace sees among the other calls. What the first
item is called at each of them is printed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from plans import planned
from roadwright.io.backups import keep_backup
from roadwright.io.journal import Journal
from roadwright.io.roadmap_file import save_roadmap
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.model.records import ItemId

CALLS = "open,openat,read,write,fsync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir"
MARK = b"moment: "
SAVED = "plan.roadmap"


def work(place: Path) -> None:
    """Every kind of writing the program does, each moment named."""
    path, marks = place / SAVED, os.open(place / "marks", os.O_CREAT | os.O_WRONLY)
    document = Document(planned(A=("Mon", 3), B=("Tue", 2), links="A FS B"))
    titles: dict[str, str] = {}

    def mark(name: str) -> None:
        os.write(marks, MARK + name.encode() + b"\n")
        titles[name] = document.kept.items[ItemId("A")].title

    digest = save_roadmap(path, document.kept)
    mark("old")
    journal = Journal(place / "state" / "journal", lambda error: os.abort())
    journal.begin(document.kept, (), (), path, digest)
    for n in range(6):
        if n == 3:
            saved, done = document.kept, tuple(document.done)
            digest = save_roadmap(path, saved, (), done, digest)
            mark("saved")
            keep_backup(place / "state" / "backups", "plan", path)
            document.commit(rename_item, ItemId("A"), "Meanwhile")
            journal.follow(document)
            journal.wait()
            mark("acknowledged meanwhile")
            journal.go_on(document, saved, (), done, path, digest)
        document.commit(rename_item, ItemId("A"), f"Title {n}")
        mark(f"doing {n}")
        journal.follow(document)
        journal.wait()
        mark(f"acknowledged {n}")
    os.write(marks, MARK + b"end\n")
    print(json.dumps(titles))


class Call(NamedTuple):
    """A system call that succeeded. Paths are absolute."""

    name: str
    path: str
    other: str = ""
    """Where a rename leads."""
    data: bytes = b""
    """What was written."""
    flags: str = ""


_LINE = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"^(?:\[pid +(\d+)\] |(\d+) +)(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(?:\[pid +(\d+)\] |(\d+) +)<\.\.\. \w+ resumed>(.*)$")
_PATH = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>")


def traced(place: Path) -> tuple[dict[str, str], list[Call]]:
    """Run `work` under strace: what the moments expect, and the calls that touch `place`."""
    log = place.with_suffix(".strace")
    support = Path(__file__).parent
    paths = os.pathsep.join((str(support), os.environ.get("PYTHONPATH", "")))
    command = ["strace", "-f", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log)]
    result = subprocess.run(
        [*command, sys.executable, __file__, str(place)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout), list(_calls(log, str(place)))


def can_trace() -> bool:
    """Whether there is a strace that may be used."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "true"], capture_output=True, check=False).returncode == 0


def _calls(log: Path, place: str) -> Iterator[Call]:
    waiting: dict[str, str] = {}
    for line in log.read_text("latin-1").splitlines():
        if found := _UNFINISHED.match(line):
            waiting[found[1] or found[2]] = found[3]
            continue
        if found := _RESUMED.match(line):
            line = waiting.pop(found[1] or found[2]) + found[3]
        call = _call(line)
        if call is not None and call.path.startswith(place):
            yield call


def _call(line: str) -> Call | None:
    found = _LINE.match(line)
    if found is None or int(found[3]) < 0:
        return None
    name, arguments = found[1], found[2]
    texts = [_text(text) for text in _PATH.findall(arguments)]
    handle = _HANDLE.match(arguments)
    if name in ("read", "write", "fsync"):
        path = _text(handle[1]).decode() if handle else ""
        return Call(name, path, data=texts[0] if texts and name == "write" else b"")
    paths = [text.decode("utf-8", "replace") for text in texts]
    folders = [_text(folder).decode() for folder in re.findall(r"\d+<([^>]*)>", arguments)]
    if paths and not paths[0].startswith("/") and folders:  # relative to a folder, as rmtree removes
        paths = [os.path.join(folders[0], path) for path in paths]
    if not paths:
        return None
    return Call(name, paths[0], paths[1] if len(paths) > 1 else "", flags=arguments)


def _text(escaped: str) -> bytes:
    if "\\x" not in escaped:
        return escaped.encode("latin-1")
    return bytes.fromhex(escaped.replace("\\x", ""))


if __name__ == "__main__":
    work(Path(sys.argv[1]))
