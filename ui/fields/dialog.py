"""The dialog for the plan's own fields. It edits a draft of the plan, and what comes of it is shown at once.

OK keeps the draft as one step to undo, Cancel takes the preview back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.fields import (
    add_field,
    change_fields,
    conversion,
    move_field,
    remove_field,
    rename_field,
    set_field_group,
    set_field_kind,
    set_formula,
    set_number_format,
    set_options,
)
from ...model.fields import FIELDS
from ...model.plan import Plan
from ...model.records import Choice, CustomField, CustomKind, FieldId, ItemId, new_id
from ...model.refused import Refused
from ..drawing.palette import Theme
from ..editors.of_fields import title_of, understand
from ..icons import Icons
from ..messages import Messages
from .editor import FieldEditor
from .list import FieldList

_SHOWN = 3
"""Lost values that are quoted."""


class FieldsDialog(QDialog):
    """Which fields there are, and what the chosen one is."""

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        messages: Messages,
        icons: Icons,
        theme: Theme,
        chosen: FieldId | None = None,
        items: Sequence[ItemId] = (),
    ) -> None:
        """`items` are those for which a formula's result is shown first."""
        super().__init__(parent)
        self.setWindowTitle(say("fields.window"))
        self._document, self._messages, self._items = document, messages, tuple(items)
        self._draft = document.kept
        self._chosen = chosen if chosen in self._draft.fields else self._first()
        self._unturned: Plan | None = None  # the draft before the chosen one was turned into another kind
        self._refused = False  # whether the formula that stands there could not be taken
        self.list = FieldList(icons, self)
        self.editor = FieldEditor(icons, theme, self)
        self.status = QLabel(self)
        self.status.setWordWrap(True)
        self.anyway = QPushButton(say("fields.anyway"), self)
        self.anyway.setAutoDefault(False)
        self.anyway.clicked.connect(self._do_anyway)
        self.anyway.hide()
        self._waiting: tuple[Callable[..., Plan], tuple[Any, ...]] | None = None
        self._arrange(parent.size())
        self._connect()
        self.finished.connect(self._finish)
        self._show()

    # Building

    def _arrange(self, room: QSize) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.list)
        columns.addWidget(self.editor, 1)
        buttons = QDialogButtonBox(parent=self)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        keep = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        keep.setObjectName("keep")
        for button in (cancel, keep):
            button.setAutoDefault(False)  # Enter belongs to the field one is in
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(self.anyway)
        foot.addSpacing(12)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)
        self.resize(min(860, room.width() - 40), min(620, max(room.height() - 40, 520)))

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.add_asked.connect(self.add)
        self.list.moved.connect(self._move)
        self.list.removal_asked.connect(self._remove)
        editor = self.editor
        editor.renamed.connect(self._rename)
        editor.kind_chosen.connect(self._turn)
        editor.group_chosen.connect(lambda group: self._edit(set_field_group, self._chosen, group))
        editor.options_changed.connect(self._set_options)
        editor.format_changed.connect(self._set_format)
        editor.formula_changed.connect(self._set_formula)
        editor.removal_asked.connect(self._remove)

    # The draft

    def _edit(self, edit: Callable[..., Plan], *arguments: Any, **named: Any) -> bool:
        """Change the draft and show what comes of it; what can't be is said, and nothing has changed then."""
        self._say("")
        self._unturned = None
        try:
            self._draft = edit(self._draft, *arguments, **named)
        except Refused as refused:
            self._show()
            self._say(say(refused.code, **refused.values), wrong=True)
            return False
        self._preview()
        self._show()
        return True

    def _preview(self) -> None:
        if self._draft.since(self._document.kept):
            self._document.preview(change_fields, self._draft)
        else:
            self._document.cancel()

    def _show(self) -> None:
        """Show the draft as it is now."""
        shown, times = self._document.plan, self._document.schedule  # the draft, while it is previewed
        self.list.show_plan(shown, self._chosen)
        self.editor.show_field(shown, times, self._chosen, self._items)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.status.setText(text)
        self.status.setProperty("tone", "danger" if wrong else "second")
        self.status.style().unpolish(self.status)
        self.status.style().polish(self.status)
        self.anyway.hide()
        self._waiting = None

    def _ask(self, words: str, edit: Callable[..., Plan], *arguments: Any) -> None:
        """Say what would be lost, and let it be done anyway."""
        self._say(words, wrong=True)
        self._waiting = (edit, arguments)
        self.anyway.show()

    def _do_anyway(self) -> None:
        if self._waiting is not None:
            edit, arguments = self._waiting
            self._edit(edit, *arguments, clear=True)

    def _finish(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            if self._document.commit(change_fields, self._draft):
                self._messages.done(say("fields.changed"))
        else:
            self._document.cancel()
        self.deleteLater()

    def accept(self) -> None:
        """Take a name that is still being typed first; a formula that can't be taken is not dropped."""
        if self.editor.finish_typing() and not self._refused:
            super().accept()

    # Fields

    def _first(self) -> FieldId | None:
        ordered = sorted(self._draft.fields.values(), key=lambda field: (field.rank, field.id))
        return ordered[0].id if ordered else None

    @property
    def field(self) -> CustomField | None:
        """The chosen one, as the draft has it."""
        return self._draft.fields.get(self._chosen) if self._chosen is not None else None

    def _choose(self, id: str) -> None:
        self.editor.formula.finish_typing()
        if not self._refused:
            self._chosen, self._unturned = FieldId(id), None
            self._say("")
        self._show()

    def add(self, kind: CustomKind) -> None:
        """Add a field of a kind, its name ready to be typed over."""
        before, self._chosen = self._chosen, FieldId(new_id())
        more = {"currency": "EUR"} if kind == "currency" else {}
        if self._edit(add_field, self._chosen, self._free_title(say(f"own-kind.{kind}")), kind, **more):
            self.editor.edit_name()
        else:
            self._chosen = before

    def _free_title(self, wanted: str) -> str:
        known = {field.title.casefold() for field in self._draft.fields.values()}
        title, number = wanted, 1
        while title.casefold() in known:
            number += 1
            title = f"{wanted} {number}"
        return title

    def _rename(self, title: str) -> None:
        field = self.field
        if field is None or title.strip() == field.title:
            return
        if title.strip().casefold() in {title_of(one).casefold() for one in FIELDS.values()}:
            self._show()
            self._say(say("field.title_taken", title=title.strip()), wrong=True)
            return
        self._edit(rename_field, field.id, title)

    def _move(self, id: str, before: str) -> None:
        self._edit(move_field, FieldId(id), FieldId(before) if before else None)

    def _remove(self) -> None:
        field = self.field
        if field is None:
            return
        filled = sum(field.id in item.custom for item in self._draft.items.values())
        self._refused = False
        rest = [one for one in self._draft.fields if one != field.id]
        order = sorted(rest, key=lambda id: (self._draft.fields[id].rank, id))
        below = [id for id in order if self._draft.fields[id].rank > field.rank]
        self._chosen = next(iter(below or order[::-1]), None)
        if self._edit(remove_field, field.id) and filled:
            self._say(count("fields.removed", filled, title=field.title))

    # What the chosen one is

    def _turn(self, kind: CustomKind) -> None:
        """Turn it into another kind; what would be lost is said first.

        Whoever goes through the kinds one by one turns the field that it was, not what came of it.
        """
        field = self.field
        if field is None:
            return
        self._refused = False
        before = self._draft = self._unturned or self._draft
        lost = conversion(before, field.id, kind, understand).lost
        if kind == before.fields[field.id].kind:
            self._edit(lambda plan: plan)
        elif not lost:
            self._edit(set_field_kind, field.id, kind, read=understand)
        self._unturned = before
        if not lost:
            return
        self._preview()
        some = ", ".join(f"“{' '.join(text.split())[:40]}”" for text in list(lost.values())[:_SHOWN])
        kind_words = say(f"own-kind.{kind}").casefold()
        words = count("fields.loses", len(lost), kind=kind_words, some=some)
        self._ask(words, _turned, field.id, kind)

    def _set_options(self, options: tuple[Choice, ...]) -> None:
        field = self.field
        if field is None:
            return
        try:
            set_options(self._draft, field.id, options)
        except Refused as refused:
            if refused.code == "field.option_used":
                used = int(str(refused.values["count"]))
                words = count("fields.option-used", used, option=refused.values["option"])
                self._show()
                self._ask(words, set_options, field.id, options)
                return
        self._edit(set_options, field.id, options)

    def _set_format(self, currency: str, decimals: int | None) -> None:
        if self._chosen is not None:
            self._edit(set_number_format, self._chosen, currency, decimals)

    def _set_formula(self, text: str) -> None:
        if self._chosen is None:
            return
        formula = self.editor.formula.kept(text)
        self._refused = not self._edit(set_formula, self._chosen, formula)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends an entry here, or presses the button one is on; it is never OK from elsewhere."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()


def _turned(plan: Plan, id: FieldId, kind: CustomKind, *, clear: bool) -> Plan:
    return set_field_kind(plan, id, kind, clear=clear, read=understand)
