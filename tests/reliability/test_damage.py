"""No damage to a saved file goes unnoticed, whichever byte it hits, and none ends in a fault."""

from __future__ import annotations

from random import Random

import pytest
from damage import blocks, cuts, flips, harmful, opens_sound, saved_file
from roadwright.io import roadmap_file, roadmap_lines
from roadwright.io.roadmap_file import Opened, read_roadmap
from roadwright.io.salvage import Findings

PARTS = 8


@pytest.fixture(scope="module")
def data() -> bytes:
    return saved_file()


@pytest.fixture(scope="module")
def whole(data: bytes) -> Opened:
    opened = read_roadmap(data, "whole.roadmap")
    assert len(opened.plan.items) == 200
    assert not opened.complaints
    return opened


def test_a_flipped_byte_is_told(data: bytes, whole: Opened) -> None:
    for what, bad in flips(data, range(0, len(data), 37)):
        assert not harmful(bad, whole), what


def test_a_cut_is_told(data: bytes, whole: Opened) -> None:
    for what, bad in cuts(data, range(0, len(data), 185)):
        assert not harmful(bad, whole), what


def test_damaged_blocks_are_told(data: bytes, whole: Opened) -> None:
    for what, bad in blocks(data, 200, Random(1)):
        assert not harmful(bad, whole), what


def test_what_is_left_can_be_worked_on(data: bytes) -> None:
    for _, bad in (*flips(data, range(5, len(data), 997)), *cuts(data, range(3, len(data), 1999))):
        opens_sound(bad)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_every_byte_flipped_is_told(data: bytes, whole: Opened, part: int) -> None:
    for what, bad in flips(data, range(part, len(data), PARTS)):
        assert not harmful(bad, whole), what


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_every_cut_is_told(data: bytes, whole: Opened, part: int) -> None:
    for what, bad in cuts(data, range(part, len(data), PARTS)):
        assert not harmful(bad, whole), what


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_damaged_blocks_are_told(data: bytes, whole: Opened, part: int) -> None:
    for what, bad in blocks(data, 10_000 // PARTS, Random(part)):
        assert not harmful(bad, whole), what
        opens_sound(bad)


def test_the_test_notices_a_reader_that_checks_nothing(
    data: bytes, whole: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seal counts as right whatever it says: then some flips change the plan in silence."""

    def unchecked(data: bytes, findings: Findings) -> tuple[list[bytes], bool]:
        return roadmap_lines.unsealed(data, Findings(""))[0], True

    monkeypatch.setattr(roadmap_file, "unsealed", unchecked)
    assert any(harmful(bad, whole) for _, bad in flips(data, range(0, len(data), 37)))
