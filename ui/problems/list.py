"""The list of problems on screen: drawing, the ways out to click at the end of a line, keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ...io.strings import say
from ...model.document import Document
from ...model.fixes import Fix, fixes
from ...model.problems import ADVICE, Problem
from ..drawing.palette import Theme
from ..reasons import fix_text
from .lines import AnyIndex, ProblemLines, keys_of

_ROW, _HEAD = 28, 30
_KEY = 84
_GAP = 18
Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ProblemDelegate(QStyledItemDelegate):
    """Draws heads and problems; a line under the hand or chosen has its ways out at the end."""

    def __init__(self, view: ProblemList, lines: ProblemLines, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._lines = view, lines
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, _ROW if self._lines.problem_at(index.row()) is not None else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        problem = self._lines.problem_at(index.row())
        if problem is None:
            self._paint_head(painter, option, index)
        else:
            self._paint_problem(painter, option, index, problem)
        painter.restore()

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        colors, rect, line = (
            self.theme.colors,
            option.rect.adjusted(14, 4, -8, 0),
            self._lines.lines[index.row()],
        )
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.ink))
        painter.drawText(rect, Left, index.data())
        after = QFontMetrics(font).horizontalAdvance(index.data()) + 8
        painter.setFont(option.font)
        painter.setPen(QColor(colors.ink2))
        painter.drawText(rect.adjusted(after, 0, 0, 0), Left, str(line.size))

    def _paint_problem(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, problem: Problem
    ) -> None:
        colors, rect = self.theme.colors, option.rect.adjusted(6, 1, -6, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selection if selected else colors.hover))
            painter.drawRoundedRect(QRectF(rect), 5, 5)
        self._paint_mark(painter, QPointF(rect.left() + 16, rect.center().y() + 0.5), problem.code in ADVICE)
        metrics = QFontMetrics(option.font)
        painter.setPen(QColor(colors.ink2))
        key = ", ".join(keys_of(self._lines.plan, problem)[:1])
        beside = QRect(rect.left() + 32, rect.top(), _KEY - 8, rect.height())
        painter.drawText(beside, Left, metrics.elidedText(key, Qt.TextElideMode.ElideRight, beside.width()))
        room = rect.right() - 10
        if selected or hovered:
            painter.setPen(QColor(colors.accent))
            for where, fix in self._view.places(index.row(), option.rect):
                painter.drawText(where, Left, fix_text(self._lines.plan, fix))
                room = min(room, where.left() - _GAP)
        text = QRect(rect.left() + 32 + _KEY, rect.top(), room - rect.left() - 32 - _KEY, rect.height())
        painter.setPen(QColor(colors.ink))
        shown = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Left, shown)

    def _paint_mark(self, painter: QPainter, at: QPointF, mild: bool) -> None:
        """A red triangle for what is wrong, a grey dot for advice: told apart by shape too."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.colors.ink3 if mild else self.theme.colors.danger))
        if mild:
            painter.drawEllipse(at, 3, 3)
        else:
            corners = ((0, -5), (5.5, 4.5), (-5.5, 4.5))
            painter.drawPolygon(QPolygonF([at + QPointF(*corner) for corner in corners]))


class ProblemList(QListView):
    """`asked` is for a problem that somebody wants to see, `taken` for a way out of one."""

    asked = Signal(object)
    taken = Signal(object)

    def __init__(
        self,
        document: Document,
        lines: ProblemLines,
        theme: Theme,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document, self._lines, self._today = document, lines, today
        self._known: dict[int, list[Fix]] = {}
        self.delegate = ProblemDelegate(self, lines, theme)
        self.setModel(lines)
        self.setItemDelegate(self.delegate)
        self.setObjectName("problem-list")
        self.setAccessibleName(say("problems.title"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines.modelReset.connect(self._known.clear)

    def fixes(self, row: int) -> list[Fix]:
        """The ways out of the problem in a row."""
        problem = self._lines.problem_at(row)
        if row not in self._known:
            document = self._document
            stale = problem is None or document.previewing or document.kept is not self._lines.plan
            if problem is None or stale:
                return []
            self._known[row] = fixes(document.kept, document.kept_schedule, problem, self._today())
        return self._known[row]

    def places(self, row: int, line: QRect) -> list[tuple[QRect, Fix]]:
        """The ways out that have room at the end of a line, each with its place."""
        metrics, right = self.fontMetrics(), line.right() - 16
        found: list[tuple[QRect, Fix]] = []
        for fix in reversed(self.fixes(row)):
            width = metrics.horizontalAdvance(fix_text(self._lines.plan, fix)) + 4
            if right - width < line.left() + line.width() * 0.5:
                break
            found.append((QRect(right - width, line.top(), width, line.height()), fix))
            right -= width + _GAP
        return found[::-1]

    def fix_at(self, at: QPoint) -> Fix | None:
        index = self.indexAt(at)
        if not index.isValid():
            return None
        placed = self.places(index.row(), self.visualRect(index))
        return next((fix for where, fix in placed if where.contains(at)), None)

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self.fix_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.fix_at(event.position().toPoint()) is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        fix = self.fix_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and fix is not None:
            self.taken.emit(fix)
            return
        super().mouseReleaseEvent(event)
        problem = self._lines.problem_at(self.indexAt(event.position().toPoint()).row())
        if event.button() == Qt.MouseButton.LeftButton and problem is not None:
            self.asked.emit(problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        problem = self._lines.problem_at(row)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and problem is not None:
            self.asked.emit(problem)
        elif event.key() == Qt.Key.Key_Space and problem is not None:
            self.open_menu(
                row, self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            )
        else:
            super().keyPressEvent(event)
            self._follow(row)

    def _follow(self, row: int) -> None:
        """Keys go from problem to problem on the page too."""
        problem = self._lines.problem_at(self.currentIndex().row())
        if self.currentIndex().row() != row and problem is not None:
            self.asked.emit(problem)

    def event(self, event: QEvent) -> bool:
        """Enter and Space are for the list, not for commands of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            if event.key() in keys and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if self._lines.problem_at(index.row()) is not None:
            self.open_menu(index.row(), event.globalPos())

    def open_menu(self, row: int, place: QPoint) -> None:
        """Everything that can be done about the problem in a row."""
        problem = self._lines.problem_at(row)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go = menu.addAction(say("problems.go"))
        go.triggered.connect(lambda: self.asked.emit(problem))
        ways = self.fixes(row)
        if ways:
            menu.addSeparator()
        for fix in ways:
            action = menu.addAction(fix_text(self._lines.plan, fix).replace("&", "&&"))
            action.triggered.connect(lambda _=False, fix=fix: self.taken.emit(fix))
        menu.popup(place)
