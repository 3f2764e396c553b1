"""Brings in Qt, and before it what needs no Qt, so that the window is there sooner; `app` imports it first.

Once PySide is there, every import goes through it: it reads the source of the module and searches it for its
own name, for the sake of a switch (`from __feature__ import ...`) that nothing here uses. So PySide is told
what it would find out, which saves half a millisecond a module, and whatever needs no Qt comes before it.
"""

from __future__ import annotations

import gc
from contextlib import suppress


def _bring_in() -> None:
    collects = gc.isenabled()
    gc.disable()  # what comes in now stays: to look through it again and again takes time
    from ..io import sample  # noqa: F401
    from ..model import document  # noqa: F401
    from ..model.edits import people  # noqa: F401
    from .timeline import columns, dragging, layout, linking  # noqa: F401

    # isort: split
    from .kept_compiled import kept_compiled
    from .quick_enums import quick_enums

    with kept_compiled(), quick_enums():
        from PySide6.QtCore import QEvent, Qt  # noqa: F401 - a hundred enums, many to look through as well
        from PySide6.QtGui import QIcon, QPainter, QPalette  # noqa: F401 - the other big ones

    _spare_sources()
    gc.freeze()
    if collects:
        gc.enable()


def _spare_sources() -> None:
    """Tell PySide of every module what it would find out from the source: it uses Qt without a switch."""
    with suppress(ImportError):  # another PySide
        from shibokensupport import feature  # type: ignore[import-not-found]

        feature._mod_uses_pyside = lambda _: True


_bring_in()
