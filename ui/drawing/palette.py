"""The colours of a theme as plain values, without Qt, so that layouts can choose among them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import msgspec

from ...resources import FOLDER


class Lane(msgspec.Struct, frozen=True, array_like=True):
    """A lane colour: of what is still to do, and of the part that is done."""

    fill: str
    done: str


_DONE = 0.32
"""Share of black in the done part of a colour that somebody made."""


class Colors(msgspec.Struct, frozen=True):
    """The theme's named colours, `#RRGGBB`."""

    background: str
    panel: str
    line: str
    hairline: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_ink: str
    today: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    selection: str
    hover: str
    link: str
    off_day: str
    tip: str
    tip_ink: str


class Theme(msgspec.Struct, frozen=True):
    """Everything a drawing needs to know about colour."""

    name: str
    dark: bool
    colors: Colors
    lanes: dict[str, Lane]

    def lane(self, name: str, place: int = 0) -> Lane:
        """The lane colour of that name or `#RRGGBB`, else the one at `place`, going round."""
        known = self.lanes.get(name)
        if known is not None:
            return known
        if is_color(name):
            strong = mix(name, "#000000", _DONE)
            return Lane(strong, name) if self.dark else Lane(name, strong)
        return list(self.lanes.values())[place % len(self.lanes)]


def is_color(text: str) -> bool:
    """Whether a text is a colour, `#RRGGBB`."""
    return len(text) == 7 and text[0] == "#" and set(text[1:]) <= _HEX


_HEX = frozenset("0123456789ABCDEFabcdef")


@cache
def theme(name: str) -> Theme:
    """The theme `light` or `dark`."""
    return msgspec.json.decode((FOLDER / f"themes/{name}.json").read_bytes(), type=Theme)


@cache
def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2)."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@cache
def ink_on(*fills: str) -> str:
    """Black-ish or white, whichever reads better on the worst of these fills."""
    return max(("#FFFFFF", "#10141B"), key=lambda ink: min(contrast(ink, fill) for fill in fills))


class Tones(msgspec.Struct, frozen=True):
    """A bar's colours, made to fit each other: any text in `ink` reads at 4.5:1 or better on both parts."""

    fill: str
    done: str
    ink: str


_STEP = 1.44
"""The contrast of the two parts of a bar at least."""
_FOR_WHITE = 0.3
"""Luminance of colours that are darkened for white text; lighter ones are lightened for black."""
LEGIBLE = 4.5
"""The contrast that text of normal size needs (WCAG 2.2, 1.4.3)."""


@cache
def tones(lane: Lane) -> Tones:
    """The lane's colours, moved as little as need be for one ink to read on both of them.

    White where both parts are about as dark as white needs; the parts keep a step between them.
    """
    ink = "#FFFFFF" if max(luminance(lane.fill), luminance(lane.done)) < _FOR_WHITE else "#10141B"
    highest = 1.05 / LEGIBLE - 0.05
    if ink == "#FFFFFF":
        light, dark = sorted((lane.fill, lane.done), key=luminance, reverse=True)
        light = _at_least(_at_most(light, highest - 0.004), 0.06)
        dark = _at_most(dark, (luminance(light) + 0.05) / _STEP - 0.05)
    else:
        light, dark = sorted((lane.fill, lane.done), key=luminance, reverse=True)
        dark = _at_least(dark, LEGIBLE * (luminance(ink) + 0.05) - 0.05 + 0.004)
        light = _at_least(light, (luminance(dark) + 0.05) * _STEP - 0.05)
    lighter_fill = luminance(lane.fill) >= luminance(lane.done)
    return Tones(*((light, dark) if lighter_fill else (dark, light)), ink)


@cache
def solid(color: str) -> Tones:
    """A strong colour as the ground of a small label, with the ink to write on it."""
    ink = "#FFFFFF" if luminance(color) < _FOR_WHITE else "#10141B"
    for step in range(50):
        made = mix(color, "#000000" if ink == "#FFFFFF" else "#FFFFFF", step / 100)
        if contrast(made, ink) >= LEGIBLE:
            return Tones(made, made, ink)
    return Tones(ink_on(ink), ink_on(ink), ink)


@cache
def readable(ink: str, *grounds: str) -> str:
    """The ink, moved away from the grounds until it reads on each of them at 4.5:1."""
    far = ink_on(*grounds)
    for step in range(50):
        made = mix(ink, far, step / 50)
        if all(contrast(made, ground) >= LEGIBLE for ground in grounds):
            return made
    return far


@cache
def faded(tones: Tones, ground: str) -> Tones:
    """The same colours, pale, for what is not looked at now; its titles still read at 4.5:1."""
    fill, done = mix(tones.fill, ground, 0.78), mix(tones.done, ground, 0.66)
    return Tones(fill, done, readable(mix(ink_on(fill, done), ground, 0.35), fill, done))


def mix(one: str, other: str, share: float) -> str:
    """`one` with a share, 0 to 1, of `other`."""
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)


def _at_most(color: str, wanted: float) -> str:
    """The colour, not lighter than `wanted`: a power of its channels darkens and keeps it vivid."""

    def made(step: int) -> str:
        return _to_power(mix(color, "#000000", step / 200), 1 + step / 50)

    step = bisect_left(range(100), True, key=lambda step: luminance(made(step)) <= wanted)
    return made(step) if step < 100 else "#000000"


def _at_least(color: str, wanted: float) -> str:

    def made(step: int) -> str:
        return mix(color, "#FFFFFF", step / 100)

    return made(bisect_left(range(100), True, key=lambda step: luminance(made(step)) >= wanted))


def _to_power(color: str, power: float) -> str:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 * c**power):02X}" for c in channels)
