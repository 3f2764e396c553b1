"""Start the real program on a virtual screen, use it with mouse and keys, and save a picture of each page.

    dev.py shots [FOLDER]

The sample plan at three zooms, in hierarchy and lanes, with a drag in flight, and every other page; in light
and dark, on a usual, a small and a projector's screen, and at 200 % and 300 %. On the usual one also a link
that is refused since it would close a loop, and a dense plan of two hundred items.

Needs Xvfb, openbox, xdotool and ImageMagick's `import`; `dev.py shots` sees to it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Screen(NamedTuple):
    """What the program is shown on, in pixels, and where two bars of the sample are then.

    Others wait for the first; the last of these, a milestone, is the second.
    """

    width: int
    height: int
    scale: float
    bar: tuple[int, int]
    last: tuple[int, int] | None = None


SCREENS = {
    "": Screen(1600, 1000, 1.0, (950, 436), (1085, 748)),
    "-small": Screen(1024, 640, 1.0, (680, 436)),
    "-projector": Screen(1280, 720, 1.0, (650, 436)),
    "-200": Screen(3200, 2000, 2.0, (1900, 872)),
    "-300": Screen(3072, 1920, 3.0, (2040, 1308)),
}
"""By the suffix of their pictures."""
FILL_THE_SCREEN = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>
<application type="normal"><decor>no</decor><maximized>yes</maximized></application>
</applications></openbox_config>
"""
"""What the window manager is to do with the program's window."""
SETTLE = 0.5
"""Seconds for the program to begin to draw what was asked for."""
MOST_LOOKS = 12
"""How often it is looked whether the program has drawn all: a caret that blinks never comes to rest."""
DOT = 15
"""Pixels from the middle of a milestone to the dot from which its links are drawn."""
REGIONS = ("", " · Europe", " · Americas", " · Asia")
"""The dense plan is the sample, once for each."""


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "shots")
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for suffix, screen in SCREENS.items():
            with virtual_screen(screen.width, screen.height) as display:
                tour = Tour(display, folder, f"{theme}{suffix}", screen)
                with program(display, theme, screen.scale):
                    tour.take()
                if screen.last is not None:
                    with dense_plan() as path, program(display, theme, screen.scale, path):
                        tour.take_dense()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


class Tour:
    """The stops of one round through the program."""

    def __init__(self, display: str, folder: Path, name: str, screen: Screen) -> None:
        self.display, self.folder, self.name, self.screen = display, folder, name, screen

    def take(self) -> None:
        self.shoot("timeline")
        self.drag("timeline-drag")
        if self.screen.last is not None:
            self.close_loop("timeline-loop", self.screen.last)
        self.keys("ctrl+equal", "ctrl+equal")
        self.shoot("timeline-near")
        self.keys("ctrl+0")
        self.keys("ctrl+minus", "ctrl+minus", "ctrl+minus")
        self.shoot("timeline-far")
        self.keys("ctrl+0")
        self.find("Plan by team")
        self.shoot("lanes")
        self.find("Whole plan")
        self.keys("ctrl+2")
        self.shoot("graph")
        self.keys("ctrl+3")
        self.shoot("board")
        self.keys("ctrl+4")
        self.shoot("table")
        self.keys("ctrl+1")
        self.keys("ctrl+k")
        self.shoot("palette")
        self.keys("Escape")
        self.keys("F1")
        self.shoot("shortcuts")
        self.keys("Escape")

    def take_dense(self) -> None:
        """What two hundred items look like."""
        self.keys("ctrl+0")
        self.shoot("dense")
        self.find("Plan by team")
        self.shoot("dense-lanes")
        self.keys("ctrl+minus", "ctrl+minus", "ctrl+minus")
        self.shoot("dense-far")

    def find(self, words: str) -> None:
        """Run what the command palette finds first."""
        self.keys("ctrl+k")
        self.xdotool("type", "--delay", "15", words)
        self.seen()
        self.keys("Return")

    def drag(self, name: str) -> None:
        """Drag a bar, take a picture in flight, and let it be."""
        x, y = self.screen.bar
        self.move(x, y)
        self.pull((x, y), (round(x + 72 * self.screen.scale), y))
        self.shoot(name)
        self.keys("Escape")
        self.let_go()

    def close_loop(self, name: str, last: tuple[int, int]) -> None:
        """Draw a link back to what the last one waits for, and take a picture of how it is refused."""
        x, y = last
        self.move(x, y)  # the dots come with the pointer
        time.sleep(SETTLE)
        self.move(x + DOT, y)
        self.pull((x + DOT, y), self.screen.bar)
        self.shoot(name)
        self.let_go()
        self.keys("Escape")

    def pull(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the mouse and move it, as a hand does."""
        self.xdotool("mousedown", "1")
        for step in range(1, 13):
            share = step / 12
            self.move(*(round(a + (b - a) * share) for a, b in zip(start, end, strict=True)))
            time.sleep(0.03)

    def let_go(self) -> None:
        """Release the mouse, and take the pointer out of the picture."""
        self.xdotool("mouseup", "1")
        self.move(self.screen.width - 2, self.screen.height - 2)

    def move(self, x: int, y: int) -> None:
        self.xdotool("mousemove", str(x), str(y))

    def keys(self, *keys: str) -> None:
        self.xdotool("key", *keys)
        self.seen()

    def shoot(self, name: str) -> None:
        (self.folder / f"{name}-{self.name}.png").write_bytes(self.seen())

    def seen(self) -> bytes:
        """What is on the screen as soon as it stays the same: a busy machine takes its time."""
        command = ["import", "-display", self.display, "-window", "root", "-strip", "png:-"]
        before = b""
        for _ in range(MOST_LOOKS):
            time.sleep(SETTLE)
            now = subprocess.run(command, check=True, capture_output=True).stdout
            if now == before:
                break
            before = now
        return now

    def xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": self.display}, check=True)


@contextmanager
def virtual_screen(width: int, height: int) -> Iterator[str]:
    """An X server without a monitor, with a window manager; its display."""
    read, write = os.pipe()
    screen = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), *screen], pass_fds=[write])
    os.close(write)
    try:
        display = ":" + os.read(read, 16).decode().strip()
        env = {**os.environ, "DISPLAY": display}
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as rules:
            rules.write(FILL_THE_SCREEN)
            rules.flush()
            manager = subprocess.Popen(
                ["openbox", "--config-file", rules.name], env=env, stderr=subprocess.DEVNULL
            )
            try:
                yield display
            finally:
                end(manager)
    finally:
        os.close(read)
        end(server)


@contextmanager
def dense_plan() -> Iterator[Path]:
    """A file with the sample four times over: some two hundred items, every one a little later."""
    from datetime import date, timedelta

    from msgspec.structs import replace
    from roadwright.io.roadmap_file import save_roadmap
    from roadwright.io.sample import sample_plan
    from roadwright.model.records import ItemId, LinkId

    plan = sample = sample_plan(date.today())
    for place, region in enumerate(REGIONS[1:], 1):
        later = timedelta(weeks=3 * place)
        for item in sample.items.values():
            plan = plan.put(
                replace(
                    item,
                    id=ItemId(f"{item.id}-{place}"),
                    key=f"RW-{100 * place + int(item.key.partition('-')[2])}",
                    title=item.title + region,
                    parent=ItemId(f"{item.parent}-{place}") if item.parent else None,
                    rank=item.rank + 1000.0 * place,
                    start=item.start + later if item.start else None,
                    deadline=item.deadline + later if item.deadline else None,
                )
            )
        for link in sample.links.values():
            source, target = (ItemId(f"{end}-{place}") for end in (link.source, link.target))
            plan = plan.put(replace(link, id=LinkId(f"{link.id}-{place}"), source=source, target=target))
    plan = plan.put(replace(plan.info, next_number=1000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dense.roadmap")
        save_roadmap(path, plan)
        yield path


@contextmanager
def program(display: str, theme: str, scale: float, plan: Path | None = None) -> Iterator[None]:
    """The program with a state folder of its own, on the sample or on the plan in a file."""
    with tempfile.TemporaryDirectory() as state:
        Path(state, "settings.json").write_text(json.dumps({"theme": theme}), "utf-8")
        env = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(scale),
            "ROADWRIGHT_STATE": state,
        }
        command = [sys.executable, "-P", "-m", "roadwright.main", *([str(plan)] if plan else [])]
        running = subprocess.Popen(command, env=env)
        try:
            wait_for_window(display)
            yield
        finally:
            end(running)


def wait_for_window(display: str) -> None:
    env = {**os.environ, "DISPLAY": display}
    for _ in range(100):
        search = ["xdotool", "search", "--onlyvisible", "--name", "Roadwright"]
        found = subprocess.run(search, env=env, capture_output=True, text=True, check=False).stdout.split()
        if found:
            time.sleep(3 * SETTLE)
            return
        time.sleep(0.1)
    raise SystemExit("The window did not come up within ten seconds.")


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
