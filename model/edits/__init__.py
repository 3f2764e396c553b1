"""Every change a person can make: pure functions from plan to plan, one per verb, that raise `Refused`.

Ids of new records are made by the caller, so that a preview and the commit that follows make the same plan.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plan import Plan


def together(*parts: tuple[Callable[..., Plan], *tuple[Any, ...]]) -> Callable[[Plan], Plan]:
    """Several edits as one, each given as (edit, arguments...); it goes by the name of the last."""

    def edit(plan: Plan) -> Plan:
        for verb, *arguments in parts:
            plan = verb(plan, *arguments)
        return plan

    edit.__name__ = parts[-1][0].__name__
    return edit
