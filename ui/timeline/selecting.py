"""How presses and keys choose items in the rows of the timeline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ...model.records import ItemId
from .frame import ROW
from .stage import Stage


def select(stage: Stage, id: ItemId, keys: Qt.KeyboardModifier, button: Qt.MouseButton) -> None:
    """What a press on an item does to the selection: take it, add it, or take the rows up to it."""
    session = stage.session
    current = session.current
    if button == Qt.MouseButton.RightButton:
        if id not in session.items:
            session.select([id])
    elif keys & Qt.KeyboardModifier.ControlModifier:
        session.toggle(id)
    elif keys & Qt.KeyboardModifier.ShiftModifier and current is not None and current in stage.board.row_of:
        session.select(_range(stage, current, id))
    else:
        session.select([id])


def _range(stage: Stage, current: ItemId, id: ItemId) -> list[ItemId]:
    """Everything between two items, with the second as the current one."""
    row_of = stage.board.row_of
    low, high = sorted((row_of[current], row_of[id]))
    between = [row.item for row in stage.rows[low : high + 1] if row.item is not None and row.item != id]
    return [*between, id]


def move_current(stage: Stage, event: QKeyEvent) -> bool:
    """Arrows, Home, End, Page keys, plus and minus: walk the rows, fold and unfold. False: not such a key."""
    key, keys = event.key(), event.modifiers()
    if keys & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return False
    page = max(stage.height // ROW - 1, 1)
    steps = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -page,
        Qt.Key.Key_PageDown: page,
        Qt.Key.Key_Home: -len(stage.rows),
        Qt.Key.Key_End: len(stage.rows),
    }
    if key in steps:
        _walk(stage, steps[Qt.Key(key)], keys)
        return True
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Left, Qt.Key.Key_Right):
        return _fold(stage, key in (Qt.Key.Key_Minus, Qt.Key.Key_Left), key)
    return False


def _walk(stage: Stage, steps: int, keys: Qt.KeyboardModifier) -> None:
    items = [row.item for row in stage.rows if row.item is not None]
    if not items:
        return
    current = stage.session.current
    place = items.index(current) if current in items else (-1 if steps > 0 else len(items))
    chosen = items[min(max(place + steps, 0), len(items) - 1)]
    select(stage, chosen, keys, Qt.MouseButton.LeftButton)
    stage.reveal(chosen)


def _fold(stage: Stage, close: bool, key: int) -> bool:
    """Fold or unfold the current parent; from a child, Left goes up to it. Else the arrows scroll time."""
    current = stage.session.current
    plan = stage.document.plan
    if current is not None and not stage.board.group_field and current in plan.items:
        if plan.outline.is_parent(current) and close != (current in stage.session.looks.collapsed):
            stage.session.fold(current, close)
            return True
        parent = plan.items[current].parent
        if key == Qt.Key.Key_Left and parent in stage.board.row_of and parent is not None:
            stage.session.select([parent])
            stage.reveal(parent)
            return True
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        by = stage.width / 8 / stage.axis.zoom
        stage.look(left=stage.left + (-by if key == Qt.Key.Key_Left else by))
        return True
    return False
