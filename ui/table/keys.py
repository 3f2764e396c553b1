"""The keys of a spreadsheet, for the table while no cell is being edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from ..commands.clipboard import MIME
from .area import Area, Cell
from .cells import ROW_HEIGHT

if TYPE_CHECKING:
    from .grid import Grid

Key = Qt.Key
Held = Qt.KeyboardModifier
Do = Callable[["Grid"], object]
_ARROWS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_PAGES = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}
_ENDS = (Key.Key_Home, Key.Key_End)


def means_the_cell(grid: Grid, event: QKeyEvent) -> bool:
    """Whether the table takes the key, though a command of the program may have it too."""
    return (
        _asked(grid, event) is not None
        or _command(grid, event) is not None
        or _target(grid, event) is not None
        or bool(_typed(event) and grid.current is not None)
    )


def press(grid: Grid, event: QKeyEvent) -> bool:
    """Do what a key means; whether it means anything here."""
    do = _asked(grid, event) or _command(grid, event)
    if do is not None:
        do(grid)
        return True
    target = _target(grid, event)
    if target is not None:
        if event.modifiers() & Held.ShiftModifier:
            grid.extend(target)
        else:
            grid.stand(target)
        return True
    typed = _typed(event)
    if typed and grid.current is not None:
        grid.edit_cell(typed=typed)
        return True
    return False


def _asked(grid: Grid, event: QKeyEvent) -> Do | None:
    """Copy, cut, paste of cells and select all, on the keys of the system; whole rows are not ours."""
    known = QKeySequence.StandardKey
    if any(event.matches(keys) for keys in (known.Copy, known.Cut)) and grid.whole_rows():
        return None
    if event.matches(known.Paste) and rows_on_clipboard():
        return None
    if event.matches(known.Copy):
        return lambda grid: grid.copy_asked.emit()
    if event.matches(known.Cut):
        return lambda grid: grid.cut_asked.emit()
    if event.matches(known.Paste):
        return lambda grid: grid.paste_asked.emit()
    return _select_all if event.matches(known.SelectAll) else None


def rows_on_clipboard() -> bool:
    """Whether whole rows of a plan have been copied: they are pasted as rows, wherever one is."""
    mime = QGuiApplication.clipboard().mimeData()
    return mime is not None and mime.hasFormat(MIME)


def _command(grid: Grid, event: QKeyEvent) -> Do | None:
    """What a key does to the current cell or the selected ones."""
    key, held = Key(event.key()), _held(event)
    cell = grid.current
    if cell is not None:
        known = grid.table.row_at(cell.row)
        lane = grid.table.is_lane(cell.row)
        titled = grid.columns[cell.place] == grid.table.place["title"]
        if known is not None and (lane or (titled and known.count)):
            if key in (Key.Key_Plus, Key.Key_Minus) and not held & ~Held.ShiftModifier:
                return lambda grid: grid.turn_fold(cell.row, key == Key.Key_Minus)
            if lane and key in (Key.Key_Space, Key.Key_Return, Key.Key_Enter) and not held:
                return lambda grid: grid.turn_fold(cell.row)
    do = _COMMANDS.get((key, held))
    return None if do is _fill_down and grid.whole_rows() else do  # whole rows are duplicated instead


def _target(grid: Grid, event: QKeyEvent) -> Cell | None:
    """Where a key goes from the current cell, or from the far corner of the selected block with Shift."""
    key, held = Key(event.key()), _held(event)
    if held & (Held.AltModifier | Held.MetaModifier) or not grid.columns:
        return None
    current = grid.current
    if current is None:
        return Cell(0, 0) if key in _ARROWS or key in _ENDS else None
    area = grid.area()
    stretched = held & Held.ShiftModifier and area is not None and area.holds(current)
    cell = area.opposite(current) if stretched and area is not None else current
    last = Cell(grid.table.new_row, len(grid.columns) - 1)
    far = bool(held & Held.ControlModifier)
    row, place = cell
    if key in _ARROWS:
        down, on = _ARROWS[key]
        edge = Cell(last.row - 1 if last.row else 0, last.place)
        row = row + down if not far or not down else (edge.row if down > 0 else 0)
        place = place + on if not far or not on else (last.place if on > 0 else 0)
    elif key in _PAGES:
        row += _PAGES[key] * max(grid.viewport().height() // ROW_HEIGHT - 1, 1)
    elif key in _ENDS:
        end = key == Key.Key_End
        place = last.place if end else 0
        row = (max(last.row - 1, 0) if end else 0) if far else row
    else:
        return None
    return Cell(min(max(row, 0), last.row), min(max(place, 0), last.place))


def _typed(event: QKeyEvent) -> str:
    """The text that a key writes."""
    text = event.text()
    plain = not _held(event) & ~Held.ShiftModifier or _held(event) == Held.GroupSwitchModifier
    return text if plain and text.isprintable() and text.strip() else ""


def _held(event: QKeyEvent) -> Held:
    return event.modifiers() & ~Held.KeypadModifier


# What keys do


def _select_all(grid: Grid) -> None:
    grid.selectAll()


def _select_column(grid: Grid) -> None:
    area, last = grid.area(), len(grid.table.rows) - 1
    if area is not None and last >= 0:
        grid.select(Area(0, area.left, last, area.right))


def _select_row(grid: Grid) -> None:
    rows, current = grid.selected_rows(), grid.current
    if rows:
        grid.select(grid.whole(rows[0], rows[-1]))
    elif current is not None:
        grid.select(grid.whole(current.row, current.row))


def _clear(grid: Grid) -> None:
    grid.clear_asked.emit()


def _add(grid: Grid) -> None:
    grid.add_asked.emit()


def _enter_today(grid: Grid) -> None:
    grid.today_asked.emit()


def _filter(grid: Grid) -> None:
    grid.filter_asked.emit()


def _fill_down(grid: Grid) -> None:
    """The topmost cells go into those below; a single row takes what stands above it."""
    area = grid.area()
    if area is None:
        return
    if area.top == area.bottom and area.top > 0:
        area = area._replace(top=area.top - 1)
    if area.top < area.bottom:
        grid.fill_asked.emit(area._replace(bottom=area.top), area._replace(top=area.top + 1))


def _fill_right(grid: Grid) -> None:
    area = grid.area()
    if area is None:
        return
    if area.left == area.right and area.left > 0:
        area = area._replace(left=area.left - 1)
    if area.left < area.right:
        grid.fill_asked.emit(area._replace(right=area.left), area._replace(left=area.left + 1))


def _open_choice(grid: Grid) -> None:
    grid.edit_cell()
    grid.open_choice()


def _let_go(grid: Grid) -> None:
    cell = grid.current
    if not grid.let_go() and cell is not None:
        grid.stand(cell)


_COMMANDS: dict[tuple[Key, Held], Do] = {
    (Key.Key_Delete, Held.NoModifier): _clear,
    (Key.Key_Backspace, Held.NoModifier): _clear,
    (Key.Key_Insert, Held.NoModifier): _add,
    (Key.Key_F2, Held.NoModifier): lambda grid: grid.edit_cell(),
    (Key.Key_Return, Held.NoModifier): lambda grid: grid.edit_cell(),
    (Key.Key_Enter, Held.NoModifier): lambda grid: grid.edit_cell(),
    (Key.Key_Return, Held.ShiftModifier): lambda grid: grid.go_on(-1, 0),
    (Key.Key_Enter, Held.ShiftModifier): lambda grid: grid.go_on(-1, 0),
    (Key.Key_Tab, Held.NoModifier): lambda grid: grid.go_on(0, 1),
    (Key.Key_Backtab, Held.ShiftModifier): lambda grid: grid.go_on(0, -1),
    (Key.Key_Backtab, Held.NoModifier): lambda grid: grid.go_on(0, -1),
    (Key.Key_Space, Held.NoModifier): lambda grid: grid.turn_flag(),
    (Key.Key_Space, Held.ShiftModifier): _select_row,
    (Key.Key_Space, Held.ControlModifier): _select_column,
    (Key.Key_D, Held.ControlModifier): _fill_down,
    (Key.Key_D, Held.ControlModifier | Held.ShiftModifier): _fill_down,
    (Key.Key_R, Held.ControlModifier): _fill_right,
    (Key.Key_Semicolon, Held.ControlModifier): _enter_today,
    (Key.Key_Down, Held.AltModifier): _open_choice,
    (Key.Key_L, Held.ControlModifier | Held.ShiftModifier): _filter,
    (Key.Key_Escape, Held.NoModifier): _let_go,
}
