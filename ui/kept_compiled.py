"""Keeps the Python part of PySide compiled from one start to the next.

PySide carries a dozen modules as source inside its library and compiles them whenever it is imported: that
is a quarter of its import. Their code is kept beside our own compiled modules, by the rules that Python has
for those, and found again by the text it was compiled from. So it is never out of date, and where it can't
be kept all is as ever. One of them, which writes type hints for those who build PySide, stays empty: it would
bring in the parser of command lines, logging and big patterns, and nothing asks for it in a running program.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from types import CodeType
from typing import Any

_UNASKED = "shibokensupport/signature/lib/pyi_generator.py"
Kept = dict[tuple[str, bytes], CodeType]
"""Compiled modules by file name and hash of the source."""


@contextmanager
def kept_compiled() -> Iterator[None]:
    """While something is imported that compiles its modules itself, compile none twice."""
    path = cache_from_source(os.path.join(os.path.dirname(__file__), "pyside.py"))
    kept, used = _read(path), Kept()
    compile = builtins.compile

    def look_up(source: Any, filename: Any, mode: str, *more: Any, **others: Any) -> Any:
        if mode != "exec" or more or others or not isinstance(source, bytes):
            return compile(source, filename, mode, *more, **others)
        if filename == _UNASKED:
            return compile(b"", filename, mode)
        key = (str(filename), source_hash(source))
        used[key] = kept.get(key) or compile(source, filename, mode)
        return used[key]

    # The importer inside PySide asks the built-in function, and leaves no other way to reach it.
    builtins.compile = look_up
    try:
        yield
    finally:
        builtins.compile = compile
    if not sys.dont_write_bytecode and not used.keys() <= kept.keys():
        _write(path, used)


def _read(path: str) -> Kept:
    """What is kept; nothing where there is no such file, or it is another Python's."""
    with suppress(OSError, EOFError, ValueError, TypeError), open(path, "rb") as file:
        content = file.read()
        if content.startswith(MAGIC_NUMBER):
            kept: Kept = marshal.loads(content[len(MAGIC_NUMBER) :])
            return kept if isinstance(kept, dict) else {}
    return {}


def _write(path: str, kept: Kept) -> None:
    beside = f"{path}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as file:
            file.write(MAGIC_NUMBER + marshal.dumps(kept))
        os.replace(beside, path)
