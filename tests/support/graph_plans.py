"""Plans for tests of the dependency graph: a believable company's, and random ones of any size."""

from __future__ import annotations

import random
from datetime import date, timedelta

from roadwright.model.document import Document
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Item, ItemId, Link, LinkId, Person, PersonId, StatusId, Team, TeamId
from roadwright.ui.drawing.palette import theme
from roadwright.ui.messages import Message, Messages
from roadwright.ui.session import Looks, Session
from roadwright.ui.signals import DocumentSignals

TEAMS = {"p": "Platform", "w": "Customer Web", "m": "Mobile", "d": "Data & AI"}
PEOPLE = {
    "ah": "Ada Holm",
    "dk": "Dmitri Kozlov",
    "hs": "Hana Sato",
    "cr": "Carla Reyes",
    "ep": "Elena Petrova",
    "gl": "Grace Liu",
    "fn": "Farid Nasser",
    "ic": "Ines Costa",
}
ITEMS = """
sso | Identity & single sign-on | p ah 2026-07-06 45 done 100
bus | Event bus (Kafka) roll-out | p dk 2026-09-07 70 doing 70
region | Multi-region failover | p dk 2026-12-07 65 todo 0
zero | Zero-downtime database upgrades | p hs 2026-10-05 60 doing 45
observe | Observability 2.0 | p hs - 55 todo 0
cost | Cost guard-rails and FinOps dashboards for every team | p dk - 60 todo 0
ga | ♦ Platform GA | p ah - 0 todo 0
lumen | Design system “Lumen” | w cr 2026-07-20 40 done 100
onboard | Self-service onboarding | w cr 2026-09-21 60 doing 60
billing | Usage-based billing portal | w ep 2026-10-12 63 doing 20
roles | Role-based workspaces | w cr - 50 todo 0
explorer | Public API explorer | w ep 2027-02-01 40 todo 0
access | Accessibility AA certification | w cr 2027-02-15 45 todo 0
checkout | Web checkout 3.0 | w ep - 45 todo 0
portal | ♦ New portal live | w cr - 0 todo 0
offline | Offline mode | m gl 2026-08-31 75 doing 80
push | Push notification centre | m gl 2026-08-03 35 done 100
bio | Biometric sign-in | m gl - 40 doing 50
tablet | Tablet layout | m gl - 35 todo 0
scan | Scan-to-pay | m ep 2026-11-02 50 todo 10
app5 | ♦ App 5.0 in stores | m gl - 0 todo 0
lake | Lakehouse migration | d fn 2026-08-10 90 doing 75
metrics | Semantic metrics layer | d fn 2026-12-14 50 todo 0
churn | Churn prediction v2 | d ic - 45 todo 0
pilot | Support copilot (pilot) | d ic 2026-10-26 60 doing 5
copilot | Support copilot (general release) | d ic - 60 todo 0
nlr | Natural-language reporting | d fn - 50 todo 0
launch | ♦ Copilot launch | d ic - 0 todo 0
voice | Voice search | m - - 20 todo 0
dark | Dark theme for the portal | w - - 15 todo 0
wear | Watch app | m - - 40 todo 0
market | Partner marketplace | - - - 60 todo 0
residency | Data residency for the EU | p ah 2027-03-01 40 todo 0
audit | Audit log export | p hs 2027-01-11 20 todo 0
loyalty | Loyalty programme | w - - 30 todo 0
"""
LINKS = """
sso bus; sso zero; sso onboard; sso bio; bus region; bus billing SS 15; zero observe; region ga; observe ga;
observe cost; lumen onboard; lumen billing; onboard roles; billing checkout; billing portal; roles portal;
access portal; explorer portal; billing explorer; offline tablet; push bio; bio scan; scan app5; tablet
app5; offline app5; billing scan; lake metrics; metrics churn; metrics nlr; pilot copilot; copilot launch;
churn copilot; lake pilot; metrics cost; payments app5
"""
STATUSES = {"todo": "planned", "doing": "in-progress", "done": "done"}
HORIZONS = {"voice": "now", "dark": "next", "wear": "later", "loyalty": "next"}


def roadmap() -> Plan:
    """Four teams, a linked parent, milestones, a broken link, a missed deadline, items without links."""
    plan = new_plan("Customer platform roadmap").put(
        *(Team(id=TeamId(id), title=title, rank=float(at)) for at, (id, title) in enumerate(TEAMS.items())),
        *(Person(id=PersonId(id), name=name) for id, name in PEOPLE.items()),
    )
    items = [Item(id=ItemId("payments"), key="RW-100", title="Payments everywhere", rank=-1.0)]
    for at, line in enumerate(ITEMS.strip().splitlines()):
        id, title, rest = (part.strip() for part in line.split("|"))
        team, owner, start, days, category, progress = rest.split()
        items.append(
            Item(
                id=ItemId(id),
                key=f"RW-{at + 1}",
                title=title.removeprefix("♦ "),
                kind="milestone" if title.startswith("♦") else "bar",
                rank=float(at),
                parent=ItemId("payments") if id in {"residency", "audit"} else None,
                start=None if start == "-" else date.fromisoformat(start),
                duration=int(days),
                status=StatusId(STATUSES[category]),
                progress=int(progress),
                team=None if team == "-" else TeamId(team),
                owner=None if owner == "-" else PersonId(owner),
                horizon=HORIZONS.get(id, ""),  # type: ignore[arg-type]
                deadline=date(2026, 12, 18) if id == "metrics" else None,
            )
        )
    links = []
    for at, entry in enumerate(LINKS.replace("\n", " ").split(";")):
        source, target, *how = entry.split()
        kind, lag = (how[0], int(how[1])) if how else ("FS", 0)
        links.append(
            Link(id=LinkId(f"l{at}"), source=ItemId(source), target=ItemId(target), type=kind, lag=lag)  # type: ignore[arg-type]
        )
    return plan.put(*items, *links)


def random_links(count: int, seed: int = 1, per_team: int = 25) -> tuple[list[tuple[int, int]], list[int]]:
    """Links and team numbers of a roadmap-like graph: chains inside teams, one link in seven across."""
    dice = random.Random(seed)
    teams = max(1, count // per_team)
    team, when = [0] * count, [0.0] * count
    members: dict[int, list[int]] = {}
    links: set[tuple[int, int]] = set()
    at = 0
    while at < count:
        length, own, time = min(dice.randint(3, 15), count - at), dice.randrange(teams), dice.random() * 60
        for step in range(at, at + length):
            team[step], when[step] = own, time
            time += dice.randint(1, 10)
            members.setdefault(own, []).append(step)
            if step > at:
                links.add((step - 1, step))
        at += length
    for _ in range(20 * count):
        if len(links) >= 1.5 * count:
            break
        one = dice.randrange(count)
        other = dice.randrange(count) if dice.random() < 0.15 else dice.choice(members[team[one]])
        early, late = sorted((one, other), key=lambda card: (when[card], card))
        if early != late and when[late] - when[early] <= 45:
            links.add((early, late))
    return sorted(links), team


def random_plan(count: int, seed: int = 1) -> Plan:
    """A plan of `count` items with 1.5 links each."""
    links, team = random_links(count, seed)
    dice = random.Random(seed)
    targets = {target for _, target in links}
    names = [line.split("|")[1].strip().removeprefix("♦ ") for line in ITEMS.strip().splitlines()]
    return new_plan("Random").put(
        *(Team(id=TeamId(f"t{at}"), title=f"Team {at + 1}", rank=float(at)) for at in range(max(team) + 1)),
        *(
            Item(
                id=ItemId(f"i{at}"),
                key=f"RW-{at + 1}",
                title=names[at % len(names)],
                rank=float(at),
                team=TeamId(f"t{team[at]}"),
                start=None if at in targets else date(2026, 7, 6) + timedelta(days=dice.randrange(90)),
                duration=dice.randint(5, 40),
                progress=dice.choice((0, 0, 0, 30, 80)),
            )
            for at in range(count)
        ),
        *(
            Link(id=LinkId(f"l{at}"), source=ItemId(f"i{source}"), target=ItemId(f"i{target}"))
            for at, (source, target) in enumerate(links)
        ),
    )


class Desk:
    """A plan with everything that a page is made of, and what was said."""

    def __init__(self, plan: Plan, looks: Looks | None = None, dark: bool = False) -> None:
        self.document = Document(plan)
        self.session = Session(looks)
        self.signals = DocumentSignals(self.document)
        self.messages = Messages()
        self.theme = theme("dark" if dark else "light")
        self.said: list[Message] = []
        self.messages.said.connect(self.said.append)
