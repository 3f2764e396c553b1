"""What PySide compiles at each start is kept, and found again by the text it was compiled from."""

from __future__ import annotations

import builtins
import marshal
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType

import pytest
from roadwright.ui.kept_compiled import kept_compiled


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where Python keeps compiled modules; gives the files that are there."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return lambda: [path for path in tmp_path.rglob("*") if path.is_file()]


def compiled(source: str) -> CodeType:
    with kept_compiled():
        return builtins.compile(source.encode(), "some/module.py", "exec")


def value(code: CodeType) -> object:
    names: dict[str, object] = {}
    exec(code, names)
    return names["x"]


def test_code_is_kept_in_one_file_and_found_again(kept):
    assert value(compiled("x = 1")) == 1
    (file,) = kept()
    written = file.stat().st_mtime_ns
    assert value(compiled("x = 1")) == 1
    assert file.stat().st_mtime_ns == written
    assert kept() == [file]


def test_another_text_under_the_same_name_is_compiled_anew(kept):
    compiled("x = 1")
    assert value(compiled("x = 2")) == 2
    assert len(kept()) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", MAGIC_NUMBER + marshal.dumps(7), None])
def test_a_broken_file_counts_as_none(kept, damage: bytes | None):
    compiled("x = 1")
    (file,) = kept()
    file.write_bytes(file.read_bytes()[:-9] if damage is None else damage)
    assert value(compiled("x = 1")) == 1
    assert value(compiled("x = 1")) == 1


def test_nothing_is_written_where_python_writes_no_compiled_modules(kept, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert value(compiled("x = 1")) == 1
    assert kept() == []


def test_what_writes_type_hints_stays_empty(kept):
    with kept_compiled():
        code = builtins.compile(b"x = 1", "shibokensupport/signature/lib/pyi_generator.py", "exec")
    names: dict[str, object] = {}
    exec(code, names)
    assert "x" not in names
    assert kept() == []


def test_everybody_else_gets_the_real_function_again_even_after_a_failure():
    real = builtins.compile
    with pytest.raises(SyntaxError):
        compiled("x = ")
    assert builtins.compile is real
