"""A heading that says what field is below it: `Launch risk [choice: Low; High]`, `Budget [amount EUR 0]`.

The plain exchange form has no other place for it, and a workbook keeps it in its hidden row: by it the plan's
own fields come back as what they were. Ids and colours do not go along.
"""

from __future__ import annotations

import re
from functools import cache

from ..model.computed_fields import names_of, shown_formula
from ..model.field_values import listed, unlisted
from ..model.fields import fields_of
from ..model.plan import Plan
from ..model.records import CUSTOM_KINDS, Choice, CustomField, CustomKind, FieldId, derived_id
from .strings import field_title, say


def spec_of(record: CustomField, plan: Plan) -> str:
    """What stands between the brackets."""
    words = [say(f"own-kind.{record.kind}").casefold()]
    if record.currency:
        words.append(record.currency)
    if record.decimals is not None:
        words.append(str(record.decimals))
    more = ""
    if record.kind == "formula":
        more = shown_formula(record.formula, names_of(fields_of(plan).values(), field_title))
    elif record.options:
        more = listed(option.title for option in record.options)
    return " ".join(words) + (f": {more}" if more else "")


def heading_of(record: CustomField, plan: Plan) -> str:
    """The whole heading, on one line."""
    return " ".join(f"{record.title} [{spec_of(record, plan)}]".split())


def field_of(heading: str, id: FieldId, rank: float = 0.0) -> CustomField | None:
    """The field that a heading describes, None where it names no kind. Its formula has titles in it."""
    match = _pattern().fullmatch(heading)
    if match is None:
        return None
    kind, more = _kinds()[match["kind"].casefold()], (match["more"] or "").strip()
    options: tuple[Choice, ...] = ()
    if kind in ("choice", "choices"):
        options = tuple(Choice(derived_id(id, title), title) for title in unlisted(more))
    return CustomField(
        id=id,
        title=match["title"].strip(),
        kind=kind,
        options=options,
        currency=match["currency"] or "",
        decimals=int(match["decimals"]) if match["decimals"] else None,
        formula=more if kind == "formula" else "",
        rank=rank,
    )


@cache
def _kinds() -> dict[str, CustomKind]:
    return {say(f"own-kind.{kind}").casefold(): kind for kind in CUSTOM_KINDS} | {
        kind: kind for kind in CUSTOM_KINDS
    }


@cache
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, _kinds()), key=len, reverse=True))
    return re.compile(
        rf"(?P<title>.+?) ?\[(?P<kind>{kinds})(?: (?P<currency>[A-Z]{{3}}))?(?: (?P<decimals>\d))?"
        r"(?:: ?(?P<more>.*))?\]",
        re.IGNORECASE | re.DOTALL,
    )
