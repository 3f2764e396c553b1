"""The table page in the colours of a theme."""

from __future__ import annotations

from ..palette import Theme


def style(theme: Theme) -> str:
    """Its style sheet."""
    c = theme.colors
    return f"""
    #table-page {{ background: {c.background}; }}
    #grid {{ background: {c.background}; border: none; outline: none; gridline-color: {c.hairline};
             selection-background-color: {c.selection}; selection-color: {c.ink}; color: {c.ink}; }}
    #grid QHeaderView {{ background: {c.background}; border: none; }}
    #grid QHeaderView::section {{ background: {c.background}; color: {c.ink2}; border: none; padding: 0 10px;
             border-bottom: 1px solid {c.line}; font-weight: 600; }}
    #grid QTableCornerButton::section {{ background: {c.background}; border: none;
             border-bottom: 1px solid {c.line}; border-right: 1px solid {c.hairline}; }}
    #grid QHeaderView::section:hover {{ background: {c.hover}; }}
    #cell-editor {{ background: {c.background}; color: {c.ink}; border: 2px solid {c.accent};
             border-radius: 4px; padding: 0 6px;
             selection-background-color: {c.accent}; selection-color: {c.accent_ink}; }}
    #table-add {{ background: transparent; border: none; color: {c.ink}; padding: 6px 4px; }}
    #table-add:focus {{ border-bottom: 2px solid {c.accent}; }}
    #table-total {{ color: {c.ink3}; }}
    #table-empty {{ color: {c.ink2}; padding: 16px; }}
    """
