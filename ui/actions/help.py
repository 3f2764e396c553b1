"""The Help menu: palette, shortcuts, about."""

from __future__ import annotations

from ..commands import help
from .action import Action

HELP: tuple[Action, ...] = (
    Action(id="help.palette", place="help/find", keys=("Ctrl+K",), icon="ph.command", run=help.open_palette),
    Action(
        id="help.shortcuts", place="help/find", keys=("F1", "?"), icon="ph.keyboard", run=help.open_shortcuts
    ),
    Action(id="help.about", place="help/about", run=help.about),
)
