"""The panel of what has changed since an earlier state: a list to read, to click and to copy into a mail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...io.difference import Words, as_markdown, as_text, sections
from ...io.strings import say
from ...model.document import Document
from ...model.edits.baselines import spans_of
from ...model.history.kept import History
from ...model.history.news import story
from ...model.records import Baseline, BaselineId, ItemId
from ..drawing.palette import Theme
from ..messages import Messages
from ..session import Session
from ..signals import DocumentSignals
from .sources import Earlier, Source

_IDLE = 250
"""Milliseconds without a change until the list follows, at least; more where that takes long."""
_SHARE = 5
"""Comparing may take one part in so many of the time."""


class ChangesPanel(QWidget):
    """Follows the document; while it is open the earlier dates stand below the bars as thin lines."""

    shown = Signal(str)
    """An item is to be brought into sight."""
    close_asked = Signal()

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        session: Session,
        messages: Messages,
        theme: Theme,
        *,
        sources: Callable[[], Iterable[Source]],
    ) -> None:
        super().__init__()
        self.setObjectName("changes")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(say("changes.title"))
        self._document, self._session, self._messages, self._theme = document, session, messages, theme
        self._sources = sources
        self.earlier: Earlier | None = None
        self._words: Words | None = None
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
        self.copy_text = self._button("changes.copy_text", as_text)
        self.copy_markdown = self._button("changes.copy_markdown", as_markdown)
        self._arrange()
        self.setMinimumWidth(280)
        self._wait = QTimer(self, singleShot=True, interval=_IDLE)
        self._wait.timeout.connect(self.refresh)
        signals.changed.connect(self._wait.start)
        self.set_theme(theme)
        self._choose_first()

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setStyleSheet(style(theme))
        self._show_words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_ghosts(self.earlier)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wait.stop()
        self._show_ghosts(None)

    # What it is compared with

    def compare_with(self, earlier: Earlier) -> None:
        """Tell what has changed since that state."""
        self.earlier = earlier
        if self.isVisible():
            self._show_ghosts(earlier)
        self.refresh()

    def _choose_first(self) -> None:
        """The baseline that is shown, else the first state that can be had at once."""
        for source in self._sources():
            if source.section != "file":
                source.find(self.compare_with)
                return
        self.refresh()

    def _fill(self) -> None:
        menu = self.picker.menu()
        menu.clear()
        for section, found in groupby(self._sources(), key=lambda source: source.section):
            menu.addSection(say(f"changes.section.{section}"))
            for source in found:
                action = menu.addAction(source.title.replace("&", "&&"))
                action.triggered.connect(lambda _=False, source=source: source.find(self.compare_with))

    def _show_ghosts(self, earlier: Earlier | None) -> None:
        """Let the timeline draw the earlier dates, as it draws a baseline."""
        if earlier is None:
            self._session.show_ghost(None)
            return
        spans = spans_of(earlier.plan, earlier.times)
        taken = max((span.last for span in spans.values()), default=None)
        if taken is not None:
            ghost = Baseline(id=BaselineId(""), title=earlier.title, taken=taken, spans=spans)
            self._session.show_ghost(ghost)

    # The list

    def refresh(self) -> None:
        """Compare anew, unless nobody looks."""
        if not self.isVisible() or self._document.previewing:
            return
        earlier, document = self.earlier, self._document
        begin = time.process_time()
        if earlier is None:
            self._words = None
        else:
            reasons = History(document).reasons_since(earlier.since) if earlier.since else {}
            told = story(
                earlier.plan,
                earlier.times,
                document.plan,
                document.schedule,
                reasons,
                dates_only=earlier.dates_only,
            )
            self._words = Words(told, earlier.plan, document.plan)
        self._show_words()
        took = (time.process_time() - begin) * 1000
        self._wait.setInterval(max(_IDLE, round(took * _SHARE)))

    def _show_words(self) -> None:
        words, earlier = self._words, self.earlier
        self.picker.setText(earlier.title if earlier is not None else say("changes.choose"))
        empty = words is None or not words.story
        for button in (self.copy_text, self.copy_markdown):
            button.setEnabled(not empty)
        if words is None:
            self.text.setHtml(self._page(f"<p>{escape(say('changes.nothing_chosen'))}</p>"))
            return
        bar = self.text.verticalScrollBar()
        at = bar.value()
        self.text.setHtml(self._page(_html(words) or f"<p>{escape(say('changes.none'))}</p>"))
        bar.setValue(at)

    def _page(self, body: str) -> str:
        c = self._theme.colors
        return (
            f"<style>a {{ color: {c.ink}; text-decoration: none; font-weight: 600; }}"
            f" h3 {{ color: {c.ink}; font-size: 14px; margin: 14px 0 4px 0; }}"
            f" p {{ color: {c.ink2}; margin: 6px 0 2px 0; }} p.on {{ margin: 2px 0 2px 16px; }}</style>{body}"
        )

    def _go(self, url: QUrl) -> None:
        id = ItemId(url.path())
        if id in self._document.plan.items:
            self._session.select([id])
            self.shown.emit(id)
        else:
            self._messages.say("changes.gone")

    # Copying

    def _button(self, code: str, make: Callable[[Words], str]) -> QPushButton:
        button = QPushButton(say(code), self)
        button.setToolTip(say(f"{code}.tip"))
        button.clicked.connect(lambda: self._copy(make))
        return button

    def _copy(self, make: Callable[[Words], str]) -> None:
        if self._words is not None and self.earlier is not None:
            head = say("changes.since", what=self.earlier.title)
            text = f"# {head}" if make is as_markdown else head
            QGuiApplication.clipboard().setText(f"{text}\n\n{make(self._words)}\n")
            self._messages.say("changes.copied")

    def _arrange(self) -> None:
        title = QLabel(say("changes.title"), self)
        title.setObjectName("changes-title")
        close = QToolButton(self)
        close.setObjectName("changes-close")
        close.setText("×")
        close.setToolTip(say("changes.close"))
        close.setAccessibleName(say("changes.close"))
        close.clicked.connect(self.close_asked)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.copy_text)
        foot.addWidget(self.copy_markdown)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.picker)
        column.addWidget(self.text, 1)
        column.addLayout(foot)


def _html(words: Words) -> str:
    parts = []
    for head, lines in sections(words):
        parts.append(f"<h3>{escape(head)}</h3>")
        for line in lines:
            text = escape(line.text)
            if line.id is not None:
                name = escape(line.title)
                linked = f'<a href="item:{line.id}">{name}</a>'
                text = text.replace(name, linked, 1) if name and name in text else text
            parts.append(f'<p class="on">{text}</p>' if line.depth else f"<p>{text}</p>")
    return "".join(parts)


def style(theme: Theme) -> str:
    """The panel in the theme's colours."""
    c = theme.colors
    return f"""
    #changes {{ background: {c.background}; }}
    #changes-title {{ color: {c.ink}; font-weight: 700; font-size: 15px; }}
    #changes-since {{ background: {c.panel}; border: 1px solid {c.line}; padding: 5px 10px; }}
    #changes-since:hover {{ background: {c.hover}; }}
    #changes-text {{ background: {c.background}; border: none; padding: 0; }}
    #changes-close {{ color: {c.ink2}; font-size: 15px; min-width: 22px; min-height: 22px; padding: 0; }}
    """
