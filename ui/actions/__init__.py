"""Every command of the program, in one table: menus, buttons, palette and shortcut sheet are loops over it.

The words of a command are `action.<id>`. Its place `menu/section` puts it into a menu; a line is drawn where
the section changes, and the places in `SUBMENUS` become menus of their own.
"""

from __future__ import annotations

from .action import Action
from .edit import EDIT
from .file import FILE
from .help import HELP
from .item import ITEM
from .view import VIEW

__all__ = ["ACTIONS", "MENUS", "SUBMENUS", "Action"]

MENUS = ("file", "edit", "view", "item", "help")
SUBMENUS = ("file/share", "view/views", "view/rows", "view/theme", "item/schedule")

ACTIONS: tuple[Action, ...] = (*FILE, *EDIT, *VIEW, *ITEM, *HELP)
