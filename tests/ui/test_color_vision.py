"""The palettes: can their colours be told apart, by everybody and in print, and read?"""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from roadwright.io.strings import knows
from roadwright.ui.drawing.color_vision import ALIKE, SIGHTS, distance, lightness, seen_distance
from roadwright.ui.drawing.palette import contrast, theme, tones
from roadwright.ui.timeline.signs import SIGNS

THEMES = ("light", "dark")
USUAL = 6
"""Lane colours that a plan of usual size gets by itself."""


@pytest.mark.parametrize("name", THEMES)
def test_the_usual_lane_colours_can_be_told_apart_by_every_eye(name: str) -> None:
    fills = {lane: tones(colors).fill for lane, colors in list(theme(name).lanes.items())[:USUAL]}
    for one, other in combinations(fills, 2):
        assert distance(fills[one], fills[other]) >= ALIKE, (one, other)
    prints = sorted(lightness(fill) for fill in fills.values())
    assert all(after - before >= 1 for before, after in pairwise(prints))
    assert prints[-1] - prints[0] >= 30


@pytest.mark.parametrize("name", THEMES)
def test_the_further_ones_can_by_most_and_none_is_another(name: str) -> None:
    fills = [tones(colors).fill for colors in theme(name).lanes.values()]
    for one, other in combinations(fills, 2):
        assert seen_distance(one, other, "full") >= 15
        assert distance(one, other) >= 7


@pytest.mark.parametrize("name", THEMES)
def test_every_lane_colour_is_shown_as_it_is_written(name: str) -> None:
    for lane, colors in theme(name).lanes.items():
        found = tones(colors)
        assert (found.fill, found.done) == (colors.fill, colors.done), lane
        assert knows(f"color.{lane}")
        assert contrast(found.fill, theme(name).colors.background) >= 1.3


def test_the_states_of_items_differ_in_shape_and_not_in_colour_alone() -> None:
    shapes = [sign.shape for sign in SIGNS.values()]
    assert len(set(shapes)) == len(shapes)


def test_distances_are_those_of_the_book() -> None:
    """Red and green are far apart to most eyes, and near to those without the cones for one of them."""
    assert seen_distance("#FF0000", "#00FF00", "full") == pytest.approx(170.6, abs=1)
    assert distance("#7F7F7F", "#7F7F7F") == 0
    assert lightness("#FFFFFF") == pytest.approx(100, abs=0.1)
    brown, olive = "#A0522D", "#6B7A1E"
    assert seen_distance(brown, olive, "deutan") < seen_distance(brown, olive, "full") / 2
    assert set(SIGHTS) == {"full", "protan", "deutan"}
