"""Working days against counting on one's fingers (`oracle`), and the cases a calendar is known for."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import oracle
import pytest
from roadwright.model.calendar import WorkingDays
from roadwright.model.records import Calendar, CalendarId, Days

MONDAY = date(2026, 1, 5).toordinal()
FRIDAY, SATURDAY = MONDAY + 4, MONDAY + 5
STANDARD = Calendar(id=CalendarId("standard"))


def off(first: date, last: date | None = None) -> Days:
    return Days(first, last or first)


def random_calendar(random: Random, around: date) -> Calendar:
    def runs() -> tuple[Days, ...]:
        firsts = [around + timedelta(days=random.randint(-40, 40)) for _ in range(random.randint(0, 4))]
        return tuple(Days(first, first + timedelta(days=random.choice([0, 0, 2, 9]))) for first in firsts)

    weekdays = tuple(random.sample(range(7), random.randint(1, 7)))
    return Calendar(id=CalendarId("c"), weekdays=weekdays, holidays=runs(), extra=runs())


@pytest.mark.parametrize(
    "around",
    [
        date(2026, 1, 5),
        date(2024, 2, 29),  # a leap day
        date(1900, 2, 28),  # not a leap year
        date(2100, 2, 28),
        date(2000, 1, 1),
        date(2060, 1, 1),
        date(1066, 10, 14),
        date(9000, 1, 1),
    ],
)
def test_every_question_is_answered_as_by_counting_days(around: date) -> None:
    random = Random(around.isoformat())
    for _ in range(60):
        record = random_calendar(random, around)
        calendar = WorkingDays(record)
        for _ in range(30):
            day = around.toordinal() + random.randint(-60, 60)
            count = random.randint(-30, 30)
            assert calendar.is_working(day) == oracle.works(record, day)
            assert calendar.next_working(day) == oracle.next_working(record, day)
            assert calendar.last_working(day) == oracle.last_working_before(record, day)
            assert calendar.add(day, count) == oracle.add(record, day, count)
            other = day + random.randint(0, 40)
            worked = sum(oracle.works(record, one) for one in range(day, other))
            assert calendar.between(day, other) == worked
            assert calendar.between(other, day) == -worked


def test_the_start_for_a_finish_is_the_earliest_that_ends_late_enough() -> None:
    random = Random(1)
    for _ in range(300):
        record = random_calendar(random, date(2026, 1, 20))
        calendar = WorkingDays(record)
        bound, duration = MONDAY + random.randint(0, 40), random.randint(1, 8)
        start = calendar.start_for_finish(bound, duration)
        assert oracle.works(record, start)
        assert oracle.add(record, start, duration) >= bound
        earlier = oracle.last_working_before(record, start)
        assert oracle.add(record, earlier, duration) < bound


def test_latest_is_add_the_other_way_round() -> None:
    random = Random(2)
    for _ in range(1000):
        calendar = WorkingDays(random_calendar(random, date(2026, 1, 20)))
        bound, count = MONDAY + random.randint(0, 40), random.randint(-8, 8)
        latest = calendar.latest(bound, count)
        assert calendar.add(latest, count) <= bound
        assert calendar.add(latest + 1, count) > bound


def test_boundaries_on_a_week() -> None:
    #   Mo Tu We Th Fr .. .. Mo
    calendar = WorkingDays(STANDARD)
    assert calendar.add(MONDAY, 5) == SATURDAY  # closes Friday
    assert calendar.add(SATURDAY, 1) == MONDAY + 8  # closes the next Monday
    assert calendar.add(SATURDAY, -1) == FRIDAY  # opens Friday
    assert calendar.add(MONDAY, -1) == MONDAY - 3  # opens the Friday before
    assert calendar.add(SATURDAY, 0) == SATURDAY  # stays, though it is a day off
    assert calendar.next_working(SATURDAY) == MONDAY + 7
    assert calendar.start_for_finish(SATURDAY, 2) == MONDAY + 3  # Thursday and Friday
    assert (
        calendar.start_for_finish(SATURDAY + 1, 2) == FRIDAY
    )  # Friday and Monday: Friday alone ends too early
    assert calendar.between(MONDAY, MONDAY + 14) == 10


def test_dates_are_asked_for_as_well_as_ordinals() -> None:
    calendar = WorkingDays(STANDARD)
    assert calendar.is_working(date(2026, 1, 9))
    assert not calendar.is_working(date(2026, 1, 10))


def test_extra_days_are_worked_even_in_holidays_and_at_weekends() -> None:
    calendar = WorkingDays(
        Calendar(
            id=CalendarId("c"),
            holidays=(off(date(2026, 1, 5), date(2026, 1, 11)), off(date(2026, 1, 8), date(2026, 1, 9))),
            extra=(off(date(2026, 1, 7)), off(date(2026, 1, 10))),
        )
    )
    worked = [day for day in range(MONDAY, MONDAY + 8) if calendar.is_working(day)]
    assert worked == [MONDAY + 2, SATURDAY, MONDAY + 7]


def test_a_run_that_ends_before_it_begins_is_none() -> None:
    backwards = Days(date(2026, 1, 9), date(2026, 1, 5))
    assert WorkingDays(Calendar(id=CalendarId("c"), holidays=(backwards,))).is_working(date(2026, 1, 7))


def test_a_calendar_without_a_weekday_is_worked_all_week_and_says_so() -> None:
    calendar = WorkingDays(Calendar(id=CalendarId("c"), weekdays=(), holidays=(off(date(2026, 1, 6)),)))
    assert calendar.empty
    assert calendar.add(MONDAY, 6) == MONDAY + 7  # all but the holiday
    assert not WorkingDays(STANDARD).empty


def test_a_holiday_for_all_time_ends_after_it() -> None:
    calendar = WorkingDays(Calendar(id=CalendarId("c"), holidays=(Days(date.min, date.max),)))
    assert calendar.next_working(MONDAY) > date.max.toordinal()


def test_four_hundred_years_have_their_leap_days() -> None:
    calendar = WorkingDays(Calendar(id=CalendarId("c"), weekdays=(0, 1, 2, 3, 4, 5, 6)))
    assert calendar.between(date(1900, 1, 1).toordinal(), date(2300, 1, 1).toordinal()) == 146_097
