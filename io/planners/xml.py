"""Reads XML of strangers into a plain tree: no document types, no entities, no more than can be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from ...model.refused import Refused

_CHUNK = 1 << 22
"""Big pieces: what is long is looked at again from its begin with each of them."""
MOST_NODES = 1_000_000
DEEPEST = 200


class Node:
    """An element: its name without the namespace, and the line it begins on."""

    __slots__ = ("_firsts", "attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.text = ""
        self.children: list[Node] = []
        self._firsts: dict[str, Node] | None = None

    def find(self, name: str) -> Node | None:
        """The first child of that name."""
        if self._firsts is None:
            self._firsts = {child.name: child for child in reversed(self.children)}
        return self._firsts.get(name)

    def all(self, name: str) -> Iterator[Node]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)

    def inside(self, *names: str) -> Iterator[Node]:
        """What lies at the end of that path: children of the children ..."""
        nodes = [self]
        for name in names:
            nodes = [child for node in nodes for child in node.all(name)]
        return iter(nodes)

    def value(self, name: str, default: str = "") -> str:
        """The text of the first child of that name, without blanks around it."""
        child = self.find(name)
        return child.text.strip() if child is not None else default


def read_xml(path: Path, passed_over: frozenset[str] = frozenset()) -> Node:
    """The root of an XML file; what is inside elements that are `passed_over` is not kept.

    Raises:
        Refused("planner.entities" | "planner.too_deep" | "import.too_many" | "planner.damaged", file).
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    tree = _Tree(path.name, passed_over)
    parser = DefusedXMLParser(target=tree, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    tree.expat = parser.parser
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except DefusedXmlException:
        raise Refused("planner.entities", file=path.name) from None
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise Refused("planner.damaged", file=path.name, line=line or tree.expat.CurrentLineNumber) from None
    except OSError as error:
        raise Refused("file.unreadable", file=str(path), reason=error.strerror or str(error)) from None
    return tree.root


class _Tree:
    """What the parser tells of each element as it goes."""

    def __init__(self, file: str, passed_over: frozenset[str]) -> None:
        self._file, self._passed_over = file, passed_over
        self.expat: Any = None
        self._open: list[Node] = []
        self._texts: list[list[str]] = []
        self.root = Node("", {}, 0)
        self._count = self._skipped = self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused("planner.too_deep", file=self._file, deepest=DEEPEST)
        name = tag.rpartition("}")[2]
        if self._skipped or name in self._passed_over:
            self._skipped += 1
            return
        self._count += 1
        if self._count > MOST_NODES:
            raise Refused("planner.too_many", file=self._file, most=f"{MOST_NODES:,}")
        node = Node(name, dict(attributes), self.expat.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._texts.append([])

    def data(self, text: str) -> None:
        if self._texts and not self._skipped:
            self._texts[-1].append(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        self._open.pop().text = "".join(self._texts.pop())

    def close(self) -> None:
        """The parser asks for it; the tree is in `root`."""
