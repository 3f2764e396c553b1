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
    between = [one for row in stage.rows[low : high + 1] for one in row.items if one != id]
    return [*between, id]


def choose_first(stage: Stage) -> None:
    """Choose the first item in sight: the keyboard has come here, and shall be seen to be."""
    seen = (id for row in stage.rows[max(stage.top // ROW, 0) :] for id in row.items)
    first = next(seen, None)
    stage.session.select([first] if first is not None else [])


def move_current(stage: Stage, event: QKeyEvent) -> bool:
    """Arrows, Home, End and Page keys: walk the rows, fold and unfold. False: not such a key."""
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
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        _aside(stage, left=key == Qt.Key.Key_Left)
        return True
    return False


def _walk(stage: Stage, steps: int, keys: Qt.KeyboardModifier) -> None:
    items = [id for row in stage.rows for id in row.items]
    if not items:
        return
    current = stage.session.current
    place = items.index(current) if current in items else (-1 if steps > 0 else len(items))
    chosen = items[min(max(place + steps, 0), len(items) - 1)]
    select(stage, chosen, keys, Qt.MouseButton.LeftButton)
    stage.reveal(chosen)


def _aside(stage: Stage, *, left: bool) -> None:
    """Close or open the current parent; from a child, Left goes up to it. Else the arrows scroll time."""
    current, plan = stage.session.current, stage.document.plan
    if current is not None and not stage.board.group_field and current in plan.items:
        if plan.outline.is_parent(current) and left != (current in stage.session.looks.collapsed):
            stage.session.fold(current, left)
            return
        parent = plan.items[current].parent
        if left and parent is not None and parent in stage.board.row_of:
            stage.session.select([parent])
            stage.reveal(parent)
            return
    by = stage.width / 8 / stage.axis.zoom
    stage.look(left=stage.left + (-by if left else by))
