"""The theme that a widget of a dialog wears, told by its palette, so that it follows the system live."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ..drawing.palette import Theme, theme


def look_of(widget: QWidget) -> Theme:
    """The theme whose window colour the widget has."""
    dark = widget.palette().window().color().lightness() < 128
    return theme("dark" if dark else "light")
