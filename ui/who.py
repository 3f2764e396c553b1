"""What the person at the computer is called, until they say otherwise: the full name of their login."""

from __future__ import annotations

import os
import sys
from functools import cache


@cache
def login_name() -> str:
    """The full name of whoever is logged in, else the name they log in with; empty where nobody knows."""
    named = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    try:
        full = _windows_name() if sys.platform == "win32" else _unix_name()
    except (ImportError, KeyError, OSError, AttributeError):
        full = ""
    return full.strip() or named


def _unix_name() -> str:
    import pwd

    entry = pwd.getpwuid(os.getuid())
    return entry.pw_gecos.partition(",")[0].replace("&", entry.pw_name.capitalize())


def _windows_name() -> str:
    import ctypes

    display_name = 3
    size = ctypes.c_ulong(0)
    ask = ctypes.windll.secur32.GetUserNameExW  # type: ignore[attr-defined]
    ask(display_name, None, ctypes.byref(size))
    name = ctypes.create_unicode_buffer(size.value)
    return name.value if ask(display_name, name, ctypes.byref(size)) else ""
