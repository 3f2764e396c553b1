"""How a cell of the table is drawn and edited."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ...model.attention import attention_for
from ...model.document import Document
from ...model.fields import Field
from ...model.query import color_place
from ...model.records import Item, TeamId
from ...model.refused import Refused
from ..choice_widgets import TokenEditor
from ..editor_widgets import LongEditor
from ..editors import Editor, keep_field, make_editor, set_value, tell_refused, value_of
from ..exact_painter import draw_mark
from ..messages import Messages
from ..palette import Theme
from ..scene import Mark
from .model import ALIGNMENT, COLUMNS, TableModel

INDENT = 18
PADDING = 10
FOLD = 18
"""Room for the arrow that folds a parent."""
_DOT = 8
_MOST_CUTS = 5000
AnyIndex = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class CellDelegate(QStyledItemDelegate):
    """One for the whole table; `left` says where the person goes after an edit: down, or so many cells on."""

    left = Signal(int, int)

    def __init__(self, document: Document, messages: Messages, model: TableModel, theme: Theme) -> None:
        super().__init__(model)
        self._document, self._messages, self._model = document, messages, model
        self.theme = theme
        self._cuts: dict[tuple[str, int, int], str] = {}

    # Drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row, column = index.row(), index.column()
        item = self._model.item_at(row)
        if item is None:
            return  # the view draws the heads of lanes, across all columns
        colors, rect, field = self.theme.colors, option.rect, COLUMNS[column]
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colors.selection))
        parent = self._document.plan.outline.is_parent(item.id)
        painter.setFont(self._font(option.font, parent and field.key == "title"))
        computed = not self._model.editable_at(row, column)
        faint = computed or field.key == "key"
        painter.setPen(QColor(colors.ink3 if faint else colors.ink))
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        self._paint_value(painter, inner, field, row, column, item)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colors.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -1.5, -1.5), 3, 3)
        painter.restore()

    def _paint_value(
        self, painter: QPainter, rect: QRect, field: Field, row: int, column: int, item: Item
    ) -> None:
        text = self._model.text_at(row, column)
        if field.key == "title":
            rect = self._paint_outline(painter, rect, row, item)
        elif field.key == "progress":
            rect = self._paint_progress(painter, rect, int(self._model.value_at(row, column) or 0))
        elif field.key == "team" and text:
            rect = self._paint_dot(painter, rect, self._team_color(item.team))
        elif field.key == "status" and text:
            rect = self._paint_status(painter, rect, item)
        elif field.key == "critical" and text:
            painter.setPen(QColor(self.theme.colors.danger))
        elif field.kind == "flag":
            self._paint_check(painter, rect, bool(text))
            return
        if text:
            painter.drawText(rect, ALIGNMENT[column], self._cut(painter, text, rect.width()))

    def _cut(self, painter: QPainter, text: str, width: int) -> str:
        """The text as far as it goes into the width; asking the font for each cell anew would be slow."""
        at = (text, width, painter.font().weight())
        if at not in self._cuts:
            if len(self._cuts) > _MOST_CUTS:
                self._cuts.clear()
            self._cuts[at] = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        return self._cuts[at]

    def _paint_outline(self, painter: QPainter, rect: QRect, row: int, item: Item) -> QRect:
        """Indentation, a parent's folding arrow, a milestone's diamond; gives what is left for the title."""
        known = self._model.rows[row]
        left = rect.left() + known.depth * INDENT
        center = QPointF(left + FOLD / 2 - 3, rect.center().y() + 0.5)
        if known.count:
            paint_fold(painter, center, known.folded, QColor(self.theme.colors.ink3))
        left += FOLD
        if item.kind == "milestone":
            color = QColor(self._team_color(item.team))
            _paint_diamond(painter, QPointF(left + 4, rect.center().y() + 0.5), color)
            left += 15
        return QRect(left, rect.top(), max(rect.right() - left, 0), rect.height())

    def _paint_progress(self, painter: QPainter, rect: QRect, percent: int) -> QRect:
        width = rect.width() - 46
        if width >= 24:
            bar = QRectF(rect.left(), rect.center().y() - 2, width, 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.colors.line))
            painter.drawRoundedRect(bar, 2.5, 2.5)
            if percent:
                painter.setBrush(
                    QColor(self.theme.colors.success if percent >= 100 else self.theme.colors.accent)
                )
                painter.drawRoundedRect(
                    QRectF(bar.left(), bar.top(), max(bar.width() * percent / 100, 4), 5), 2.5, 2.5
                )
            painter.setPen(pen)
        return rect

    def _paint_dot(self, painter: QPainter, rect: QRect, color: str) -> QRect:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(rect.left() + _DOT / 2, rect.center().y() + 0.5), _DOT / 2, _DOT / 2)
        painter.setPen(pen)
        return rect.adjusted(_DOT + 7, 0, 0, 0)

    def _paint_status(self, painter: QPainter, rect: QRect, item: Item) -> QRect:
        """A dot; a triangle and a square for what asks for attention, so that colour is not the only sign."""
        attention = attention_for(self._document.plan, item)
        if not attention:
            return self._paint_dot(painter, rect, self._status_color(item))
        blocked, colors = attention == "blocked", self.theme.colors
        x, y = rect.left() + _DOT / 2, rect.center().y() + 0.5
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        mark = Mark(x=x, y=y, size=_DOT + 1, shape="triangle", fill=colors.warning)
        if blocked:
            mark = Mark(x=x, y=y, size=_DOT + 1, shape="square", fill=colors.danger)
        draw_mark(painter, mark)
        painter.restore()
        return rect.adjusted(_DOT + 7, 0, 0, 0)

    def _paint_check(self, painter: QPainter, rect: QRect, checked: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect.left(), rect.center().y() - 6.5, 14, 14)
        colors = self.theme.colors
        painter.setPen(QColor(colors.accent if checked else colors.line))
        painter.setBrush(QColor(colors.accent) if checked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if checked:
            pen = painter.pen()
            pen.setColor(QColor(colors.accent_ink))
            pen.setWidthF(1.8)
            painter.setPen(pen)
            painter.drawPolyline([box.topLeft() + QPointF(*at) for at in ((3.5, 7.5), (6, 10), (10.5, 4.5))])

    def _team_color(self, id: TeamId | None) -> str:
        plan = self._document.plan
        team = plan.teams.get(id) if id is not None else None
        if team is None:
            return self.theme.colors.ink3
        return self.theme.lane(team.color, color_place(plan, "team", team.id) or 0).fill

    def _status_color(self, item: Item) -> str:
        colors = self.theme.colors
        return {"todo": colors.ink3, "doing": colors.accent, "done": colors.success}[
            self._document.plan.category_of(item)
        ]

    def _font(self, font: QFont, bold: bool) -> QFont:
        if not bold:
            return font
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        return strong

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        text = self._model.text_at(index.row(), index.column())
        width = option.fontMetrics.horizontalAdvance(text) + 2 * PADDING
        extra = {"title": FOLD + 16 + self._model.rows[index.row()].depth * INDENT, "team": 16, "status": 16}
        return QSize(width + extra.get(COLUMNS[index.column()].key, 0) + 4, 32)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """The whole text of a cell that is cut off."""
        if event.type() == QEvent.Type.ToolTip and index.isValid() and self._model.item_at(index.row()):
            item_text = self._model.text_at(index.row(), index.column())
            if self.sizeHint(option, index).width() > option.rect.width():
                QToolTip.showText(event.globalPos(), item_text, view)
                return True
        QToolTip.hideText()
        return False

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> Editor:
        field = COLUMNS[index.column()]
        editor = make_editor(field, self._document.plan, parent)
        editor.setObjectName("cell-editor")
        editor.setAutoFillBackground(True)
        set_value(editor, self._model.value_at(index.row(), index.column()))
        if isinstance(editor, LongEditor):
            editor.enter_keeps = True
        editor.finished.connect(self._done)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Nothing: it was filled when it was made, and a refresh must not disturb who is typing."""

    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        field = COLUMNS[index.column()]
        item = self._model.item_at(index.row())
        if item is None:
            return
        try:
            value = value_of(cast(Editor, editor))
        except Refused as refused:
            tell_refused(self._messages, refused)
            return
        if value != self._model.value_at(index.row(), index.column()):
            keep_field(self._document, self._messages, (item.id,), field, value)

    def toggle(self, index: AnyIndex) -> None:
        """Turn a yes into a no, or the other way round."""
        item = self._model.item_at(index.row())
        if item is not None:
            value = not self._model.value_at(index.row(), index.column())
            keep_field(self._document, self._messages, (item.id,), COLUMNS[index.column()], value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect = QRect(option.rect)
        if COLUMNS[index.column()].key == "title":
            rect.setLeft(rect.left() + PADDING - 4 + self._model.rows[index.row()].depth * INDENT + FOLD)
        if isinstance(editor, LongEditor):
            rect.setHeight(rect.height() * 4)
            rect.setWidth(max(rect.width(), 320))
            parent = editor.parentWidget()
            if parent is not None:
                rect.moveBottom(min(rect.bottom(), max(parent.height() - 4, rect.height())))
                rect.moveRight(min(rect.right(), parent.width() - 4))
        editor.setGeometry(rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
        ):
            if (
                isinstance(watched, TokenEditor)
                and watched.takes_enter()
                and event.key() in (*_ENTER, Qt.Key.Key_Tab)
            ):
                watched.keyPressEvent(event)
                return True
            if event.key() in _TABS:
                self._keep(watched, 0, _TABS[Qt.Key(event.key())])
                return True
            if event.key() in _ENTER and not isinstance(watched, LongEditor):
                up = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._keep(watched, -1 if up else 1, 0)
                return True
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        """A choice was clicked: keep it and stay."""
        editor = self.sender()
        if isinstance(editor, QWidget):
            self._keep(editor, 1 if isinstance(editor, LongEditor) else 0, 0)

    def _keep(self, editor: QWidget, down: int, on: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(down, on)


def paint_fold(painter: QPainter, center: QPointF, folded: bool, color: QColor) -> None:
    """A small arrow: right where folded, down where open."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(color)
    pen.setWidthF(1.6)
    painter.setPen(pen)
    offsets = ((-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)) if folded else ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))
    painter.drawPolyline([center + QPointF(x, y) for x, y in offsets])
    painter.restore()


def _paint_diamond(painter: QPainter, center: QPointF, color: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF([center + QPointF(x, y) for x, y in ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0))])
    )
    painter.restore()
