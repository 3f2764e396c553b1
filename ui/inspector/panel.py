"""The inspector: the selected items, the selected link, or the plan, each edited where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.document import Document
from ...model.records import ItemId
from ..drawing.palette import Theme
from ..messages import Messages
from ..session import Session
from ..signals import DocumentSignals
from .card import Card
from .item_page import ItemPage
from .link_page import LinkPage
from .plan_page import PlanPage


class Inspector(QWidget):
    """Follows selection and document, previews too; what somebody is typing stays as it is."""

    fields_asked = Signal(str)
    """A field of the plan's own is to be changed, by its key; empty: one is to be added."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        session: Session,
        messages: Messages,
        theme: Theme,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(say("inspector.name"))
        self._document, self._session = document, session
        self.items = ItemPage(document, messages, today)
        self.link = LinkPage(document, messages)
        self.plan = PlanPage(document, messages, theme)
        self._pages = QStackedWidget(self)
        for page in (self.plan, self.items, self.link):
            area = QScrollArea(self)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            self._pages.addWidget(area)
        self.card = Card(document, messages, today, self)
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 12)
        below.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addLayout(below)
        self.items.chosen.connect(self._choose)
        self.items.fields_asked.connect(self.fields_asked)
        self.link.chosen.connect(self._choose)
        signals.changed.connect(self.refresh)
        session.selection_changed.connect(self.refresh)
        self.setMinimumWidth(220)
        self.set_theme(theme)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(296, 600)

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(style(theme))
        self.plan.set_theme(theme)
        self.items.set_theme(theme)
        self.card.set_theme(theme)

    def refresh(self) -> None:
        """Show what is selected as the document shows it now."""
        plan = self._document.plan
        ids = tuple(id for id in self._session.items if id in plan.items)
        if ids:
            self.items.show_items(ids)
            self.card.show_problems(self.items.problems())
            self._pages.setCurrentIndex(1)
        elif self._session.link in plan.links and self._session.link is not None:
            self.link.show_link(self._session.link)
            self.card.show_problems(self.link.problems())
            self._pages.setCurrentIndex(2)
        else:
            self.plan.show_plan()
            self.card.show_problems(())
            self._pages.setCurrentIndex(0)

    def edit_title(self) -> None:
        """Open the title of the selected item, or of the plan."""
        title = self.items.fields["title"] if self._pages.currentIndex() == 1 else self.plan.title
        title.begin()

    def _choose(self, item: str) -> None:
        self._session.select([ItemId(item)])


def style(theme: Theme) -> str:
    """The inspector in the theme's colours."""
    c = theme.colors
    return f"""
    #inspector, #inspector QStackedWidget, #inspector QScrollArea, #inspector QScrollArea > QWidget > QWidget
        {{ background: {c.background}; }}
    #inspector QLabel {{ color: {c.ink}; background: transparent; }}
    #inspector #section {{ color: {c.ink2}; font-size: 11px; font-weight: 600; letter-spacing: 1px; }}
    #inspector #section-line {{ background: {c.line}; border: none; margin-top: 4px; }}
    #inspector #caption {{ color: {c.ink2}; padding: 4px 0; }}
    #inspector #level, #inspector #hint {{ color: {c.ink2}; padding: 4px 0; }}
    #inspector #why {{ color: {c.ink}; padding: 1px 0 0 0; }}
    #inspector #value, #inspector #item-key, #inspector #item-title
        {{ border: 1px solid transparent; border-radius: 4px; }}
    #inspector #value {{ padding: 3px 5px; color: {c.ink}; }}
    #inspector #item-key {{ padding: 3px 0; color: {c.ink2}; }}
    #inspector #item-title {{ font-size: 18px; font-weight: 700; padding: 3px 5px 3px 0; color: {c.ink}; }}
    #inspector #value[tone="faint"] {{ color: {c.ink3}; }}
    #inspector #value[tone="computed"] {{ color: {c.ink2}; }}
    #inspector #value[tone="link"] {{ color: {c.accent}; }}
    #inspector #value[tone="danger"] {{ color: {c.danger}; font-weight: 600; }}
    #inspector #value[editable="true"]:hover, #inspector #item-title[editable="true"]:hover,
    #inspector #item-key[editable="true"]:hover
        {{ background: {c.hover}; }}
    #inspector #value:focus, #inspector #item-title:focus, #inspector #item-key:focus
        {{ border: 1px solid {c.accent}; }}
    #inspector #in-place {{ background: {c.background}; color: {c.ink}; border: 1px solid {c.accent};
        border-radius: 4px; padding: 2px 4px; selection-background-color: {c.accent};
        selection-color: {c.accent_ink}; }}
    #inspector #cross {{ color: {c.ink3}; border: none; background: transparent; border-radius: 4px;
        padding: 0; min-width: 20px; min-height: 20px; }}
    #inspector #cross:hover, #inspector #cross:focus {{ color: {c.danger}; background: {c.hover}; }}
    #inspector #card {{ background: {c.danger_soft}; border-radius: 6px; border: none; }}
    #inspector #card-title {{ color: {c.danger}; font-weight: 600; }}
    #inspector #card-text {{ color: {c.ink}; }}
    #inspector #quiet {{ background: {c.panel}; color: {c.ink}; padding: 6px 12px;
        border: 1px solid {c.line}; border-radius: 6px; }}
    #inspector #quiet:hover {{ background: {c.hover}; }}
    """
