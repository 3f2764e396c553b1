"""A small plan of a believable company, for tests of table, inspector and backlog."""

from __future__ import annotations

from datetime import date

from roadwright.model.document import Document
from roadwright.model.edits.items import add_item, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId, LinkId, PersonId, StatusId, TeamId, ViewId
from roadwright.ui.drawing.palette import theme
from roadwright.ui.messages import Message, Messages
from roadwright.ui.session import Session
from roadwright.ui.signals import DocumentSignals

TEAMS = {"plat": "Platform", "web": "Customer Web", "mob": "Mobile", "data": "Data & AI"}
PEOPLE = {
    "ah": "Ada Holm",
    "dk": "Dmitri Kozlov",
    "ep": "Elena Petrova",
    "cr": "Carla Reyes",
    "gl": "Grace Liu",
}
ROWS: tuple[tuple[str, str, str, str, date, int, str, int], ...] = (
    ("sso", "Identity & single sign-on", "plat", "ah", date(2026, 7, 6), 55, "done", 100),
    ("bus", "Event bus (Kafka) roll-out", "plat", "dk", date(2026, 9, 7), 70, "in-progress", 70),
    ("region", "Multi-region failover", "plat", "dk", date(2026, 12, 7), 65, "planned", 0),
    ("lumen", "Design system “Lumen”", "web", "cr", date(2026, 7, 20), 40, "done", 100),
    ("billing", "Usage-based billing portal", "web", "ep", date(2026, 10, 12), 63, "in-progress", 20),
    ("checkout", "Web checkout 3.0", "web", "ep", date(2027, 1, 4), 45, "planned", 0),
    ("offline", "Offline mode", "mob", "gl", date(2026, 8, 31), 75, "in-progress", 80),
    ("scan", "Scan-to-pay", "mob", "ep", date(2026, 11, 2), 50, "planned", 10),
    ("lake", "Lakehouse migration", "data", "", date(2026, 8, 10), 90, "in-progress", 75),
)
BACKLOG = (
    ("voice", "Voice search", "now"),
    ("dark", "Dark theme for the portal", "next"),
    ("api", "Public API explorer with examples in six languages", "next"),
    ("wear", "Watch app", "later"),
    ("idea", "Partner marketplace", ""),
)


def company_plan() -> Plan:
    """Nine bars in four teams with links, a parent with two items, a milestone, five items in the backlog."""
    plan = new_plan("Customer platform roadmap")
    for id, title in TEAMS.items():
        plan = add_team(plan, TeamId(id), title)
    for id, name in PEOPLE.items():
        plan = add_person(plan, PersonId(id), name)
    for id, title, team, owner, start, duration, status, progress in ROWS:
        plan = add_item(
            plan,
            ItemId(id),
            title=title,
            team=TeamId(team),
            owner=PersonId(owner) if owner else None,
            start=start,
            duration=duration,
            status=StatusId(status),
            progress=progress,
            level="feature",
        )
    plan = add_item(plan, ItemId("live"), title="New portal live", kind="milestone", team=TeamId("web"))
    plan = add_item(plan, ItemId("mobile"), title="Mobile payments", level="initiative")
    plan = set_field(plan, ["offline", "scan"], "parent", ItemId("mobile"))
    plan = set_field(plan, ["billing"], "effort", 75.0)
    plan = set_field(plan, ["billing"], "notes", "Tax engine contract still unsigned.\nAsk legal on Monday.")
    plan = add_link(plan, LinkId("l1"), ItemId("bus"), ItemId("billing"), "SS", 15)
    plan = add_link(plan, LinkId("l2"), ItemId("billing"), ItemId("checkout"))
    plan = add_link(plan, LinkId("l3"), ItemId("billing"), ItemId("live"))
    plan = add_link(plan, LinkId("l4"), ItemId("bus"), ItemId("region"))
    for id, title, horizon in BACKLOG:
        plan = add_item(plan, ItemId(id), title=title, horizon=horizon, level="feature")
    return plan


class Company:
    """The plan with everything that a page is made of, and what was said."""

    def __init__(self, plan: Plan | None = None, view: str | None = None, dark: bool = False) -> None:
        self.document = Document(plan or company_plan())
        self.session = Session()
        self.session.looks.view = ViewId(view) if view else None
        self.signals = DocumentSignals(self.document)
        self.messages = Messages()
        self.theme = theme("dark" if dark else "light")
        self.said: list[Message] = []
        self.messages.said.connect(self.said.append)

    @property
    def parts(self) -> tuple[object, ...]:
        """The arguments of a page."""
        return self.document, self.signals, self.session, self.messages, self.theme
