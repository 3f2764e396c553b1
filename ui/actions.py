"""Every command of the program, in one table: menus, buttons, palette and shortcut sheet are loops over it.

The words of a command are `action.<id>`. Its place `menu/section` puts it into a menu; a line is drawn where
the section changes, and the places in `SUBMENUS` become menus of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from . import files
from .commands import clipboard, edit, help, item, keeping, looks, moments, scheduling, view, views

if TYPE_CHECKING:
    from .app import App

MENUS = ("file", "edit", "view", "item", "help")
SUBMENUS = ("file/share", "view/views", "view/rows", "view/theme", "item/schedule")

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
    def menu(self) -> str:
        return self.place.partition("/")[0]


ACTIONS: tuple[Action, ...] = (
    # File
    Action(id="file.new", place="file/open", keys=("Ctrl+N",), icon="ph.file-plus", run=files.new),
    Action(id="file.open", place="file/open", keys=("Ctrl+O",), icon="ph.folder-open", run=files.open_chosen),
    Action(id="file.sample", place="file/open", run=files.open_sample),
    Action(id="file.save", place="file/save", keys=("Ctrl+S",), icon="ph.floppy-disk", run=files.save),
    Action(id="file.save_as", place="file/save", keys=("Ctrl+Shift+S",), run=files.save_as),
    Action(id="file.backups", place="file/save", icon="ph.clock-counter-clockwise", run=files.show_backups),
    Action(
        id="file.merge",
        place="file/exchange",
        icon="ph.git-merge",
        when=moments.can_find,
        run=files.merge_chosen,
    ),
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
        id="edit.cut",
        place="edit/clipboard",
        keys=("Ctrl+X",),
        icon="ph.scissors",
        scope="page",
        context=ItemMenu,
        when=moments.has_items,
        run=clipboard.cut,
    ),
    Action(
        id="edit.copy",
        place="edit/clipboard",
        keys=("Ctrl+C",),
        icon="ph.copy-simple",
        scope="page",
        context=ItemMenu,
        when=moments.has_items,
        run=clipboard.copy,
    ),
    Action(
        id="edit.paste",
        place="edit/clipboard",
        keys=("Ctrl+V",),
        icon="ph.clipboard-text",
        scope="page",
        context=ItemMenu | EmptyMenu,
        run=clipboard.paste,
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
    Action(id="edit.fields", place="edit/calendars", icon="ph.list-plus", run=edit.open_fields),
    Action(
        id="edit.calendars",
        place="edit/calendars",
        icon="ph.calendar-check",
        run=scheduling.open_calendars,
    ),
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
        context=AxisMenu,
        when=moments.page_can("zoom_in"),
        run=keeping.page_does("zoom_in"),
    ),
    Action(
        id="view.zoom_out",
        place="view/zoom",
        keys=("Ctrl+-",),
        icon="ph.minus",
        context=AxisMenu,
        when=moments.page_can("zoom_out"),
        run=keeping.page_does("zoom_out"),
    ),
    Action(
        id="view.fit",
        place="view/zoom",
        keys=("Ctrl+0",),
        icon="ph.corners-out",
        context=EmptyMenu | AxisMenu,
        when=moments.page_can("fit_all"),
        run=keeping.page_does("fit_all"),
    ),
    Action(
        id="view.fit_selection",
        place="view/zoom",
        keys=("F",),
        scope="page",
        icon="ph.frame-corners",
        context=ItemMenu,
        when=moments.fits_selection,
        run=keeping.page_does("fit_selection"),
    ),
    Action(
        id="view.today",
        place="view/zoom",
        keys=("T",),
        icon="ph.calendar-blank",
        scope="page",
        context=EmptyMenu | AxisMenu,
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
    Action(
        id="view.problems",
        place="view/panels",
        keys=("Ctrl+Shift+M",),
        icon="ph.warning",
        checked=moments.panel_open("problems"),
        run=view.toggle_panel("problems"),
    ),
    Action(
        id="view.minimap",
        place="view/panels",
        keys=("O",),
        scope="page",
        context=AxisMenu,
        checked=looks.part_shown("minimap"),
        when=moments.page_can("shows"),
        run=looks.toggle_part("minimap"),
    ),
    Action(
        id="view.legend",
        place="view/panels",
        keys=("L",),
        scope="page",
        checked=looks.part_shown("legend"),
        when=moments.page_can("shows"),
        run=looks.toggle_part("legend"),
    ),
    Action(id="view.calm", place="view/panels", keys=("F11",), checked=moments.is_calm, run=view.toggle_calm),
    Action(
        id="view.critical",
        place="view/look",
        keys=("C",),
        scope="page",
        icon="ph.path",
        context=EmptyMenu,
        checked=looks.shows_critical,
        run=looks.toggle_critical,
    ),
    Action(id="view.colors", place="view/look", icon="ph.palette", run=looks.choose_colors),
    Action(
        id="view.options",
        place="view/look",
        keys=("Ctrl+G",),
        icon="ph.sliders-horizontal",
        run=views.show_options,
    ),
    Action(
        id="view.filter",
        place="view/look",
        keys=("Ctrl+Shift+F",),
        icon="ph.funnel",
        checked=views.is_filtered,
        run=views.show_filter,
    ),
    Action(
        id="view.save",
        place="view/views",
        icon="ph.floppy-disk",
        when=views.is_adjusted,
        run=views.save,
    ),
    Action(id="view.reset", place="view/views", when=views.is_adjusted, run=views.reset),
    Action(id="view.save_as", place="view/views", icon="ph.plus", run=views.save_as),
    Action(id="view.rename", place="view/views", when=views.has_view, run=views.rename),
    Action(id="view.duplicate", place="view/views", when=views.has_view, run=views.duplicate),
    Action(id="view.delete", place="view/views", icon="ph.trash", when=views.has_view, run=views.delete),
    Action(id="view.arrange", place="view/views", when=views.has_view, run=views.arrange),
    Action(
        id="view.fold",
        place="view/rows",
        keys=("-",),
        scope="page",
        context=LaneMenu,
        when=moments.page_can("fold"),
        run=view.fold(True),
    ),
    Action(
        id="view.unfold",
        place="view/rows",
        keys=("+",),
        scope="page",
        context=LaneMenu,
        when=moments.page_can("fold"),
        run=view.fold(False),
    ),
    Action(
        id="view.expand",
        place="view/rows",
        keys=("Alt+Shift+=", "Alt+Shift++"),
        icon="ph.arrows-out-line-vertical",
        context=EmptyMenu | LaneMenu,
        run=views.expand_all,
    ),
    Action(
        id="view.collapse",
        place="view/rows",
        keys=("Alt+Shift+-",),
        icon="ph.arrows-in-line-vertical",
        context=EmptyMenu | LaneMenu,
        run=views.collapse_to(1),
    ),
    Action(id="view.level_2", place="view/rows", keys=("Alt+Shift+2",), run=views.collapse_to(2)),
    Action(id="view.level_3", place="view/rows", keys=("Alt+Shift+3",), run=views.collapse_to(3)),
    Action(
        id="view.motion",
        place="view/motion",
        checked=looks.has_motion,
        run=looks.toggle_motion,
    ),
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
        keys=("Insert", "N", "Return"),
        icon="ph.plus-circle",
        scope="page",
        context=ItemMenu | EmptyMenu | LaneMenu,
        run=item.new_item,
    ),
    Action(
        id="item.milestone",
        place="item/new",
        keys=("M",),
        icon="ph.diamond",
        scope="page",
        context=EmptyMenu | LaneMenu | AxisMenu,
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
        id="item.start_earlier",
        place="item/time",
        keys=("Ctrl+Alt+Left",),
        scope="page",
        when=moments.has_bar,
        run=item.grow_start(-1),
    ),
    Action(
        id="item.start_later",
        place="item/time",
        keys=("Ctrl+Alt+Right",),
        scope="page",
        when=moments.has_bar,
        run=item.grow_start(1),
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
        id="schedule.pin",
        place="item/schedule",
        keys=("P",),
        icon="ph.push-pin",
        scope="page",
        context=ItemMenu,
        when=moments.has_dates,
        checked=scheduling.is_pinned,
        run=scheduling.toggle_pin,
    ),
    Action(
        id="schedule.shift",
        place="item/schedule",
        icon="ph.arrows-out-line-horizontal",
        context=ItemMenu,
        when=moments.can_find,
        run=scheduling.shift,
    ),
    Action(
        id="schedule.early",
        place="item/schedule",
        icon="ph.arrow-line-left",
        context=ItemMenu,
        when=moments.has_dates,
        run=scheduling.early,
    ),
    Action(
        id="schedule.late",
        place="item/schedule",
        icon="ph.arrow-line-right",
        context=ItemMenu,
        when=moments.has_dates,
        run=scheduling.late,
    ),
    Action(
        id="schedule.snap",
        place="item/schedule",
        icon="ph.magnet",
        context=ItemMenu,
        when=moments.has_items,
        run=scheduling.snap,
    ),
    Action(
        id="schedule.buffer_before",
        place="item/schedule",
        context=ItemMenu,
        when=moments.has_items,
        run=scheduling.buffer_before,
    ),
    Action(
        id="schedule.buffer_after",
        place="item/schedule",
        context=ItemMenu,
        when=moments.has_items,
        run=scheduling.buffer_after,
    ),
    Action(
        id="schedule.to_milestone",
        place="item/schedule",
        icon="ph.diamond",
        context=ItemMenu,
        when=scheduling.has_bars,
        run=scheduling.to_milestones,
    ),
    Action(
        id="schedule.to_bar",
        place="item/schedule",
        context=ItemMenu,
        when=scheduling.has_milestones,
        run=scheduling.to_bars,
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
