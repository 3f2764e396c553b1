"""The main window: arranges rail, bars, pages and panels. It decides nothing: commands and pages do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..model.field import OWN
from ..model.records import FieldId
from .commands import files
from .commands.edit import add_field, open_fields
from .commands.looks import choose_colors
from .drawing.palette import Theme
from .frame.menus import Commands
from .frame.message_bar import MessageBar
from .frame.panel import Panel
from .frame.rail import Rail
from .frame.topbar import TopBar
from .pages import PAGES, PageMaker, backlog, changes, inspector, problems
from .problems.badge import ProblemBadge
from .problems.watch import ProblemWatch
from .settings import Remembered

if TYPE_CHECKING:
    from .app import App
    from .desk import Desk
    from .files.elsewhere import ElsewhereBanner
    from .history.banner import LookBanner
    from .history.why import WhyField

MINIMUM = QSize(1024, 640)
START = QSize(1440, 900)
FRAME = QSize(16, 48)
"""What the system puts around a window, at most: before it is shown nobody can tell."""
WIDE = {"backlog": 1500, "inspector": 1200, "problems": 1 << 20, "changes": 1 << 20}
"""Width of the window from which a panel is open at the first start; some wait to be asked for."""


class Window(QMainWindow):
    """One window, one plan at a time."""

    painted = Signal()
    """Once, after the first paint: time for whatever the first picture does not need."""

    def __init__(self, app: App, qt: QApplication) -> None:
        super().__init__()
        self._app = app
        self._desk: Desk | None = None
        self._pages: dict[str, QWidget] = {}
        self._first_paint_over = False
        self.calm = False
        self.banner: LookBanner | None = None
        self.elsewhere: ElsewhereBanner | None = None
        self.why: WhyField | None = None
        self._room = START.width()
        """The width that decides about panels nobody has opened or closed yet."""
        self.setMinimumSize(MINIMUM)
        self.setAcceptDrops(True)
        self.stack = PageStack(self)
        self.watch = ProblemWatch(self)
        self.panels = {
            "backlog": Panel(backlog),
            "inspector": Panel(inspector),
            "problems": Panel(lambda: problems(self.watch)),
            "changes": Panel(lambda: changes(app)),
        }
        bar = QMenuBar(self)
        self.setMenuBar(bar)
        self.commands = Commands(app, qt, self, self.stack, bar)
        self.topbar = TopBar(app, self.commands)
        self.rail = Rail(PAGES, self.commands)
        self.message_bar = MessageBar(app.messages, app.jobs, app.icons)
        self.message_bar.add(ProblemBadge(self.watch, self.commands["view.problems"], app.icons))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._upright = QSplitter(Qt.Orientation.Vertical)
        self.topbar.search_left.connect(self._focus_page)
        self._arrange()
        self._restore(app.settings.kept)

    @property
    def page(self) -> QWidget | None:
        """The page in sight."""
        return self.stack.currentWidget()

    # What is shown

    def show_desk(self, desk: Desk) -> None:
        """Show another plan: new pages for it, in the same window."""
        for old in self._pages.values():
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pages.clear()
        for panel in self.panels.values():
            panel.empty()
        self._desk = desk
        desk.session.page_changed.connect(self.show_page)
        self.topbar.show_desk(desk)
        self.message_bar.show_desk(desk)
        self.watch.follow(desk.document, desk.signals)
        self.show_page()

    def show_page(self) -> None:
        """Bring the session's page into sight; it is made when it is first asked for."""
        if self._desk is None:
            return
        session = self._desk.session
        known = {page.id: page for page in PAGES}
        if session.looks.page not in known:
            session.looks.page = PAGES[0].id
        id = session.looks.page
        if id not in self._pages:
            self._pages[id] = page = self._make(known[id].load())
            self.stack.addWidget(page)
            if hasattr(page, "drop_elsewhere"):
                page.drop_elsewhere(lambda: self.panels["backlog"].content)
            if hasattr(page, "context_requested"):
                page.context_requested.connect(self.open_menu)
            if hasattr(page, "colors_requested"):
                page.colors_requested.connect(lambda entry: choose_colors(self._app, entry))
            if hasattr(page, "fields_asked"):
                page.fields_asked.connect(self._open_fields)
            for name in ("item_opened", "open_requested"):
                if hasattr(page, name):
                    getattr(page, name).connect(self._open_inspector)
        self.stack.setCurrentWidget(self._pages[id])
        self._pages[id].setFocus()
        self.arrange_panels()

    def open_menu(self, kind: str, ref: str, place: QPoint) -> None:
        """The right-click menu for a `bar`, a `link`, or whatever else a page has there."""
        known = {"bar": "item", "item": "item", "link": "link", "lane": "lane", "axis": "axis"}
        menu = self.commands.context_menu(known.get(kind, "empty"), self.stack)
        fill_menu = getattr(self.page, "fill_menu", None)
        if callable(fill_menu):
            fill_menu(menu)
        closed = getattr(self.page, "menu_closed", None)
        if callable(closed):  # a little later: what is chosen from the menu comes after it closes
            menu.aboutToHide.connect(lambda: QTimer.singleShot(0, closed))
        menu.popup(place)

    def show_banner(self) -> None:
        """Say above the page when an earlier state is looked at, or another window has the plan."""
        if self.banner is None and self._app.document.looking:
            from .history.banner import LookBanner

            self.banner = LookBanner(self._app)
            self._put_above(self.banner)
        if self.banner is not None:
            self.banner.refresh()
        if self.elsewhere is None and self._app.desk.elsewhere:
            from .files.elsewhere import ElsewhereBanner

            self.elsewhere = ElsewhereBanner(self._app)
            self._put_above(self.elsewhere)
        if self.elsewhere is not None:
            self.elsewhere.refresh()

    def _put_above(self, strip: QWidget) -> None:
        layout = self._work.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, strip)

    def ask_why(self) -> None:
        """Ask for the reason of a step that breaks what people count on."""
        if self.why is None and self._app.document.done:
            from .history.why import WhyField

            self.why = WhyField(self._app)
            self.message_bar.add(self.why)
        if self.why is not None:
            self.why.follow()

    def _focus_page(self) -> None:
        if self.page is not None:
            self.page.setFocus()

    def _open_inspector(self, _: str) -> None:
        self.show_panel("inspector", True)

    def open_selected_menu(self, place: QPoint) -> None:
        """The right-click menu for what is selected."""
        session = self._app.session
        self.open_menu("link" if session.link is not None else "item" if session.items else "", "", place)

    def fill_panels(self) -> None:
        """Make the panels that are open but still empty: they come after the first paint."""
        if self._desk is None or not self._first_paint_over:
            return
        for name, panel in self.panels.items():
            if panel.is_empty and not panel.isHidden():
                panel.fill(self._make(panel.load()))
                self._connect_panel(name, panel)

    def _connect_panel(self, name: str, panel: Panel) -> None:
        """What a panel asks for: an item to be brought into sight, or to be closed."""
        content = panel.content
        if content is not None and hasattr(content, "shown"):
            content.shown.connect(self._reveal)
        if content is not None and hasattr(content, "fields_asked"):
            content.fields_asked.connect(self._open_fields)
        if content is not None and hasattr(content, "close_asked"):
            content.close_asked.connect(lambda: self.show_panel(name, False))

    def _open_fields(self, key: str) -> None:
        """The plan's own fields: the one of that key, or a new one."""
        if key:
            open_fields(self._app, FieldId(key.removeprefix(OWN)))
        else:
            add_field(self._app)

    def _reveal(self, id: str) -> None:
        show = getattr(self.page, "reveal", None)
        if callable(show):
            show(id)

    def set_theme(self, theme: Theme) -> None:
        for widget in (*self._pages.values(), *(panel.content for panel in self.panels.values())):
            change = getattr(widget, "set_theme", None)
            if callable(change):
                change(theme)
        for child in self.findChildren(QWidget):
            child.update()

    def be_calm(self, calm: bool) -> None:
        """Full screen, with nothing but the page; or back."""
        self.calm = calm
        for widget in (self.menuBar(), self.topbar, self.rail, self.message_bar):
            widget.setVisible(not calm)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.arrange_panels()

    # Panels

    def panel_open(self, name: str) -> bool:
        """Whether a person wants the panel open, even where it can't be seen just now."""
        chosen: bool | None = getattr(self._app.settings.kept, name)
        return self._room >= WIDE[name] if chosen is None else chosen

    def show_panel(self, name: str, open: bool) -> None:
        setattr(self._app.settings.kept, name, open)
        self.arrange_panels()

    def arrange_panels(self) -> None:
        """Show the panels that are wanted on this page."""
        on_timeline = self._desk is not None and self._desk.session.looks.page == "timeline"
        for name, panel in self.panels.items():
            panel.setVisible(self.panel_open(name) and not self.calm and (name != "backlog" or on_timeline))
        self.fill_panels()
        self.commands.refresh()

    def focus_inspector(self) -> None:
        content = self.panels["inspector"].content
        if content is not None:
            edit_title = getattr(content, "edit_title", content.setFocus)
            edit_title()

    # Remembering

    def remember(self, kept: Remembered) -> None:
        """Write down where the window is and how wide its panels are."""
        if not self.calm:
            kept.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        for name, panel in self.panels.items():
            if not panel.isHidden() and panel.width() > 0:
                if name == "problems":
                    kept.problems_height = panel.height()
                else:
                    setattr(kept, f"{name}_width", panel.width())

    def _restore(self, kept: Remembered) -> None:
        if not (kept.geometry and self.restoreGeometry(QByteArray.fromBase64(kept.geometry.encode()))):
            self.resize(START.boundedTo(self.screen().availableSize() - FRAME))
        widths = [kept.backlog_width, 0, kept.changes_width, kept.inspector_width]
        widths[1] = max(400, self.width() - sum(widths))
        self._splitter.setSizes(widths)
        self._upright.setSizes([max(300, self.height() - kept.problems_height), kept.problems_height])

    # Making

    def _make(self, maker: PageMaker) -> QWidget:
        desk = self._desk
        assert desk is not None
        return maker(desk.document, desk.signals, desk.session, self._app.messages, self._app.themes.theme)

    def _arrange(self) -> None:
        for widget in (self.panels["backlog"], self.stack, self.panels["changes"], self.panels["inspector"]):
            self._splitter.addWidget(widget)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for place, stretch in enumerate((0, 1, 0, 0)):
            self._splitter.setStretchFactor(place, stretch)
        self._upright.addWidget(self._splitter)
        self._upright.addWidget(self.panels["problems"])
        self._upright.setHandleWidth(1)
        self._upright.setChildrenCollapsible(False)
        self._upright.setStretchFactor(0, 1)
        work = self._work = _column(self._upright, self.message_bar)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.addWidget(self.rail)
        row.addWidget(work, 1)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setCentralWidget(_column(self.topbar, middle))

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.calm:
            before = [self.panel_open(name) for name in self.panels]
            self._room = event.size().width()
            if before != [self.panel_open(name) for name in self.panels]:
                self.arrange_panels()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._first_paint_over:
            self._first_paint_over = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._first_paint_over and self.isActiveWindow():
            files.look_for_changes(self._app)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.calm:
            self.be_calm(False)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._app.may_close():
            event.accept()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := _dropped_files(event):
            event.acceptProposedAction()
            files.take_dropped(self._app, paths)


class PageStack(QStackedWidget):
    """The pages, one in sight. A right-click that a page leaves to it opens the menu for what is selected."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._window.open_selected_menu(event.globalPos())


def _column(*widgets: QWidget) -> QWidget:
    """The widgets under one another; the last but the bars takes the room."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 0 if widget.minimumHeight() == widget.maximumHeight() else 1)
    return column


def _dropped_files(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
