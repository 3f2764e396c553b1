"""What must be so in every plan, whatever was done to it."""

from __future__ import annotations

from roadwright.model.graph import loops
from roadwright.model.plan import Plan

_REFERENCES = {
    "items": {"parent": "items", "level": "levels", "status": "statuses", "team": "teams", "owner": "people"},
    "teams": {"calendar": "calendars"},
    "people": {"team": "teams"},
    "links": {"source": "items", "target": "items"},
    "comments": {"item": "items"},
    "properties": {"calendar": "calendars"},
}


def assert_sound(plan: Plan) -> None:
    """No id dangles, no key is there twice, nothing goes round in a circle."""
    for table, references in _REFERENCES.items():
        for record in plan.table(table).values():
            for attribute, other in references.items():
                id = getattr(record, attribute)
                assert id is None or id in plan.table(other), f"{table}.{attribute}: {id}"
    assert len(plan.keys) == len(plan.items)
    assert not loops(plan)
    outline, items = plan.outline, plan.items
    for item in items.values():
        assert outline.depth[item.id] == len(list(outline.ancestors(item.id, items)))
        assert set(item.custom) <= set(plan.fields)
    ends = [(link.source, link.target, link.type) for link in plan.links.values()]
    assert len(set(ends)) == len(ends)
    for source, target, _ in ends:
        assert source != target
        assert source not in outline.ancestors(target, items)
        assert target not in outline.ancestors(source, items)
