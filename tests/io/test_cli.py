"""The verbs without a window: what they print, what they write, and their exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import roadwright
from roadwright import cli
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.main import main
from roadwright.model.document import Document
from roadwright.model.edits.items import add_item, move_items, rename_item, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.edits.people import add_team
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId, LinkId, TeamId

A, B, C, D, P = (ItemId(name) for name in "ABCDP")
ROOT = Path(roadwright.__file__).parent
PLAIN = """Key,Title,Kind,Team,Owner,Start,Duration,Depends on
RW-1,Checkout,Feature,Payments,Ann,2026-03-02,5,
RW-2,Wallet,Feature,Payments,Bo,,3,RW-1 FS+2d
RW-3,Launch,Milestone,,,,,RW-2
"""


def small_plan() -> Plan:
    plan = add_team(new_plan("Small"), TeamId("pay"), "Payments")
    plan = add_item(plan, P, title="Shop")
    plan = add_item(plan, A, title="Checkout 🚀", parent=P, start=date(2026, 3, 2), team=TeamId("pay"))
    plan = add_item(plan, B, title="Wallet", parent=P, duration=3)
    plan = add_item(plan, C, title="Pinned too early", start=date(2026, 3, 3), pinned=True)
    plan = add_item(plan, D, title="שלום")
    plan = add_link(plan, LinkId("AB"), A, B, "FS", 1)
    return add_link(plan, LinkId("AC"), A, C)


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.roadmap"
    save_roadmap(path, small_plan())
    return str(path)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "table.csv"
    path.write_text(PLAIN, "utf-8")
    return str(path)


def damaged(small: str) -> str:
    path = Path(small).with_name("damaged.roadmap")
    path.write_bytes(Path(small).read_bytes().replace(b"Checkout", b"Chuckout"))
    return str(path)


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on the standard error with which the arguments are refused."""
    assert main(list(arguments)) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("roadwright: ")
    assert error.count("\n") == 1
    return error


# new


def test_new_writes_an_empty_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Next year.roadmap"
    assert main(["new", str(path)]) == 0
    plan = open_roadmap(path).plan
    assert plan.items == {}
    assert plan.info.title == "Next year"
    assert str(path) in capsys.readouterr().out


def test_new_writes_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "sample.roadmap"
    assert main(["new", str(path), "--sample"]) == 0
    opened = open_roadmap(path)
    assert opened.complaints == ()
    assert len(opened.plan.items) > 30


def test_new_overwrites_nothing(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path(small).read_bytes()
    assert "exists already" in refused(capsys, "new", small)
    assert Path(small).read_bytes() == before
    assert ".roadmap" in refused(capsys, "new", str(tmp_path / "plan.xlsx"))
    assert "does not exist" in refused(capsys, "new", str(tmp_path / "none" / "x.roadmap"))
    assert [path.name for path in tmp_path.iterdir()] == ["small.roadmap"]


# schedule


def test_schedule_as_json(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", small, "--json"]) == 0
    values = said(capsys)
    assert list(values) == ["items", "finish"]
    assert values["finish"] == "2026-03-12"
    assert [entry["key"] for entry in values["items"]] == ["RW-1", "RW-2", "RW-3", "RW-4", "RW-5"]
    by_key = {entry["key"]: entry for entry in values["items"]}
    assert by_key["RW-1"]["driver"] == "children"
    assert by_key["RW-2"] == {
        "key": "RW-2",
        "title": "Checkout 🚀",
        "start": "2026-03-02",
        "finish": "2026-03-06",
        "slack": -4,  # what waits for it is pinned too early
        "critical": True,
        "driver": "start",
        "conflicts": [],
    }
    assert by_key["RW-3"]["driver"] == "RW-2"
    assert by_key["RW-4"]["driver"] == "pinned"
    [conflict] = by_key["RW-4"]["conflicts"]
    assert (conflict["code"], conflict["other"]) == ("link.broken", "RW-2")
    assert "RW-4" in conflict["message"]
    assert by_key["RW-5"] == {
        "key": "RW-5",
        "title": "שלום",
        "start": None,
        "finish": None,
        "slack": None,
        "critical": False,
        "driver": None,
        "conflicts": [],
    }


def test_schedule_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_roadmap(tmp_path / "e.roadmap", new_plan("Empty"))
    assert main(["schedule", str(tmp_path / "e.roadmap"), "--json"]) == 0
    assert said(capsys) == {"items": [], "finish": None}
    assert main(["schedule", str(tmp_path / "e.roadmap")]) == 0
    assert "Nothing is on the timeline" in capsys.readouterr().out


def test_schedule_as_an_aligned_table(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", small]) == 0
    lines = capsys.readouterr().out.splitlines()
    column = lines[0].index("Start")
    assert lines[3][column:].split()[:2] == ["2026-03-10", "2026-03-12"]
    assert lines[2][column - 1 :].split()[0] == "2026-03-02"  # the rocket takes two columns
    assert lines[2].startswith("RW-2    Checkout")  # below its parent
    assert lines[-1] == "Finish: 2026-03-12"


def test_schedule_of_a_table(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", table, "--json"]) == 0
    assert [(i["key"], i["start"]) for i in said(capsys)["items"]] == [
        ("RW-1", "2026-03-02"),
        ("RW-2", "2026-03-11"),
        ("RW-3", "2026-03-13"),
    ]


# import


def test_import_writes_a_plan(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = str(tmp_path / "out.roadmap")
    assert main(["import", table, "-o", output]) == 0
    assert "items 3" in capsys.readouterr().out
    plan = open_roadmap(output).plan
    assert {item.key: item.title for item in plan.items.values()} == {
        "RW-1": "Checkout",
        "RW-2": "Wallet",
        "RW-3": "Launch",
    }


def test_import_says_in_json_what_it_read(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", table, "-o", str(tmp_path / "out.roadmap"), "--json"]) == 0
    values = said(capsys)
    assert values["complaints"] == []
    counts = {name: values["counts"][name] for name in ("items", "milestones", "links", "teams", "people")}
    assert counts == {"items": 3, "milestones": 1, "links": 2, "teams": 1, "people": 2}


def test_import_of_what_can_not_be_read_needs_a_decision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = tmp_path / "bad.csv", tmp_path / "out.roadmap"
    source.write_text(PLAIN.replace("2026-03-02", "sometime").replace("RW-1 FS", "RW-99 FS"), "utf-8")
    assert main(["import", str(source), "-o", str(output), "--json"]) == 3
    complaints = said(capsys)["complaints"]
    assert len(complaints) >= 2
    for complaint in complaints:
        assert set(complaint) == {"file", "sheet", "cell", "line", "code", "message", "done"}
        assert complaint["message"]
    assert {2, 3} <= {complaint["line"] for complaint in complaints}
    assert len(open_roadmap(output).plan.items) == 3
    assert main(["import", str(source), "-o", str(output)]) == 3
    assert "bad.csv" in capsys.readouterr().err


def test_import_takes_a_sheet_and_a_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, output = tmp_path / "odd.csv", str(tmp_path / "out.roadmap")
    source.write_text(
        "Title,Was = was,Start,Zeug\nX,Checkout,2026-03-02,Ann\nY,Wallet,2026-03-09,Bo\n", "utf-8"
    )
    wishes = ("--map", "Was = was=title", "--map", "Zeug=Owner")
    assert main(["import", str(source), "-o", output, *wishes]) == 0
    plan = open_roadmap(output).plan
    assert [plan.items[id].title for id in plan.outline.order] == ["Checkout", "Wallet"]
    assert {person.name for person in plan.people.values()} == {"Ann", "Bo"}
    capsys.readouterr()
    assert "Nope" in refused(capsys, "import", str(source), "-o", output, "--map", "Nope=title")
    assert "other" in refused(capsys, "import", str(source), "-o", output, "--sheet", "other")


def test_import_of_a_plan_keeps_its_history(tmp_path: Path, small: str) -> None:
    document = Document(small_plan())
    document.commit(rename_item, A, "Checkout 3")
    save_roadmap(small, document.kept, (), document.done)
    output = tmp_path / "copy.roadmap"
    assert main(["import", small, "-o", str(output)]) == 0
    assert open_roadmap(output).plan == document.kept
    assert len(open_roadmap(output).history) == 1


# export


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".roadmap"])
def test_export_and_import_give_the_plan_back(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    output, again = str(tmp_path / f"out{suffix}"), str(tmp_path / "again.roadmap")
    assert main(["export", small, "-o", output]) == 0
    assert main(["import", output, "-o", again]) == 0
    capsys.readouterr()
    assert main(["diff", small, again, "--json"]) == 0
    differences = said(capsys)
    assert differences["items"] == {"added": [], "removed": [], "changed": []}
    assert differences["links"] == {"added": [], "removed": [], "changed": []}
    if suffix != ".csv":
        assert open_roadmap(again).plan == small_plan_of(small)


def small_plan_of(path: str) -> Plan:
    return open_roadmap(path).plan


@pytest.mark.parametrize(
    ("suffix", "beginning"),
    [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF"), (".PNG", b"\x89PNG")],
)
def test_export_draws_the_timeline(
    small: str, tmp_path: Path, qapp: object, suffix: str, beginning: bytes
) -> None:
    output = tmp_path / f"out{suffix}"
    options = (
        "--view",
        "plan BY TEAM",
        "--from",
        "2026-02-01",
        "--to",
        "2026-04-30",
        "--theme",
        "dark",
        "--width",
        "900",
    )
    assert main(["export", small, "-o", str(output), *options]) == 0
    assert output.read_bytes().startswith(beginning)
    assert output.stat().st_size > 1000
    if suffix.lower() == ".png":
        assert int.from_bytes(output.read_bytes()[16:20], "big") == 900  # the width in the header of a PNG


def test_export_refuses_what_it_can_not_do(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = sorted(path.name for path in tmp_path.iterdir())
    assert ".xlsx" in refused(capsys, "export", small, "-o", str(tmp_path / "out.docx"))
    error = refused(capsys, "export", small, "-o", str(tmp_path / "out.png"), "--view", "Nope")
    assert "Whole plan, Plan by team, By objective" in error
    assert "choose another name" in refused(capsys, "export", small, "-o", small)
    assert "does not exist" in refused(capsys, "export", small, "-o", str(tmp_path / "none" / "out.csv"))
    assert sorted(path.name for path in tmp_path.iterdir()) == names


# diff


def test_diff_of_the_same(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", small, small]) == 0
    assert capsys.readouterr().out == "No differences.\n"
    assert main(["diff", small, small, "--json"]) == 0
    values = said(capsys)
    assert values["equal"] is True
    assert (values["old"], values["new"]) == (small, small)


def test_diff_of_two_plans(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newer = str(tmp_path / "newer.roadmap")
    save_roadmap(newer, move_items(small_plan_of(small), {A: date(2026, 3, 2)}, 5))
    assert main(["diff", small, newer, "--json"]) == 0
    changed = {entry["key"]: entry["fields"] for entry in said(capsys)["items"]["changed"]}
    assert changed["RW-2"][0] == {
        "field": "start",
        "before": "2026-03-02",
        "after": "2026-03-09",
        "entered": True,
    }
    assert not any(field["entered"] for field in changed["RW-3"])
    assert main(["diff", small, newer]) == 0
    assert "- Checkout 🚀 slips 5 working days to" in capsys.readouterr().out
    assert main(["diff", small, newer, "--markdown"]) == 0
    assert "because its start was moved from 2 Mar 2026 to 9 Mar 2026" in capsys.readouterr().out


# check


def test_check_of_a_sound_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "e.roadmap")
    save_roadmap(path, new_plan("Empty"))
    assert main(["check", path]) == 0
    assert "no problems" in capsys.readouterr().out
    assert main(["check", path, "--json"]) == 0
    assert said(capsys) == {"problems": [], "complaints": []}


def test_check_names_problems(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", small, "--json"]) == 3
    [problem] = said(capsys)["problems"]
    assert problem["code"] == "link.broken"
    assert problem["keys"] == ["RW-4", "RW-2"]
    assert main(["check", small]) == 3
    assert "RW-4" in capsys.readouterr().out


def test_check_names_what_is_wrong_with_the_file(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", damaged(small), "--json"]) == 3
    [complaint] = said(capsys)["complaints"]
    assert complaint["code"] == "file.altered"
    assert complaint["file"] == "damaged.roadmap"


def test_a_damaged_plan_is_never_taken_for_a_healthy_one(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = damaged(small)
    for arguments in (
        ["schedule", bad],
        ["diff", small, bad],
        ["export", bad, "-o", str(tmp_path / "out.csv")],
        ["import", bad, "-o", str(tmp_path / "out.roadmap")],
    ):
        assert main(arguments) == 3
        out, error = capsys.readouterr()
        assert out
        assert error.startswith("damaged.roadmap")


# Refusals and usage


@pytest.mark.parametrize("verb", ["schedule", "check", "diff", "export", "import"])
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.roadmap", None, "no file"),
        ("none.csv", None, ""),
        ("empty.roadmap", b"", "is empty"),
        ("empty.csv", b"", ""),
        ("newer.roadmap", b'{"format":"roadmap","version":7}\n', "newer"),
        ("other.roadmap", b"%PDF-1.7", "PDF"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n", ""),
        ("not.xlsx", b"PK\x03\x04nothing", ""),
        ("prose.csv", b"Once upon a time.\nThere was.\n", ""),
    ],
)
def test_bad_input_is_refused_in_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    name: str,
    content: bytes | None,
    reason: str,
) -> None:
    path, output = tmp_path / name, tmp_path / "out.roadmap"
    if content is not None:
        path.write_bytes(content)
    more = {"diff": [str(path)], "export": ["-o", str(output)], "import": ["-o", str(output)]}.get(verb, [])
    error = refused(capsys, verb, str(path), *more)
    assert name in error
    assert reason in error
    assert not output.exists()


def test_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("folder.roadmap", "folder.xlsx", "folder"):
        (tmp_path / name).mkdir()
        assert name in refused(capsys, "check", str(tmp_path / name))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["exprt", "a.roadmap"],
        ["nonsense"],
        ["new"],
        ["import", "a.csv"],
        ["import", "a.csv", "-o", "b.roadmap", "--map", "no field"],
        ["export", "a.roadmap", "-o", "b.png", "--from", "31.03.2026"],
        ["export", "a.roadmap", "-o", "b.png", "--from", "2026-04-01", "--to", "2026-03-01"],
        ["export", "a.roadmap", "-o", "b.png", "--theme", "pink"],
        ["export", "a.roadmap", "-o", "b.png", "--width", "1"],
        ["diff", "a.roadmap", "b.roadmap", "--json", "--markdown"],
        ["merge", "a.roadmap"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert "usage: roadwright" in error


@pytest.mark.parametrize("verb", ["", *cli.VERBS])
def test_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "-h"] if verb else ["-h"]) == 0
    text = capsys.readouterr().out
    assert "usage: roadwright" in text
    assert "Exit status" in text
    assert "cli." not in text  # a code without words


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Roadwright {roadwright.__version__}\n"


def test_what_asks_for_the_window(small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "import").touch()
    assert cli.wants_window([])
    assert cli.wants_window([small])
    assert cli.wants_window(["not there.xlsx"])
    assert cli.wants_window(["./import"])
    for arguments in (["import"], ["-h"], ["--version"], ["schedul"], [small, small]):
        assert not cli.wants_window(arguments)


def test_a_fault_shows_no_traceback(
    small: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(plan: Plan) -> None:
        raise ZeroDivisionError("on\npurpose")

    monkeypatch.setattr(cli, "schedule", fail)
    error = refused(capsys, "schedule", small)
    assert "ZeroDivisionError: on purpose (test_cli.py:" in error


# As other programs run it


def started(
    *arguments: str, code: str = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    program = ["-c", code] if code else ["-m", "roadwright.main"]
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    return subprocess.run(
        [sys.executable, "-P", *program, *arguments],
        capture_output=True,
        cwd=cwd,
        env={**known, **environment},
        timeout=120,
        check=False,
    )


def test_output_is_utf_8_in_any_locale(small: str) -> None:
    done = started("schedule", small, "--json", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["items"][1]["title"] == "Checkout 🚀"
    assert done.stderr == b""


def test_nothing_but_drawing_imports_qt(small: str, table: str, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from roadwright.main import main\n"
        "small, table, folder = sys.argv[1:]\n"
        "assert main(['new', folder + '/new.roadmap', '--sample']) == 0\n"
        "assert main(['import', table, '-o', folder + '/imported.roadmap']) == 0\n"
        "assert main(['export', small, '-o', folder + '/out.xlsx']) == 0\n"
        "assert main(['export', small, '-o', folder + '/out.csv']) == 0\n"
        "assert main(['schedule', small]) == 0\n"
        "assert main(['diff', small, table]) == 0\n"
        "assert main(['check', small]) == 3\n"
        "assert main(['merge', small, table]) == 1\n"
        "assert main(['-h']) == 0\n"
        "sys.exit(', '.join(name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))) or 0)\n"
    )
    done = started(small, table, str(tmp_path), code=code)
    assert done.returncode == 0, done.stderr.decode()


def test_drawing_needs_no_display(small: str, tmp_path: Path) -> None:
    output = tmp_path / "out.png"
    done = started("export", small, "-o", str(output), DISPLAY=":77", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 0, done.stderr.decode()
    assert output.read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_has_enough_causes_no_traceback(tmp_path: Path) -> None:
    plan = new_plan("Long")
    for n in range(600):
        plan = add_item(plan, ItemId(f"i{n}"), title="x" * 40)
    save_roadmap(tmp_path / "long.roadmap", plan)
    command = (
        f'"{sys.executable}" -P -m roadwright.main schedule "{tmp_path}/long.roadmap" --json | head -c 10'
    )
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, check=False)
    assert done.stdout == b'{\n  "items'
    assert done.stderr == b""
    command = f'"{sys.executable}" -P -m roadwright.main check "{tmp_path}/long.roadmap" > /dev/full; echo $?'
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, check=False)
    if Path("/dev/full").exists():
        assert done.stdout == b"1\n"
        assert done.stderr.startswith(b"roadwright: ")
        assert done.stderr.count(b"\n") == 1


def test_main_runs_from_a_folder_of_any_name(small: str, tmp_path: Path) -> None:
    """`python main.py`, without an installation, the repository's own io/ on the path."""
    copy = tmp_path / "my checkout"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".*", "tests", "__pycache__", "docs", "*.egg-info")
    )
    code = (
        "import runpy, sys\n"
        "sys.path.insert(0, '')\n"
        "sys.meta_path[:] = [finder for finder in sys.meta_path if 'editable' not in repr(finder).lower()]\n"
        "sys.argv = ['main.py', 'schedule', sys.argv[1], '--json']\n"
        "runpy.run_path('main.py', run_name='__main__')\n"
    )
    done = started(small, code=code, cwd=copy)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["finish"] == "2026-03-12"


def test_an_edit_shows_in_every_verb(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From file to file: what one verb writes the next reads."""
    later = set_field(small_plan_of(small), [D], "start", date(2026, 6, 1))
    save_roadmap(small, later)
    assert main(["export", small, "-o", str(tmp_path / "out.csv")]) == 0
    assert main(["schedule", str(tmp_path / "out.csv"), "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["finish"] == "2026-06-05"
