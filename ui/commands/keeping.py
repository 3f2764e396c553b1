"""What commands have in common: keep an edit, say so, bring an item into sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...model.change import Change
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.refused import Refused
from ..messages import Loudness
from ..refusals import with_titles

if TYPE_CHECKING:
    from ..app import App


def commit(app: App, edit: Callable[..., Plan], *args: Any, **kwargs: Any) -> Change | None:
    """Keep an edit; a refusal is said in the message bar, and nothing has changed then."""
    try:
        return app.document.commit(edit, *args, **kwargs)
    except Refused as refused:
        app.messages.refuse(with_titles(refused, app.document.kept))
        return None


def tell(app: App, text: str, level: Loudness = "info") -> None:
    app.messages.done(text, level)


def reveal(app: App, id: ItemId) -> None:
    """Scroll the item into sight, where the page knows how."""
    show = getattr(app.page, "reveal", None)
    if callable(show):
        show(id)


def page_does(method: str) -> Callable[[App], None]:
    """Let the page in sight do that."""
    return lambda app: getattr(app.page, method)()
