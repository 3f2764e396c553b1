"""A boundary for each item on the timeline, as a mapping by id over the list that a schedule keeps."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import compress
from typing import Any

from ..records import ItemId
from .forward import NEVER
from .network import Network


class Points(Mapping[ItemId, int]):
    """A boundary for each item that is on the timeline: a look at the schedule's list, not a copy."""

    __slots__ = ("_at", "_end", "_ids", "_number")

    def __init__(self, network: Network, at: array[int], end: int) -> None:
        self._number, self._ids, self._at, self._end = network.number, network.ids, at, end

    def __getitem__(self, id: ItemId) -> int:
        boundary = self._at[2 * self._number[id] + self._end]
        if boundary == NEVER:
            raise KeyError(id)
        return boundary

    def get(self, id: ItemId, default: Any = None) -> Any:
        n = self._number.get(id)
        if n is None:
            return default
        boundary = self._at[2 * n + self._end]
        return default if boundary == NEVER else boundary

    def __contains__(self, id: object) -> bool:
        n = self._number.get(id)  # type: ignore[call-overload]
        return n is not None and self._at[2 * n + self._end] != NEVER

    def __iter__(self) -> Iterator[ItemId]:
        return compress(self._ids, [boundary != NEVER for boundary in self._at[self._end :: 2]])

    def __len__(self) -> int:
        return len(self._ids) - self._at[self._end :: 2].count(NEVER)
