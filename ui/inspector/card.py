"""The card at the foot of the inspector: what is wrong with the selected item or link, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ...io.strings import count, say
from ...model.document import Document
from ...model.fixes import Fix, fixes
from ...model.problems import Problem
from ..drawing.palette import Theme
from ..messages import Messages
from ..reasons import fix_text, problem_text, take_fix

_MOST = 3
"""Problems that are told here; the panel of problems has them all."""


class Card(QFrame):
    """A sentence for each problem, and below it what can be done about it, to click."""

    def __init__(
        self, document: Document, messages: Messages, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._document, self._messages, self._today = document, messages, today
        self._problems: Sequence[Problem] = ()
        self._fixes: list[Fix] = []
        self._ink = ""
        self._title = QLabel(say("inspector.trouble"), self)
        self._title.setObjectName("card-title")
        self._text = QLabel(self)
        self._text.setObjectName("card-text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._text.linkActivated.connect(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._text)

    def set_theme(self, theme: Theme) -> None:
        self._ink = theme.colors.accent
        self.show_problems(self._problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these, or nothing where there are none; nothing can be done while a preview is shown."""
        self._problems, self._fixes = problems, []
        self.setVisible(bool(problems))
        lines = [self._paragraph(problem) for problem in problems[:_MOST]]
        if len(problems) > _MOST:
            lines.append(escape(count("inspector.trouble-more", len(problems) - _MOST)))
        self._text.setText("".join(f'<p style="margin: 0 0 4px 0">{line}</p>' for line in lines))

    def text(self) -> str:
        """The sentences."""
        return "\n".join(problem_text(self._document.plan, problem) for problem in self._problems)

    def ways_out(self) -> list[str]:
        """What can be done, as it is written."""
        return [fix_text(self._document.plan, fix) for fix in self._fixes]

    def take(self, place: str) -> None:
        """Take the way out with that number."""
        take_fix(self._document, self._messages, self._fixes[int(place)])

    def _paragraph(self, problem: Problem) -> str:
        document = self._document
        sentence = escape(problem_text(document.plan, problem))
        if document.previewing:
            return sentence
        links = []
        for fix in fixes(document.plan, document.schedule, problem, self._today()):
            if fix in self._fixes:
                continue  # it is offered above, and would settle this too
            links.append(
                f'<a href="{len(self._fixes)}" style="color: {self._ink}; text-decoration: none">'
                f"{escape(fix_text(document.plan, fix)).replace(' ', '&nbsp;')}</a>"
            )
            self._fixes.append(fix)
        return f"{sentence}<br>{' &nbsp;·&nbsp; '.join(links)}" if links else sentence
