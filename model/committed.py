"""What people count on: items being done, pinned, with a deadline or in the baseline; what breaks it."""

from __future__ import annotations

from .history.step import Step
from .plan import Plan
from .records import Item, ItemId

_SILENT = frozenset(
    {"merge_in", "merge_replies", "restore_plan", "restore_items", "undo_change", "import_plan"}
)
"""Edits that say themselves why they were made."""


def committed(plan: Plan, item: Item) -> bool:
    """Whether people count on the dates of an item."""
    baseline = plan.shown_baseline
    return (
        item.pinned
        or item.deadline is not None
        or plan.category_of(item) != "todo"
        or (baseline is not None and item.id in baseline.spans)
    )


def worth_a_reason(plan: Plan, step: Step) -> bool:
    """Whether a step, which has led to the plan, moved or dropped something that people count on."""
    if step.verb in _SILENT:
        return False
    dropped = {
        ItemId(id)
        for edit in step.change.touched("baselines")
        if edit.before is not None and edit.after is not None
        for id in getattr(edit.before, "spans", {}).keys() - getattr(edit.after, "spans", {}).keys()
    }
    for edit in step.change.touched("items"):
        was, item = edit.before, edit.after
        if not isinstance(was, Item):
            continue
        moved = not isinstance(item, Item) or (was.start, was.duration) != (item.start, item.duration)
        if moved and (committed(plan, was) or was.id in dropped):
            return True
    return False
