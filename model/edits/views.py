"""What can be done to saved views: keep, rename, remove, put in order."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..outline import ranked
from ..plan import Plan
from ..records import Limit, View, ViewId
from ..refused import Refused


def save_view(plan: Plan, view: View) -> Plan:
    """Keep how a view looks; its title and place stay as the plan has them."""
    saved = plan.views[view.id]
    return plan.put(replace(view, title=saved.title, rank=saved.rank))


def add_view(plan: Plan, view: View, after: ViewId | None = None) -> Plan:
    """Add a view below another one, or as the last.

    Raises:
        Refused("view.untitled"): it has no title.
        Refused("view.title_taken", title): there is one of that name.
    """
    view = replace(view, title=_fit_title(plan, view.title))
    order = [one.id for one in ranked(plan.views)]
    place = order.index(after) + 1 if after in order else len(order)
    return _in_order(plan.put(view), [*order[:place], view.id, *order[place:]])


def rename_view(plan: Plan, id: ViewId, title: str) -> Plan:
    """Raises as `add_view`."""
    return plan.put(replace(plan.views[id], title=_fit_title(plan, title, besides=id)))


def remove_view(plan: Plan, id: ViewId) -> Plan:
    """Raises: Refused("view.last"): a plan has one view at least."""
    if len(plan.views) == 1:
        raise Refused("view.last", title=plan.views[id].title)
    return plan.drop(plan.views[id])


def order_views(plan: Plan, order: Sequence[ViewId]) -> Plan:
    """Put the views in that order; those it does not name come last, as they were."""
    rest = [view.id for view in ranked(plan.views) if view.id not in order]
    return _in_order(plan, [*(id for id in order if id in plan.views), *rest])


def set_limit(plan: Plan, id: ViewId, field: str, value: str, most: int | None) -> Plan:
    """Let a column of the board hold so many items, None: any number.

    Raises:
        Refused("view.limit", most): less than one item.
    """
    view = plan.views[id]
    if most is not None and most < 1:
        raise Refused("view.limit", most=most)
    others = [limit for limit in view.limits if (limit.field, limit.value) != (field, value)]
    own = [Limit(field, value, most)] if most is not None else []
    return plan.put(replace(view, limits=(*others, *own)))


def _in_order(plan: Plan, order: Sequence[ViewId]) -> Plan:
    moved = (replace(plan.views[id], rank=float(rank)) for rank, id in enumerate(order))
    return plan.put(*(view for view in moved if view != plan.views[view.id]))


def _fit_title(plan: Plan, title: str, besides: ViewId | None = None) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused("view.untitled")
    folded = title.casefold()
    if any(view.title.casefold() == folded for view in plan.views.values() if view.id != besides):
        raise Refused("view.title_taken", title=title)
    return title
