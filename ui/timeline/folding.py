"""Folding a parent or a lane of the timeline by key and menu."""

from __future__ import annotations

from .stage import Stage


def fold(stage: Stage, folded: bool, ref: str | None = None) -> bool:
    """Fold or unfold a row: that of `ref`, else the parent or lane the current item is, or is in.

    False where there is nothing to do.
    """
    target = ref if ref is not None else (_open(stage) if folded else _closed(stage))
    collapsed = stage.session.looks.collapsed
    if target is None or (target in collapsed) == folded:
        return False
    stage.session.fold(target, folded)
    return True


def _open(stage: Stage) -> str | None:
    """What can be closed at the current item: itself, or what it is in."""
    current, plan = stage.session.current, stage.document.plan
    place = stage.board.row_of.get(current) if current is not None else None
    if place is None or current is None:
        return None
    if stage.board.group_field:
        heads = (row.ref for row in reversed(stage.rows[:place]) if row.item is None)
        return next(heads, None)
    above = [current, *plan.outline.ancestors(current, plan.items)]
    collapsed = stage.session.looks.collapsed
    return next((id for id in above if plan.outline.is_parent(id) and id not in collapsed), None)


def _closed(stage: Stage) -> str | None:
    """What can be opened at the current item: itself, or what hides it."""
    current, plan = stage.session.current, stage.document.plan
    if current is None or current not in plan.items:
        return None
    if stage.board.group_field:
        return next((row.ref for row in stage.rows if row.folded and current in row.hidden), None)
    collapsed, seen = stage.session.looks.collapsed, current in stage.board.row_of
    above = [current] if seen else reversed([*plan.outline.ancestors(current, plan.items)])
    return next((id for id in above if id in collapsed), None)
