"""What can be done to many dates at once: shifting, keeping gaps, packing early or late, buffers, pins.

No edit leaves a hidden constraint behind. Dates go into `start`, which everyone sees; where an item is to
stay although its links say otherwise it is pinned, which is shown too, and the links it breaks are conflicts.

A drag goes by one of three rules. *Push* is `items.move_items` (or `resize_item`): what is touched makes
way, as the schedule has it anyway. *Keep the gap* is `move_with_followers` (`resize_with_followers`), *only
this* `move_alone` (`resize_alone`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from ..engine.following import Batch, batch
from ..engine.forward import own_start
from ..explain import earliest, latest
from ..plan import Plan
from ..records import Item, ItemId
from ..refused import Refused
from ..schedule import Schedule, schedule
from .items import move_items, resize_item, shifted

# Dragging


def move_with_followers(plan: Plan, shown: Mapping[ItemId, date], days: int) -> Plan:
    """Move items as `move_items` does, and all that follows them by as many working days.

    What follows is everything that waits for one of them, directly or not; what is pinned, being done or done
    stays. A follower without a start of its own gets one only where its links would not bring it along.
    """
    followers = schedule(plan).followers(shown)
    return _brought(plan, move_items(plan, shown, days), followers, days)


def move_alone(plan: Plan, shown: Mapping[ItemId, date], days: int) -> Plan:
    """Move items as `move_items` does, and nothing else: links that this breaks become conflicts.

    An item whose own links would not let it there is pinned; so is a follower that would be pushed. A
    follower that would come along to an earlier day gets the day it has as its start.
    """
    wanted = {id: shifted(plan, plan.items[id], day, days) for id, day in shown.items()}
    return _alone(plan, move_items(plan, shown, days), wanted)


def resize_with_followers(plan: Plan, id: ItemId, start: date | None, duration: int) -> Plan:
    """Set start and working days of a bar, and move all that follows it as far as that moves its finish."""
    result, before = resize_item(plan, id, start, duration), schedule(plan)
    after = before.after(result, result.since(plan))
    days = plan.calendar_of(plan.items[id]).between(before.finish[id], after.finish[id])
    if not days:
        return result
    return _brought(plan, result, before.followers([id]), days)


def resize_alone(plan: Plan, id: ItemId, start: date | None, duration: int) -> Plan:
    """Set start and working days of a bar, and move nothing else: as `move_alone` does it."""
    span = schedule(plan).dates(id)
    same = start == plan.items[id].start
    wanted = (span.first if span is not None else None) if same else start
    return _alone(plan, resize_item(plan, id, start, duration), {id: wanted} if wanted is not None else {})


def _alone(plan: Plan, result: Plan, wanted: Mapping[ItemId, date]) -> Plan:
    """`result`, made from `plan`, with items on the days wanted and all that follows them where it was."""
    before = schedule(plan)
    starts = before.start

    def stay(id: ItemId, start: int) -> Item | None:
        was, item = starts.get(id), result.items[id]
        if id in wanted:
            held = replace(item, start=wanted[id], pinned=True)
            return held if start > own_start(held, plan.calendar_of(held)) else None
        if start == was or was is None or (span := before.dates(id)) is None:
            return None
        return replace(item, start=span.first, pinned=item.pinned or start > was)

    return before.steered(result, wanted, stay)


# Shifting


def shift_items(plan: Plan, ids: Iterable[ItemId], days: int) -> Plan:
    """Move items, or what is under them, by working days, each in its own calendar.

    Those without a start of their own are brought along by their links, and get one only where these don't.

    Raises:
        Refused("shift.unscheduled", keys): none of them is on the timeline.
    """
    chosen = list(ids)
    dates = schedule(plan)
    leaves = [id for id in _leaves(plan, chosen) if id in dates]
    if not leaves:
        raise Refused("shift.unscheduled", keys=[plan.items[id].key for id in chosen])
    return _brought(plan, plan, batch(plan, leaves), days)


def shift_after(plan: Plan, day: date, days: int) -> Plan:
    """Move everything that starts on a day or later by working days; what stands stays.

    Raises:
        Refused("shift.nothing", day): nothing starts then that can move.
    """
    dates = schedule(plan)
    later = [
        id
        for id in plan.outline.order
        if not plan.outline.is_parent(id) and (span := dates.dates(id)) and span.first >= day
        if not dates.stands(id)
    ]
    if not later:
        raise Refused("shift.nothing", day=day)
    return _brought(plan, plan, batch(plan, later), days)


# Packing


def schedule_early(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Let items, and all that follows them, start as soon as their links allow: their own starts go.

    What waits for nothing on the timeline keeps its start, and what stands stays.

    Raises:
        Refused("early.nothing"): all of it is as early as it can be.
    """
    dates = schedule(plan)
    freed = [
        replace(plan.items[id], start=None)
        for id in _with_followers(plan, ids)
        if plan.items[id].start is not None and not dates.stands(id) and _waits(plan, dates, id)
    ]
    if not freed:
        raise Refused("early.nothing")
    return plan.put(*freed)


def schedule_late(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Let items, and all that follows them, start as late as the plan's end and the deadlines allow.

    Raises:
        Refused("late.nothing"): none of it can slip.
    """
    dates = schedule(plan)
    late = []
    for id in _with_followers(plan, ids):
        slack, span = dates.slack(id), latest(plan, dates, id)
        if slack is not None and slack > 0 and span is not None and not dates.stands(id):
            late.append(replace(plan.items[id], start=span.first))
    if not late:
        raise Refused("late.nothing")
    return plan.put(*late)


def snap_to_earliest(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Start items on the first day that their links allow, whatever they stand at now.

    `explain.earliest` names that day and the link that holds.

    Raises:
        Refused("snap.free", key): an item waits for nothing on the timeline.
    """
    dates = schedule(plan)
    for id in ids:
        hold = earliest(plan, dates, id)
        if hold is None:
            raise Refused("snap.free", key=plan.items[id].key)
        plan, dates = _put(plan, dates, [replace(plan.items[id], start=hold.day)])
    return plan


def insert_buffer_after(plan: Plan, ids: Iterable[ItemId], days: int) -> Plan:
    """Put working days between items and all others that wait for them: the lag of those links grows.

    Raises:
        Refused("buffer.nothing", keys): nothing else waits for them.
    """
    chosen = set(ids)
    links = [link for id in chosen for link in plan.outgoing.get(id, ()) if link.target not in chosen]
    if not links:
        raise Refused("buffer.nothing", keys=_keys(plan, chosen))
    return plan.put(*(replace(link, lag=link.lag + days) for link in links))


def insert_buffer_before(plan: Plan, ids: Iterable[ItemId], days: int) -> Plan:
    """Put working days between items and all others that they wait for: the lag of those links grows.

    Those that wait for nothing on the timeline start so many working days later.

    Raises:
        Refused("buffer.free", keys): none of them waits for anything, or could start later.
    """
    chosen, dates = set(ids), schedule(plan)
    links = [link for id in chosen for link in plan.incoming.get(id, ()) if link.source not in chosen]
    free = [
        replace(plan.items[id], start=shifted(plan, plan.items[id], span.first, days))
        for id in _leaves(plan, chosen)
        if (span := dates.dates(id)) and not dates.stands(id) and not _waits(plan, dates, id)
    ]
    if not links and not free:
        raise Refused("buffer.free", keys=_keys(plan, chosen))
    return plan.put(*(replace(link, lag=link.lag + days) for link in links), *free)


# Standing still


def pin_items(plan: Plan, ids: Iterable[ItemId], day: date | None = None) -> Plan:
    """Keep items on the days that they have, or from `day` on, whatever becomes of what they wait for.

    Raises:
        Refused("pin.unscheduled", keys): one of them is not on the timeline.
    """
    dates, pinned = schedule(plan), []
    for id in ids:
        item, span = plan.items[id], dates.dates(id)
        if span is None:
            raise Refused("pin.unscheduled", keys=[item.key])
        if plan.outline.is_parent(id) and not dates.stands(id):
            days = plan.calendar_of(item).between(dates.start[id], dates.finish[id])
            item = replace(item, duration=max(days, 1))
        pinned.append(replace(item, start=day or span.first, pinned=True))
    return plan.put(*pinned)


def unpin_items(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Let items be moved by what they wait for again, from the start that they have."""
    return plan.put(*(replace(plan.items[id], pinned=False) for id in ids))


def make_milestones(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Turn bars into milestones on their last day, so that what waits for their finish stays where it is.

    Raises:
        Refused("milestone.parent", key): one of them has items under it.
    """
    dates, made = schedule(plan), []
    for id in ids:
        item, span = plan.items[id], dates.dates(id)
        if plan.outline.is_parent(id):
            raise Refused("milestone.parent", key=item.key)
        own = span.last if span is not None and item.start is not None and item.kind == "bar" else item.start
        made.append(replace(item, kind="milestone", duration=0, start=own))
    return plan.put(*made)


# Within


def _put(plan: Plan, dates: Schedule, items: Iterable[Item]) -> tuple[Plan, Schedule]:
    """The plan with items put, and its schedule."""
    result = plan.put(*items)
    return result, dates.after(result, result.since(plan))


def _leaves(plan: Plan, ids: Iterable[ItemId]) -> list[ItemId]:
    """The items without children among some and what is under them, each once."""
    found: dict[ItemId, None] = {}
    for id in ids:
        for one in (id, *plan.outline.descendants(id)):
            if not plan.outline.is_parent(one):
                found[one] = None
    return list(found)


def _keys(plan: Plan, ids: Iterable[ItemId]) -> list[str]:
    """The keys of items, in the plan's order."""
    return [plan.items[id].key for id in sorted(ids, key=plan.outline.place.__getitem__)]


def _with_followers(plan: Plan, ids: Iterable[ItemId]) -> list[ItemId]:
    leaves = _leaves(plan, ids)
    return list(dict.fromkeys([*leaves, *schedule(plan).followers(leaves).ids]))


def _waits(plan: Plan, dates: Schedule, id: ItemId) -> bool:
    """Whether a link into the item or a parent of it comes from something on the timeline."""
    above = (id, *plan.outline.ancestors(id, plan.items))
    return any(link.source in dates for one in above for link in plan.incoming.get(one, ()))


def _brought(plan: Plan, moved: Plan, items: Batch, days: int) -> Plan:
    """`moved`, made from `plan`, with items brought so many working days on from where they are in `plan`.

    Those without a start of their own get one only where what they wait for does not bring them so far.
    """
    before = schedule(plan)

    def wanted(id: ItemId) -> Item:
        span, item = before.dates(id), moved.items[id]
        return replace(item, start=shifted(plan, item, span.first, days)) if span is not None else item

    result = moved.put(*map(wanted, items.own))
    after = before.after(result, result.since(plan))
    late = after.behind(before, items.led, days)
    if not late:
        return after.handed_on()

    def keep_up(id: ItemId, start: int) -> Item | None:
        was, item = before.start.get(id), result.items[id]
        if was is None or item.start is not None or id not in items.ids:
            return None
        return wanted(id) if plan.calendar_of(item).between(was, start) < days else None

    return after.steered(result, late, keep_up)
