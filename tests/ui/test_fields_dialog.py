"""The dialog for the plan's own fields, with real keys and mouse: changes are seen and can be undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from own_fields import own_plan, value
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.fields import fields_of
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import FieldId, ItemId
from roadwright.ui.drawing.palette import theme
from roadwright.ui.fields.dialog import FieldsDialog
from roadwright.ui.icons import Icons
from roadwright.ui.messages import Messages

Keys = Qt.Key
RISK, BUDGET, PER_DAY = FieldId("risk"), FieldId("budget"), FieldId("per-day")


class Desk:
    """A window with the dialog in front of it."""

    def __init__(self, qtbot: QtBot, plan: Plan, chosen: FieldId | None = None) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(1200, 800)
        qtbot.addWidget(self.window)
        self.document = Document(plan)
        self.messages = Messages()
        icons = Icons(theme("light"))
        self.dialog = FieldsDialog(
            self.window, self.document, self.messages, icons, theme("light"), chosen, (ItemId("A"),)
        )
        self.window.show()
        self.dialog.open()
        qtbot.waitExposed(self.dialog)

    @property
    def titles(self) -> list[str]:
        fields = fields_of(self.document.plan).values()
        return [field.title for field in fields if field.own is not None]

    def type_over(self, widget: QWidget, text: str) -> None:
        widget.setFocus()
        self.qtbot.keyClick(widget, Keys.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(widget, text)

    def choose_kind(self, kind: str) -> None:
        box = self.dialog.editor.kind
        box.setFocus()
        self.qtbot.keyClick(box, Keys.Key_Home)
        while box.currentData() != kind:
            self.qtbot.keyClick(box, Keys.Key_Down)

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def keep(self) -> None:
        button = self.dialog.findChild(QWidget, "keep")
        assert isinstance(button, QWidget)
        self.click(button)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot, own_plan())
    yield desk
    desk.dialog.close()


def trigger(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_an_empty_plan_is_told_what_fields_are_for(qtbot: QtBot) -> None:
    desk = Desk(qtbot, new_plan())
    assert desk.dialog.editor.empty.isVisible()
    assert not desk.dialog.editor.name.isVisible()
    desk.dialog.close()


def test_a_field_is_added_named_and_kept_as_one_step(desk: Desk) -> None:
    before = desk.document.kept
    menu = desk.dialog.list.add.menu()
    assert menu is not None
    trigger(menu, "Date")
    assert desk.dialog.editor.name.hasFocus()
    desk.qtbot.keyClicks(desk.dialog.editor.name, "Announced on")
    assert desk.document.kept is before
    desk.keep()
    assert desk.titles[-1] == "Announced on"
    assert len(desk.document.done) == 1
    desk.document.undo()
    assert desk.document.kept == before


def test_cancel_takes_everything_back(desk: Desk) -> None:
    before = desk.document.plan
    desk.type_over(desk.dialog.editor.name, "Danger")
    desk.qtbot.keyClick(desk.dialog.editor.name, Keys.Key_Return)
    assert desk.titles[0] == "Danger"
    desk.qtbot.keyClick(desk.dialog, Keys.Key_Escape)
    assert desk.document.plan is before
    assert not desk.document.done


@pytest.mark.parametrize("name", ["budget", "Depends on", " "])
def test_a_name_that_is_taken_is_refused_in_words(desk: Desk, name: str) -> None:
    desk.type_over(desk.dialog.editor.name, name)
    desk.qtbot.keyClick(desk.dialog.editor.name, Keys.Key_Return)
    assert desk.dialog.status.text()
    assert desk.titles[0] == "Launch risk"


def test_fields_are_ordered_by_keys(desk: Desk) -> None:
    rows = desk.dialog.list.list
    rows.setFocus()
    desk.qtbot.keyClick(rows, Keys.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.titles[:3] == ["Budget", "Launch risk", "Cost per day"]
    desk.qtbot.keyClick(rows, Keys.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.titles[:3] == ["Launch risk", "Budget", "Cost per day"]


def test_clicking_a_field_shows_it(desk: Desk) -> None:
    rows = desk.dialog.list.list
    spot = rows.visualItemRect(rows.item(1)).center()
    desk.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    editor = desk.dialog.editor
    assert (editor.name.text(), editor.kind.currentData()) == ("Budget", "currency")
    assert editor.number.currency.isVisible()
    assert not editor.options.isVisible()
    assert "1 of 3 items" in editor.used.text()
    assert "Cost per day" in editor.used.text()


def test_options_are_typed_renamed_and_removed_with_a_warning(desk: Desk) -> None:
    part = desk.dialog.editor.options
    desk.qtbot.keyClicks(part.new, "Unknown")
    desk.qtbot.keyClick(part.new, Keys.Key_Return)
    options = desk.document.plan.fields[RISK].options
    assert [option.title for option in options] == ["High", "Medium", "Low", "Unknown"]
    part.list.setCurrentRow(0)
    part.list.setFocus()
    desk.qtbot.keyClick(part.list, Keys.Key_F2)
    line = part.list.findChild(QLineEdit)
    assert line is not None
    desk.type_over(line, "Sky-high")
    desk.qtbot.keyClick(line, Keys.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.document.plan.fields[RISK].options[0].title == "Sky-high")
    assert value(desk.document.plan, "A", "risk") == "high"
    part.list.setCurrentRow(0)
    desk.qtbot.keyClick(part.list, Keys.Key_Delete)
    assert "one item" in desk.dialog.status.text()
    assert desk.dialog.anyway.isVisible()
    assert value(desk.document.plan, "A", "risk") == "high"
    desk.click(desk.dialog.anyway)
    assert value(desk.document.plan, "A", "risk") is None
    assert not desk.dialog.anyway.isVisible()


def test_an_option_gets_a_colour(desk: Desk) -> None:
    part = desk.dialog.editor.options
    part.list.setCurrentRow(2)
    menu = part.color.menu()
    assert menu is not None
    menu.actions()[1].trigger()
    assert desk.document.plan.fields[RISK].options[2].color == next(iter(theme("light").lanes))


def test_what_another_kind_can_not_hold_is_said_before_it_is_lost(desk: Desk) -> None:
    desk.choose_kind("number")
    assert "“High”" in desk.dialog.status.text()
    assert desk.document.plan.fields[RISK].kind == "choice"
    desk.click(desk.dialog.anyway)
    assert desk.document.plan.fields[RISK].kind == "number"
    assert value(desk.document.plan, "A", "risk") is None


def test_a_kind_that_holds_everything_is_taken_at_once(desk: Desk) -> None:
    desk.choose_kind("text")
    assert desk.document.plan.fields[RISK].kind == "text"
    assert value(desk.document.plan, "A", "risk") == "High"


def test_currency_and_decimals(qtbot: QtBot) -> None:
    desk = Desk(qtbot, own_plan(), BUDGET)
    rows = desk.dialog.editor.number
    desk.type_over(rows.currency, "sek")
    desk.qtbot.keyClick(rows.currency, Keys.Key_Return)
    desk.qtbot.keyClick(rows.decimals, Keys.Key_Down)
    field = desk.document.plan.fields[BUDGET]
    assert (field.currency, field.decimals) == ("SEK", 1)
    desk.dialog.close()


def test_a_formula_is_checked_as_it_is_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, own_plan(), PER_DAY)
    part = desk.dialog.editor.formula
    assert part.text.toPlainText() == "[Budget] / [Duration]"
    assert part.results[0].text() == "€\u00a03,000.00"
    desk.type_over(part.text, "[Budgt] / 2")
    assert part.verdict.text() == "unknown field [Budgt], did you mean Budget?"
    [mark] = part.text.extraSelections()
    assert mark.cursor.selectedText() == "[Budgt]"  # type: ignore[attr-defined]
    desk.type_over(part.text, "[Budget] / 2")
    assert part.verdict.text() == "Gives a number."
    qtbot.waitUntil(lambda: part.results[0].text() == "€\u00a06,000.00")
    desk.type_over(part.text, "[Cost per day] + 1")
    desk.keep()
    assert desk.dialog.isVisible()
    assert "Cost per day → Cost per day" in desk.dialog.status.text()
    desk.type_over(part.text, "[Budget] / 4")
    desk.keep()
    assert desk.document.kept.fields[PER_DAY].formula == "[x-budget] / 4"


def test_fields_and_functions_are_put_in_at_the_caret(qtbot: QtBot) -> None:
    desk = Desk(qtbot, own_plan(), PER_DAY)
    part = desk.dialog.editor.formula
    desk.type_over(part.text, "1 + ")
    functions, fields = part.function.menu(), part.field.menu()
    assert functions is not None
    assert fields is not None
    trigger(functions, "round(number, digits): half goes away from zero")
    trigger(fields, "Budget")
    assert part.text.toPlainText() == "1 + round([Budget])"
    desk.dialog.close()


def test_a_removed_field_comes_back_by_one_undo(desk: Desk) -> None:
    before = desk.document.kept
    desk.click(desk.dialog.editor.remove)
    assert "1 item" in desk.dialog.status.text()
    assert desk.dialog.editor.name.text() == "Budget"
    desk.keep()
    assert "Launch risk" not in desk.titles
    desk.document.undo()
    assert desk.document.kept == before


def test_a_dragged_row_goes_where_it_is_dropped(desk: Desk) -> None:
    rows = desk.dialog.list.list
    model = rows.model()
    rows.setCurrentRow(0)
    assert model.moveRow(rows.rootIndex(), 0, rows.rootIndex(), 3)  # as Qt does at the drop
    assert desk.titles[:3] == ["Budget", "Cost per day", "Launch risk"]
    assert rows.visualItemRect(rows.item(0)).contains(QPoint(5, 5))
