"""National holidays and weekends, from the `holidays` package, as days that a plan can keep.

It is asked when somebody edits a calendar, never when scheduling: the plan keeps the days themselves, so that
it says the same in ten years and on every computer.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from .records import Days
from .refused import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years for which calendars can be made."""


@cache
def countries() -> dict[str, str]:
    """Names of the countries whose holidays are known, by code (ISO 3166-1), in the order of the names."""
    from holidays.registry import COUNTRIES

    names = {codes[0]: _name(title) for title, *codes in COUNTRIES.values()}
    return dict(sorted(names.items(), key=lambda country: country[1]))


def regions(country: str) -> dict[str, str]:
    """Names of the parts of a country with holidays of their own, by code (ISO 3166-2).

    Raises:
        Refused("holidays.country", country): nothing is known of that country.
    """
    known = _entity(country)
    titles = {code: title for title, code in known.subdivisions_aliases.items()}
    return {code: titles.get(code, code) for code in known.subdivisions}


def weekdays(country: str) -> tuple[int, ...]:
    """The days worked in a country, Monday is 0: without its weekend.

    Raises:
        Refused("holidays.country", country): nothing is known of that country.
    """
    weekend: set[int] = _entity(country).weekend
    return tuple(day for day in range(7) if day not in weekend)


def national_holidays(
    country: str, first_year: int, last_year: int, region: str | None = None, language: str | None = None
) -> tuple[Days, ...]:
    """The holidays of a country in some years, both included; days of one name in a row are one run.

    Names are in `language` (`en_US`, `de`) where the country has it, else in its own. Holidays that go by the
    moon are known for fewer years than others.

    Raises:
        Refused("holidays.country", country): nothing is known of that country.
        Refused("holidays.region", country, region): or of that part of it.
        Refused("holidays.years", first, last): years out of order, or not from 1900 to 2200.
        Refused("holidays.unknown", country, first, last): none are known for these years.
    """
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise Refused("holidays.years", first=first_year, last=last_year)
    if region is not None and region not in regions(country):
        raise Refused("holidays.region", country=country, region=region)
    known = _entity(country, region=region, years=range(first_year, last_year + 1), language=language)
    years = range(first_year, last_year + 1)
    found = tuple(_runs((day, name) for day, name in sorted(known.items()) if day.year in years))
    if not found:
        raise Refused("holidays.unknown", country=country, first=first_year, last=last_year)
    return found


def _entity(
    country: str, region: str | None = None, years: Iterable[int] = (), language: str | None = None
) -> Any:
    import holidays

    if country not in countries():
        raise Refused("holidays.country", country=country)
    if language not in holidays.country_holidays(country).supported_languages:
        language = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that holidays by the moon are known for fewer years
        return holidays.country_holidays(country, subdiv=region, years=years, language=language)


def _name(title: str) -> str:
    """`UnitedStates` as people write it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title)


def _runs(days: Iterable[tuple[date, str]]) -> Iterator[Days]:
    """Days of one name that follow each other as one run."""

    def run(numbered: tuple[int, tuple[date, str]]) -> tuple[date, str]:
        place, (day, name) = numbered
        return day - timedelta(days=place), name

    for _, group in groupby(enumerate(days), key=run):
        days_of_run = [entry for _, entry in group]
        yield Days(days_of_run[0][0], days_of_run[-1][0], days_of_run[0][1])
