"""Dates, durations, numbers and dependencies, one cell at a time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roadwright.io.tables.cleaning import split_tags
from roadwright.io.tables.dates import DateReader, OutOfRange
from roadwright.io.tables.dependencies import Reference, Unknown, read_list, reference_key
from roadwright.io.tables.values import has_unit, read_days, read_flag, read_number, read_percent

MARCH_15 = date(2027, 3, 15)
days = st.dates(date(1970, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-15",
        "2027-03-15T09:30:00Z",
        "2027-03-15 20:08:19 +0000 UTC",
        "2027/3/15",
        "2027.03.15",
        "20270315",
        "15.03.2027",
        "15.3.27",
        "15. 3. 2027",
        "03/15/2027",
        "15/03/2027",
        "3/15/2027 16:14",
        "15-03-2027",
        "15 Mar 2027",
        "15-Mar-27",
        "15/Mar/27 3:04 PM",
        "15th March 2027",
        "March 15, 2027",
        "Mar 15 2027",
        "March 15, 2027 8:00 AM",
        "Monday, 15 March 2027",
        "Mo 15.03.27",
        "Mon 3/15/27",
        "2027/3/15(月)",
        "Mar-15-2027",
        "lun. 15/03/2027",
        "15. März 2027",
        "15 mars 2027",
        "15 de marzo de 2027",
        "15 de março de 2027",
        "2027年3月15日",
        "٢٠٢٧-٠٣-١٥",
        "２０２７－０３－１５",
        " 2027-03-15 ",
        46461,
        46461.4,
        datetime(2027, 3, 15, 17, 0),
        MARCH_15,
    ],
)
def test_a_day(text: object) -> None:
    day = DateReader().read(text)
    assert day is not None
    assert (day.first, day.last, day.precision) == (MARCH_15, MARCH_15, "day")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Mar 2027", "2027-03-01", "2027-03-31", "month"),
        ("März '27", "2027-03-01", "2027-03-31", "month"),
        ("Mar-27", "2027-03-01", "2027-03-31", "month"),
        ("03/2027", "2027-03-01", "2027-03-31", "month"),
        ("2027-03", "2027-03-01", "2027-03-31", "month"),
        ("2027年3月", "2027-03-01", "2027-03-31", "month"),
        ("Q2 2027", "2027-04-01", "2027-06-30", "quarter"),
        ("2027-Q2", "2027-04-01", "2027-06-30", "quarter"),
        ("Q2'27", "2027-04-01", "2027-06-30", "quarter"),
        ("2Q27", "2027-04-01", "2027-06-30", "quarter"),
        ("2. Quartal 2027", "2027-04-01", "2027-06-30", "quarter"),
        ("H2 2027", "2027-07-01", "2027-12-31", "half"),
        ("2027", "2027-01-01", "2027-12-31", "year"),
        (2027, "2027-01-01", "2027-12-31", "year"),
        ("KW 11/2027", "2027-03-15", "2027-03-21", "week"),
        ("2027-W11", "2027-03-15", "2027-03-21", "week"),
        ("mid May 2027", "2027-05-11", "2027-05-21", "week"),
        ("early 2027", "2027-01-01", "2027-05-01", "quarter"),
        ("end of Q2 2027", "2027-06-01", "2027-06-30", "month"),
    ],
)
def test_a_span(text: object, first: str, last: str, precision: str) -> None:
    day = DateReader().read(text)
    assert day is not None
    assert (str(day.first), str(day.last), day.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "TBD",
        "soon",
        "2027-02-30",
        "31/31/2027",
        "32.1.2027",
        "2027-13-01",
        "KW 60 2027",
        "",
        "x" * 90,
        "12",
        12,
        True,
        None,
        "Q5 2027",
        "abc 2027",
        "1.5",
        float("nan"),
    ],
)
def test_no_day(text: object) -> None:
    assert DateReader().read(text) is None


@pytest.mark.parametrize("text", ["0020-01-05", date(1969, 12, 31), "01/05/2200", datetime(9999, 1, 1)])
def test_a_day_that_can_not_be_meant(text: object) -> None:
    with pytest.raises(OutOfRange):
        DateReader().read(text)


def test_day_or_month_first_by_the_column() -> None:
    reader = DateReader()
    assert reader.read("4/5/2027").unsure  # type: ignore[union-attr]
    reader.learn(["4/5/2027", "25/5/2027"])
    assert reader.read("4/5/2027").first == date(2027, 5, 4)  # type: ignore[union-attr]
    reader = DateReader()
    reader.learn(["Tue 05/04/27"])  # 4 May 2027 is a Tuesday
    assert reader.read("05/04/27").first == date(2027, 5, 4)  # type: ignore[union-attr]
    assert DateReader().read("4.5.2027").first == date(2027, 5, 4)  # type: ignore[union-attr]
    assert not DateReader().read("4.5.2027").unsure  # type: ignore[union-attr]
    assert not DateReader().read("4/4/2027").unsure  # type: ignore[union-attr]


def test_the_year_of_days_without_one_is_that_of_the_column() -> None:
    reader = DateReader()
    reader.learn([date(2031, 1, 1), date(2031, 6, 1), date(2030, 1, 1)])
    for text in ("5-Mar", "Mar 5", "5.3.", "Q1", "March"):
        day = reader.read(text)
        assert day is not None
        assert (day.first.year, day.assumed_year) == (2031, True)


@given(days)
def test_serial_numbers_of_both_epochs(day: date) -> None:
    for epoch, start in ((False, date(1899, 12, 30)), (True, date(1904, 1, 1))):
        serial = (day - start).days
        if 1970 <= serial <= 2199:
            continue  # that is a year
        read = DateReader(epoch_1904=epoch).read(serial)
        assert read is not None
        assert read.first == day
        assert (
            DateReader(epoch_1904=epoch).read(serial + 0.999999).first == day.fromordinal(day.toordinal() + 1)
            or day.year == 2199
        )  # type: ignore[union-attr]


@given(days)
def test_every_day_in_every_unmistakable_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y", "%d/%b/%Y %H:%M", "%Y%m%d"):
        read = DateReader().read(day.strftime(form))
        assert read is not None
        assert read.first == day


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_no_cell_makes_a_reader_fail(value: object) -> None:
    with suppress(OutOfRange):
        DateReader().read(value)
    read_days(value)
    read_number(value)
    read_percent(value)
    read_flag(value)
    list(read_list(str(value), lambda text: None))
    split_tags(str(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5d", 5),
        ("5 days", 5),
        ("10 days?", 10),
        ("~2d", 2),
        ("2w", 10),
        ("8 wks", 40),
        ("1.5w", 7.5),
        ("1,5 d", 1.5),
        ("1w 2d", 7),
        ("3 days, 4 hrs", 3.5),
        ("38h", 4.75),
        ("1 month", 20),
        ("2 mons", 40),
        ("1 quarter", 60),
        ("0 days", 0),
        ("7 edays", 5),
        ("5 Tage", 5),
        ("2 Wochen", 10),
        ("10 jours", 10),
        ("2 semanas", 10),
        ("10日", 10),
        ("6 man-days", 6),
        ("12", 12),
        (12, 12),
        (2.5, 2.5),
        ("a while", None),
        ("5 bananas", None),
        ("days", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_durations(text: object, expected: float | None) -> None:
    assert read_days(text) == (pytest.approx(expected) if expected is not None else None)


def test_bare_numbers_count_the_unit_of_their_column() -> None:
    assert read_days(3, "w") == 15
    assert read_days("3d", "w") == 3
    assert has_unit("3d")
    assert not has_unit("3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("0,5", 0.5),
        ("1,234", 1234),
        ("12,5", 12.5),
        ("$24,000", 24000),
        ("24 000 €", 24000),
        ("-3", -3),
        ("−3", -3),
        ("1'000", 1000),
        ("٤٢", 42),
        (7, 7),
        ("seven", None),
        ("", None),
        (float("inf"), None),
    ],
)
def test_numbers(text: object, expected: float | None) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize(
    ("value", "fraction", "expected"),
    [
        ("50%", False, 50),
        ("50 %", True, 50),
        (0.5, True, 50),
        (50, False, 50),
        ("3/4", False, 75),
        ("x", False, None),
        ("1/0", False, None),
    ],
)
def test_percentages(value: object, fraction: bool, expected: float | None) -> None:
    assert read_percent(value, fraction) == expected


KNOWN = {
    reference_key(key): key
    for key in (
        "RW-12",
        "RW-7",
        "RW",
        "1",
        "2",
        "3",
        "7",
        "3.1",
        "Design, build and ship",
        "Design",
        "Alpha Beta",
    )
}


def read(text: str) -> list[object]:
    found = read_list(text, lambda ref: KNOWN.get(reference_key(ref)))
    return [one.text if isinstance(one, Unknown) else (one.source, one.type, one.lag) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RW-12 FS+5d; RW-7 SS-2d", [("RW-12", "FS", 5), ("RW-7", "SS", -2)]),
        ("rw-12", [("RW-12", "FS", 0)]),
        ("RW-7 FF", [("RW-7", "FF", 0)]),
        ("2fs", [("2", "FS", 0)]),
        ("3FS+2 days;7", [("3", "FS", 2), ("7", "FS", 0)]),
        ("3SS+2d, 7", [("3", "SS", 2), ("7", "FS", 0)]),
        ("2EA+2 Tage;3AA;7EE;1AE", [("2", "FS", 2), ("3", "SS", 0), ("7", "FF", 0), ("1", "SF", 0)]),
        ("2FD+2 jours;3DD", [("2", "FS", 2), ("3", "SS", 0)]),
        ("3FS+1 wk", [("3", "FS", 5)]),
        ("7FS - 2d", [("7", "FS", -2)]),
        ("7FS−2d", [("7", "FS", -2)]),
        ("7+3d", [("7", "FS", 3)]),
        ("7 (SS)", [("7", "SS", 0)]),
        ("1 - 3", [("1", "FS", 0), ("2", "FS", 0), ("3", "FS", 0)]),
        ("3.1", [("3.1", "FS", 0)]),
        ("#3", [("3", "FS", 0)]),
        ("Depends on #3", [("3", "FS", 0)]),
        ("1\n2", [("1", "FS", 0), ("2", "FS", 0)]),
        ("1 and 2", [("1", "FS", 0), ("2", "FS", 0)]),
        ("Design, build and ship", [("Design, build and ship", "FS", 0)]),
        ("Design, Alpha Beta", [("Design", "FS", 0), ("Alpha Beta", "FS", 0)]),
        ("Design, build and ship, Design", [("Design, build and ship", "FS", 0), ("Design", "FS", 0)]),
        ("RW-99", ["RW-99"]),
        ("All v1.0 items", ["All v1.0 items"]),
        ("1, nonsense, 2", [("1", "FS", 0), "nonsense", ("2", "FS", 0)]),
        (" ; ;", []),
    ],
)
def test_dependencies(text: str, expected: list[object]) -> None:
    assert read(text) == expected


def test_lags_that_are_not_whole() -> None:
    (found,) = read_list("3FS+1.5d", lambda ref: KNOWN.get(ref))
    assert isinstance(found, Reference)
    assert found.inexact
    (found,) = read_list("3FS+50%", lambda ref: KNOWN.get(ref))
    assert isinstance(found, Reference)
    assert (found.lag, found.inexact) == (0, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b", ["a", "b"]),
        ("a;b\nc", ["a", "b", "c"]),
        ('"a, b", c', ["a, b", "c"]),
        ('"say ""hi"""', ['say "hi"']),
        ("", []),
        (" , ", []),
    ],
)
def test_tags(text: str, expected: list[str]) -> None:
    assert split_tags(text) == expected
