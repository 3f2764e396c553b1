"""Start the real program on a virtual screen, use it with mouse and keys, and save a picture of each page.

    dev.py shots [FOLDER]

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
    """What the program is shown on, in pixels, and where a bar of the sample that others wait for is then."""

    width: int
    height: int
    scale: float
    bar: tuple[int, int]


SCREENS = {
    "": Screen(1600, 1000, 1.0, (950, 436)),
    "-small": Screen(1024, 640, 1.0, (700, 436)),
    "-projector": Screen(1280, 720, 1.0, (860, 436)),
    "-200": Screen(3200, 2000, 2.0, (1900, 872)),
}
"""By the suffix of their pictures."""
FILL_THE_SCREEN = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>
<application type="normal"><decor>no</decor><maximized>yes</maximized></application>
</applications></openbox_config>
"""
"""What the window manager is to do with the program's window."""
SETTLE = 0.6
"""Seconds for the program to draw what was asked for."""


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "shots")
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for suffix, screen in SCREENS.items():
            with (
                virtual_screen(screen.width, screen.height) as display,
                program(display, theme, screen.scale),
            ):
                Tour(display, folder, f"{theme}{suffix}", screen).take()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


class Tour:
    """The stops of one round through the program."""

    def __init__(self, display: str, folder: Path, name: str, screen: Screen) -> None:
        self.display, self.folder, self.name, self.screen = display, folder, name, screen

    def take(self) -> None:
        self.shoot("timeline")
        self.drag("timeline-drag")
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

    def find(self, words: str) -> None:
        """Run what the command palette finds first."""
        self.keys("ctrl+k")
        self.xdotool("type", "--delay", "15", words)
        self.keys("Return")

    def drag(self, name: str) -> None:
        """Drag a bar, take a picture in flight, and let it be."""
        x, y = self.screen.bar
        self.xdotool("mousemove", str(x), str(y))
        self.xdotool("mousedown", "1")
        for step in range(1, 13):
            self.xdotool("mousemove", str(round(x + 6 * self.screen.scale * step)), str(y))
            time.sleep(0.03)
        self.shoot(name)
        self.keys("Escape")
        self.xdotool("mouseup", "1")

    def keys(self, *keys: str) -> None:
        self.xdotool("key", *keys)
        time.sleep(SETTLE)

    def shoot(self, name: str) -> None:
        time.sleep(SETTLE)
        path = self.folder / f"{name}-{self.name}.png"
        subprocess.run(["import", "-display", self.display, "-window", "root", str(path)], check=True)

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
def program(display: str, theme: str, scale: float) -> Iterator[None]:
    """The program with a state folder of its own."""
    with tempfile.TemporaryDirectory() as state:
        Path(state, "settings.json").write_text(json.dumps({"theme": theme}), "utf-8")
        env = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(scale),
            "ROADWRIGHT_STATE": state,
        }
        running = subprocess.Popen([sys.executable, "-P", "-m", "roadwright.main"], env=env)
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
