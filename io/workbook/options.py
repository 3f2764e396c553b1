"""What somebody wants to send: whose part, which fields, on what scale, and to whom."""

from __future__ import annotations

import msgspec

from ...model.records import TeamId
from ..strings import LANGUAGE

SCALES = ("weeks", "months", "quarters")
"""What a column of the timeline can stand for."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How an export differs from the whole of what a view shows; by default it does not."""

    fields: frozenset[str] | None = None
    """Of the fields that can be left out, those to be sent; None: all."""
    scale: str = ""
    """One of `SCALES`, for the timeline; empty: as it fits."""
    team: TeamId | None = None
    """Only the items of this team, and their parents."""
    recipient: str = ""
    """For whom it is: a name as it is written on the first sheet."""
    language: str = LANGUAGE
    """One of `languages()`: of headings, sheets and all other words that are not people's own."""
