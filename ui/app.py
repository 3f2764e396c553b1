"""The application: makes everything the window needs and wires it together. The only place that does."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import before_qt  # noqa: F401 - before all others

# isort: split
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from .. import __version__
from ..io.sample import sample_plan
from ..io.strings import say
from ..model.document import Document
from ..model.refused import Refused
from .commands import files
from .commands.edit import undo_way_out
from .desk import Desk
from .faults import Faults
from .files.journalling import FOLDER
from .icons import Icons
from .jobs import Job, Jobs, Progress
from .messages import Message, Messages
from .session import Session
from .settings import Settings, ThemeChoice, state_folder
from .signals import DocumentSignals
from .theme import Themes
from .who import login_name
from .window import Window

if TYPE_CHECKING:
    from ..io.lock import Lock

T = TypeVar("T")
LOCKS = "locks"
"""In the state folder."""
QUICK_BYTES = 4 << 20
"""A file up to this size is read before the window is shown, so that the first picture has it."""


class App(QObject):
    """Everything that lives as long as the program runs, and the desk with the open plan."""

    version = __version__

    def __init__(self, qt: QApplication, folder: Path) -> None:
        super().__init__()
        self.settings = Settings(folder)
        self.faults = Faults(folder)
        self.themes = Themes(qt, self.settings.kept.theme)
        self.icons = Icons(self.themes.theme)
        self.messages = Messages(lambda: undo_way_out(self))
        self.faults.refused.connect(self.messages.refuse)
        self.messages.ways_out["document.elsewhere"] = ("elsewhere.copy", lambda: files.save_as(self))
        self.jobs = Jobs()
        self.desk: Desk
        self._reading: Job | None = None
        self.window: Window = Window(self, qt)
        self.themes.changed.connect(self._wear)
        self.window.painted.connect(self._after_first_paint)

    @property
    def document(self) -> Document:
        return self.desk.document

    @property
    def signals(self) -> DocumentSignals:
        return self.desk.signals

    @property
    def session(self) -> Session:
        return self.desk.session

    @property
    def author(self) -> str:
        """Who makes the changes: the name that the person gave, else the one of their login."""
        return self.settings.kept.me or login_name()

    @property
    def page(self) -> QWidget | None:
        """The page in sight."""
        return self.window.page

    # Starting and ending

    def start(self, path: str | None) -> None:
        """Show the window with the file; without one, with what was open last; else with the sample."""
        chosen = Path(path) if path else self._last_file()
        if chosen is None or not self._open_quickly(chosen):
            self._show_sample(welcome=chosen is None)
        self.window.show()
        if chosen is not None and self.desk.path is None:
            self.open_path(chosen)

    def may_close(self) -> bool:
        """Ask about what is not saved; if the window may close, write down what is to be remembered."""
        if not files.may_leave(self):
            return False
        self._remember_looks()
        self.window.remember(self.settings.kept)
        self.settings.save()
        self.jobs.stop()
        self.desk.close()
        return True

    def _last_file(self) -> Path | None:
        last = self.settings.kept.last
        return Path(last) if last and Path(last).is_file() else None

    def _open_quickly(self, path: Path) -> bool:
        """Open a plan of usual size at once; whatever is wrong or big takes the way through a job."""
        try:
            if path.suffix.lower() != files.SUFFIX or path.stat().st_size > QUICK_BYTES:
                return False
            from ..io.roadmap_file import open_roadmap
            from .files.opening import show_opened

            opened = open_roadmap(path)
        except (OSError, Refused):
            return False
        show_opened(self, path, opened)
        return True

    def _show_sample(self, welcome: bool) -> None:
        self.put_on_desk(Document(sample_plan(date.today())))
        if welcome:
            ways_out = (("ui.welcome.import", self._import), ("ui.welcome.new", self._new))
            self.messages.tell(Message(say("ui.welcome"), ways_out=ways_out, stays=True))

    def _import(self) -> None:
        files.import_chosen(self)

    def _new(self) -> None:
        files.new(self)

    def _after_first_paint(self) -> None:
        self.window.commands.complete()
        self.icons.load()
        self.window.fill_panels()
        self._update_all()
        from PySide6.QtGui import QIcon

        self.window.setWindowIcon(QIcon(str(Path(__file__).parent.parent / "resources/icons/app.svg")))
        if any((self.settings.folder / FOLDER).glob("*")):
            from .files import recovery

            recovery.offer(self)
        if self.settings.broken:
            self.messages.say("ui.settings.broken", level="warning", file=self.settings.broken[0].name)

    # The desk

    def put_on_desk(
        self, document: Document, *, path: Path | None = None, digest: str = "", damaged: bool = False
    ) -> None:
        """Show this document in the place of the one that was open."""
        old: Desk | None = getattr(self, "desk", None)
        if old is not None:
            self._remember_looks()
        document.author = document.author or self.author
        looks = self.settings.looks(document.plan.info.id)
        journals = self.settings.folder / FOLDER
        lock = self.hold(path) if path is not None else None
        self.desk = Desk(
            document, looks, path=path, digest=digest, damaged=damaged, journals=journals, lock=lock
        )
        self.desk.journal.lost.connect(self._warn_of_journal)
        self.desk.session.me = self.settings.kept.me
        self.desk.session.motion = self.settings.kept.motion
        self.desk.signals.changed.connect(self.refresh)
        self.desk.session.selection_changed.connect(self.window.commands.refresh)
        self.desk.session.rows_changed.connect(self.window.commands.refresh)
        self.window.show_desk(self.desk)
        self.refresh()
        if old is not None:
            old.close(lock)
            old.deleteLater()

    def refresh(self) -> None:
        """Name the window after the plan, with a mark while it is not saved, and ask the commands anew."""
        title = self.desk.title or say("ui.untitled")
        if self.desk.elsewhere:
            title = say("elsewhere.title", plan=title)
        self.window.setWindowTitle(f"{title}[*] – Roadwright")
        self.window.setWindowModified(self.document.dirty)
        self.window.commands.refresh()
        self.window.topbar.refresh()
        self.window.message_bar.refresh()
        self.window.show_banner()
        self.window.ask_why()

    def hold(self, path: Path) -> Lock | None:
        """The right to write that file; None: another window has it."""
        from ..io.lock import hold

        desk: Desk | None = getattr(self, "desk", None)
        return hold(self.settings.folder / LOCKS, path, desk.lock if desk is not None else None)

    def open_path(self, path: Path) -> None:
        files.open_path(self, path)

    def remember_file(self, path: Path) -> None:
        """The file is open now: offered among the recent ones, and at the next start."""
        self.settings.remember_file(path)
        self.settings.save()

    def _warn_of_journal(self, reason: str) -> None:
        self.messages.say("journal.lost", level="error", reason=reason)

    def _remember_looks(self) -> None:
        self.settings.remember_looks(self.document.plan.info.id, self.session.looks)

    # Work

    def read(
        self,
        title: str,
        work: Callable[[Progress], T],
        finish: Callable[[T], object],
        fail: Callable[[Exception], object],
    ) -> None:
        """Read a file off the UI thread; a reading that is still under way is given up for the new one."""
        if self._reading is not None and self._reading in self.jobs.running:
            self._reading.cancel()
        self._reading = self.jobs.start(title, work, finish, fail)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """The wait cursor, for what must happen on the UI thread."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            yield
        finally:
            QGuiApplication.restoreOverrideCursor()

    # Theme

    def choose_theme(self, choice: ThemeChoice) -> None:
        self.settings.kept.theme = choice
        self.settings.save()
        self.themes.choose(choice)
        self.window.commands.refresh()

    def _wear(self) -> None:
        self.icons.theme = self.themes.theme
        self.window.set_theme(self.themes.theme)

    def _update_all(self) -> None:
        for child in self.window.findChildren(QWidget):
            child.update()


def run(path: str | None) -> int:
    """Show the window and stay until it is closed. `path`: a plan, or anything that can be imported."""
    gc.disable()  # until the first paint: what the start makes stays, and looking through it takes time
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        # Not setStyle(): the wrapper it returns costs 10 ms, for the enums of QStyle.
        qt = QApplication([*sys.argv[:1], "-style", "Fusion"])
    qt.setApplicationName("Roadwright")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName("roadwright")
    app = App(qt, state_folder())
    app.faults.install()
    app.window.painted.connect(gc.freeze)
    app.window.painted.connect(app.jobs.collect_again)
    app.start(path)
    # Python sees Ctrl+C in the terminal only when some Python code runs.
    heartbeat = QTimer(app, interval=500)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
    return qt.exec()
