"""What is said above and below the list of a review: what came from whom, and what to beware of."""

from __future__ import annotations

from collections.abc import Sequence

from ...io.complaint import Complaint
from ...io.returned import Returned
from ...io.strings import count, say
from .. import dates
from ..dialogs.complaints import place
from .reviewed import Reviewed

MOST_NOTES = 4
MOST_COPIES = 6


def headline(reviewed: Reviewed) -> str:
    """How many changes there are, how many of them are asked about, and of one copy from whom they are."""
    copies, lines = reviewed.copies, reviewed.lines
    several = len(copies) > 1
    file = count("merging.files", len(copies)) if several else copies[0].file
    words = [count("merging.changes_of" if several else "merging.changes", len(lines), file=file)]
    if conflicts := sum(line.proposal.state == "conflict" for line in lines):
        words.append(count("merging.conflicts", conflicts))
    if rivals := len({line.proposal.question for line in lines if line.rivals}):
        words.append(count("merging.rivals", rivals))
    if not several:
        words.append(_sender(copies[0]))
    return " ".join(filter(None, words))


def senders(reviewed: Reviewed) -> str:
    """Of several copies, from whom each is and how much it changes."""
    copies, lines, said = reviewed.copies, reviewed.lines, []
    if len(copies) == 1:
        return ""
    for at, copy in enumerate(copies[:MOST_COPIES]):
        changes = count("merging.changes", sum(at in line.copies for line in lines), file=copy.file)
        said.append(f"{changes} {_sender(copy)}".strip())
    if len(copies) > MOST_COPIES:
        said.append(count("merging.more_files", len(copies) - MOST_COPIES))
    return "\n".join(said)


def _sender(copy: Returned) -> str:
    name, day = copy.author, copy.exported
    said = ""
    if name and day:
        said = say("merging.from", name=name, day=dates.day(day))
    elif day:
        said = say("merging.sent", day=dates.day(day))
    elif name:
        said = say("merging.from_only", name=name)
    return " ".join(filter(None, (said, say("merging.merged_before") if copy.merged_before else "")))


def how_matched(copy: Returned) -> str:
    """By what the rows of a workbook were known."""
    found = [say(f"merging.how.{name}", n=n) for name, n in copy.matched.items() if n]
    return say("merging.how", how=", ".join(found)) if found else ""


def _place(trouble: Complaint, copies: Sequence[Returned]) -> str:
    return place(trouble) if len(copies) == 1 else f"{trouble.file}, {place(trouble)}"


def notes(copies: Sequence[Returned]) -> list[str]:
    """What to beware of, and what could not be read of the copies, the first of it."""
    beware = []
    for copy in copies:
        said = []
        if copy.newer is not None:
            said.append(say("merging.stale", file=copy.newer.title, day=dates.day(copy.newer.day)))
        if copy.many_deleted:
            said.append(say("merging.many_deleted", n=len(copy.deleted)))
        beware += [f"{copy.file}: {one}" if len(copies) > 1 else one for one in said]
    troubles = [one for copy in copies for one in copy.complaints if one.level == "warning"]
    lines = [
        say("merging.trouble", place=_place(one, copies), what=one.message()) for one in troubles[:MOST_NOTES]
    ]
    more = len(troubles) - len(lines)
    return [*beware, *lines, *([count("merging.more", more)] if more else [])]
