"""Undo, redo, selection and baselines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...io.strings import say
from ...model.document import Step
from ...model.field import own_key
from ...model.records import Column, CustomField, CustomKind, FieldId, ItemId
from ...model.refused import Refused
from ..messages import WayOut
from .keeping import reveal

if TYPE_CHECKING:
    from ..app import App


def undo(app: App) -> None:
    try:
        step = app.document.undo()
    except Refused as refused:  # of an earlier session, and its line does not lead back from here
        app.messages.refuse(refused)
        return
    _show_step(app, step, app.desk.selected_before(step))
    app.messages.say(
        "ui.undone", what=say(f"edit.{step.verb}"), way_out=("ui.redo", lambda: _redo_same(app, step))
    )


def redo(app: App) -> None:
    step = app.document.redo()
    made = [edit.id for edit in step.change.touched("items") if edit.before is None]
    _show_step(app, step, tuple(map(ItemId, made)) or app.desk.selected_before(step))
    app.messages.say("ui.redone", what=say(f"edit.{step.verb}"), way_out=undo_way_out(app))


def _redo_same(app: App, step: Step) -> None:
    if app.document.undone and app.document.undone[-1] is step:
        redo(app)


def _show_step(app: App, step: Step, selected: tuple[ItemId, ...]) -> None:
    """Select what the step was about and bring it into sight."""
    plan = app.document.plan
    touched = tuple(ItemId(edit.id) for edit in step.change.touched("items") if edit.id in plan.items)
    chosen = tuple(id for id in selected if id in plan.items)
    if not chosen and len(touched) == 1:
        chosen = touched
    if chosen:
        app.session.select(chosen)
    for id in (*chosen[-1:], *touched[:1]):
        reveal(app, id)
        return


def open_fields(app: App, field: FieldId | None = None) -> None:
    """The plan's own fields, at one of them if it is known which is meant."""
    from ..fields.dialog import FieldsDialog

    desk = (app.window, app.document, app.messages, app.icons, app.themes.theme)
    FieldsDialog(*desk, field, app.session.items).open()


def add_field(app: App, kind: CustomKind = "text") -> None:
    """A new field of the plan's own; in a table it becomes the last column."""
    from ..fields.dialog import FieldsDialog

    before = app.document.kept.fields
    desk = (app.window, app.document, app.messages, app.icons, app.themes.theme)
    dialog = FieldsDialog(*desk, None, app.session.items)
    dialog.finished.connect(lambda kept: _show_columns(app, before) if kept else None)
    dialog.open()
    dialog.add(kind)


def _show_columns(app: App, before: Mapping[FieldId, CustomField]) -> None:
    """Show the fields that are new as columns, where columns are looked at."""
    from ..table.columns import USUAL

    plan = app.document.kept
    made = tuple(Column(own_key(id)) for id in plan.fields if id not in before)
    if made and app.session.looks.page == "table":
        shown = app.session.view(plan).columns or USUAL
        app.session.adjust(plan, columns=(*shown, *made))


def select_all(app: App) -> None:
    app.session.select(app.document.plan.outline.order)


def open_baselines(app: App) -> None:
    """Take a baseline under a name, and see to those there are."""
    from ..changes.sources import states
    from ..dialogs.baselines import BaselinesDialog

    BaselinesDialog(app.window, app.document, app.messages, list(states(app))).open()


def undo_way_out(app: App) -> WayOut:
    """A button that takes back the step just made; once there is a later one, it does nothing."""
    step = app.document.done[-1]

    def take_back() -> None:
        if app.document.done and app.document.done[-1].change is step.change:  # it may have a reason by now
            undo(app)

    return ("ui.undo", take_back)
