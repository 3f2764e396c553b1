"""The pages of the window, in the order of the rail; each is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ..model.document import Document
    from .app import App
    from .drawing.palette import Theme
    from .messages import Messages
    from .problems.watch import ProblemWatch
    from .session import Session
    from .signals import DocumentSignals


class PageMaker(Protocol):
    """The constructor that every page and panel has."""

    def __call__(
        self, document: Document, signals: DocumentSignals, session: Session, messages: Messages, theme: Theme
    ) -> QWidget: ...


class Page(NamedTuple):
    """A place on the rail; `page.<id>` is the action that shows it."""

    id: str
    icon: str
    load: Callable[[], PageMaker]


def _timeline() -> PageMaker:
    from .timeline.page import TimelinePage

    return TimelinePage


def _graph() -> PageMaker:
    from .graph.page import GraphPage

    return GraphPage


def _board() -> PageMaker:
    from .board.page import BoardPage

    return BoardPage


def _table() -> PageMaker:
    from .table.page import TablePage

    return TablePage


def _history() -> PageMaker:
    from .history.page import HistoryPage

    return HistoryPage


def inspector() -> PageMaker:
    from .inspector.panel import Inspector

    return Inspector


def problems(watch: ProblemWatch) -> PageMaker:
    from .problems.panel import ProblemsPanel

    return partial(ProblemsPanel, watch=watch)


def changes(app: App) -> PageMaker:
    from .changes.panel import ChangesPanel
    from .changes.sending import save_chosen
    from .changes.sources import choose_file, sources

    return partial(
        ChangesPanel,
        jobs=app.jobs,
        sources=lambda: sources(app),
        choose_file=lambda: choose_file(app),
        save=lambda report: save_chosen(app, report),
    )


def backlog() -> PageMaker:
    from .backlog.panel import BacklogPanel

    return BacklogPanel


PAGES: tuple[Page, ...] = (
    Page("timeline", "ph.chart-bar-horizontal", _timeline),
    Page("graph", "ph.tree-structure", _graph),
    Page("board", "ph.columns", _board),
    Page("table", "ph.table", _table),
    Page("history", "ph.clock-counter-clockwise", _history),
)
