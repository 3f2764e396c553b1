"""The canvas of the graph: paints what is in sight, finds what is pointed at, hands presses to gestures."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QAbstractAnimation, QEvent, QPointF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ...model.plan import Plan
from ...model.records import ItemId, LinkId
from ...model.refused import Refused
from ..drawing.painter import measure, paint
from ..drawing.scene import AnyShape, Scene
from ..session import Session
from ..timeline.board import Board
from .camera import Camera
from .cards import DOT, draw
from .gestures import BEGIN, Band, DrawLink, Gesture, Pan
from .glance import Glance, ground
from .keys import Way, neighbour
from .layout import Layout
from .sheet import Sheet
from .tips import card_tip, link_tip

_WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
_NEAR = 5.0
"""Pixels from which a line is taken hold of."""
_LIGHT_AFTER = 120
"""Milliseconds on a card before its chain lights up, so that a passing pointer makes nothing flicker."""
_GLIDE = 180
"""Milliseconds of a soft scroll."""


class GraphView(QAbstractScrollArea):
    """The scrolled area with the cards."""

    opened = Signal(str)
    """A card was double-clicked: its item."""
    link_drawn = Signal(str, str, str)
    """A link was drawn: its new id, source and target."""
    link_refused = Signal(object)
    looked = Signal()
    """The camera has moved."""

    def __init__(self, board: Board, layout: Layout, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.sheet = Sheet(board, layout)
        self.camera = Camera()
        self.glance = Glance()
        self.gesture: Gesture | None = None
        self._press: tuple[Gesture, QPointF] | None = None
        self._space = False
        self._syncing = False
        self._pointed: ItemId | LinkId | None = None
        self._light = QTimer(self, singleShot=True, interval=_LIGHT_AFTER)
        self._light.timeout.connect(self._light_up)
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(_GLIDE)
        self._glide.valueChanged.connect(self._glided)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown

    @property
    def board(self) -> Board:
        return self.sheet.board

    @property
    def arranged(self) -> Layout:
        return self.sheet.layout

    @property
    def plan(self) -> Plan:
        return self.board.plan

    def put(self, board: Board, layout: Layout) -> None:
        """Show another state of the plan; what is looked at stays where it is on screen."""
        anchor = self._anchor(layout)
        if anchor is not None:
            old, new = self.arranged.areas[anchor], layout.areas[anchor]
            zoom = self.camera.zoom
            self.camera.left += (new.x - old.x) * zoom
            self.camera.top += (new.y - old.y) * zoom
        self.sheet = Sheet(board, layout)
        self.camera.page_width, self.camera.page_height = layout.width, layout.height
        known = self.glance.hovered in layout.areas
        self.glance = msgspec.structs.replace(
            self.glance, hovered=self.glance.hovered if known else None, lit=None
        )
        self.follow_selection()
        self.look()

    def _anchor(self, layout: Layout) -> str | None:
        """The card whose place on screen is kept: the selected one if it is seen, else the most central."""
        current = self.session.current
        common = [id for id in self.arranged.areas if id in layout.areas]
        if current in common and current is not None and self.camera.shows(self.arranged.areas[current]):
            return current
        x, y = self.camera.centre
        areas = self.arranged.areas
        return min(
            common,
            key=lambda id: (areas[id].x + areas[id].width / 2 - x) ** 2 + (areas[id].middle - y) ** 2,
            default=None,
        )

    def follow_selection(self) -> None:
        """Show what the session has selected."""
        self.hint(
            msgspec.structs.replace(
                self.glance,
                selected=frozenset(self.session.items),
                current=self.session.current,
                link=self.session.link if self.session.link in self.arranged.routes else None,
            )
        )

    def shapes(self) -> list[AnyShape]:
        """What is in sight just now."""
        return draw(self.sheet, self.camera.lens(), self.glance, measure)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self.viewport().size()
        page = ground(self.board.theme).page
        scene = Scene(size.width(), size.height(), page, tuple(self.shapes()))
        painter = QPainter(self.viewport())
        paint(painter, scene, exact=False)
        painter.end()

    # Stage of the gestures

    def hint(self, glance: Glance) -> None:
        """Show what the hand or the eye is doing."""
        if glance != self.glance:
            self.glance = glance
            self.viewport().update()

    def look(self) -> None:
        self.camera.keep_in_sight()
        self._ranges()
        self.viewport().update()
        self.looked.emit()

    def choose(self, items: Iterable[ItemId]) -> None:
        self.session.select(items)

    def chosen(self) -> tuple[ItemId, ...]:
        return self.session.items

    def link(self, id: LinkId, source: ItemId, target: ItemId) -> None:
        self.link_drawn.emit(id, source, target)

    def refuse(self, refused: Refused) -> None:
        self.link_refused.emit(refused)

    # Looking

    def fit_all(self) -> None:
        self._glide.stop()
        self.camera.fit()
        self.look()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer about a place of the view, by default its middle."""
        self._glide.stop()
        x, y = (at.x(), at.y()) if at is not None else (self.camera.width / 2, self.camera.height / 2)
        self.camera.zoom_at(factor, x, y)
        self.look()

    def reveal(self, id: ItemId) -> None:
        """Scroll softly to a card, unless it can be seen already."""
        area = self.arranged.areas.get(id)
        if area is None or self.camera.shows(area):
            return
        start = QPointF(*self.camera.centre)
        self._glide.stop()
        self._glide.setStartValue(start)
        self._glide.setEndValue(QPointF(area.x + area.width / 2, area.middle))
        self._glide.start()

    @property
    def gliding(self) -> bool:
        return self._glide.state() == QAbstractAnimation.State.Running

    def _glided(self, centre: QPointF) -> None:
        self.camera.look_at(centre.x(), centre.y())
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        centre = self.camera.centre if self.camera.width else None
        self.camera.width, self.camera.height = event.size().width(), event.size().height()
        if centre is not None:
            self.camera.look_at(*centre)
        self._ranges()

    def _ranges(self) -> None:
        self._syncing = True
        across, down = self.camera.ranges()
        bars = (
            (self.horizontalScrollBar(), across, self.camera.left, self.camera.width),
            (self.verticalScrollBar(), down, self.camera.top, self.camera.height),
        )
        for bar, (low, high), value, page in bars:
            bar.setRange(round(low), round(max(low, high)))
            bar.setPageStep(int(page))
            bar.setSingleStep(40)
            bar.setValue(round(value))
        self._syncing = False

    def _scrolled(self) -> None:
        if not self._syncing:
            self.camera.left = self.horizontalScrollBar().value()
            self.camera.top = self.verticalScrollBar().value()
            self.look()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing to move: all is painted from where the camera looks."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, pixels = event.angleDelta(), event.pixelDelta()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** (turn.y() or turn.x()), event.position())
        else:
            self._glide.stop()
            dx = pixels.x() if not pixels.isNull() else turn.x() * 0.75
            dy = pixels.y() if not pixels.isNull() else turn.y() * 0.75
            if held & Qt.KeyboardModifier.ShiftModifier:
                dx, dy = (dx or dy), 0
            self.camera.scroll(-dx, -dy)
            self.look()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
                return True
        elif isinstance(event, QHelpEvent):
            self._tip(event)
            return True
        elif event.type() == QEvent.Type.Leave and self.gesture is None:
            self._point_at(None)
        return super().viewportEvent(event)

    def _tip(self, event: QHelpEvent) -> None:
        at = QPointF(event.pos())
        card, link = self.card_at(at.x(), at.y()), self.link_at(at)
        text = card_tip(self.board, card) if card else link_tip(self.board, link) if link else ""
        QToolTip.showText(event.globalPos(), text, self.viewport())

    # What is under the pointer

    def card_at(self, x: float, y: float) -> ItemId | None:
        return self.sheet.card_at(*self.camera.place(x, y))

    def dot_at(self, at: QPointF) -> ItemId | None:
        """The card whose dot is under the pointer: that of the card which is hovered."""
        id = self.glance.hovered
        if id is None or id not in self.arranged.areas:
            return None
        area = self.camera.lens().area(self.arranged.areas[id])
        near = abs(at.x() - area.right) <= DOT + 4 and abs(at.y() - area.middle) <= DOT + 4
        return id if near and area.width >= 24 else None

    def link_at(self, at: QPointF) -> LinkId | None:
        """The line under the pointer, or near it."""
        return self.sheet.link_at(*self.camera.place(at.x(), at.y()), _NEAR / self.camera.zoom)

    def _point_at(self, at: QPointF | None) -> None:
        if at is None:
            card = link = None
        else:
            card = self.dot_at(at) or self.card_at(at.x(), at.y())
            link = self.link_at(at) if card is None else None
        if card != self.glance.hovered:
            self.hint(msgspec.structs.replace(self.glance, hovered=card))
        dot = at is not None and self.dot_at(at) is not None
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if dot else Qt.CursorShape.ArrowCursor)
        if (card or link) != self._pointed:
            self._pointed = card or link
            self._light.start()

    def _light_up(self) -> None:
        if self.gesture is None:
            self.hint(msgspec.structs.replace(self.glance, lit=self._pointed))

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, button = event.position(), event.button()
        self._glide.stop()
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._space):
            self.gesture = Pan(self, at.x(), at.y())
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        dot = self.dot_at(at)
        if button == Qt.MouseButton.LeftButton and dot is not None:
            self._press = (DrawLink(self, at.x(), at.y(), dot), at)
            return
        adding = bool(
            event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        )
        self._select_at(at, adding, button)

    def _select_at(self, at: QPointF, adding: bool, button: Qt.MouseButton) -> None:
        card = self.card_at(at.x(), at.y())
        link = self.link_at(at) if card is None else None
        if card is not None:
            if adding:
                self.session.toggle(card)
            elif button == Qt.MouseButton.LeftButton or card not in self.session.items:
                self.session.select([card])
        elif link is not None:
            self.session.select(link=link)
        else:
            band = Band(self, at.x(), at.y(), adding)  # it remembers what is selected now
            if not adding:
                self.session.select()
            if button == Qt.MouseButton.LeftButton:
                self._press = (band, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._press is not None:
            gesture, start = self._press
            if max(abs(at.x() - start.x()), abs(at.y() - start.y())) >= BEGIN:
                self.gesture, self._press = gesture, None
        if self.gesture is not None:
            self.gesture.move(at.x(), at.y())
        elif self._press is None:
            self._point_at(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self.gesture, self._press = self.gesture, None, None
        if gesture is not None:
            gesture.commit()
            self.viewport().unsetCursor()
            self._point_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self.card_at(event.position().x(), event.position().y())
        if card is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(card)
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = True
                self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif event.key() == Qt.Key.Key_Escape and (self.gesture is not None or self._press is not None):
            gesture, self.gesture, self._press = self.gesture, None, None
            if gesture is not None:
                gesture.cancel()
        elif event.key() == Qt.Key.Key_Escape:
            self.session.select()
            event.ignore()  # the window may have something to leave, too
        elif event.key() in _WAYS:
            found = neighbour(self.board, self.arranged, self.session.current, _WAYS[event.key()])
            if found is not None:
                self.session.select([found])
                self.reveal(found)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._let_go_of_space()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._let_go_of_space()  # the release may go elsewhere
        super().focusOutEvent(event)

    def _let_go_of_space(self) -> None:
        if self._space:
            self._space = False
            self.viewport().unsetCursor()
