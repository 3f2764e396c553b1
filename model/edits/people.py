"""What can be done to the plan's frame: its title, its fiscal year, teams and people."""

from __future__ import annotations

from msgspec.structs import replace

from ..plan import Plan
from ..records import Person, PersonId, Team, TeamId
from ..refused import Refused


def set_title(plan: Plan, title: str) -> Plan:
    return plan.put(replace(plan.info, title=title.strip()))


def set_fiscal_start(plan: Plan, month: int) -> Plan:
    """Let the fiscal year begin with a month, 1 to 12; 1 makes it the calendar year."""
    return plan.put(replace(plan.info, fiscal_start=month))


def add_team(plan: Plan, id: TeamId, title: str, color: str = "") -> Plan:
    """Add a team at the end of the list.

    Raises:
        Refused("team.title_taken", title): there is one of that name.
    """
    _check_title(plan, title)
    rank = max((team.rank for team in plan.teams.values()), default=-1.0) + 1
    return plan.put(Team(id=id, title=title.strip(), color=color, rank=rank))


def rename_team(plan: Plan, id: TeamId, title: str) -> Plan:
    """Raises as `add_team`."""
    _check_title(plan, title, besides=id)
    return plan.put(replace(plan.teams[id], title=title.strip()))


def remove_team(plan: Plan, id: TeamId) -> Plan:
    """Remove a team; its items and people belong to none then."""
    items = [replace(item, team=None) for item in plan.items.values() if item.team == id]
    people = [replace(person, team=None) for person in plan.people.values() if person.team == id]
    return plan.drop(plan.teams[id]).put(*items, *people)


def add_person(plan: Plan, id: PersonId, name: str, email: str = "", team: TeamId | None = None) -> Plan:
    return plan.put(Person(id=id, name=name.strip(), email=email.strip(), team=team))


def _check_title(plan: Plan, title: str, besides: TeamId | None = None) -> None:
    folded = title.strip().casefold()
    if any(team.title.casefold() == folded for team in plan.teams.values() if team.id != besides):
        raise Refused("team.title_taken", title=title.strip())
