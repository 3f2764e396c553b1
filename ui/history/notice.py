"""What stands where there is nothing to see yet: why, and what would be here. No Qt."""

from __future__ import annotations

from ...io.strings import say
from ..drawing.palette import Theme


def notice(code: str, theme: Theme) -> str:
    """`<code>.title` and `<code>.text` as rich text."""
    c = theme.colors
    return (
        f"<p style='font-size: 20px; font-weight: 600; color: {c.ink}'>{say(f'{code}.title')}</p>"
        f"<p style='font-size: 14px; color: {c.ink2}'>{say(f'{code}.text')}</p>"
    )
