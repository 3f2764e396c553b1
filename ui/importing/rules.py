"""The rules by which a table is read, each with a drop-down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from ...io.strings import say
from .drop_down import DropDown
from .plain import plain_tip
from .ruling import Question

_LABEL = 160
"""Pixels."""


class RulesForm(QScrollArea):
    """`answered` carries the id of a question and the answer that was chosen."""

    answered = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._questions: list[Question] = []
        self._boxes: list[QComboBox] = []
        self._labels: list[QLabel] = []

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show these; drop-downs that were there before stay, with the focus."""
        if _shape(questions) != _shape(self._questions) or not questions:
            self._build(questions)
        self._questions = list(questions)
        for question, label, box in zip(questions, self._labels, self._boxes, strict=True):
            label.setText(question.words)
            label.setProperty("tone", "group" if question.asks else "")
            label.style().unpolish(label)
            label.style().polish(label)
            with QSignalBlocker(box):
                for at, (_, words) in enumerate(question.answers):
                    box.setItemText(at, words)
                values = [value for value, _ in question.answers]
                box.setCurrentIndex(values.index(question.chosen) if question.chosen in values else 0)
            box.setToolTip(plain_tip(box.currentText()))

    def box(self, about: str, which: str = "") -> QComboBox:
        """The drop-down of a question."""
        at = next(n for n, question in enumerate(self._questions) if question.id == (about, which))
        return self._boxes[at]

    def _build(self, questions: Sequence[Question]) -> None:
        body = QWidget()
        body.setObjectName("importRules")
        form = QFormLayout(body)
        form.setContentsMargins(12, 12, 12, 12)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._boxes, self._labels = [], []
        if not questions:
            nothing = QLabel(say("importing.no_questions"))
            nothing.setWordWrap(True)
            nothing.setProperty("tone", "second")
            form.addRow(nothing)
        first_status = next((one for one in questions if one.id[0] == "status"), None)
        for question in questions:
            if question is first_status:
                heading = QLabel(say("importing.statuses"))
                heading.setProperty("tone", "group")
                form.addRow(heading)
            label = QLabel(question.words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFixedWidth(_LABEL)
            label.setWordWrap(True)
            self._labels.append(label)
            box = self._box(question)
            if len(question.answers) > 1:
                label.setBuddy(box)
                form.addRow(label, box)
            else:
                box.setParent(body)
                box.hide()
                only = QLabel(question.answers[0][1])
                only.setTextFormat(Qt.TextFormat.PlainText)
                form.addRow(label, only)
        self.setWidget(body)

    def _box(self, question: Question) -> QComboBox:
        box = DropDown(12)
        box.setAccessibleName(question.words)
        for _, words in question.answers:
            box.addItem(words)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.activated.connect(lambda at, id=question.id: self._answer(id, at))
        self._boxes.append(box)
        return box

    def _answer(self, id: tuple[str, str], at: int) -> None:
        question = next(one for one in self._questions if one.id == id)
        self.answered.emit(id, question.answers[at][0])


def _shape(questions: Sequence[Question]) -> list[object]:
    """What makes the widgets; all else of a question can change in them."""
    return [
        (one.id, len(one.answers), one.answers[0][1:] if len(one.answers) == 1 else ()) for one in questions
    ]
