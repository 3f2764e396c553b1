"""The start, from the beginning of the process to the first painted window, in CPU time of the process.

The window with the sample is to take no more than 1.6 times a bare PySide6 QMainWindow; the ratio stands in
brackets behind the median of the group `start`.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 11

AS_INSTALLED = """
import sys
sys.modules["typing_extensions"] = None  # tools for development bring it, and msgspec takes it if it is there
"""

BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
qt = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
qt.exec()
"""

SAMPLE = """
import os
from roadwright.ui import app
app.App._after_first_paint = lambda self: os._exit(0)
app.run(None)
"""


def children() -> float:
    """CPU seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def start(tmp_path: Path):
    """Run a program in a fresh process, its modules compiled already, as they are once installed."""
    environment = {
        **os.environ,
        "ROADWRIGHT_STATE": str(tmp_path / "state"),
        "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(program: str) -> None:
        subprocess.run(
            [sys.executable, "-c", AS_INSTALLED + program],
            check=True,
            env=environment,
            cwd=tmp_path,
            capture_output=True,
        )

    return run


@pytest.mark.benchmark(group="start", timer=children)
@pytest.mark.parametrize("program", [BARE, SAMPLE], ids=["a bare QMainWindow", "the window with the sample"])
def test_start(benchmark: BenchmarkFixture, start, program: str):
    benchmark.pedantic(start, (program,), rounds=ROUNDS, warmup_rounds=2)
