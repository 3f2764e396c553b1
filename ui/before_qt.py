"""Brings in Qt, and before it what needs no Qt, so that the window is there sooner; `app` imports it first.

Once PySide is there, it reads the source of every module that is imported, and searches it for its own name,
for the sake of a switch (`from __feature__ import ...`) that nothing here uses. So whatever needs no Qt comes
before it, and PySide is told what it would find out: that saves half a millisecond a module.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

_LATER = ("ui", "ui/actions", "ui/commands", "ui/drawing", "ui/files", "ui/frame", "ui/timeline")
"""Folders with the modules that the first picture needs and that need Qt."""
_NO_SWITCH = 0
"""What PySide enters for a module that uses it without a switch."""


def _bring_in() -> None:
    collects = gc.isenabled()
    gc.disable()  # what comes in now stays: to look through it again and again takes time
    from ..io import sample  # noqa: F401
    from ..model import document  # noqa: F401
    from ..model.edits import people  # noqa: F401
    from .timeline import columns, dragging, layout, linking  # noqa: F401

    # isort: split
    from .kept_compiled import kept_compiled

    with kept_compiled():
        from PySide6.QtCore import Qt  # noqa: F401 - a hundred enums, which are many to look through as well

    _spare_sources()
    gc.freeze()
    if collects:
        gc.enable()


def _spare_sources() -> None:
    """Tell PySide that no module so far uses its switches, nor ours to come: what it would find out."""
    with suppress(ImportError, OSError):  # another PySide, or no folder to look into: then it searches
        from shibokensupport.feature import (  # type: ignore[import-not-found]
            pyside_feature_dict as known,
        )

        root, package = Path(__file__).parent.parent, __name__.partition(".")[0]
        names = [
            ".".join((package, *folder.split("/"), name.removesuffix(".py")))
            for folder in _LATER
            for name in os.listdir(root / folder)
        ]
        for name in (*sys.modules, *names):
            known.setdefault(name, _NO_SWITCH)


_bring_in()
