"""Themes, words, samples and icons, as data.

The package is installed as files, never run from an archive, so a path does: importlib.resources would
bring along half a dozen modules before the first paint.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
