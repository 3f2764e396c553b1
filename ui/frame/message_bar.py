"""The bar at the bottom: what just happened with its way out, work under way, and how big the plan is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStylePainter,
    QWidget,
)

from ...io.strings import count, say
from ...model.plan import Plan
from ..desk import Desk
from ..icons import Icons
from ..jobs import Jobs
from ..messages import Loudness, Message, Messages

HEIGHT = 34
SECONDS_SHOWN, SECONDS_WARNED = 8, 24
MARKS = {"warning": ("ph.warning", "warning"), "error": ("ph.warning-circle", "danger")}


class MessageBar(QFrame):
    """Shows the last message until the next one, or for some seconds if it only informs."""

    def __init__(self, messages: Messages, jobs: Jobs, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("messagebar")
        self.setFixedHeight(HEIGHT)
        self._jobs = jobs
        self._icons = icons
        self._desk: Desk | None = None
        self._kept: Plan | None = None
        self._level: Loudness = "info"
        self._mark = QLabel()
        self._words = _Elided()
        self._ways = QWidget()
        self._ways_row = QHBoxLayout(self._ways)
        self._ways_row.setContentsMargins(0, 0, 0, 0)
        self._buttons: list[QPushButton] = []
        self._strip = _Strip(jobs)
        self._counts = QLabel()
        self._counts.setObjectName("counts")
        self._arrange()
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self.clear)
        messages.said.connect(self.show_message)
        self.clear()

    def show_desk(self, desk: Desk) -> None:
        """Follow another plan."""
        self._desk, self._kept = desk, desk.document.kept
        desk.signals.changed.connect(self._follow)
        desk.session.page_changed.connect(self._turn)
        self.refresh()

    def _follow(self) -> None:
        """What was said before a step is not about how things are now; whoever made the step speaks next."""
        if self._desk is not None and self._desk.document.kept is not self._kept:
            self._kept = self._desk.document.kept
            self.clear()
        self.refresh()

    def _turn(self) -> None:
        """A warning is about the page it was given on."""
        if self._level != "info":
            self.clear()

    def refresh(self) -> None:
        """Show how big the plan is and whether it is saved."""
        if self._desk is None:
            return
        plan = self._desk.document.plan
        parts = [count("ui.items", len(plan.items))]
        if plan.teams:
            parts.append(count("ui.teams", len(plan.teams)))
        parts.append(say(self._desk.state))
        self._counts.setText(" · ".join(parts))

    def show_message(self, message: Message) -> None:
        self._empty()
        self._level = message.level
        icon, color = MARKS.get(message.level, ("", ""))
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.setPixmap(
                self._icons.icon(icon, color).pixmap(QSize(18, 18), self.devicePixelRatioF())
            )
        self._words.show_text(message.text)
        for code, run in message.ways_out:
            button = QPushButton(say(code))
            button.setProperty("quiet", True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            # It goes as soon as it is clicked: the keys are to stay where they were.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._take, run))
            self._ways_row.addWidget(button)
            button.show()
            self._buttons.append(button)
        if not message.stays and message.level != "error":
            self._wait.start(1000 * (SECONDS_SHOWN if message.level == "info" else SECONDS_WARNED))

    def add(self, widget: QWidget) -> None:
        """Put something before the numbers of the plan."""
        self._row.insertWidget(self._row.indexOf(self._counts), widget)

    def clear(self) -> None:
        """Say nothing."""
        self._empty()
        self._level = "info"
        self._mark.hide()
        self._words.show_text("")

    def _empty(self) -> None:
        self._wait.stop()
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def _take(self, run: Callable[[], object], _: bool = False) -> None:
        self.clear()
        run()

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._words)
        layout.addWidget(self._ways)
        layout.addStretch(1)
        layout.addWidget(self._strip)
        layout.addSpacing(8)
        layout.addWidget(self._counts)
        self._row = layout


class _Strip(QWidget):
    """The oldest job under way: its title, how far it is, Cancel. Nothing for what is over in a moment."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._title = QLabel()
        self._title.setObjectName("jobTitle")
        self._bar = QProgressBar()
        self._bar.setFixedSize(120, 6)
        self._bar.setTextVisible(False)
        self._cancel_button = QPushButton(say("ui.cancel"))
        self._cancel_button.setProperty("quiet", True)
        self._cancel_button.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._bar, self._cancel_button):
            layout.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=300)
        self._patience.timeout.connect(self._show)
        jobs.changed.connect(self._follow)
        self.hide()

    def _follow(self) -> None:
        if not self._jobs.running:
            self._patience.stop()
            self.hide()
        elif self.isHidden():
            if not self._patience.isActive():
                self._patience.start()
        else:
            self._show()

    def _show(self) -> None:
        if not self._jobs.running:
            return
        job = self._jobs.running[0]
        self._title.setText(say("ui.stopping") if job.stopping else job.title)
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)
        self._cancel_button.setHidden(job.firm)
        self.show()

    def _cancel(self) -> None:
        if self._jobs.running:
            self._jobs.running[0].cancel()


class _Elided(QLabel):
    """A line of text that is cut off where there is no room, and then whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        self.setText(" ".join(text.split()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QStylePainter(self)
        vertical = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawItemText(self.rect(), vertical, self.palette(), True, shown, self.foregroundRole())
        painter.end()
