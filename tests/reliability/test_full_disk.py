"""A disk without room: the old file stays whole, it is said, and the work goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import full_disk
import pytest


def run(*command: str) -> subprocess.CompletedProcess[str]:
    support = str(Path(full_disk.__file__).parent)
    paths = os.pathsep.join((support, os.environ.get("PYTHONPATH", "")))
    return subprocess.run(
        command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of saving on a disk of 250 kB that nobody else sees."""
    place = tmp_path_factory.mktemp("small")
    if shutil.which("unshare") is None:
        pytest.skip("a small disk can't be made here: no unshare")
    mount = f'mount -t tmpfs -o size=250k tmpfs "{place}"'
    if run("unshare", "-m", "sh", "-c", mount).returncode:
        pytest.skip("a small disk can't be made here: mount is not allowed")
    script = f'{mount} && exec "{sys.executable}" "{full_disk.__file__}" "{place}"'
    result = run("unshare", "-m", "sh", "-c", script)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_on_a_full_disk_the_old_file_stays(results: dict[str, Any]):
    codes = results["codes"]
    assert not results["wrong"]
    assert len(codes) == 33
    assert set(codes) == {"file.write_full", "saved"}
    assert codes[0] == "file.write_full"
    assert codes[-1] == "saved"


def test_a_journal_without_room_is_told_and_goes_on_once_there_is_some(results: dict[str, Any]):
    assert results["journal"]["told"] > 0
    assert results["journal"]["more"] == 0
    assert results["journal"]["titles"] == ["Room again"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("limit", [1, 1000, 20_000])
def test_beyond_a_quota_the_old_file_stays(tmp_path: Path, limit: int):
    result = run(sys.executable, full_disk.__file__, str(tmp_path), str(limit))
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {"code": "file.write_full", "intact": True}
