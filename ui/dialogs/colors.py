"""The palette: which colour stands for which value of the field that colours the view.

A choice is kept at once, as one step that can be undone. What was chosen is shown as a bar in both themes,
and where text could not be read on it, or another value looks the same, a line says so.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import say
from ...model.colors import color_of
from ...model.document import Document
from ...model.edits.colors import set_color
from ...model.refused import Refused
from ...model.rows.lanes import all_values, grouping, in_order
from ..drawing.color_vision import ALIKE, distance
from ..drawing.painter import measure, paint
from ..drawing.palette import Theme, is_color, theme, tones
from ..drawing.scene import Box, Scene, Text
from ..messages import Messages
from ..refusals import with_titles
from ..signals import DocumentSignals
from ..timeline.board import lane_for
from ..timeline.labels import elide
from ..views.names import grouping_title, value_title

_TILE = QSize(38, 26)
_ACROSS = 6
_VALUE = Qt.ItemDataRole.UserRole


class ColorsDialog(QDialog):
    """Values on the left, colours on the right."""

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        signals: DocumentSignals,
        key: str,
        worn: Theme,
        messages: Messages,
    ) -> None:
        """`key` is the grouping that gives the colours, `worn` the theme of the window."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.document, self.key, self.worn, self.messages = document, key, worn, messages
        by = grouping(document.plan, key)
        name = grouping_title(by) if by is not None else ""
        self.setWindowTitle(say("colors.title", field=name))
        self.values = QListWidget()
        self.values.setAccessibleName(name)
        self.values.setIconSize(QSize(18, 12))
        self.values.setObjectName("views")
        self.values.setSpacing(2)
        self._tiles: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._usual = QToolButton()
        self.own = QLineEdit()
        self.sample = _Sample()
        self.note = QLabel()
        self._arrange()
        self._fill()
        self.values.currentRowChanged.connect(self._show)
        self.values.setCurrentRow(0)
        signals.changed.connect(self._fill)

    def choose(self, value: Any) -> None:
        """Go to a value."""
        for row in range(self.values.count()):
            if self.values.item(row).data(_VALUE) == value:
                self.values.setCurrentRow(row)

    # Making

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, (name, lane) in enumerate(self.worn.lanes.items()):
            tile = QToolButton()
            tile.setCheckable(True)
            tile.setObjectName("swatch")
            tile.setIcon(_icon(tones(lane).fill, _TILE))
            tile.setIconSize(_TILE)
            tile.setToolTip(say(f"color.{name}"))
            tile.setAccessibleName(say(f"color.{name}"))
            tile.clicked.connect(lambda _=False, name=name: self._take(name))
            self._group.addButton(tile)
            self._tiles[name] = tile
            grid.addWidget(tile, place // _ACROSS, place % _ACROSS)
        self._usual.setText(say("colors.usual"))
        self._usual.setCheckable(True)
        self._usual.setObjectName("swatch")
        self._usual.clicked.connect(lambda: self._take(""))
        self._group.addButton(self._usual)
        self.own.setPlaceholderText("#3E63DD")
        self.own.setMaxLength(7)
        self.own.setFixedWidth(90)
        self.own.setAccessibleName(say("colors.own"))
        self.own.editingFinished.connect(self._take_own)
        pick = QPushButton(say("colors.pick"))
        pick.setAutoDefault(False)
        pick.clicked.connect(self._pick)
        line = QHBoxLayout()
        line.addWidget(QLabel(say("colors.own")))
        line.addWidget(self.own)
        line.addWidget(pick)
        line.addStretch()
        self.note.setWordWrap(True)
        self.note.setProperty("tone", "second")
        self.note.setMinimumHeight(54)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(grid)
        right.addWidget(self._usual, alignment=Qt.AlignmentFlag.AlignLeft)
        right.addLayout(line)
        right.addWidget(self.sample)
        right.addWidget(self.note)
        right.addStretch()
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addWidget(self.values, 1)
        both.addLayout(right)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.accept)
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Return keeps the colour that was typed
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.addLayout(both, 1)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.resize(560, 400)

    def _known(self) -> list[Any]:
        """The values that have colours: those there can be, and those that items have."""
        plan, times = self.document.plan, self.document.schedule
        by = grouping(plan, self.key)
        if by is None:
            return []
        found = dict.fromkeys(all_values(plan, by))
        for item in plan.items.values():
            found.setdefault(by.read(plan, times, item))
        found.pop(None, None)
        return in_order(plan, by, list(found))

    def _fill(self) -> None:
        """Show the plan as it is now."""
        values, plan = self._known(), self.document.plan
        if [self.values.item(row).data(_VALUE) for row in range(self.values.count())] != values:
            chosen = self._chosen()
            self.values.clear()
            for value in values:
                item = QListWidgetItem(value_title(plan, self.key, value), self.values)
                item.setData(_VALUE, value)
            self.choose(chosen)
        for row in range(self.values.count()):
            item = self.values.item(row)
            item.setIcon(_icon(self._fill_of(item.data(_VALUE)), QSize(18, 12)))
        self._show()

    def _chosen(self) -> Any:
        """The value whose colour is shown; None: there is none."""
        row = self.values.currentRow()
        return self.values.item(row).data(_VALUE) if row >= 0 else None

    def _fill_of(self, value: Any) -> str:
        return tones(lane_for(self.document.plan, self.worn, self.key, value)).fill

    def _show(self) -> None:
        """Show the colour of the chosen value."""
        value = self._chosen()
        for widget in (*self._tiles.values(), self._usual, self.own, self.sample):
            widget.setEnabled(value is not None)
        if value is None:
            return
        plan = self.document.plan
        color = color_of(plan, self.key, value)
        self._group.setExclusive(False)
        for name, tile in self._tiles.items():
            tile.setChecked(name == color)
        self._usual.setChecked(not color)
        self._group.setExclusive(True)
        self.own.setText(color if is_color(color) else "")
        self.sample.show_bar(value_title(plan, self.key, value), plan, self.key, value)
        self.note.setText(self._words(value, color))

    def _words(self, value: Any, color: str) -> str:
        """What is to be said about a colour: that it is shown otherwise, or that another looks the same."""
        fill = self._fill_of(value)
        said = []
        if (
            is_color(color)
            and tones(self.worn.lane(color)).fill.upper() != self.worn.lane(color).fill.upper()
        ):
            said.append(say("colors.adjusted"))
        others = [self.values.item(row) for row in range(self.values.count())]
        alike = [
            other.text()
            for other in others
            if other.data(_VALUE) != value and distance(fill, self._fill_of(other.data(_VALUE))) < ALIKE
        ]
        if alike:
            said.append(say("colors.alike", others=", ".join(alike[:3])))
        return "\n".join(said)

    # Choosing

    def _take(self, color: str) -> None:
        value = self._chosen()
        if value is None or color_of(self.document.kept, self.key, value) == color:
            return
        try:
            self.document.commit(set_color, self.key, value, color)
        except Refused as refused:
            self.messages.refuse(with_titles(refused, self.document.kept))

    def _take_own(self) -> None:
        text = self.own.text().strip()
        if text and not text.startswith("#"):
            text = f"#{text}"
        if text:
            self._take(text)

    def _pick(self) -> None:
        value = self._chosen()
        if value is None:
            return
        dialog = QColorDialog(QColor(self._fill_of(value)), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda color: self._take(color.name().upper()))
        dialog.open()


class _Sample(QWidget):
    """A bar in the chosen colour, on light and on dark ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_ACROSS * (_TILE.width() + 18), 42)
        self._shapes: list[Box | Text] = []

    def show_bar(self, title: str, plan: Any, key: str, value: Any) -> None:
        half = self.width() / 2
        self._shapes = []
        for place, name in enumerate(("light", "dark")):
            worn = theme(name)
            made = tones(lane_for(plan, worn, key, value))
            x = place * half
            self._shapes.append(Box(x=x, y=0, width=half, height=42, fill=worn.colors.background))
            self._shapes.append(Box(x=x + 10, y=12, width=half - 20, height=18, fill=made.fill, radius=4))
            done = Box(
                x=x + 10, y=12, width=half * 0.4, height=18, fill=made.done, radius=4, square_right=True
            )
            self._shapes.append(done)
            text = elide(title, int(half - 34), 13.0, False, measure)
            self._shapes.append(Text(x=x + 17, y=12, width=half - 30, height=18, text=text, color=made.ink))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint(painter, Scene(0, 0, "", tuple(self._shapes)), exact=False)


def _icon(fill: str, size: QSize) -> QIcon:
    """A rounded patch of a colour, sharp on every screen."""
    ratio = 3.0
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()), 4, 4)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # as it is: the palette's selection would tint it
    return icon
