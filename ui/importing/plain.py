"""Texts of files as they are: Qt takes whatever looks like markup for markup."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """A text for a tooltip, its lines kept."""
    return f"<qt>{escape(text, quote=False)}</qt>".replace("\n", "<br>") if text else ""
