"""Opening what a link field holds in the browser or mail program: web and mail addresses, nothing else."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ..model.refused import Refused


def address(text: str) -> str | None:
    """The address that is meant by what somebody typed; None for one that is not opened."""
    text = text.strip()
    if re.fullmatch(r"(?:https?://|mailto:)\S+", text, re.IGNORECASE):
        return text
    if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+\.\w+", text):
        return f"mailto:{text}"
    if re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?", text, re.IGNORECASE):
        return f"https://{text}"
    return None


def follow(text: str) -> None:
    """Open a link.

    Raises:
        Refused("link.not_opened", text): it is no web or mail address, or nothing here opens it.
    """
    wanted = address(text)
    if wanted is None or not QDesktopServices.openUrl(QUrl(wanted)):
        raise Refused("link.not_opened", text=text)
