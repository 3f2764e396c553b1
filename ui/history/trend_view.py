"""The chart of the milestone trend on screen; looks through the history bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QToolTip, QVBoxLayout, QWidget

from ...io.days import day
from ...io.strings import say
from ...model.document import Document
from ...model.history.kept import History, local_day
from ...model.history.trend import Forecast, trend
from ...model.records import ItemId, Span
from ...model.schedule import schedule
from ..drawing.painter import measure, paint
from ..drawing.palette import Theme
from ..drawing.scene import Mark, Scene, Text
from .notice import notice
from .trend import trend_scene

_SAMPLES = 12
"""States of the history that are looked at, besides the baselines."""


class TrendView(QWidget):
    """Draws `trend_scene`; a click on a milestone selects it."""

    chosen = Signal(str)

    def __init__(self, document: Document, theme: Theme, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setAccessibleName(say("history.trend"))
        self.theme = theme
        self._document, self._today = document, today
        self._known: dict[date, Mapping[ItemId, Span]] = {}
        self._wanted: list[int] = []
        self._history: History | None = None
        self.forecasts: list[Forecast] = []
        self._scene: Scene | None = None
        self._selected = ""
        self._empty = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._empty.setTextFormat(Qt.TextFormat.RichText)
        column = QVBoxLayout(self)
        column.addWidget(self._empty)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._look_further)

    def show_history(self, history: History) -> None:
        """Show the trend over the baselines at once, over the history as it is looked through."""
        self._history = history
        self._known.clear()
        self._wanted = self._samples(history)
        self._refresh()
        if self.isVisible() and self._wanted:
            self._timer.start()

    def select(self, id: str) -> None:
        """Bring out that milestone, if it is one."""
        self._selected, self._scene = id, None
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _samples(self, history: History) -> list[int]:
        """The places of the last steps of days that are spread over the whole history, the latest first."""
        first = local_day(history.heading(0).time) if len(history) else None
        if first is None:
            return []
        days = (self._today() - first).days
        ends = {first + timedelta(days=1 + days * n // _SAMPLES) for n in range(_SAMPLES)}
        places = {history.last_before(end) for end in ends if end <= self._today()}
        return sorted(place for place in places if place >= 0)

    def _look_further(self) -> None:
        """One more state of the history."""
        history = self._history
        if not self._wanted or history is None:
            return
        place = self._wanted.pop()
        plan, said = history.state(place), local_day(history.heading(place).time)
        if plan is not None and said is not None:
            times = schedule(plan)
            milestones = [id for id, item in plan.items.items() if item.kind == "milestone"]
            self._known[said] = {id: span for id in milestones if (span := times.dates(id)) is not None}
        self._refresh()
        if self._wanted:
            self._timer.start()

    def _refresh(self) -> None:
        document = self._document
        self.forecasts = trend(document.kept, document.kept_schedule, self._today(), self._known)
        self._empty.setText(notice("trend.none", self.theme))
        self._empty.setVisible(not self.forecasts)
        self._scene = None
        self.update()

    @property
    def scene(self) -> Scene:
        """The chart as it fits in."""
        if self._scene is None or (self._scene.width, self._scene.height) != (self.width(), self.height()):
            size = (self.width(), self.height())
            self._scene = trend_scene(self.forecasts, *size, self.theme, measure, self._selected)
        return self._scene

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.scene, exact=False)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (id := self.at(event.position())):
            self.chosen.emit(id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        id = self.at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if id else Qt.CursorShape.ArrowCursor)
        told = next((one for one in self.forecasts if one.id == id), None)
        if told is None:
            QToolTip.hideText()
            return
        lines = [f"{day(said)}: {day(forecast)}" for said, forecast in told.points]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join([told.title, *lines]), self)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        QToolTip.hideText()

    def at(self, place: QPointF) -> str:
        """The id of the milestone there."""
        for shape in self.scene.shapes:
            if isinstance(shape, Mark) and abs(shape.x - place.x()) < 9 and abs(shape.y - place.y()) < 9:
                return shape.ref
            if (
                isinstance(shape, Text)
                and shape.ref
                and 0 <= place.x() - shape.x <= shape.width
                and 0 <= place.y() - shape.y <= shape.height
            ):
                return shape.ref
        return ""
