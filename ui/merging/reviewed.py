"""What is taken of the copies that are merged: at first what nobody contradicts, then what is ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...io.returned import Returned
from ...model.merge import Copy, Question, merge
from ...model.plan import Plan
from .wording import Group, Line, Proposed, groups


class Reviewed:
    """The copies with what they propose, and which of it is wished for.

    Attributes:
        copies: as they were read.
        names: who sent each, or what it is called; no two are alike.
        groups: what they propose.
    """

    def __init__(self, copies: Sequence[Returned], mine: Plan) -> None:
        self._mine = mine
        self.copies = list(copies)
        self.names = _names(copies)
        self._same: list[dict[int, bool]] = [{} for _ in copies]
        self._taken: list[set[Question]] = [set() for _ in copies]
        self.groups: list[Group] = []
        self._propose()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at: no copy has anything that this plan has not."""
        return not self.groups and not any(copy.alike or len(copy.sheets) > 1 for copy in self.copies)

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def wished(self) -> list[Copy]:
        """What `merge_replies` is to be told."""
        return [
            (copy.base, copy.plan, frozenset(taken))
            for copy, taken in zip(self.copies, self._taken, strict=True)
        ]

    @property
    def author(self) -> str:
        """All who sent something."""
        return ", ".join(dict.fromkeys(copy.author for copy in self.copies if copy.author))

    def is_taken(self, line: Line) -> bool:
        return all(line.proposal.question in self._taken[copy] for copy in line.copies)

    def take(self, line: Line, wanted: bool) -> None:
        """Wish for a line or not; what others want of the same field is not taken then."""
        question = line.proposal.question
        for copy in line.copies:
            (self._taken[copy].add if wanted else self._taken[copy].discard)(question)
        if wanted:
            for copy in line.rivals:
                self._taken[copy].discard(question)

    def take_all(self, lines: Iterable[Line], wanted: bool, everybody: bool) -> None:
        """Wish for these lines or for none of them. Where much is missing from a copy its deletions stay as
        they are, and so does, of `everybody`, what they disagree about.
        """
        for line in lines:
            many = any(
                copy.many_deleted and line.proposal.question in copy.declined
                for copy in (self.copies[place] for place in line.copies)
            )
            if not wanted or not (many or (everybody and line.rivals)):
                self.take(line, wanted)

    def answer(self, copy: int, row: int, same: bool) -> None:
        """Say whether a row is the item that it looks like."""
        self._same[copy][row] = same
        self._read_again(copy, self.copies[copy].sheet)

    def choose_sheet(self, copy: int, sheet: str) -> None:
        """Say which of several copies of the table counts."""
        self._same[copy] = {}
        self._read_again(copy, sheet)

    def _read_again(self, copy: int, sheet: str) -> None:
        again = self.copies[copy].again
        if again is not None:
            self.copies[copy] = again(self._same[copy], sheet)
            self._propose()

    def _propose(self) -> None:
        """Ask the copies what they propose; what was ticked before stays so."""
        before: dict[tuple[int, Question], tuple[Any, bool]] = {
            (copy, line.proposal.question): (line.proposal.theirs, self.is_taken(line))
            for line in self.lines
            for copy in line.copies
        }
        proposed = [
            Proposed(merge(copy.base, self._mine, copy.plan).proposals, copy.plan, copy.base)
            for copy in self.copies
        ]
        self.groups = groups(proposed, self._mine)
        self._taken = [set() for _ in self.copies]
        for copy, one in enumerate(proposed):  # what nobody has to look at is taken with the rest
            seen = {line.proposal.question for line in self.lines if copy in line.copies}
            self._taken[copy].update(
                proposal.question
                for proposal in one.proposals
                if proposal.state == "theirs" and proposal.question not in seen
            )
        for line in self.lines:
            question = line.proposal.question
            was = [before.get((copy, question)) for copy in line.copies]
            if all(one is not None and one[0] == line.proposal.theirs for one in was):
                self.take(line, all(one[1] for one in was if one is not None))
            elif not line.is_asked:
                copies = [self.copies[copy] for copy in line.copies]
                declined = any(question in copy.declined for copy in copies)
                again = all(copy.merged_before for copy in copies)
                self.take(line, not declined and not again)


def _names(copies: Sequence[Returned]) -> list[str]:
    names = [copy.author or copy.file for copy in copies]
    return [
        name if names.count(name) == 1 else f"{name} ({copy.file})"
        for name, copy in zip(names, copies, strict=True)
    ]
