"""What is remembered between two starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from roadwright.ui.session import Looks
from roadwright.ui.settings import MAX_RECENT, Remembered, Settings, state_folder


def test_everything_written_comes_back(tmp_path: Path):
    settings = Settings(tmp_path / "state")
    settings.kept = Remembered(theme="dark", last="/a", geometry="AAA=", inspector=False, backlog_width=300)
    settings.save()
    settings.remember_looks("plan-1", Looks(page="graph", collapsed={"x"}, places={"graph": {"zoom": 2.0}}))
    again = Settings(tmp_path / "state")
    assert again.kept == settings.kept
    assert again.looks("plan-1") == Looks(page="graph", collapsed={"x"}, places={"graph": {"zoom": 2.0}})
    assert again.looks("plan-2") == Looks()
    assert not again.broken


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\0\0\0", b'{"theme": "pink"}', b'{"recent": 7}', b"\xff\xfe"]
)
def test_a_broken_file_is_left_out_and_named(tmp_path: Path, content: bytes):
    (tmp_path / "settings.json").write_bytes(content)
    settings = Settings(tmp_path)
    assert settings.kept == Remembered()
    assert settings.broken == [tmp_path / "settings.json"]
    settings.save()
    assert not Settings(tmp_path).broken


def test_an_unknown_setting_of_a_newer_version_does_no_harm(tmp_path: Path):
    (tmp_path / "settings.json").write_bytes(b'{"theme": "dark", "sound": "loud"}')
    settings = Settings(tmp_path)
    assert settings.kept.theme == "dark"
    assert not settings.broken


def test_the_latest_file_comes_first_and_once(tmp_path: Path):
    settings = Settings(tmp_path)
    paths = [tmp_path / f"{n}.roadmap" for n in range(MAX_RECENT + 3)]
    for path in (*paths, paths[4]):
        settings.remember_file(path)
    recent = settings.kept.recent
    assert recent[:2] == [str(paths[4]), str(paths[-1])]
    assert len(recent) == len(set(recent)) == MAX_RECENT
    assert settings.kept.last == str(paths[4])
    settings.forget_file(paths[4])
    assert str(paths[4]) not in settings.kept.recent
    assert settings.kept.last == ""


def test_a_plan_id_never_leads_out_of_the_folder(tmp_path: Path):
    settings = Settings(tmp_path / "state")
    for id in ("../../evil", "/etc/x", "a/b", "", "x" * 300, "con\0"):
        settings.remember_looks(id, Looks(page="table"))
        assert settings.looks(id).page == "table"
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and "state" not in path.parts]
    assert not outside


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "state")
    settings.save()
    settings.remember_looks("plan", Looks())
    assert (tmp_path / "file").read_text() == "in the way"


def test_the_folder_is_the_one_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ROADWRIGHT_STATE", str(tmp_path / "here"))
    assert state_folder() == tmp_path / "here"
    monkeypatch.delenv("ROADWRIGHT_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert "roadwright" in str(state_folder())
