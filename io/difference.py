"""What has become of a plan in words: as plain text, or as Markdown for an e-mail or a wiki."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..model.compare import NOT_BEFORE, PLACE, FieldChange, LinkEntry
from ..model.history.news import KINDS, News, Story
from ..model.history.turning import Cause
from ..model.plan import Plan
from ..model.records import ItemId
from . import days
from .strings import count, knows, say

LONGEST_VALUE = 80
"""Letters of a value that are shown; notes can be pages."""
MOST_FOLLOWING = 12
"""So many of what moves because of one item are told of, the others counted."""


class Words:
    """Makes sentences of the news about two plans. The older one is asked for what is gone."""

    def __init__(self, story: Story, old: Plan, new: Plan) -> None:
        self.story, self._old, self._new = story, old, new

    def head(self, kind: str, number: int) -> str:
        """`Slipped (3)`."""
        return say(f"news.{kind}.head", n=number)

    def sentence(self, news: News) -> str:
        """`Checkout 3.0 slips 8 working days to 12 Jun 2026 because Payments API finishes later`."""
        text = getattr(self, f"_{news.kind}")(news)
        if news.causes:
            text = say("news.because", what=text, why=_and([self._cause(cause) for cause in news.causes]))
        return say("news.reason", what=text, reason=_line(news.reason)) if news.reason else text

    def title(self, id: str) -> str:
        """What an item is called, wherever it still is."""
        item = self._new.items.get(id) or self._old.items.get(id)  # type: ignore[call-overload]
        return _line(item.title or item.key) if item is not None else ""

    # The kinds

    def _slipped(self, news: News) -> str:
        return say("news.slipped", **_what(news), days=days.working_days(news.days))

    def _pulled(self, news: News) -> str:
        return say("news.pulled", **_what(news), days=days.working_days(news.days))

    def _added(self, news: News) -> str:
        code = "news.added.dates" if news.still else "news.added" if news.span else "news.added.undated"
        return say(code, **_what(news))

    def _dropped(self, news: News) -> str:
        code = "news.dropped.dates" if news.still else "news.dropped" if news.span else "news.dropped.undated"
        return say(code, **_what(news))

    def _done(self, news: News) -> str:
        if not news.days:
            return say("news.done", **_what(news))
        code = "news.done.later" if news.days > 0 else "news.done.earlier"
        return say(code, **_what(news), days=days.working_days(abs(news.days)))

    def _conflict(self, news: News) -> str:
        problem = news.problem
        assert problem is not None
        titles = [self.title(id) for id in problem.ids]
        values: dict[str, Any] = {
            name: days.day(value) if isinstance(value, date) else value
            for name, value in problem.values.items()
        }
        if "keys" in values:
            values["keys"] = titles
        else:
            values |= dict(zip(("key", "other"), titles, strict=False))
        return say(problem.words, **values).rstrip(".")

    def _renamed(self, news: News) -> str:
        before = next(change.before for change in news.fields if change.field == "title")
        return say("news.renamed", before=_value(before), item=news.title)

    def _rescoped(self, news: News) -> str:
        return say("news.fields", item=news.title, fields=", ".join(map(field_words, news.fields)))

    _progress = _reprioritised = _rescoped

    def _cause(self, cause: Cause) -> str:
        shown = {
            name: days.day(value) if isinstance(value, date) else value
            for name, value in cause.values.items()
            if value is not None
        }
        other = {"other": self.title(cause.other)} if cause.other is not None else {}
        if cause.code == "cause.length":
            shown["now"] = days.working_days(int(str(shown["now"])))
        code = cause.code
        if code == "cause.moved" and len(shown) < 2:
            code = "cause.moved.plain"
        return say(code, **shown, **other)


class Line(NamedTuple):
    """A sentence, and how far it is set in: 1 for what moves because of the one above."""

    text: str
    depth: int = 0
    id: ItemId | None = None
    """The item that it is about, and what that is called in it."""
    title: str = ""


def sections(words: Words) -> Iterator[tuple[str, list[Line]]]:
    """The heads with their lines, those that have any."""
    story = words.story
    for kind in KINDS:
        found = story.of(kind)
        if found:
            yield words.head(kind, len(found)), list(_lines(words, found))
    for code, texts in (("diff.links", _links(story)), ("diff.others", _others(story))):
        if texts:
            yield say(code, n=len(texts)), [Line(text) for text in texts]


def _lines(words: Words, found: Sequence[News]) -> Iterator[Line]:
    for news in found:
        if news.root is not None:
            continue
        yield Line(words.sentence(news), 0, news.id, news.title)
        following = words.story.following(news)
        for one in following[:MOST_FOLLOWING]:
            yield Line(words.sentence(one), 1, one.id, one.title)
        if len(following) > MOST_FOLLOWING:
            yield Line(count("news.more", len(following) - MOST_FOLLOWING), 1)


def as_text(words: Words) -> str:
    """Heads, and a line for each sentence."""
    return _joined(words, lambda head: head, lambda line: "  " * line.depth + f"- {line.text}")


def as_markdown(words: Words) -> str:
    """Headings and lists in GitHub's dialect."""
    return _joined(
        words,
        lambda head: f"## {_escaped(head)}\n",
        lambda line: "  " * line.depth + f"- {_escaped(line.text)}",
    )


def _joined(words: Words, head: Callable[[str], str], line: Callable[[Line], str]) -> str:
    blocks = ["\n".join([head(title), *map(line, lines)]) for title, lines in sections(words)]
    return "\n\n".join(blocks) or say("diff.none")


def _what(news: News) -> dict[str, str]:
    span = news.span
    if span is None:
        return {"item": news.title}
    return {
        "item": news.title,
        "day": days.day(span.last),
        "span": days.span(span.first, span.last, years=True),
    }


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else say("news.and", one=parts[0], other=parts[1])


def field_words(change: FieldChange) -> str:
    """A field of an item, before and after."""
    if change.field == PLACE:
        return say("diff.place")
    code = "diff.not_before" if change.field == NOT_BEFORE else f"field.{change.field}"
    field = say(code) if knows(code) else change.field
    return say("diff.field", field=field, before=_value(change.before), after=_value(change.after))


def _links(story: Story) -> list[str]:
    comparison = story.comparison
    lines = [say("diff.link.added", link=_link(link)) for link in comparison.links_added]
    lines += [say("diff.link.removed", link=_link(link)) for link in comparison.links_removed]
    for link in comparison.links_changed:
        before = _link(link.before) if link.before else ""
        lines.append(say("diff.link.changed", link=_link(link), before=before))
    return lines


def _others(story: Story) -> list[str]:
    return [
        say(f"diff.other.{other.change}", what=say(f"record.{other.table}", name=_line(other.name)))
        for other in story.comparison.others
    ]


def _link(link: LinkEntry) -> str:
    return f"{link.source} → {link.target} {link.type}" + (f"{link.lag:+d}d" if link.lag else "")


def _value(value: str | float | bool | None) -> str:
    if value is None or value == "":
        return say("diff.empty")
    if isinstance(value, bool):
        return say("diff.yes" if value else "diff.no")
    return _line(f"{value:g}" if isinstance(value, float) else str(value))


def _line(text: str) -> str:
    """A text of any length on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\|*_`<[" else letter for letter in text)
