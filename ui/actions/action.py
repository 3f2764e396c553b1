"""What a row in the table of actions says of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from ..commands import moments

if TYPE_CHECKING:
    from ..app import App

ItemMenu = frozenset({"item"})
LinkMenu = frozenset({"link"})
LaneMenu = frozenset({"lane"})
AxisMenu = frozenset({"axis"})
EmptyMenu = frozenset({"empty"})


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """A command: where it stands, what calls it, when it can be called and what it does."""

    id: str
    place: str
    run: Callable[[App], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: Callable[[App], bool] = moments.always
    checked: Callable[[App], bool] | None = None
    """For what is on or off: whether it is on."""
    scope: Literal["window", "page"] = "window"
    """Where its keys work: everywhere, or only while the page has the keyboard and no text is being typed."""
    context: frozenset[str] = frozenset()
    """The right-click menus it is in: of an `item`, a `link`, a `lane`, the `axis`, or `empty` space."""

    @property
    def changes(self) -> bool:
        """Whether it changes the plan, which can't be while an earlier state is looked at."""
        return self.menu in ("edit", "item") and self.id not in _READING

    @property
    def on_page(self) -> bool:
        """Whether it is about what is on the page in sight."""
        return self.scope == "page" or bool(self.context)

    @property
    def menu(self) -> str:
        return self.place.partition("/")[0]


_READING = frozenset({"edit.copy", "edit.find", "edit.select_all"})
"""What stands in those menus and changes nothing."""
