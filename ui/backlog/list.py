"""The list of the backlog on screen: drawing, dragging, keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ...io.strings import say
from ...model.document import Document
from ...model.records import Horizon, Item, ItemId
from ..carrying import packed, unpacked
from ..dates import initials
from ..drawing.palette import Theme, ink_on, tones
from ..table.cells import paint_fold
from ..timeline.board import lane_for
from .model import BacklogModel

_ROW = 30
_HEAD = 30
_AVATAR = 20
AnyIndex = QModelIndex | QPersistentModelIndex


class LineDelegate(QStyledItemDelegate):
    """Draws heads and items."""

    def __init__(self, document: Document, model: BacklogModel, theme: Theme) -> None:
        super().__init__(model)
        self._document, self._model = document, model
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, _ROW if self._model.lines[index.row()].item is not None else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self._model.item_at(index.row())
        if item is None:
            self._paint_head(painter, option, index)
        else:
            self._paint_item(painter, option, item)
        painter.restore()

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line, colors, rect = self._model.lines[index.row()], self.theme.colors, option.rect
        folded = line.horizon in self._model.folded
        paint_fold(painter, QPointF(rect.left() + 14, rect.center().y() + 0.5), folded, QColor(colors.ink3))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.ink))
        title = index.data()
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(26, 0, -8, 0), side, title)
        left = 26 + QFontMetrics(font).horizontalAdvance(title) + 8
        painter.setFont(option.font)
        painter.setPen(QColor(colors.ink3))
        painter.drawText(rect.adjusted(left, 0, 0, 0), side, str(line.size))
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._outline(painter, rect.adjusted(6, 1, -6, -1))

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, item: Item) -> None:
        colors = self.theme.colors
        rect = option.rect.adjusted(6, 1, -6, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selection if selected else colors.hover))
            painter.drawRoundedRect(QRectF(rect), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.lane_color(item)))
        center = QPointF(rect.left() + 14, rect.center().y() + 0.5)
        if item.kind == "milestone":
            painter.drawPolygon([center + QPointF(*at) for at in ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0))])
        else:
            painter.drawRoundedRect(QRectF(center.x() - 4, center.y() - 4, 8, 8), 2, 2)
        text = self.text_rect(rect, item)
        painter.setPen(QColor(colors.ink))
        painter.setFont(option.font)
        shown = painter.fontMetrics().elidedText(_flat(item.title), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        owner = self._document.plan.people.get(item.owner) if item.owner is not None else None
        if owner is not None:
            self._paint_avatar(painter, rect, initials(owner.name), option.font)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._outline(painter, rect)

    def text_rect(self, rect: QRect, item: Item) -> QRect:
        return rect.adjusted(26, 0, -(_AVATAR + 10) if item.owner in self._document.plan.people else -6, 0)

    def _paint_avatar(self, painter: QPainter, rect: QRect, letters: str, base: QFont) -> None:
        circle = QRectF(rect.right() - _AVATAR - 3, rect.center().y() - _AVATAR / 2 + 0.5, _AVATAR, _AVATAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.colors.line))
        painter.drawEllipse(circle)
        font = QFont(base)
        font.setPixelSize(9)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.colors.ink2))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, letters)

    def _outline(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QColor(self.theme.colors.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def lane_color(self, item: Item) -> str:
        plan = self._document.plan
        team = plan.teams.get(item.team) if item.team is not None else None
        if team is None:
            return self.theme.colors.link
        return tones(lane_for(plan, self.theme, "team", team.id)).fill

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """The key, and the whole title."""
        item = self._model.item_at(index.row()) if index.isValid() else None
        if event.type() == QEvent.Type.ToolTip and item is not None:
            QToolTip.showText(event.globalPos(), f"{item.key}  {item.title[:1000]}", view)
            return True
        QToolTip.hideText()
        return False


class BacklogList(QListView):
    """Items can be dragged out, and onto the group of another horizon."""

    schedule_asked = Signal(object)
    """Item ids that shall be placed on the timeline."""
    moved = Signal(object, str)
    """Item ids that were dropped on a horizon."""
    delete_asked = Signal()
    fold_asked = Signal(str)

    def __init__(
        self, document: Document, model: BacklogModel, delegate: LineDelegate, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document, self._model, self._delegate = document, model, delegate
        self._target: Horizon | None = None
        self.setObjectName("backlog-list")
        self.setAccessibleName(say("backlog.name"))
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)

    def chosen(self) -> list[ItemId]:
        """The selected items, from the top."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [id for row in rows if (id := self._model.lines[row].item) is not None]

    # Dragging out

    def startDrag(self, actions: Qt.DropAction) -> None:
        ids = self.chosen()
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(packed(ids, [self._document.plan.items[id].title for id in ids]))
        drag.setPixmap(self.drag_pixmap(ids))
        drag.setHotSpot(QPoint(-12, -16))  # the bar it becomes is drawn under the pointer
        drag.exec(Qt.DropAction.MoveAction)

    def drag_pixmap(self, ids: list[ItemId]) -> QPixmap:
        """A bar as it will look on the timeline, with the title, and how many more come along."""
        item = self._document.plan.items[ids[0]]
        more = f"  +{len(ids) - 1}" if len(ids) > 1 else ""
        metrics = self.fontMetrics()
        title = metrics.elidedText(_flat(item.title) or item.key, Qt.TextElideMode.ElideRight, 200) + more
        size = QSize(metrics.horizontalAdvance(title) + 24, 28)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.92)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = self._delegate.lane_color(item)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()).adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(QColor(ink_on(fill)))
        painter.setFont(self.font())
        painter.drawText(QRect(QPoint(0, 0), size), Qt.AlignmentFlag.AlignCenter, title)
        painter.end()
        return pixmap

    # Dropping

    def dragEnterEvent(self, event: QDragMoveEvent) -> None:
        if unpacked(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._aim(self._horizon_at(event.position().toPoint()) if unpacked(event.mimeData()) else None)
        event.setAccepted(self._target is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        ids, target = unpacked(event.mimeData()), self._horizon_at(event.position().toPoint())
        self._aim(None)
        if ids:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.moved.emit(ids, target)

    def _horizon_at(self, point: QPoint) -> Horizon:
        index = self.indexAt(point)
        if index.isValid():
            return self._model.lines[index.row()].horizon
        return self._model.lines[-1].horizon if self._model.lines else ""

    def _aim(self, horizon: Horizon | None) -> None:
        if horizon != self._target:
            self._target = horizon
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rows = [row for row, line in enumerate(self._model.lines) if line.horizon == self._target]
        if self._target is not None and rows:
            top, bottom = (self.visualRect(self._model.index(row)) for row in (rows[0], rows[-1]))
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._delegate.theme.colors.accent))
            painter.drawRoundedRect(QRectF(top.united(bottom)).adjusted(3.5, 0.5, -3.5, -0.5), 6, 6)
            painter.end()

    # Keys and mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and self._model.lines[index.row()].item is None:
            self.fold_asked.emit(self._model.lines[index.row()].horizon)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        item = self._model.item_at(self.indexAt(event.position().toPoint()).row())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            self.schedule_asked.emit([item.id])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        head = 0 <= row < len(self._model.lines) and self._model.lines[row].item is None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and head:
            self.fold_asked.emit(self._model.lines[row].horizon)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.schedule_asked.emit(self.chosen())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)
            if event.key() in keys and not event.modifiers():
                event.accept()
                return True
        return super().event(event)


def _flat(text: str) -> str:
    return " ".join(text[:400].split())
