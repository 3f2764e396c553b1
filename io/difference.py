"""What has become of a plan in words: a report to show, to copy as text or Markdown, and to send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from ..model.compare import NOT_BEFORE, PLACE, FieldChange, LinkEntry
from ..model.history.earlier import Told
from ..model.history.news import KINDS, News, Story
from ..model.history.turning import Cause
from ..model.plan import Plan
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

    def links(self) -> list[str]:
        """What has become of links."""
        comparison = self.story.comparison
        lines = [say("diff.link.added", link=self._link(link)) for link in comparison.links_added]
        lines += [say("diff.link.removed", link=self._link(link)) for link in comparison.links_removed]
        for link in comparison.links_changed:
            before = self._link(link.before) if link.before else ""
            lines.append(say("diff.link.changed", link=self._link(link), before=before))
        return lines

    def _link(self, link: LinkEntry) -> str:
        """`Payments API → Checkout 3.0`, with type and lag where they are not the usual ones."""
        ends = []
        for key in (link.source, link.target):
            id = self._new.keys.get(key) or self._old.keys.get(key)
            ends.append(self.title(id) if id is not None else key)
        lag = f"{link.lag:+d}d" if link.lag else ""
        how = f" ({link.type}{lag})" if lag or link.type != "FS" else ""
        return " → ".join(ends) + how

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
    news: News | None = None
    """What it tells; None: of a link, or of anything else but an item."""

    @property
    def days(self) -> int:
        """Working days that the item finishes later; negative: earlier."""
        if self.news is None:
            return 0
        return -self.news.days if self.news.kind == "pulled" else self.news.days


class Section(msgspec.Struct, frozen=True):
    """What is told of one kind of news; the last kinds are `links` and `others`."""

    kind: str
    number: int
    lines: tuple[Line, ...]

    @property
    def head(self) -> str:
        """`Slipped (3)`."""
        return say(f"news.{self.kind}.head", n=self.number)


class Report(msgspec.Struct, frozen=True):
    """What has become of a plan since an earlier state, in sentences."""

    plan: str
    """The plan's title."""
    day: date
    """As of when."""
    since: str
    """What the earlier state is called."""
    sections: tuple[Section, ...]
    """Those that have anything to tell."""

    @property
    def head(self) -> str:
        """`What changed since Monday's save`."""
        return say("changes.since", what=self.since)

    @property
    def about(self) -> str:
        """`Customer platform roadmap, 23 Nov 2026`."""
        return say("report.about", plan=self.plan or say("ui.untitled"), day=days.day(self.day))

    @property
    def summary(self) -> str:
        """`3 slipped · 2 new conflicts`: how much there is of each kind."""
        told = (count(f"news.{one.kind}.count", one.number) for one in self.sections)
        return " · ".join(told) or say("diff.none")


def report(told: Told, today: date | None = None, most: int | None = MOST_FOLLOWING) -> Report:
    """Put what has become of a plan into words. Of what moves because of one item, `most` are told of."""
    story = told.story
    words = Words(story, told.earlier.plan, told.plan)
    sections = []
    for kind in KINDS:
        if found := story.of(kind):
            sections.append(Section(kind, len(found), tuple(_lines(words, found, most))))
    for other, texts in (("links", words.links()), ("others", _others(story))):
        if texts:
            sections.append(Section(other, len(texts), tuple(map(Line, texts))))
    return Report(_line(told.plan.info.title), today or date.today(), told.earlier.title, tuple(sections))


def _lines(words: Words, found: Sequence[News], most: int | None) -> Iterator[Line]:
    for news in found:
        if news.root is not None:
            continue
        yield Line(words.sentence(news), 0, news)
        following = words.story.following(news)
        for one in following[:most]:
            yield Line(words.sentence(one), 1, one)
        if most is not None and len(following) > most:
            yield Line(count("news.more", len(following) - most), 1)


def as_text(report: Report) -> str:
    """Heads, and a line for each sentence."""
    return _joined(report, lambda head: head, lambda line: "  " * line.depth + f"- {line.text}")


def as_markdown(report: Report) -> str:
    """Headings and lists in GitHub's dialect."""
    return _joined(
        report,
        lambda head: f"## {_escaped(head)}\n",
        lambda line: "  " * line.depth + f"- {_escaped(line.text)}",
    )


def for_mail(report: Report) -> str:
    """The text below a head that says what it is about."""
    return f"{report.head}\n{report.about}\n{report.summary}\n\n{as_text(report)}\n"


def for_wiki(report: Report) -> str:
    """The Markdown below a head that says what it is about."""
    about = f"{_escaped(report.about)}  \n{_escaped(report.summary)}"
    return f"# {_escaped(report.head)}\n\n{about}\n\n{as_markdown(report)}\n"


def as_json(report: Report) -> list[dict[str, Any]]:
    """What is told of items, as plain values; `days` are working days later, negative ones earlier."""
    return [
        {
            "kind": section.kind,
            "title": line.news.title,
            "days": line.days,
            "finish": line.news.span.last.isoformat() if line.news.span else None,
            "follows": line.depth > 0,
            "reason": line.news.reason,
            "text": line.text,
        }
        for section in report.sections
        for line in section.lines
        if line.news is not None
    ]


def _joined(report: Report, head: Callable[[str], str], line: Callable[[Line], str]) -> str:
    blocks = ["\n".join([head(one.head), *map(line, one.lines)]) for one in report.sections]
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


def _others(story: Story) -> list[str]:
    return [
        say(f"diff.other.{other.change}", what=say(f"record.{other.table}", name=_line(other.name)))
        for other in story.comparison.others
    ]


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
