"""A file is written whole or not at all, whatever goes wrong."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from roadwright.io import atomic
from roadwright.io.atomic import replacing, write_atomically
from roadwright.model.refused import Refused

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX file rights")


def held(number: int) -> PermissionError:
    """What Windows raises where a virus scanner has its hand on the file."""
    error = PermissionError(errno.EACCES, "Access is denied")
    error.winerror = number  # type: ignore[attr-defined]
    return error


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    path.write_bytes(b"old")
    return path


def only(path: Path) -> bool:
    return [file.name for file in path.parent.iterdir()] == [path.name]


def test_the_new_content_takes_the_place_of_the_old(old: Path) -> None:
    write_atomically(old, b"new")
    assert old.read_bytes() == b"new"
    assert only(old)


def test_everything_reaches_the_disk_before_the_name_does(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def note_replace(source: Path, target: Path) -> None:
        assert source.parent == target.parent
        assert old.read_bytes() == b"old"
        calls.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_atomically(old, b"new", check=lambda beside: calls.append(f"check {beside.read_bytes().decode()}"))
    assert calls == ["file", "check new", "replace", *(["folder"] if os.name != "nt" else [])]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE])
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_failing_call_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(atomic.os, call, fail)
        with pytest.raises(Refused) as refused:
            write_atomically(old, b"new")
    assert refused.value.code == ("file.write_full" if code == errno.ENOSPC else "file.write_failed")
    assert refused.value.values["file"] == str(old)
    assert old.read_bytes() == b"old"
    assert only(old)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is a Linux device")
def test_a_full_disk_leaves_the_old_file(old: Path) -> None:
    with (
        pytest.raises(Refused, match=r"file\.write_full"),
        replacing(old),
        open("/dev/full", "wb", buffering=0) as full,
    ):
        full.write(b"new")
    assert old.read_bytes() == b"old"
    assert only(old)


@posix
def test_a_folder_that_can_not_be_flushed_is_said(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def fail_for_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    with pytest.raises(Refused, match=r"file\.write_unsure"):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"new"
    assert only(old)


def test_a_check_that_fails_leaves_the_old_file(old: Path) -> None:
    def check(beside: Path) -> None:
        raise Refused("file.write_not_kept", file=str(beside))

    with pytest.raises(Refused, match="not_kept"):
        write_atomically(old, b"new", check, keep=True)
    assert old.read_bytes() == b"old"
    assert only(old)


def test_an_interrupted_writer_leaves_nothing(old: Path) -> None:
    def stopped() -> None:
        with replacing(old) as beside:
            beside.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert old.read_bytes() == b"old"
    assert only(old)


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_held_file_is_tried_again(old: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    waits: list[float] = []
    replace = os.replace

    def held_for_a_while(source: Path, target: Path) -> None:
        if len(waits) < 3:
            raise held(number)
        replace(source, target)

    monkeypatch.setattr(atomic.time, "sleep", waits.append)
    monkeypatch.setattr(atomic.os, "replace", held_for_a_while)
    write_atomically(old, b"new")
    assert old.read_bytes() == b"new"
    assert len(waits) == 3


@pytest.mark.parametrize("keep", [True, False])
def test_a_file_held_for_ever_is_said_and_the_new_one_kept(
    old: Path, monkeypatch: pytest.MonkeyPatch, keep: bool
) -> None:
    waits: list[float] = []

    def held_for_ever(*_: object) -> None:
        raise held(32)

    monkeypatch.setattr(atomic.time, "sleep", waits.append)
    monkeypatch.setattr(atomic.os, "replace", held_for_ever)
    with pytest.raises(Refused) as refused:
        write_atomically(old, b"new", keep=keep)
    assert sum(waits) <= 3
    assert old.read_bytes() == b"old"
    if keep:
        assert refused.value.code == "file.write_held"
        assert Path(str(refused.value.values["kept"])).read_bytes() == b"new"
    else:
        assert only(old)


@posix
def test_a_symbolic_link_stays_one(old: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.roadmap"
    link.symlink_to(old)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


@posix
def test_the_rights_of_the_old_file_stay(old: Path) -> None:
    old.chmod(0o640)
    write_atomically(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@posix
def test_a_read_only_file_and_folder_are_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "plan.roadmap"
        path.write_bytes(b"old")
        path.chmod(0o444)
        assert _written_by_nobody(path) == "file.write_read_only"
        path.chmod(0o666)
        Path(folder).chmod(0o555)
        assert _written_by_nobody(path) == "file.write_failed"
        assert path.read_bytes() == b"old"
        Path(folder).chmod(0o755)


def _written_by_nobody(path: Path) -> str:
    """The code of the refusal of somebody without rights: in a child, as root may write anywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = "written"
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            write_atomically(path, b"new")
        except Refused as refused:
            code = refused.code
        finally:
            os.write(writing, code.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    code = os.read(reading, 100).decode()
    os.close(reading)
    return code


@pytest.mark.parametrize(
    "name", ["ö" * 120 + ".roadmap", "🚀 plan.roadmap", "e\u0301.roadmap", "no suffix", ".hidden"]
)
def test_any_name_that_the_disk_takes(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"new")
    write_atomically(tmp_path / name, b"newer")
    assert (tmp_path / name).read_bytes() == b"newer"


def test_what_can_not_be_written_is_said(tmp_path: Path, old: Path) -> None:
    for path, code in (
        (tmp_path, "file.write_not_file"),
        (tmp_path / "none" / "x.roadmap", "file.write_no_folder"),
        (old / "x.roadmap", "file.write_failed"),
        (tmp_path / ("x" * 300), "file.write_failed"),
    ):
        with pytest.raises(Refused) as refused:
            write_atomically(path, b"new")
        assert refused.value.code == code


def test_a_writer_finds_the_suffix_it_needs(tmp_path: Path) -> None:
    with replacing(tmp_path / "plan.xlsx") as beside:
        assert beside.suffix == ".xlsx"
        beside.write_bytes(b"x")
    assert (tmp_path / "plan.xlsx").read_bytes() == b"x"


def test_only_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    gone = OSError(errno.ENOENT, "No such file or directory")
    assert atomic.refusal(gone, tmp_path / "none" / "plan.xlsx").code == "file.write_no_folder"
    assert atomic.refusal(gone, tmp_path / "plan.xlsx").code == "file.write_failed"
