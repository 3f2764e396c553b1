"""A scene as a file: PNG, SVG or PDF, by the suffix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from ...model.refused import Refused
from .painter import lasting_font, paint
from .scene import Scene

MOST_PIXELS = 100_000_000
"""A picture that would have more is made less fine: few programs open a larger one."""
LONGEST_SIDE = 32_000
_INCH = 96.0
"""Pixels of a scene in an inch."""
_FINE = 1200
"""Dots in an inch of a page: positions are kept to a twelfth of a pixel."""
FORMATS = (".png", ".svg", ".pdf")


def publish(scene: Scene, path: Path | str, scale: float = 2) -> None:
    """Write the scene; `scale` is the number of pixels a PNG has for each of the scene's.

    Needs a QGuiApplication. Text stays text and lines stay lines in SVG and PDF; the PDF has one page of the
    scene's size.

    Raises:
        Refused("export.format", suffix): not one of `FORMATS`.
        Refused("export.unwritable", path): the file can't be written there.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".png":
        done = _image(scene, scale).save(str(path))
    elif suffix == ".svg":
        done = _write_svg(scene, path)
    elif suffix == ".pdf":
        done = _write_pdf([scene], path)
    else:
        raise Refused("export.format", suffix=suffix)
    if not done:
        raise Refused("export.unwritable", path=str(path))


def publish_pages(pages: Sequence[Scene], path: Path | str) -> None:
    """Write scenes as the pages of one PDF, each of its own size.

    Raises:
        Refused("export.unwritable", path): the file can't be written there.
    """
    if not _write_pdf(pages, Path(path)):
        raise Refused("export.unwritable", path=str(path))


def _image(scene: Scene, scale: float) -> QImage:
    scale = min(
        scale,
        (MOST_PIXELS / (scene.width * scene.height)) ** 0.5,
        LONGEST_SIDE / max(scene.width, scene.height),
    )
    image = QImage(
        max(round(scene.width * scale), 1), max(round(scene.height * scale), 1), QImage.Format.Format_RGB32
    )
    image.fill(QColor(scene.background or "#FFFFFF"))
    image.setDotsPerMeterX(round(_INCH * scale / 0.0254))
    image.setDotsPerMeterY(round(_INCH * scale / 0.0254))
    with QPainter(image) as painter:
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        paint(painter, scene, exact=True)
    return image


def _write_svg(scene: Scene, path: Path) -> bool:
    from PySide6.QtSvg import QSvgGenerator

    size = QSize(round(scene.width), round(scene.height))
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setResolution(round(_INCH))
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(scene.title)
    generator.setDescription("")
    painter = QPainter()
    if not painter.begin(generator):
        return False
    painter.setFont(lasting_font(13))
    paint(painter, scene, exact=True)
    return painter.end()


def _write_pdf(pages: Sequence[Scene], path: Path) -> bool:
    writer = QPdfWriter(str(path))
    writer.setTitle(pages[0].title)
    writer.setCreator("Roadwright")
    writer.setResolution(_FINE)
    painter = QPainter()
    for number, scene in enumerate(pages):
        inches = QSizeF(scene.width / _INCH, scene.height / _INCH)
        writer.setPageSize(QPageSize(inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        if not (writer.newPage() if number else painter.begin(writer)):
            return False
        painter.save()
        painter.scale(_FINE / _INCH, _FINE / _INCH)
        painter.setClipRect(QRectF(0, 0, scene.width, scene.height), Qt.ClipOperation.ReplaceClip)
        paint(painter, scene, exact=True)
        painter.restore()
    return painter.end()
