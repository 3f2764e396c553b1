"""How far apart colours are to the eye, also to eyes that tell red from green badly, and in grey print.

Colour-blind sight is simulated by the matrices of Machado, Oliveira and Fernandes (2009), for sight without
the cones for red (protan) or green (deutan); distances are those of CIE 1976 L*a*b*.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias

Sight: TypeAlias = Literal["full", "protan", "deutan"]
Triple: TypeAlias = tuple[float, float, float]

SIGHTS: dict[Sight, tuple[Triple, Triple, Triple]] = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
ALIKE = 11.0
"""Bars whose colours are closer than this are taken for the same colour."""


def distance(one: str, other: str) -> float:
    """How far apart two colours are to the eye that tells them apart worst."""
    return min(seen_distance(one, other, sight) for sight in SIGHTS)


def seen_distance(one: str, other: str, sight: Sight) -> float:
    """How far apart two colours are to one kind of eye."""
    pairs = zip(_lab(one, sight), _lab(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def lightness(color: str) -> float:
    """How light a colour is in grey print: L*, 0 to 100."""
    return _lab(color, "full")[0]


@cache
def _lab(color: str, sight: Sight) -> Triple:
    channels = [_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(line, channels, strict=True)), 0.0), 1.0)
        for line in SIGHTS[sight]
    )
    x = _cube_root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = _cube_root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _cube_root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _cube_root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
