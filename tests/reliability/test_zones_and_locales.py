"""Dates and numbers are the same wherever on earth the program runs, and whatever is spoken there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import elsewhere_on_earth
import pytest

ZONES = (
    "UTC",
    "Pacific/Kiritimati",  # UTC+14
    "Pacific/Apia",  # had no 30 December 2011
    "Pacific/Pago_Pago",  # UTC-11
    "Pacific/Chatham",  # UTC+12:45, summer time in the south
    "Asia/Kathmandu",  # UTC+5:45
    "Asia/Tokyo",
    "Asia/Tehran",
    "Africa/Casablanca",  # winter time in Ramadan
    "Europe/Berlin",
    "America/Sao_Paulo",  # had days without midnight
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
)
zoned = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone")
LOCALES = ("C", "de_DE", "ar_EG", "tr_TR", "ja_JP", "hi_IN", "fa_IR")


Digests = dict[tuple[str, str], list[str]]


def written(zones: dict[str, tuple[str, ...]]) -> Digests:
    """What is written in each locale, in the zones given for it; the locales at the same time."""
    support = Path(elsewhere_on_earth.__file__).parent
    paths = os.pathsep.join((str(support), os.environ.get("PYTHONPATH", "")))
    found: Digests = {}
    running = {
        name: subprocess.Popen(
            [sys.executable, elsewhere_on_earth.__file__, name, *zones[name]],
            env={**os.environ, "PYTHONPATH": paths, "LC_ALL": f"{name}.UTF-8", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for name in LOCALES
    }
    for name, process in running.items():
        out, errors = process.communicate()
        assert process.returncode == 0, errors
        for line in out.splitlines():
            zone, digests = json.loads(line)
            found[name, zone] = digests
    assert set(found) == {(name, zone) for name in LOCALES for zone in zones[name]}
    return found


def different(found: Digests) -> list[tuple[str, str]]:
    expected = found["C", "UTC"]
    assert len(expected) > 15
    return [at for at, digests in found.items() if digests != expected]


@zoned
def test_nothing_that_is_written_depends_on_zone_or_locale():
    """Every zone in one of the locales, every locale in some of the zones."""
    found = written({name: ZONES[n :: len(LOCALES)] for n, name in enumerate(LOCALES)})
    assert {zone for _, zone in found} == set(ZONES)
    assert not different(found)


@zoned
@pytest.mark.soak
def test_nothing_that_is_written_depends_on_any_zone_in_any_locale():
    assert not different(written(dict.fromkeys(LOCALES, ZONES)))
