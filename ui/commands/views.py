"""Commands for views: choose, save, name, arrange; and for folding rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...io.strings import say
from ...model.edits.views import add_view, order_views, remove_view, rename_view, save_view
from ...model.outline import ranked
from ...model.query import rows
from ...model.records import View, ViewId, new_id
from ..messages import Message
from ..pages import PAGES
from .keeping import commit, tell

if TYPE_CHECKING:
    from ..app import App


def choose(app: App, id: ViewId) -> None:
    """Look at the plan by a saved view, on the page it is for."""
    view = app.document.plan.views[id]
    app.session.show_view(id)
    if any(page.id == view.page for page in PAGES):
        app.session.show_page(view.page)
    ask_who(app)


def ask_who(app: App) -> None:
    """Where the view is about "me" and nobody has said who that is: ask, in the message bar."""
    plan, session = app.document.plan, app.session
    if session.misses_me(plan) and plan.people:
        code = "view.not_me" if session.me else "view.who"
        choose = ("view.who.choose", lambda: choose_me(app))
        app.messages.tell(Message(say(code, me=session.me), ways_out=(choose,), stays=True))


def choose_me(app: App) -> None:
    """Ask who is at the screen."""
    _with_topbar(app)
    app.window.topbar.choose_me()


def introduce(app: App, name: str) -> None:
    """Remember who looks, in this plan and all others."""
    app.settings.kept.me = name
    app.document.author = app.author
    app.settings.save()
    app.session.introduce(name)
    app.messages.say("view.hello", name=name)


# Saving


def is_adjusted(app: App) -> bool:
    return app.session.adjusted(app.document.plan)


def is_filtered(app: App) -> bool:
    return bool(app.session.view(app.document.plan).filter)


def has_view(app: App) -> bool:
    return app.session.looks.view in app.document.plan.views


def save(app: App) -> None:
    """Keep how the view looks on screen."""
    view = app.session.view(app.document.plan)
    if commit(app, save_view, view):
        app.session.reset(view.id)
        tell(app, say("view.saved", title=view.title))


def save_as(app: App) -> None:
    """Keep how the plan looks on screen as a new view, under a name that is asked for."""
    view = app.session.view(app.document.plan)
    app.window.topbar.ask_name("view.save_as", free_title(app, view.title), lambda title: _add(app, title))


def _add(app: App, title: str) -> bool:
    view = app.session.view(app.document.plan)
    made = replace(view, id=ViewId(new_id()), title=title)
    if not commit(app, add_view, made, view.id):
        return False
    app.session.reset(view.id)
    app.session.show_view(made.id)
    tell(app, say("view.added", title=title))
    return True


def duplicate(app: App) -> None:
    plan = app.document.plan
    _add(app, free_title(app, app.session.view(plan).title))


def free_title(app: App, title: str) -> str:
    """The title with a number that no view has."""
    taken = {view.title.casefold() for view in app.document.plan.views.values()}
    stem, number = title or say("view.new"), 2
    if stem.casefold() not in taken:
        return stem
    while f"{stem} {number}".casefold() in taken:
        number += 1
    return f"{stem} {number}"


def rename(app: App) -> None:
    view = app.session.view(app.document.plan)

    def keep(title: str) -> bool:
        return title.strip() == view.title or commit(app, rename_view, view.id, title) is not None

    app.window.topbar.ask_name("view.rename", view.title, keep)


def delete(app: App) -> None:
    view = app.session.view(app.document.plan)
    if commit(app, remove_view, view.id):
        app.session.looks.drafts.pop(view.id, None)
        tell(app, say("view.deleted", title=view.title))


def reset(app: App) -> None:
    """Look again as the view is saved."""
    view = app.session.view(app.document.plan)
    app.session.reset(view.id)
    app.messages.say("view.was_reset", title=view.title)


def arrange(app: App) -> None:
    """A list of the views, to be put in order by hand."""
    from ..views.arranging import ArrangeDialog

    plan = app.document.plan
    dialog = ArrangeDialog(app.window, [(view.id, view.title) for view in ranked(plan.views)])

    def keep() -> None:
        commit(app, order_views, dialog.order())

    dialog.accepted.connect(keep)
    dialog.open()


# Looks


def show_options(app: App) -> None:
    _with_topbar(app)
    app.window.topbar.show_options()


def show_filter(app: App) -> None:
    _with_topbar(app)
    app.window.topbar.show_filter()


def _with_topbar(app: App) -> None:
    if app.window.calm:
        app.window.be_calm(False)


# Folding


def expand_all(app: App) -> None:
    app.session.fold_rows({ref for ref, _ in _foldable(app)}, set())


def collapse_to(level: int) -> Callable[[App], None]:
    """Show that many levels of rows, and fold those below."""

    def collapse(app: App) -> None:
        found = _foldable(app)
        app.session.fold_rows({ref for ref, _ in found}, {ref for ref, depth in found if depth >= level - 1})

    return collapse


def _foldable(app: App) -> list[tuple[str, int]]:
    """Rows that have others below them, and how deep they are."""
    document, session = app.document, app.session
    view = session.view(document.plan)
    shown = rows(document.plan, document.schedule, _unfiltered(view), backlog=True)
    return [(row.ref, row.depth) for row in shown if row.item is None or row.count]


def _unfiltered(view: View) -> View:
    return replace(view, filter="", show_done=True, sort=())
