"""Why an item stands where it does: the chain of what fixes it, each item in it to click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ...io.strings import count, say
from ...model.explain import Step, explain
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.schedule import Schedule
from ..dates import in_words
from ..drawing.palette import Theme
from ..reasons import linked_reason

_MOST = 3
"""Steps of a chain that are shown before somebody asks for more."""
_MORE = "more"


class Why(QWidget):
    """A sentence for each step back from the item to where the chain begins."""

    chosen = Signal(str)
    """An item of the chain was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan()
        self._id: ItemId | None = None
        self._steps: list[Step] = []
        self._all = False
        self._ink = ""
        caption = QLabel(say("inspector.why"), self)
        caption.setObjectName("caption")
        caption.setIndent(0)
        self._text = QLabel(self)
        self._text.setObjectName("why")
        self._text.setWordWrap(True)
        self._text.setIndent(0)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._text.linkActivated.connect(self.follow)
        caption.setBuddy(self._text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(caption)
        layout.addWidget(self._text)

    def set_theme(self, theme: Theme) -> None:
        self._ink = theme.colors.accent
        self._show()

    def show_item(self, plan: Plan, schedule: Schedule, id: ItemId) -> None:
        """Show why the item stands where it does now."""
        if id != self._id:
            self._all = False
        self._plan, self._id = plan, id
        self._steps = explain(plan, schedule, id)
        self._show()

    def text(self) -> str:
        """The sentences that are shown, as plain text."""
        return "\n".join(in_words(step.code, step.values) for step in self._shown())

    def follow(self, target: str) -> None:
        """Go to an item of the chain, or show the whole of it."""
        if target == _MORE:
            self._all = True
            self._show()
        else:
            self.chosen.emit(target)

    def _shown(self) -> list[Step]:
        return self._steps if self._all or len(self._steps) <= _MOST + 1 else self._steps[:_MOST]

    def _show(self) -> None:
        if self._id is None or self._id not in self._plan.items:
            return
        shown = self._shown()
        lines = [linked_reason(self._plan, step, self._id) for step in shown]
        if more := len(self._steps) - len(shown):
            lines.append(f'<a href="{_MORE}">{count("inspector.why-more", more)}</a>')
        style = (
            f"<style>a {{ color: {self._ink}; text-decoration: none; }} p {{ margin: 0 0 5px 0; }}</style>"
        )
        self._text.setText(style + "".join(f"<p>{line}</p>" for line in lines))
