"""Every command of the program, in one table: menus, buttons, palette and shortcut sheet are loops over it.

The words of a command are `action.<id>`. Its place `menu/section` puts it into a menu; a line is drawn where
the section changes, and the places in `SUBMENUS` become menus of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from . import files
from .commands import edit, help, item, keeping, moments, view

if TYPE_CHECKING:
    from .app import App

MENUS = ("file", "edit", "view", "item", "help")
SUBMENUS = ("file/share", "view/theme")

ItemMenu = frozenset({"item"})
LinkMenu = frozenset({"link"})
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
    """The right-click menus it is in: of an `item`, a `link`, or `empty` space."""

    @property
    def menu(self) -> str:
        return self.place.partition("/")[0]


ACTIONS: tuple[Action, ...] = (
    # File
    Action(id="file.new", place="file/open", keys=("Ctrl+N",), icon="ph.file-plus", run=files.new),
    Action(id="file.open", place="file/open", keys=("Ctrl+O",), icon="ph.folder-open", run=files.open_chosen),
    Action(id="file.sample", place="file/open", run=files.open_sample),
    Action(id="file.save", place="file/save", keys=("Ctrl+S",), icon="ph.floppy-disk", run=files.save),
    Action(id="file.save_as", place="file/save", keys=("Ctrl+Shift+S",), run=files.save_as),
    Action(
        id="file.import",
        place="file/exchange",
        keys=("Ctrl+I",),
        icon="ph.download-simple",
        run=files.import_chosen,
    ),
    Action(
        id="file.export", place="file/exchange", keys=("Ctrl+E",), icon="ph.export", run=files.export_chosen
    ),
    Action(id="share.xlsx", place="file/share", icon="ph.table", run=files.share("xlsx")),
    Action(id="share.png", place="file/share", icon="ph.image", run=files.share("png")),
    Action(id="share.svg", place="file/share", icon="ph.pen-nib", run=files.share("svg")),
    Action(id="share.pdf", place="file/share", icon="ph.file-pdf", run=files.share("pdf")),
    Action(id="share.csv", place="file/share", icon="ph.file-text", run=files.share("csv")),
    Action(
        id="file.quit",
        place="file/end",
        keys=("Ctrl+Q",),
        icon="ph.sign-out",
        run=lambda app: app.window.close(),
    ),
    # Edit
    Action(
        id="edit.undo",
        place="edit/history",
        keys=("Ctrl+Z",),
        icon="ph.arrow-u-up-left",
        when=moments.can_undo,
        run=edit.undo,
    ),
    Action(
        id="edit.redo",
        place="edit/history",
        keys=("Ctrl+Y", "Ctrl+Shift+Z"),
        icon="ph.arrow-u-up-right",
        when=moments.can_redo,
        run=edit.redo,
    ),
    Action(
        id="edit.rename",
        place="edit/change",
        keys=("F2",),
        icon="ph.pencil-simple",
        scope="page",
        context=ItemMenu,
        when=moments.has_items,
        run=item.rename,
    ),
    Action(
        id="edit.duplicate",
        place="edit/change",
        keys=("Ctrl+D",),
        icon="ph.copy",
        context=ItemMenu,
        when=moments.has_items,
        run=item.duplicate,
    ),
    Action(
        id="edit.delete",
        place="edit/change",
        keys=("Delete",),
        icon="ph.trash",
        scope="page",
        context=ItemMenu | LinkMenu,
        when=moments.has_some,
        run=item.delete,
    ),
    Action(
        id="edit.select_all",
        place="edit/select",
        keys=("Ctrl+A",),
        scope="page",
        context=EmptyMenu,
        when=moments.can_find,
        run=edit.select_all,
    ),
    Action(id="edit.find", place="edit/select", keys=("Ctrl+F",), icon="ph.magnifying-glass", run=view.find),
    Action(
        id="edit.baseline",
        place="edit/baseline",
        icon="ph.bookmark-simple",
        when=moments.can_find,
        run=edit.baseline,
    ),
    Action(
        id="edit.clear_baselines",
        place="edit/baseline",
        when=lambda app: bool(app.document.plan.baselines),
        run=edit.clear_baselines,
    ),
    # View
    Action(
        id="page.timeline",
        place="view/pages",
        keys=("Ctrl+1",),
        icon="ph.chart-bar-horizontal",
        checked=moments.on_page("timeline"),
        run=view.show_page("timeline"),
    ),
    Action(
        id="page.graph",
        place="view/pages",
        keys=("Ctrl+2",),
        icon="ph.tree-structure",
        checked=moments.on_page("graph"),
        run=view.show_page("graph"),
    ),
    Action(
        id="page.table",
        place="view/pages",
        keys=("Ctrl+3",),
        icon="ph.table",
        checked=moments.on_page("table"),
        run=view.show_page("table"),
    ),
    Action(
        id="view.zoom_in",
        place="view/zoom",
        keys=("Ctrl+=", "Ctrl++"),
        icon="ph.plus",
        when=moments.page_can("zoom_in"),
        run=keeping.page_does("zoom_in"),
    ),
    Action(
        id="view.zoom_out",
        place="view/zoom",
        keys=("Ctrl+-",),
        icon="ph.minus",
        when=moments.page_can("zoom_out"),
        run=keeping.page_does("zoom_out"),
    ),
    Action(
        id="view.fit",
        place="view/zoom",
        keys=("Ctrl+0",),
        icon="ph.corners-out",
        context=EmptyMenu,
        when=moments.page_can("fit_all"),
        run=keeping.page_does("fit_all"),
    ),
    Action(
        id="view.today",
        place="view/zoom",
        keys=("T",),
        icon="ph.calendar-blank",
        scope="page",
        context=EmptyMenu,
        when=moments.page_can("go_to_today"),
        run=keeping.page_does("go_to_today"),
    ),
    Action(
        id="view.backlog",
        place="view/panels",
        keys=("Ctrl+B",),
        icon="ph.tray",
        checked=moments.panel_open("backlog"),
        when=moments.on_page("timeline"),
        run=view.toggle_panel("backlog"),
    ),
    Action(
        id="view.inspector",
        place="view/panels",
        keys=("Ctrl+J",),
        icon="ph.info",
        context=ItemMenu,
        checked=moments.panel_open("inspector"),
        run=view.toggle_panel("inspector"),
    ),
    Action(id="view.calm", place="view/panels", keys=("F11",), checked=moments.is_calm, run=view.toggle_calm),
    Action(
        id="theme.system",
        place="view/theme",
        checked=moments.theme_is("system"),
        run=view.choose_theme("system"),
        icon="ph.monitor",
    ),
    Action(
        id="theme.light",
        place="view/theme",
        checked=moments.theme_is("light"),
        run=view.choose_theme("light"),
        icon="ph.sun",
    ),
    Action(
        id="theme.dark",
        place="view/theme",
        checked=moments.theme_is("dark"),
        run=view.choose_theme("dark"),
        icon="ph.moon",
    ),
    # Item
    Action(
        id="item.new",
        place="item/new",
        keys=("Insert", "N"),
        icon="ph.plus-circle",
        scope="page",
        context=ItemMenu | EmptyMenu,
        run=item.new_item,
    ),
    Action(
        id="item.milestone",
        place="item/new",
        keys=("M",),
        icon="ph.diamond",
        scope="page",
        context=EmptyMenu,
        run=item.new_milestone,
    ),
    Action(
        id="item.indent",
        place="item/rows",
        keys=("Alt+Shift+Right", "Tab"),
        icon="ph.arrow-line-right",
        scope="page",
        context=ItemMenu,
        when=moments.has_items,
        run=item.indent,
    ),
    Action(
        id="item.outdent",
        place="item/rows",
        keys=("Alt+Shift+Left", "Shift+Tab"),
        icon="ph.arrow-line-left",
        scope="page",
        context=ItemMenu,
        when=moments.has_items,
        run=item.outdent,
    ),
    Action(
        id="item.up",
        place="item/rows",
        keys=("Alt+Shift+Up",),
        icon="ph.arrow-up",
        scope="page",
        when=moments.has_items,
        run=item.row_up,
    ),
    Action(
        id="item.down",
        place="item/rows",
        keys=("Alt+Shift+Down",),
        icon="ph.arrow-down",
        scope="page",
        when=moments.has_items,
        run=item.row_down,
    ),
    Action(
        id="item.earlier",
        place="item/time",
        keys=("Alt+Left",),
        icon="ph.arrow-left",
        scope="page",
        when=moments.has_dates,
        run=item.nudge(-1),
    ),
    Action(
        id="item.later",
        place="item/time",
        keys=("Alt+Right",),
        icon="ph.arrow-right",
        scope="page",
        when=moments.has_dates,
        run=item.nudge(1),
    ),
    Action(
        id="item.shorter",
        place="item/time",
        keys=("Ctrl+Shift+Left",),
        scope="page",
        when=moments.has_bar,
        run=item.grow(-1),
    ),
    Action(
        id="item.longer",
        place="item/time",
        keys=("Ctrl+Shift+Right",),
        scope="page",
        when=moments.has_bar,
        run=item.grow(1),
    ),
    Action(
        id="item.unschedule",
        place="item/time",
        icon="ph.tray",
        context=ItemMenu,
        when=moments.has_dates,
        run=item.unschedule,
    ),
    Action(
        id="item.start_today",
        place="item/time",
        icon="ph.play",
        when=moments.has_undated,
        run=item.start_today,
    ),
    Action(
        id="item.link",
        place="item/links",
        keys=("Ctrl+F2",),
        icon="ph.link-simple",
        context=ItemMenu,
        when=moments.has_several,
        run=item.link,
    ),
    Action(
        id="item.unlink",
        place="item/links",
        keys=("Ctrl+Shift+F2",),
        icon="ph.link-simple-break",
        context=ItemMenu,
        when=moments.has_links,
        run=item.unlink,
    ),
    # Help
    Action(id="help.palette", place="help/find", keys=("Ctrl+K",), icon="ph.command", run=help.open_palette),
    Action(
        id="help.shortcuts", place="help/find", keys=("F1", "?"), icon="ph.keyboard", run=help.open_shortcuts
    ),
    Action(id="help.about", place="help/about", run=help.about),
)
