"""The painter: one code for screen and file, the same picture from both."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication
from roadwright.ui.drawing.painter import font, lasting_font, measure, paint
from roadwright.ui.drawing.scene import AnyShape, Box, Mark, Polygon, Polyline, Scene, Segments, Text

INK = "#1B2330"
MARKS = ("diamond", "circle", "ring", "check", "triangle", "square", "pin", "left", "right", "down")


def picture(*shapes: AnyShape, exact: bool, ratio: float = 1.0) -> QImage:
    image = QImage(round(120 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, Scene(120, 60, "#FFFFFF", shapes), exact)
    painter.end()
    return image


def inked(image: QImage) -> float:
    """How much ink is on the picture, in whole black pixels of the scene."""
    total = sum(
        255 - QColor(image.pixel(x, y)).lightness()
        for x in range(image.width())
        for y in range(image.height())
    )
    return total / 255 / image.devicePixelRatio() ** 2


EACH: dict[str, AnyShape] = {
    "box": Box(x=10, y=10, width=60, height=20, fill=INK, radius=4),
    "outline": Box(x=10, y=10, width=60, height=20, stroke=INK, radius=4, dashed=True),
    "half": Box(x=10, y=10, width=60, height=20, fill=INK, radius=4, square_right=True),
    "pale": Box(x=10, y=10, width=60, height=20, fill=INK, opacity=0.3),
    "text": Text(x=10, y=10, width=100, height=20, text="Billing portal", color=INK),
    "halo": Text(x=10, y=10, width=100, height=20, text="Billing portal", color=INK, halo="#FFFFFF"),
    "centred": Text(x=10, y=10, width=100, height=20, text="Bold", color=INK, bold=True, align="center"),
    "segments": Segments(ends=(10, 10, 110, 10, 30, 5, 30, 55), color=INK),
    "link": Polyline(points=((10, 10), (60, 10), (60, 40), (100, 40)), color=INK, radius=4, arrow=True),
    "drop": Polyline(points=((10, 10), (60, 10), (60, 45)), color=INK, radius=4, arrow=True),
    "strong": Polyline(points=((10, 10), (60, 10), (60, 40)), color=INK, width=2, radius=4, arrow=True),
    "polygon": Polygon(points=((10, 10), (40, 10), (10, 40)), fill=INK),
    **{f"mark {name}": Mark(x=30, y=30, size=14, shape=name, fill=INK) for name in MARKS},  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_screen_and_file_show_the_same(qapp: QApplication, name: str, ratio: float) -> None:
    shape = EACH[name]
    exact, fast = picture(shape, exact=True, ratio=ratio), picture(shape, exact=False, ratio=ratio)
    assert inked(exact) > 5
    tolerance = 0.25 if ratio.is_integer() else 0.4  # a thin line is one or two of the screen's pixels
    assert inked(fast) == pytest.approx(inked(exact), rel=tolerance), "the same amount of ink"
    assert inked(fast) == inked(picture(shape, exact=False, ratio=ratio)), "the second time from the stamps"


def test_the_background_is_filled(qapp: QApplication) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, Scene(10, 10, "#336699", ()), exact=True)
    painter.end()
    assert image.pixelColor(9, 9).name() == "#336699"


def test_a_thin_line_is_one_pixel_of_its_own_colour(qapp: QApplication) -> None:
    for exact in (True, False):
        image = picture(Segments(ends=(10, 10, 110, 10), color="#000000"), exact=exact)
        assert [image.pixelColor(60, y).lightness() for y in (9, 10, 11)] == [255, 0, 255], exact


def test_corners_meet_their_lines(qapp: QApplication) -> None:
    """No gap where a stamped corner or head joins a line."""
    line = Polyline(points=((10, 10), (60, 10), (60, 40), (20, 40), (20, 55)), color="#000000", radius=4)
    for ratio in (1.0, 2.0):
        image = picture(line, exact=False, ratio=ratio)
        for x in range(11, 56):
            assert image.pixelColor(round(x * ratio), round(10 * ratio)).lightness() < 130, (x, ratio)
        for y in range(15, 36):
            assert image.pixelColor(round(60 * ratio), round(y * ratio)).lightness() < 130, (y, ratio)
        ring = [
            image.pixelColor(round(x * ratio), round(y * ratio)).lightness() for x, y in ((57, 10), (60, 13))
        ]
        assert all(light < 200 for light in ring)


def test_text_is_measured_by_the_font_it_is_drawn_in(qapp: QApplication) -> None:
    assert measure("Billing", 13) < measure("Billing portal", 13) < measure("Billing portal", 13, True)
    assert measure("Billing", 26) == pytest.approx(2 * measure("Billing", 13), rel=0.1)
    assert lasting_font(13).families()[-1] == "sans-serif", "in a file for those who have none of the others"
    assert QFontMetricsF(lasting_font(13)).horizontalAdvance("Billing") == measure("Billing", 13)
    assert font(13).pixelSize() == 13
