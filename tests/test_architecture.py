"""The house keeps its shape: imports point one way, no Qt where none belongs, all is in the package."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("model", "io", "ui", "cli", "main")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOLDERS = ("model", "io", "ui", "resources")
SOURCES = [
    *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")),
    ROOT / "cli.py",
    ROOT / "main.py",
]


def module(path: Path) -> list[str]:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def imported(path: Path, *, at_import: bool) -> Iterator[list[str]]:
    """What a module imports, ours as ["model", ...]; `at_import` leaves out what functions import."""
    tree = ast.parse(path.read_text("utf-8"))
    package = list(path.relative_to(ROOT).parent.parts)
    nodes = _outside_functions(tree) if at_import else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("roadwright.").split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").removeprefix("roadwright.").split(".")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            yield [*base, *(node.module or "").split(".")] if node.module else [*base, node.names[0].name]


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path):
    here = module(path)[0] if module(path) else "main"
    if here not in LAYERS:
        return
    for name in imported(path, at_import=False):
        if name[0] in LAYERS:
            assert LAYERS.index(name[0]) <= LAYERS.index(here), f"{path} imports {'.'.join(name)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_imported_where_they_are_needed(path: Path):
    heavy = {
        "openpyxl",
        "xlsxwriter",
        "networkx",
        "numpy",
        "holidays",
        "rapidfuzz",
        "python_calamine",
        "qtawesome",
    }
    late = (["io", "tables"], ["io", "workbook"])
    numbers = [["model", "engine", name] for name in ("columns", "passes", "shape")]
    if module(path)[:2] in late or module(path) in numbers:
        return  # these are themselves imported late
    assert heavy.isdisjoint(name[0] for name in imported(path, at_import=True))


def test_qt_stays_in_ui():
    for path in SOURCES:
        if module(path)[:1] in (["model"], ["io"]):
            assert not any(name[0] in ("PySide6", "shiboken6") for name in imported(path, at_import=False)), (
                path
            )


def test_every_package_is_listed_and_every_listed_one_is_there():
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    there = {
        ".".join(["roadwright", *path.parent.relative_to(ROOT).parts])
        for path in SOURCES
        if path.name == "__init__.py"
    }
    assert listed == there | {"roadwright"}


def test_every_resource_is_packed():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["roadwright.resources"]
    packed = {path for pattern in patterns for path in (ROOT / "resources").glob(pattern)}
    there = {
        path
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert there <= packed


def test_no_code_has_two_meanings():
    seen: dict[str, Path] = {}
    for path in (ROOT / "resources" / "strings" / "en").glob("*.json"):
        for code in json.loads(path.read_text("utf-8"), object_pairs_hook=_no_twins(path)):
            assert code not in seen, f"{code} is in {seen[code].name} and {path.name}"
            seen[code] = path


def _no_twins(path: Path):
    def check(pairs: list[tuple[str, str]]) -> dict[str, str]:
        codes = [code for code, _ in pairs]
        assert len(codes) == len(set(codes)), f"{path.name} says the same code twice"
        return dict(pairs)

    return check
