"""A process that is killed at any moment loses nothing that it had acknowledged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import crashes
import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes: not on Windows")


def missing(place: Path, kills: int, seed: int) -> int:
    """How many of so many killed processes had lost an edit."""
    command = [sys.executable, crashes.__file__, str(place), str(kills), str(seed)]
    support = Path(crashes.__file__).parent
    paths = (str(support), str(support.parent / "oracle"), os.environ.get("PYTHONPATH", ""))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    killed, lost = map(int, result.stdout.split())
    assert killed == kills
    return lost


def test_a_killed_process_loses_no_acknowledged_edit(tmp_path: Path):
    assert missing(tmp_path, 60, seed=1) == 0


@pytest.mark.soak
def test_two_thousand_killed_processes_lose_no_acknowledged_edit(tmp_path: Path):
    assert missing(tmp_path, 2_000, seed=1_000) == 0


def test_the_test_notices_edits_that_are_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The journal's thread is held up: what was acknowledged without waiting for it is lost."""
    monkeypatch.setenv("ROADWRIGHT_ACKNOWLEDGE_EARLY", "1")
    assert missing(tmp_path, 30, seed=1) > 0
