"""The plan's own fields where they are looked at and typed: table, inspector, links, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from own_fields import own_plan, texts, value, with_values
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import save_roadmap
from roadwright.model.document import Document
from roadwright.model.fields import fields_of
from roadwright.model.plan import Plan
from roadwright.model.records import Column, ItemId, View, ViewId
from roadwright.model.refused import Refused
from roadwright.ui.amounts import amount_text, number_text
from roadwright.ui.app import App
from roadwright.ui.drawing.palette import theme
from roadwright.ui.editors.choices import ChoicesEditor
from roadwright.ui.editors.of_fields import (
    NewName,
    fault_text,
    hint_of,
    keep_field,
    make_editor,
    set_value,
    shown_text,
    understand,
    value_of,
)
from roadwright.ui.inspector.panel import Inspector
from roadwright.ui.links_out import address, follow
from roadwright.ui.messages import Message, Messages
from roadwright.ui.session import Looks, Session
from roadwright.ui.signals import DocumentSignals
from roadwright.ui.table.grid import Grid
from roadwright.ui.table.page import TablePage

Keys = Qt.Key
A = ItemId("A")


# Words


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (1200.0, None, "1,200"),
        (0.5, None, "0.5"),
        (-2.0, 2, "-2.00"),
        (1e6, 0, "1,000,000"),
        (-1e-9, None, "0"),
    ],
)
def test_numbers_as_people_read_them(number: float, decimals: int | None, text: str) -> None:
    assert number_text(number, decimals) == text


@pytest.mark.parametrize(
    ("number", "currency", "decimals", "text"),
    [
        (1200.0, "EUR", None, "€ 1,200"),
        (1200.5, "EUR", None, "€ 1,200.50"),
        (1200.5, "CHF", 0, "CHF 1,200"),
        (-3.0, "USD", 2, "-$ 3.00"),
        (-0.001, "USD", 2, "$ 0.00"),
        (7.0, "", None, "7"),
    ],
)
def test_amounts_as_people_read_them(number: float, currency: str, decimals: int | None, text: str) -> None:
    assert amount_text(number, currency, decimals).replace("\u00a0", " ") == text


def test_every_kind_is_shown_in_words() -> None:
    plan = own_plan()
    shown = {
        field.title: shown_text(field, plan, value(plan, "A", field.own.id)).replace("\u00a0", " ")
        for field in fields_of(plan).values()
        if field.own is not None
    }
    assert shown == {
        "Launch risk": "High",
        "Budget": "€ 12,000",
        "Cost per day": "€ 3,000.00",
        "Markets": "Germany · UK, Ireland",
        "Approver": "Ann",
        "Brief": "https://example.com/brief",
        "Legal checked": "Yes",
        "Announced": "27 Feb 2026",
        "Score": "8.5",
        "Code name": "=Falcon",
        "Story": "one\ntwo",
    }


@pytest.mark.parametrize(
    ("id", "text", "expected"),
    [
        ("budget", "€ 1,200.50", 1200.5),
        ("budget", "1.200,50", 1200.5),
        ("score", "7,5", 7.5),
        ("risk", "HIGH", "high"),
        ("markets", 'france; "UK, Ireland"', ("fr", "uk")),
        ("approver", "ann", "ann"),
        ("legal", "x", True),
    ],
)
def test_what_is_typed_is_understood(id: str, text: str, expected: object) -> None:
    plan = own_plan()
    assert understand(fields_of(plan)[f"x-{id}"], plan, text) == expected


@pytest.mark.parametrize(("id", "text"), [("budget", "much"), ("risk", "Sky high"), ("markets", "Mars")])
def test_what_is_no_value_is_refused(id: str, text: str) -> None:
    plan = own_plan()
    with pytest.raises(Refused):
        understand(fields_of(plan)[f"x-{id}"], plan, text)


def test_a_formula_says_how_it_is_computed_and_why_it_has_no_value() -> None:
    plan = own_plan()
    field = fields_of(plan)["x-per-day"]
    assert "[Budget] / [Duration]" in hint_of(field, plan)
    plan = with_values(plan, "M", budget=5.0)
    document = Document(plan)
    assert fault_text(field, plan, document.schedule, ItemId("M")) == "#divide by zero"
    assert fault_text(field, plan, document.schedule, A) == ""


# Several choices


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[ChoicesEditor]:
    plan, window = own_plan(), QWidget()
    window.resize(500, 400)
    qtbot.addWidget(window)
    made = make_editor(fields_of(plan)["x-markets"], plan, window)
    assert isinstance(made, ChoicesEditor)
    made.setGeometry(20, 20, 300, 30)
    set_value(made, ("de",))
    with qtbot.waitExposed(window):
        window.show()
        window.activateWindow()
    made.setFocus()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(made.list_shown)
    yield made
    window.close()


def test_ticks_are_turned_by_keys_and_clicks(editor: ChoicesEditor, qtbot: QtBot) -> None:
    qtbot.keyClick(editor, Keys.Key_Down)
    qtbot.keyClick(editor, Keys.Key_Space)
    assert value_of(editor) == ("de", "fr")
    qtbot.keyClick(editor, Keys.Key_Up)
    qtbot.keyClick(editor, Keys.Key_Return)
    assert value_of(editor) == ("fr",)
    qtbot.keyClick(editor, Keys.Key_Backspace)
    assert value_of(editor) == ()
    assert not editor.takes_enter()
    qtbot.keyClicks(editor, "irel")
    assert editor.takes_enter()
    qtbot.keyClick(editor, Keys.Key_Return)
    assert value_of(editor) == ("uk",)
    assert editor.text() == ""


def test_an_unknown_choice_is_offered_to_be_added(editor: ChoicesEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "Spain")
    qtbot.keyClick(editor, Keys.Key_Return)
    chosen = value_of(editor)
    assert chosen == ("de", NewName("Spain"))
    document = Document(own_plan())
    field = fields_of(document.plan)["x-markets"]
    assert keep_field(document, Messages(), [A], field, chosen)
    assert texts(document.plan, "A")["Markets"] == "Germany, Spain"
    assert len(document.done) == 1


def test_new_names_become_people_and_options() -> None:
    document = Document(own_plan())
    for id, name, title in (("approver", "Bo", "Approver"), ("risk", "Sky-high", "Launch risk")):
        field = fields_of(document.plan)[f"x-{id}"]
        assert keep_field(document, Messages(), [A], field, NewName(name))
        assert texts(document.plan, "A")[title] == name


# Links


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("www.example.com", "https://www.example.com"),
        ("example.com/path", "https://example.com/path"),
        ("kim@example.com", "mailto:kim@example.com"),
        ("mailto:kim@example.com", "mailto:kim@example.com"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("/etc/passwd", None),
        ("see the wiki", None),
        ("", None),
    ],
)
def test_only_web_and_mail_addresses_are_opened(
    text: str, meant: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    assert address(text) == meant
    if meant is None:
        with pytest.raises(Refused):
            follow(text)
    else:
        follow(text)
    assert opened == ([meant] if meant else [])


# In the inspector


@pytest.fixture
def inspector(qtbot: QtBot) -> tuple[Inspector, Document, list[Message]]:
    document, messages, said = Document(own_plan()), Messages(), []
    messages.said.connect(said.append)
    signals = DocumentSignals(document)
    session = Session(Looks())
    panel = Inspector(document, signals, session, messages, theme("light"))
    panel.resize(320, 900)
    qtbot.addWidget(panel)
    panel.show()
    session.select([A])
    return panel, document, said


def shown(panel: Inspector, id: str) -> str:
    return panel.items.fields[f"x-{id}"].value.whole_text().replace("\u00a0", " ")


def test_own_fields_have_a_group_of_their_own(inspector: Any) -> None:
    panel, document, _ = inspector
    assert shown(panel, "budget") == "€ 12,000"
    assert shown(panel, "per-day") == "€ 3,000.00"
    assert not panel.items.fields["x-per-day"].value.property("editable")
    document.commit(lambda plan: with_values(plan, "A", budget=8000.0))
    assert shown(panel, "per-day") == "€ 2,000.00"


def test_a_value_is_typed_over(inspector: Any, qtbot: QtBot) -> None:
    panel, document, _ = inspector
    row = panel.items.fields["x-budget"]
    qtbot.mouseClick(row.value, Qt.MouseButton.LeftButton)
    assert isinstance(row.editor, QLineEdit)
    qtbot.keyClicks(row.editor, "$ 1,500")
    qtbot.keyClick(row.editor, Keys.Key_Return)
    assert value(document.plan, "A", "budget") == 1500.0


def test_a_check_is_turned_by_space(inspector: Any, qtbot: QtBot) -> None:
    panel, document, _ = inspector
    panel.items.fields["x-legal"].value.setFocus()
    qtbot.keyClick(panel.items.fields["x-legal"].value, Keys.Key_Space)
    assert value(document.plan, "A", "legal") is False


def test_ctrl_click_follows_a_link_and_a_click_edits_it(
    inspector: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    panel, _, _ = inspector
    row = panel.items.fields["x-brief"]
    qtbot.mouseClick(row.value, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert opened == ["https://example.com/brief"]
    assert row.editor is None
    qtbot.mouseClick(row.value, Qt.MouseButton.LeftButton)
    assert row.editor is not None
    qtbot.keyClick(row.editor, Keys.Key_Escape)


def test_a_field_can_be_asked_for(inspector: Any, qtbot: QtBot) -> None:
    panel, _, _ = inspector
    with qtbot.waitSignal(panel.fields_asked) as asked:
        qtbot.mouseClick(panel.items.add_field, Qt.MouseButton.LeftButton)
    assert asked.args == [""]


# In the table


@pytest.fixture
def app(make_app: Callable[..., App], tmp_path: Path) -> App:
    columns = tuple(map(Column, ("title", "x-legal", "x-per-day", "x-brief", "x-risk")))
    plan: Plan = own_plan().put(View(id=ViewId("own"), title="Own", columns=columns, rank=-1.0))
    save_roadmap(tmp_path / "own.roadmap", plan)
    app = make_app(tmp_path / "own.roadmap")
    app.session.show_view(ViewId("own"))
    app.session.show_page("table")
    return app


def cell(app: App, item: str, key: str) -> tuple[Grid, QPoint]:
    page = app.page
    assert isinstance(page, TablePage)
    model = page.grid.table
    index = model.index(model.place_of(item) or 0, model.place[key])
    return page.grid, page.grid.visualRect(index).center()


def click(app: App, qtbot: QtBot, item: str, key: str, held: Any = Qt.KeyboardModifier.NoModifier) -> Grid:
    grid, spot = cell(app, item, key)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, spot)
    return grid


def test_space_turns_a_check_in_the_table(app: App, qtbot: QtBot) -> None:
    grid = click(app, qtbot, "B", "x-legal")
    qtbot.keyClick(grid, Keys.Key_Space)
    assert value(app.document.plan, "B", "legal") is True


def test_a_formula_can_not_be_typed_over_and_says_why(app: App, qtbot: QtBot) -> None:
    said: list[Message] = []
    app.messages.said.connect(said.append)
    grid = click(app, qtbot, "A", "x-per-day")
    qtbot.keyClicks(grid, "5")
    assert "[Budget] / [Duration]" in said[-1].text


def test_ctrl_click_follows_a_link_in_the_table(
    app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    click(app, qtbot, "A", "x-brief", Qt.KeyboardModifier.ControlModifier)
    assert opened == ["https://example.com/brief"]


def test_the_plus_behind_the_headings_adds_a_column(app: App, qtbot: QtBot) -> None:
    from roadwright.ui.fields.dialog import FieldsDialog

    app.window.resize(1500, 800)
    page = app.page
    assert isinstance(page, TablePage)
    header = page.grid.header
    end = max(one.end for one in page.grid.placed())
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(end + 16, 16))
    dialog = app.window.findChild(FieldsDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.editor.name, "Sponsor")
    keep = dialog.findChild(QWidget, "keep")
    assert isinstance(keep, QWidget)
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    made = next(field for field in app.document.kept.fields.values() if field.title == "Sponsor")
    columns = app.session.view(app.document.kept).columns
    assert columns[-1].field == f"x-{made.id}"
