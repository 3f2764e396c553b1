"""The panel of what has changed since an earlier state: a list to read, to click, to copy and to send."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

import msgspec
from PySide6.QtCore import QSize, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QTextBrowser, QToolButton

from ...io.difference import Line, Report, for_mail, for_wiki, report
from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.baselines import spans_of
from ...model.history.earlier import Earlier, what_changed
from ...model.history.kept import History
from ...model.records import Baseline, BaselineId, ItemId
from ...model.refused import Refused
from ...model.schedule import Schedule
from ..drawing.palette import Theme
from ..frame.side_panel import SidePanel
from ..jobs import Job, Jobs, Progress
from ..messages import Messages
from ..session import Session
from ..signals import DocumentSignals
from .sources import Source

_IDLE = 250
"""Milliseconds without a change until the list follows, at least; more where that takes long."""
_SHARE = 5
"""Comparing may take one part in so many of the time."""
_FIRST, _MORE = 40, 200
"""So many lines of each kind are shown at first, and so many more when somebody asks."""


class Compared(msgspec.Struct, frozen=True):
    """What was found out off the UI thread."""

    earlier: Earlier
    ghost: Baseline | None
    """The earlier dates."""
    report: Report


class ChangesPanel(SidePanel):
    """Follows the document; while it is open the earlier dates stand below the bars as thin lines."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        session: Session,
        messages: Messages,
        theme: Theme,
        *,
        jobs: Jobs,
        sources: Callable[[], Iterable[Source]],
        choose_file: Callable[[], Source | None],
        save: Callable[[Report], object],
    ) -> None:
        """`save` asks where the report is to be kept, and keeps it."""
        super().__init__("changes")
        self._document, self._session, self._messages, self._theme = document, session, messages, theme
        self._jobs, self._sources, self._choose_file, self._save = jobs, sources, choose_file, save
        self._source: Source | None = next(iter(sources()), None)
        self._compared: Compared | None = None
        self._job: Job | None = None
        self._stale = True
        self._begun = 0.0
        self._room: dict[str, int] = {}
        """How many lines of a kind are shown, where it is not the usual number."""
        self.picker = QToolButton(self)
        self.picker.setObjectName("changes-since")
        self.picker.setToolTip(say("changes.since.tip"))
        self.picker.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.picker.setMinimumHeight(30)
        menu = QMenu(self.picker)
        menu.aboutToShow.connect(self._fill)
        self.picker.setMenu(menu)
        self.text = QTextBrowser(self)
        self.text.setObjectName("changes-text")
        self.text.setAccessibleName(say("changes.title"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._go)
        self.copy_text = self._button("changes.copy_text", lambda: self._copy(for_mail))
        self.copy_markdown = self._button("changes.copy_markdown", lambda: self._copy(for_wiki))
        self.save_button = self._button("changes.save", self._keep)
        self._arrange()
        self.setMinimumWidth(280)
        self._wait = QTimer(self, singleShot=True, interval=_IDLE)
        self._wait.timeout.connect(self.refresh)
        signals.changed.connect(self._changed)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.wear(theme, style(theme))
        self._show_report()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_ghost()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wait.stop()
        self._leave()
        self._session.show_ghost(None)

    # What it is compared with

    def compare_with(self, source: Source) -> None:
        """Tell what has changed since that state."""
        self._leave()
        self._source, self._compared = source, None
        self._room.clear()
        self._show_report()
        self.refresh()

    def _fill(self) -> None:
        menu = self.picker.menu()
        menu.clear()
        for section, found in groupby(self._sources(), key=lambda source: source.section):
            menu.addSection(say(f"changes.section.{section}"))
            for source in found:
                action = menu.addAction(source.title.replace("&", "&&"))
                action.triggered.connect(lambda _=False, source=source: self.compare_with(source))
        menu.addSection(say("changes.section.file"))
        menu.addAction(say("changes.file")).triggered.connect(self._ask_for_file)

    def _ask_for_file(self) -> None:
        if (source := self._choose_file()) is not None:
            self.compare_with(source)

    def _show_ghost(self) -> None:
        """Let the timeline draw the earlier dates, as it draws a baseline."""
        self._session.show_ghost(self._compared.ghost if self._compared is not None else None)

    # Comparing

    def _changed(self) -> None:
        self._stale = True
        self._wait.start()

    def refresh(self) -> None:
        """Compare anew, unless nobody looks or nothing is different; one comparison at a time."""
        if not self.isVisible() or self._document.previewing or self._job is not None:
            return
        source, known = self._source, self._compared
        if source is not None and (self._stale or known is None):
            self._stale = False
            work = _comparing(self._document, source, known)
            self._begun = time.monotonic()
            self._job = self._jobs.start(say("changes.comparing"), work, self._arrive, self._fail)

    def _leave(self) -> None:
        """What is under way is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job, self._stale = None, True

    def _arrive(self, compared: Compared | None) -> None:
        self._job = None
        took = (time.monotonic() - self._begun) * 1000
        self._wait.setInterval(max(_IDLE, round(took * _SHARE)))
        if compared is None:
            self._messages.say("changes.lost", level="warning")
            self._source = None
        self._compared = compared
        self._show_ghost()
        self._show_report()
        if self._stale:
            self._wait.start()

    def _fail(self, error: Exception) -> None:
        self._job, self._source = None, None
        self._show_report()
        if not isinstance(error, Refused):
            raise error
        self._messages.refuse(error)

    # The list

    def _show_report(self) -> None:
        compared = self._compared
        self.picker.setText(self._source.title if self._source is not None else say("changes.choose"))
        told = compared is not None and bool(compared.report.sections)
        for button in (self.copy_text, self.copy_markdown, self.save_button):
            button.setEnabled(told)
        bar = self.text.verticalScrollBar()
        at = bar.value()
        self.text.setHtml(self._page())
        bar.setValue(at)

    def _page(self) -> str:
        if self._compared is None:
            code = "changes.nothing_chosen" if self._source is None else "changes.comparing"
            body = f"<p>{escape(say(code))}</p>"
        else:
            body = _html(self._compared.report, self._room) or f"<p>{escape(say('changes.none'))}</p>"
        c = self._theme.colors
        return (
            f"<style>a {{ color: {c.ink}; text-decoration: none; font-weight: 600; }}"
            f" a.more {{ color: {c.accent}; }}"
            f" h3 {{ color: {c.ink}; font-size: 14px; margin: 14px 0 4px 0; }}"
            f" p {{ color: {c.ink2}; margin: 6px 0 2px 0; }} p.on {{ margin: 2px 0 2px 16px; }}</style>{body}"
        )

    def _go(self, url: QUrl) -> None:
        if url.scheme() == "more":
            self._room[url.path()] = self._room.get(url.path(), _FIRST) + _MORE
            self._show_report()
            return
        id = ItemId(url.path())
        if id in self._document.plan.items:
            self._session.select([id])
            self.shown.emit(id)
        else:
            self._messages.say("changes.gone")

    # Sending it

    def _button(self, code: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(say(code), self)
        button.setToolTip(say(f"{code}.tip"))
        button.clicked.connect(lambda: run())
        return button

    def _copy(self, make: Callable[[Report], str]) -> None:
        if self._compared is not None:
            QGuiApplication.clipboard().setText(make(self._compared.report))
            self._messages.say("changes.copied")

    def _keep(self) -> None:
        if self._compared is not None:
            self._save(self._compared.report)

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 12, 12)
        foot.setSpacing(8)
        for button in (self.copy_text, self.copy_markdown, self.save_button):
            foot.addWidget(button)
        foot.addStretch(1)
        line = QHBoxLayout()
        line.setContentsMargins(14, 2, 12, 8)
        line.addWidget(self.picker)
        text = QHBoxLayout()
        text.setContentsMargins(14, 0, 0, 0)
        text.addWidget(self.text)
        self.column.addLayout(line)
        self.column.addLayout(text, 1)
        self.column.addLayout(foot)


def _comparing(
    document: Document, source: Source, known: Compared | None
) -> Callable[[Progress], Compared | None]:
    """Work that tells what has become of a state; None: it can't be had. The one that is known is not read
    again.
    """
    plan, history = document.plan, History(document)

    def compare(progress: Progress) -> Compared | None:
        earlier = known.earlier if known is not None else source.read()
        if earlier is None:
            return None
        progress(0, 0)
        ghost = known.ghost if known is not None else _ghost(earlier)
        told = what_changed(earlier, plan, Schedule(plan), history)  # of its own: this is another thread
        progress(0, 0)
        return Compared(earlier, ghost, report(told))

    return compare


def _ghost(earlier: Earlier) -> Baseline | None:
    spans = spans_of(earlier.plan, earlier.times)
    if not spans:
        return None
    taken = max(span.last for span in spans.values())
    return Baseline(id=BaselineId(""), title=earlier.title, taken=taken, spans=spans)


def _html(report: Report, room: dict[str, int]) -> str:
    parts = []
    for section in report.sections:
        parts.append(f"<h3>{escape(section.head)}</h3>")
        most = room.get(section.kind, _FIRST)
        parts += map(_paragraph, section.lines[:most])
        left = len(section.lines) - most
        if left > 0:
            words = escape(count("news.more", left))
            parts.append(f'<p><a class="more" href="more:{section.kind}">{words}</a></p>')
    return "".join(parts)


def _paragraph(line: Line) -> str:
    text = escape(line.text)
    if line.news is not None:
        name = escape(line.news.title)
        linked = f'<a href="item:{line.news.id}">{name}</a>'
        text = text.replace(name, linked, 1) if name and name in text else text
    return f'<p class="on">{text}</p>' if line.depth else f"<p>{text}</p>"


def style(theme: Theme) -> str:
    """What is of this panel alone, in the theme's colours."""
    c = theme.colors
    return f"""
    #changes-since {{ background: {c.panel}; border: 1px solid {c.line}; padding: 5px 10px; }}
    #changes-since:hover {{ background: {c.hover}; }}
    #changes-text {{ background: {c.background}; border: none; padding: 0; }}
    """
