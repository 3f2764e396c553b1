"""What keys do to the selected bars: move them and their ends by the steps of the zoom."""

from __future__ import annotations

from datetime import date

from ...io.strings import say
from ...model.edits import items as edits
from ...model.edits import together
from ...model.edits.items import move_items, resize_item, shifted
from .. import dates
from .axis import step
from .dragging import where_they_stand
from .dropping import is_sorted, lane_items, ordered
from .holding import held_by, pin_way_out, refuse_ends
from .stage import Stage
from .telling import moved_words, with_consequences
from .words import title_of


def nudge(stage: Stage, steps: int) -> None:
    """Move the selected items by snap steps: days where days can be told apart, else weeks, months."""
    plan, schedule = stage.document.kept, stage.document.kept_schedule
    shown = where_they_stand(plan, schedule, stage.session.items)
    current = stage.session.current
    if not shown or current not in schedule or current is None:
        return
    start = schedule.start[current]
    days = plan.calendar_of(plan.items[current]).between(start, step(stage.axis, start, steps))
    days = days or (1 if steps > 0 else -1)
    if stage.attempt(move_items, shown, days):
        wanted = {id: shifted(plan, plan.items[id], day, days) for id, day in shown.items()}
        if current in wanted and (held := held_by(stage, current, wanted[current])[1]):
            stage.done(held, "warning", pin_way_out(stage, wanted))
        else:
            stage.done(moved_words(stage, schedule, stage.session.items, shown, days))
        stage.reveal(current)


def stretch(stage: Stage, steps: int, *, at_start: bool = False) -> None:
    """Move an end of the current bar by snap steps; a day is left at least, and the other end stays."""
    plan, schedule = stage.document.kept, stage.document.kept_schedule
    current = stage.session.current
    if current is None or current not in schedule or refuse_ends(stage, current):
        return
    item, first, finish = plan.items[current], schedule.start[current], schedule.finish[current]
    calendar, least = plan.calendar_of(item), 1 if steps > 0 else -1
    if at_start:
        wanted = calendar.between(first, step(stage.axis, first, steps)) or least
        first = min(calendar.next_working(calendar.add(first, wanted)), calendar.last_working(finish))
        start: date | None = date.fromordinal(first)
        duration = max(calendar.between(first, finish), 1)
    else:
        more = calendar.between(finish, step(stage.axis, finish, steps)) or least
        start, duration = item.start, max(item.duration + more, 1)
    if stage.attempt(resize_item, current, start, duration):
        if at_start and start is not None and (held := held_by(stage, current, start)[1]):
            stage.done(held, "warning", pin_way_out(stage, {current: start}))
        else:
            length = dates.working_days(duration)
            words = say("timeline.resized", title=title_of(plan, current), days=length)
            stage.done(with_consequences(stage, schedule, words, (current,)))
        stage.reveal(current)


def move_rows(stage: Stage, step: int) -> None:
    """Move the selected rows up (-1) or down (+1): among their siblings, in a lane among those in it."""
    current, board = stage.session.current, stage.board
    if is_sorted(stage):
        stage.say("timeline.sorted" if stage.view.sort else "timeline.packed", level="warning")
        return
    if not board.group_field or current not in board.row_of or current is None:
        stage.attempt(edits.move_rows, stage.session.items, step)
        return
    lane = lane_items(stage, board.row_of[current])
    chosen = [id for id in lane if id in stage.session.items]
    rest = [id for id in lane if id not in chosen]
    edge = lane.index(chosen[0] if step < 0 else chosen[-1])
    at = min(max(sum(id in rest for id in lane[:edge]) + step, 0), len(rest))
    parts = ordered(stage.document.kept, chosen, rest, rest[at - 1] if at else None, lane)
    if parts and stage.attempt(together(*parts)):
        stage.reveal(current)
