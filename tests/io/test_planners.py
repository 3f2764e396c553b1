"""Files of other planners, feature by feature: what is in them, and on which days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from planner_files import WEEK, after, gan, ics, mspdi, read, task, trello
from roadwright.model.records import Days
from roadwright.model.refused import Refused
from tables import codes, item, links, owner, parent, said, spans, status, team


class TestGanttProject:
    def test_working_days_run_over_weekends_and_holidays(self, tmp_path: Path) -> None:
        # 2026-01-05 is a Monday
        tasks = """
        <task id="1" name="A" start="2026-01-08" duration="3"/>
        <task id="2" name="B" start="2026-12-31" duration="2"/>"""
        dates = """<date year="" month="1" date="1" type="HOLIDAY">New Year</date>
        <date year="2026" month="1" date="12"/>"""
        plan = read(gan(tmp_path, tasks, dates=dates)).plan
        assert spans(plan) == {"RW-1": "2026-01-08..2026-01-13", "RW-2": "2026-12-31..2027-01-04"}
        holidays = plan.calendars[plan.info.calendar].holidays
        assert Days(date(2027, 1, 1), date(2027, 1, 1), "New Year") in holidays

    def test_weekends_that_are_only_shown_are_worked(self, tmp_path: Path) -> None:
        week = f'{WEEK}<only-show-weekends value="true"/>'
        plan = read(gan(tmp_path, '<task id="0" name="A" start="2026-01-09" duration="3"/>', week=week)).plan
        assert spans(plan) == {"RW-0": "2026-01-09..2026-01-11"}

    def test_hierarchy_owners_and_what_is_done(self, tmp_path: Path) -> None:
        tasks = """
        <task id="1" name="Phase" start="2026-01-05" duration="5" complete="50">
          <task id="2" name="Done" start="2026-01-05" duration="2" complete="100"/>
          <task id="3" name="Going on" start="2026-01-07" duration="3" complete="40"/>
        </task>"""
        more = """<resources><resource id="7" name="Ann" contacts="ann@example.org"/>
        <resource id="8" name="Bob" contacts=""/></resources><allocations>
        <allocation task-id="2" resource-id="7" responsible="false"/>
        <allocation task-id="2" resource-id="8" responsible="true"/></allocations>"""
        plan = read(gan(tmp_path, tasks, more)).plan
        assert (parent(plan, "RW-2"), status(plan, "RW-2"), status(plan, "RW-3")) == (
            "RW-1",
            "Done",
            "In progress",
        )
        assert (owner(plan, "RW-2"), item(plan, "RW-2").notes) == ("Bob", "Resources: Bob, Ann")
        assert item(plan, "RW-1").start is None
        assert {person.email for person in plan.people.values()} == {"ann@example.org", ""}

    def test_what_waits_follows_and_what_waits_longer_keeps_its_day(self, tmp_path: Path) -> None:
        tasks = """
        <task id="1" name="A" start="2026-01-05" duration="3"><depend id="2" type="2" difference="0"/>
          <depend id="3" type="2" difference="2"/><depend id="4" type="2" difference="0"/></task>
        <task id="2" name="B" start="2026-01-08" duration="2"/>
        <task id="3" name="C" start="2026-01-12" duration="1"/>
        <task id="4" name="D" start="2026-01-20" duration="1" thirdDate="2026-01-20"
         thirdDate-constraint="1"/>"""
        plan = read(gan(tmp_path, tasks)).plan
        assert links(plan) == {"RW-1 FS RW-2", "RW-1 FS+2 RW-3", "RW-1 FS RW-4"}
        assert [item(plan, name).start for name in "BCD"] == [None, None, date(2026, 1, 20)]

    def test_what_its_own_links_forbid_is_pinned_and_told(self, tmp_path: Path) -> None:
        tasks = """
        <task id="1" name="A" start="2026-01-05" duration="5"><depend id="2" type="2" difference="0"/></task>
        <task id="2" name="B" start="2026-01-06" duration="2"/>"""
        imported = read(gan(tmp_path, tasks))
        assert spans(imported.plan)["RW-2"] == "2026-01-06..2026-01-07"
        assert item(imported.plan, "B").pinned
        (told,) = said(imported, "planner.link_broken")
        assert (told.line, "RW-2" in told.message(), "pinned" in told.remedy()) == (6, True, True)

    def test_fields_of_its_own(self, tmp_path: Path) -> None:
        tasks = """<taskproperties><taskproperty id="tpc0" name="Risk" type="custom" valuetype="text"/>
        <taskproperty id="tpc1" name="Size" type="custom" valuetype="int"/></taskproperties>
        <task id="1" name="A" start="2026-01-05" duration="1" priority="2"
         webLink="https%3A%2F%2Fexample.org"><customproperty taskproperty-id="tpc0" value="high"/>
        <customproperty taskproperty-id="tpc1" value="3"/>
        <notes>Mind the gap</notes></task>"""
        plan = read(gan(tmp_path, tasks)).plan
        one = item(plan, "A")
        values = {plan.fields[id].title: value for id, value in one.custom.items()}
        options = {option.id: option.title for field in plan.fields.values() for option in field.options}
        assert options[str(values.pop("Priority"))] == "High"
        assert values == {"Risk": "high", "Size": 3.0, "Link": "https://example.org"}
        assert one.notes == "Mind the gap"

    def test_a_link_to_nowhere_and_a_loop(self, tmp_path: Path) -> None:
        tasks = """
        <task id="1" name="A" start="2026-01-05" duration="1"><depend id="2" type="2"/>
          <depend id="9" type="2"/></task>
        <task id="2" name="B" start="2026-01-06" duration="1"><depend id="1" type="2"/></task>"""
        imported = read(gan(tmp_path, tasks))
        assert codes(imported) == ["planner.link_nowhere", "import.loop"]
        assert len(imported.plan.links) == 1


class TestMicrosoftProject:
    def test_summaries_milestones_and_lags(self, tmp_path: Path) -> None:
        tasks = (
            task(0, "House", "2026-01-05", "2026-01-16", 80, 0)
            + task(1, "Phase", "2026-01-05", "2026-01-15", 72, 1, "<Summary>1</Summary>")
            + task(2, "A", "2026-01-05", "2026-01-07", 24, 2)
            + task(3, "B", "2026-01-12", "2026-01-15", 32, 2, after(2, lag=9600))
            + task(
                4, "Ready", "2026-01-15T17:00:00", "2026-01-15", 0, 1, "<Milestone>1</Milestone>" + after(3)
            )
        )
        imported = read(mspdi(tmp_path, tasks))
        plan = imported.plan
        assert spans(plan) == {
            "RW-1": "2026-01-05..2026-01-15",
            "RW-2": "2026-01-05..2026-01-07",
            "RW-3": "2026-01-12..2026-01-15",
            "RW-4": "2026-01-15..2026-01-15",
        }
        assert links(plan) == {"RW-2 FS+2 RW-3", "RW-3 FS RW-4"}
        assert (parent(plan, "RW-3"), item(plan, "RW-4").kind) == ("RW-1", "milestone")
        assert (item(plan, "B").start, item(plan, "Ready").start) == (None, None)
        assert (plan.info.title, imported.complaints) == ("House", ())

    def test_hours_within_a_day_become_leads(self, tmp_path: Path) -> None:
        tasks = task(1, "A", "2026-01-05", "2026-01-05T12:00:00", 4) + task(
            2, "B", "2026-01-05T13:00:00", "2026-01-05", 4, 1, after(1)
        )
        imported = read(mspdi(tmp_path, tasks))
        assert spans(imported.plan) == {"RW-1": "2026-01-05..2026-01-05", "RW-2": "2026-01-05..2026-01-05"}
        assert links(imported.plan) == {"RW-1 FS-1 RW-2"}
        assert codes(imported) == []
        assert codes(imported, "note") == ["planner.links_fitted"]

    def test_midnight_ends_the_day_before(self, tmp_path: Path) -> None:
        tasks = task(1, "A", "2026-01-05T00:00:00", "2026-01-07T00:00:00", 48)
        head = "<MinutesPerDay>1440</MinutesPerDay>"
        assert spans(read(mspdi(tmp_path, tasks, head=head)).plan) == {"RW-1": "2026-01-05..2026-01-06"}

    def test_constraints(self, tmp_path: Path) -> None:
        def bound(kind: int, when: str) -> str:
            return f"<ConstraintType>{kind}</ConstraintType><ConstraintDate>{when}T08:00:00</ConstraintDate>"

        tasks = (
            task(1, "Not before", "2026-01-05", "2026-01-06", 16, 1, bound(4, "2026-01-05"))
            + task(2, "On", "2026-01-08", "2026-01-09", 16, 1, bound(2, "2026-01-08"))
            + task(3, "Until", "2026-01-08", "2026-01-09", 16, 1, bound(7, "2026-01-16"))
            + task(4, "By hand", "2026-01-08", "2026-01-09", 16, 1, "<Manual>1</Manual>")
            + task(5, "Due", "2026-01-08", "2026-01-09", 16, 1, "<Deadline>2026-02-02T17:00:00</Deadline>")
        )
        plan = read(mspdi(tmp_path, tasks)).plan
        assert [item(plan, name).pinned for name in ("Not before", "On", "By hand")] == [False, True, True]
        assert item(plan, "Not before").start == date(2026, 1, 5)
        assert (item(plan, "Until").deadline, item(plan, "Due").deadline) == (
            date(2026, 1, 16),
            date(2026, 2, 2),
        )

    def test_empty_rows_inactive_tasks_and_other_projects(self, tmp_path: Path) -> None:
        tasks = (
            task(1, "A", "2026-01-05", "2026-01-06", 16)
            + "<Task><UID>2</UID><IsNull>1</IsNull></Task>"
            + task(3, "Off", "2026-01-08", "2026-01-09", 16, 1, "<Active>0</Active>" + after(1))
            + task(4, "B", "2026-01-12", "2026-01-12", 8, 1, after(77) + after(3))
        )
        imported = read(mspdi(tmp_path, tasks))
        assert not imported.plan.links
        assert item(imported.plan, "Off").tags == ("inactive",)
        assert codes(imported) == ["planner.other_project"]
        assert {"planner.empty_rows", "planner.inactive_tasks", "planner.link_left"} <= set(
            codes(imported, "note")
        )

    def test_people_teams_and_fields(self, tmp_path: Path) -> None:
        head = """<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID>
        <FieldName>Text1</FieldName><Alias>Risk</Alias></ExtendedAttribute><ExtendedAttribute><FieldID>188743734</FieldID>
        <FieldName>Text2</FieldName><Alias>Status</Alias></ExtendedAttribute></ExtendedAttributes>"""
        own = """<PercentComplete>30</PercentComplete><ExtendedAttribute><FieldID>188743731</FieldID>
        <Value>high</Value></ExtendedAttribute><ExtendedAttribute><FieldID>188743734</FieldID>
        <Value>At risk</Value></ExtendedAttribute>"""
        more = """<Resources><Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><Group>Web</Group>
        <EmailAddress>ann@example.org</EmailAddress></Resource><Resource><UID>2</UID><Name>Nails</Name>
        <Type>0</Type></Resource></Resources><Assignments><Assignment><TaskUID>1</TaskUID>
        <ResourceUID>1</ResourceUID></Assignment></Assignments>"""
        imported = read(mspdi(tmp_path, task(1, "A", "2026-01-05", "2026-01-06", 16, 1, own), more, head))
        plan = imported.plan
        assert (owner(plan, "A"), team(plan, "A"), status(plan, "A")) == ("Ann", "Web", "At risk")
        assert plan.category_of(item(plan, "A")) == "doing"
        assert [field.title for field in plan.fields.values()] == ["Risk"]
        assert sorted(codes(imported, "note")) == ["planner.materials", "planner.own_fields"]

    def test_calendars_with_exceptions_that_come_again(self, tmp_path: Path) -> None:
        # the fourth Thursday of November, and a working Saturday
        head = """<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>Own</Name><WeekDays>
        <WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>
        <WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays><Exceptions>
        <Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod><FromDate>2026-01-01T00:00:00</FromDate>
        <ToDate>2030-12-31T23:59:00</ToDate></TimePeriod><Name>Thanks</Name><Type>3</Type><Month>10</Month>
        <MonthItem>7</MonthItem><MonthPosition>3</MonthPosition><DayWorking>0</DayWorking></Exception>
        <Exception><TimePeriod><FromDate>2026-11-28T00:00:00</FromDate><ToDate>2026-11-28T23:59:00</ToDate>
        </TimePeriod><Type>1</Type><DayWorking>1</DayWorking></Exception></Exceptions></Calendar></Calendars>"""
        plan = read(mspdi(tmp_path, task(1, "A", "2026-11-25", "2026-11-30", 24), head=head)).plan
        calendar = plan.calendars[plan.info.calendar]
        assert calendar.weekdays == (0, 1, 2, 3)
        assert Days(date(2026, 11, 26), date(2026, 11, 26), "Thanks") in calendar.holidays
        assert (calendar.extra[0].first, item(plan, "A").duration) == (date(2026, 11, 28), 3)

    def test_a_task_on_days_off_keeps_them_and_they_are_worked(self, tmp_path: Path) -> None:
        tasks = task(1, "Move", "2026-01-10", "2026-01-11", 16) + "".join(
            task(n, f"T{n}", "2026-01-05", "2026-01-09", 40) for n in range(2, 12)
        )
        imported = read(mspdi(tmp_path, tasks))
        assert spans(imported.plan)["RW-1"] == "2026-01-10..2026-01-11"
        assert codes(imported, "note") == ["planner.days_worked"]


class TestCalendarFiles:
    def test_ends_are_exclusive_lines_folded_and_signs_escaped(self, tmp_path: Path) -> None:
        path = ics(
            tmp_path,
            "X-WR-CALNAME:Launches",
            "BEGIN:VEVENT",
            "UID:1@example.org",
            "DTSTART;VALUE=DATE:20260105",
            "DTEND;VALUE=DATE:20260108",
            "SUMMARY:Fair\\, hall 3 and",
            "  more",
            "CATEGORIES:Sales,Trade\\, fairs",
            "BEGIN:VALARM",
            "DESCRIPTION:wake up",
            "END:VALARM",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:2",
            'DTSTART;TZID="America/New_York":20260106T090000',
            "DTEND:20260106T100000",
            "SUMMARY:Call",
            "ORGANIZER;CN=Ann:mailto:ann@example.org",
            "END:VEVENT",
        )
        plan = read(path).plan
        assert plan.info.title == "Launches"
        assert spans(plan) == {"RW-1": "2026-01-05..2026-01-07", "RW-2": "2026-01-06..2026-01-06"}
        assert (item(plan, "RW-1").title, item(plan, "RW-1").tags) == (
            "Fair, hall 3 and more",
            ("Sales", "Trade, fairs"),
        )
        assert (owner(plan, "RW-2"), item(plan, "RW-1").notes) == ("Ann", "")

    def test_moments_durations_todos_and_what_is_left_out(self, tmp_path: Path) -> None:
        path = ics(
            tmp_path,
            *("BEGIN:VEVENT", "SUMMARY:Launch", "DTSTART:20260110T120000Z", "END:VEVENT"),
            *("BEGIN:VEVENT", "SUMMARY:Trip", "DTSTART:20260105T200000", "DURATION:PT8H", "END:VEVENT"),
            *("BEGIN:VEVENT", "SUMMARY:Off", "DTSTART:20260105", "STATUS:CANCELLED", "END:VEVENT"),
            *("BEGIN:VEVENT", "SUMMARY:Weekly", "DTSTART:20260105T100000", "RRULE:FREQ=WEEKLY", "END:VEVENT"),
            *("BEGIN:VTODO", "SUMMARY:Write", "DUE;VALUE=DATE:20260109", "STATUS:IN-PROCESS", "END:VTODO"),
        )
        imported = read(path)
        plan = imported.plan
        assert item(plan, "Launch").kind == "milestone"
        assert spans(plan)[item(plan, "Launch").key] == "2026-01-10..2026-01-10"  # a Saturday
        assert spans(plan)[item(plan, "Trip").key] == "2026-01-05..2026-01-06"
        assert (status(plan, "Write"), item(plan, "Write").deadline) == ("In progress", date(2026, 1, 9))
        assert (codes(imported), codes(imported, "note")) == (["planner.recurring"], ["planner.cancelled"])


class TestTrello:
    CARDS = (
        {"name": "Later", "pos": 2, "due": "2026-02-06T17:00:00.000Z", "dueComplete": True},
        {"name": "First", "pos": 1, "start": "2026-01-05T08:00:00.000Z", "due": "2026-01-09T17:00:00.000Z"},
        {"name": "Gone", "closed": True},
    )

    def test_lists_that_are_statuses(self, tmp_path: Path) -> None:
        imported = read(
            trello(tmp_path, ["Ideas", "Doing", "Done"], [{**card, "idList": "l1"} for card in self.CARDS])
        )
        plan = imported.plan
        assert [plan.items[id].title for id in plan.outline.order] == ["First", "Later"]
        assert (status(plan, "First"), status(plan, "Later")) == ("Doing", "Done")
        assert spans(plan)[item(plan, "First").key] == "2026-01-05..2026-01-09"
        assert item(plan, "Later").kind == "milestone"
        assert sorted(codes(imported, "note")) == ["planner.archived", "planner.lists_as_statuses"]

    def test_lists_that_are_horizons_or_groups(self, tmp_path: Path) -> None:
        cards = [{"name": "A"}, {"name": "B", "idList": "l1"}]
        plan = read(trello(tmp_path, ["Now", "Next"], cards)).plan
        assert [item(plan, name).horizon for name in "AB"] == ["now", "next"]
        plan = read(trello(tmp_path, ["Checkout", "Search"], cards)).plan
        assert item(plan, parent(plan, "B")).title == "Search"

    def test_labels_members_checklists_and_own_fields(self, tmp_path: Path) -> None:
        card = {
            "name": "A",
            "desc": "About",
            "labels": [{"name": "web", "color": "red"}, {"name": "", "color": "blue"}],
            "idMembers": ["m"],
            "customFieldItems": [
                {"idCustomField": "f", "value": {"number": "3.5"}, "idValue": None},
                {"idCustomField": "g", "value": None, "idValue": "o"},
            ],
        }
        path = trello(
            tmp_path,
            ["Doing"],
            [card],
            members=[{"id": "m", "fullName": "Ann", "username": "ann"}],
            checklists=[
                {"idCard": "c1", "name": "To do", "checkItems": [{"name": "x", "state": "complete"}]}
            ],
            customFields=[
                {"id": "f", "name": "Size", "type": "number"},
                {
                    "id": "g",
                    "name": "Risk",
                    "type": "list",
                    "options": [{"id": "o", "value": {"text": "high"}}],
                },
            ],
        )
        plan = read(path).plan
        one = item(plan, "A")
        assert (one.tags, owner(plan, "A")) == (("web", "blue"), "Ann")
        assert one.notes == "About\n\nTo do:\n[x] x"
        assert [field.title for field in plan.fields.values()] == ["Size", "Risk"]
        assert 3.5 in one.custom.values()


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            f'<?xml version="1.0"?>{BOMB}<project view-date="1"><tasks>&c;</tasks></project>',
            "planner.entities",
        ),
        ('<!DOCTYPE project SYSTEM "http://example.org/a"><project view-date="1"/>', "planner.entities"),
        ('<project view-date="1"><tasks>' + "<task>" * 5_000, "planner.too_deep"),
        ('<project view-date="1"><tasks><task id="1"', "planner.damaged"),
        ('<project view-date="1"><tasks></tasks></project>', "planner.nothing"),
        ("\xac\xed\x00\x05sr\x00", "planner.serialized"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT", "planner.nothing"),
        ('{"lists": [], "cards": []}', "planner.nothing"),
        ('{"lists": [{}], "cards": []}', "planner.other_json"),
        ("{" + '"a":{' * 100_000, "planner.damaged"),
        ('{"a": 1', "planner.damaged"),
        ('{"format":"roadmap-json","version":99,"tables":{}}', "file.newer"),
    ],
)
def test_what_must_not_be_read_is_refused_in_words(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "plan.xml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "attributes",
    [
        'start="9999-12-31" duration="99999999999999"',
        'start="0001-01-01" duration="3"',
        'start="2026-13-45" duration="-7"',
        'start="" duration="x" complete="1e9" priority="99"',
    ],
)
def test_numbers_that_nobody_means(tmp_path: Path, attributes: str) -> None:
    plan = read(gan(tmp_path, f'<task id="1" name="A" {attributes}/><task id="1" name="B"/>')).plan
    assert sorted(one.title for one in plan.items.values()) == ["A", "B"]
