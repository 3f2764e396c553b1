"""What comes back to be merged: a workbook that was sent out, or another copy of the plan's own file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..model.fields import fields_of, link_text, text_of
from ..model.history.past import parting
from ..model.merge import Merge, Proposal, Question, merge
from ..model.plan import Plan
from ..model.records import Comment, Item, ItemId, Link, SentWorkbook
from ..model.refused import Refused
from .complaint import Complaint
from .roadmap_file import file_digest, is_roadmap, open_roadmap
from .strings import say

if TYPE_CHECKING:
    from .workbook.match import Alike

DIGEST = 16
"""Letters of a file's SHA-256 by which it is known again."""
FEW, SHARE = 5, 0.2
"""More missing rows than so many, or than this share, are never deleted all together."""
NEW_SAYS = ("start", "duration", "team", "owner")
"""Fields that tell what a new item is, beside its title."""
_COPIES = ("base", "mine", "theirs")


class Returned(msgspec.Struct, frozen=True):
    """A copy of the plan as somebody else changed it."""

    file: str
    base: Plan | None
    """What both began with; None: nobody knows."""
    plan: Plan
    export_id: str = ""
    author: str = ""
    matched: dict[str, int] = {}
    deleted: tuple[ItemId, ...] = ()
    """Items that are missing from a workbook; that alone does not mean they are to be deleted."""
    complaints: tuple[Complaint, ...] = ()
    unreadable: tuple[Complaint, ...] = ()
    digest: str = ""
    """SHA-256 of a plan's own file as `Opened` has it, or of a workbook."""
    exported: date | None = None
    """The day on which a workbook was sent out."""
    rows: int = 0
    """How many rows a workbook was sent out with."""
    alike: tuple[Alike, ...] = ()
    """Rows that only look like an item, and whether they were taken for it."""
    merged_before: bool = False
    """The history says that this very file was merged."""
    newer: SentWorkbook | None = None
    """The last workbook that was sent to the same person after this one."""
    sheet: str = ""
    """The sheet of a workbook that was read."""
    sheets: tuple[str, ...] = ()
    """All its sheets that hold the table; more than one where somebody has made copies."""
    again: Callable[[Mapping[int, bool], str], Returned] | None = None
    """Reads a workbook's rows anew: which of them, by their number, are the item that they look like, and on
    which sheet (empty: the usual one)."""

    @property
    def declined(self) -> frozenset[Question]:
        """What is not taken unless somebody says so: the deletions."""
        return frozenset(("items", id, "") for id in self.deleted)

    @property
    def many_deleted(self) -> bool:
        """Whether so much is missing that each deletion is to be wished for by itself."""
        return len(self.deleted) > FEW or len(self.deleted) > SHARE * self.rows

    @property
    def reason(self) -> str:
        """What the history says of the step that takes it in: by it the same file is known again."""
        return say("merging.reason", file=self.file, digest=self.digest[:DIGEST])

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What they said."""
        known = self.base.comments if self.base is not None else {}
        return tuple(one for id, one in self.plan.comments.items() if id not in known)


def read_returned(
    path: str | os.PathLike[str], mine: Plan, history: Sequence[bytes], sheet: str = ""
) -> Returned:
    """Read a file that is to be merged into `mine`, to which the lines of `history` have led.

    `sheet` is the one to be read of a workbook in which somebody has copied the table.

    Raises:
        Refused("merging.other_plan", file, title): it holds another plan.
        Refused("merging.damaged", file): it is a copy of the plan, but not whole.
        Refused("merging.no_sheet", file, sheet, known): a workbook has no table on that sheet.
        Refused("merging.converted", file): it is a workbook of ours, saved as .ods or .xls.
        Refused("merging.no_reply", file): it is no workbook of ours, no plan, no file that `mine` came from.
        Refused: as `open_roadmap`, `read_reply` and `read_update`.
    """
    path = Path(path)
    if is_roadmap(path):
        opened = open_roadmap(path)
        _check_plan(path, opened.plan, opened.plan.info.id, mine)
        if opened.damaged:  # what it has lost would look as if somebody had deleted it
            raise Refused("merging.damaged", file=str(path))
        base = parting(mine, history, opened.plan, opened.history)
        return Returned(path.name, base, opened.plan, complaints=opened.complaints, digest=opened.digest)
    from .workbook.read import is_converted, is_ours
    from .workbook.reply import Returning

    digest = file_digest(path)
    if is_converted(path):
        raise Refused("merging.converted", file=path.name)
    if not is_ours(path):
        return _updated(path, mine, digest)
    returning = Returning(path, mine, history)
    _check_plan(path, returning.plan, returning.plan_id, mine)
    if sheet and sheet not in returning.sheets:
        raise Refused("merging.no_sheet", file=path.name, sheet=sheet, known=returning.sheets)
    before = digest[:DIGEST].encode() in b"\n".join(history)

    def understood(same: Mapping[int, bool], sheet: str) -> Returned:
        reply = returning.reply(same, sheet)
        return Returned(
            path.name,
            reply.base,
            reply.plan,
            reply.export_id,
            reply.author,
            reply.matched,
            reply.deleted,
            reply.complaints,
            reply.unreadable,
            digest,
            reply.exported,
            reply.rows,
            reply.alike,
            before,
            _newer(reply.export_id, mine),
            reply.sheet,
            reply.sheets,
            understood,
        )

    return understood({}, sheet)


def _newer(export_id: str, mine: Plan) -> SentWorkbook | None:
    """What was sent to the same person after the workbook of that id."""
    own = mine.find(SentWorkbook, export_id)
    if own is None:
        return None
    later = (
        one
        for one in mine.exports.values()
        if one.time > own.time and (one.recipient, one.team) == (own.recipient, own.team)
    )
    return max(later, key=lambda one: one.time, default=None)


def _updated(path: Path, mine: Plan, digest: str) -> Returned:
    """A newer version of the foreign file that the plan was read from."""
    from .sources import read_update

    update = read_update(path, mine)
    return Returned(
        path.name,
        update.base,
        update.plan,
        matched=update.matched,
        deleted=update.deleted,
        complaints=update.complaints,
        digest=digest,
        rows=len(update.base.items),
    )


def _check_plan(path: Path, plan: Plan, id: str, mine: Plan) -> None:
    if id not in ("", mine.info.id):
        raise Refused("merging.other_plan", file=str(path), title=plan.info.title)


# As JSON


def as_json(
    returned: Returned, mine: Plan, merged: Merge, turned: Collection[Question] = ()
) -> dict[str, Any]:
    """What `roadwright merge --json` says of one file; dates in ISO form, references by name."""
    plans = [plan for plan in (mine, returned.plan, returned.base) if plan is not None]
    changes, new, deleted = [], [], []
    for proposal in merged.proposals:
        if returned.base is None and proposal.state == "same":
            continue
        if proposal.table == "items" and not proposal.field:
            item = proposal.theirs or proposal.base
            if isinstance(item, Item):
                entry = {"key": _key(proposal.id, merged.plan, plans), "title": item.title}
                if proposal.theirs is None:
                    deleted.append({**entry, "applied": proposal.id not in merged.plan.items})
                elif proposal.base is not None:
                    values = {name: getattr(getattr(proposal, name), "title", None) for name in _COPIES}
                    changes.append({"key": entry["key"], "field": None, **values, "state": proposal.state})
                elif proposal.state != "same":  # it was not merged before
                    said = {name: _value(name, getattr(item, name), plans) for name in NEW_SAYS}
                    new.append({**entry, **said})
        elif (change := _change(proposal, plans)) is not None:
            changes.append(change)
    fuzzy = {name: returned.matched.get(name, 0) for name in ("uid", "key", "title", "fuzzy")}
    return {
        "file": returned.file,
        "export_id": returned.export_id,
        "author": returned.author,
        "matched": fuzzy,
        "changes": changes,
        "new": new,
        "deleted": deleted,
        "unreadable": [
            {
                "sheet": complaint.sheet,
                "cell": complaint.cell,
                "value": str(complaint.values.get("text", "")),
                "code": complaint.code,
            }
            for complaint in returned.unreadable
        ],
        "comments": [
            {"key": _key(one.item, merged.plan, plans), "text": one.text, "author": one.author}
            for one in returned.comments
            if one.id not in mine.comments
        ],
        "alike": [
            {
                "row": one.row,
                "title": one.title,
                "key": _key(one.item, mine, plans),
                "likeness": round(one.likeness),
                "taken": one.taken,
            }
            for one in returned.alike
        ],
        "sheets": list(returned.sheets),
        "exported": returned.exported.isoformat() if returned.exported else None,
        "merged_before": returned.merged_before,
        "settled": [say(settled.code, **settled.values) for settled in merged.settled],
    }


def _change(proposal: Proposal, plans: Sequence[Plan]) -> dict[str, Any] | None:
    values = (proposal.base, proposal.mine, proposal.theirs)
    if proposal.table == "items":
        name, _, own = proposal.field.partition(".")
        field, key = own or name, _key(proposal.id, plans[0], plans)
        shown = [_value(field, value, plans) for value in values]
    elif proposal.table == "links":
        link = next(value for value in values if isinstance(value, Link)) if not proposal.field else None
        known = (plan.find(Link, proposal.id) for plan in plans)
        record = link or next(one for one in known if one is not None)
        field, key = "depends", _key(record.target, plans[0], plans)
        shown = [_link(value, plans) if isinstance(value, Link) else _plain(value) for value in values]
    else:
        return None
    base, mine, theirs = shown
    return {"key": key, "field": field, "base": base, "mine": mine, "theirs": theirs, "state": proposal.state}


def _value(key: str, value: Any, plans: Sequence[Plan]) -> Any:
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    for plan in plans:
        field = fields_of(plan).get(key)
        text = text_of(field, plan, value) if field is not None else ""
        if text:
            return text
    return _plain(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else msgspec.to_builtins(value)


def _link(link: Link, plans: Sequence[Plan]) -> str:
    for plan in plans:
        if link.source in plan.items:
            return link_text(plan, link.source, link.type, link.lag)
    return link.type


def _key(id: str, plan: Plan, plans: Sequence[Plan]) -> str:
    """The key of an item in the plan, or else wherever it is."""
    found = (one.find(Item, id) for one in (plan, *plans))
    return next((item.key for item in found if item is not None), "")


def merged(returned: Returned, mine: Plan, *, theirs: bool = False, delete: bool = False) -> Merge:
    """The merge that needs no person: `theirs` wins conflicts, and missing rows are deleted, if so wished."""
    turned = frozenset() if delete else returned.declined
    result = merge(returned.base, mine, returned.plan, turned)
    if theirs and result.conflicts:
        asked = {conflict.question for conflict in result.conflicts if conflict.id not in returned.deleted}
        result = merge(returned.base, mine, returned.plan, turned | asked)
    return result
