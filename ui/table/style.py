"""The table page in the colours of a theme."""

from __future__ import annotations

from ..drawing.palette import Theme


def style(theme: Theme) -> str:
    """Its style sheet."""
    c = theme.colors
    return f"""
    #table-page {{ background: {c.background}; }}
    #grid {{ background: {c.background}; border: none; outline: none; color: {c.ink}; }}
    #grid QHeaderView {{ background: {c.background}; border: none; }}
    #grid QTableCornerButton::section {{ background: {c.background}; border: none;
             border-bottom: 1px solid {c.line}; border-right: 1px solid {c.line}; }}
    #cell-editor {{ background: {c.background}; color: {c.ink}; border: 2px solid {c.accent};
             border-radius: 2px; padding: 0 6px;
             selection-background-color: {c.accent}; selection-color: {c.accent_ink}; }}
    #table-foot {{ background: {c.background}; border-top: 1px solid {c.line}; }}
    #table-total, #table-sums {{ color: {c.ink2}; }}
    #table-empty {{ color: {c.ink2}; }}
    #popover {{ background: {c.background}; border: 1px solid {c.line}; }}
    #popover-title {{ color: {c.ink}; font-weight: 600; }}
    #popover-hint {{ color: {c.ink2}; }}
    #popover-list {{ background: {c.background}; color: {c.ink}; border: none; outline: none; }}
    #popover-list::item {{ padding: 4px 2px; border-radius: 4px; }}
    #popover-list::item:hover {{ background: {c.hover}; }}
    #popover-list::item:selected {{ background: {c.selection}; color: {c.ink}; }}
    """
