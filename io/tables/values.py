"""Numbers, durations, percents and yes or no as people write them in tables."""

from __future__ import annotations

import math
import re
import unicodedata

from .words import fold, units, words

DAYS_OF: dict[str, float] = {
    "m": 1 / 480,
    "h": 1 / 8,
    "d": 1,
    "w": 5,
    "mo": 20,
    "q": 60,
    "y": 240,
    "s": 1 / 28_800,
    "eh": 5 / 7 / 24,
    "ed": 5 / 7,
    "ew": 5,
}
"""Working days of a unit: the days of 8 hours, weeks of 5 and months of 20 days of planning programs. Elapsed
units run through weekends."""
MOST_DAYS = 20_000
"""Working days of the longest duration taken, about 80 years."""

_NUMBER = re.compile(r"[-+]?\d[\d.,' \u00a0\u202f]*|[-+]?[.,]\d+")
_AMOUNT = re.compile(r"([-+]?\d[\d.,]*)\s*([^\W\d_]+(?:[ -][^\W\d_]+)?|%)?\.?\s*\??")
_DURATION = re.compile(rf"[~≈]?\s*(?:{_AMOUNT.pattern}[\s,+&]*(?:and |und |et |y |e )?)+\??", re.IGNORECASE)


def read_number(value: object) -> float | None:
    """A number, also as text with either decimal mark, thousands, or a currency before or after it."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else None
    text = unicodedata.normalize("NFKC", str(value)).strip().replace("−", "-")
    text = text.strip("$€£¥ ").removesuffix("EUR").removesuffix("USD").strip()
    match = _NUMBER.fullmatch(text)
    return to_number(match[0]) if match else None


def to_number(text: str) -> float | None:
    """The number of digits with points and commas, whichever of them is the decimal mark."""
    text = re.sub(r"[' \u00a0\u202f]", "", text)
    if "," in text and "." in text:
        thousands, decimal = (",", ".") if text.rfind(".") > text.rfind(",") else (".", ",")
        text = text.replace(thousands, "").replace(decimal, ".")
    elif re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3})+", text) or text.count(",") > 1:
        text = text.replace(",", "")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    else:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def read_days(value: object, unit: str = "d") -> float | None:
    """Working days of a duration like `5d`, `2 weeks`, `10 days?`, `1w 2d`; a bare number counts `unit`s."""
    number = read_number(value)
    if number is not None:
        return number * DAYS_OF[unit]
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = fold(value)
    if not _DURATION.fullmatch(text):
        return None
    total = 0.0
    for amount, word in _AMOUNT.findall(text):
        known = units().get(word.strip(), units().get(word.replace(" ", "-"))) if word else unit
        if known is None and " " in word:
            known = units().get(word.split()[0])
        size = to_number(amount)
        if known is None or known == "%" or size is None:
            return None
        total += size * DAYS_OF[known]
    return total


def has_unit(value: object) -> bool:
    """Whether the text is a duration that names its unit."""
    return isinstance(value, str) and read_number(value) is None and read_days(value) is not None


def read_percent(value: object, as_fraction: bool = False) -> float | None:
    """Percent, 0 to 100, of `50%`, `50`, or with `as_fraction` of 0.5."""
    if isinstance(value, str):
        text = value.strip()
        if text.endswith("%"):
            return read_number(text[:-1])
        if "/" in text:
            done, _, whole = text.partition("/")
            parts = read_number(done), read_number(whole)
            if parts[0] is not None and parts[1]:
                return 100 * parts[0] / parts[1]
    number = read_number(value)
    if number is None:
        return None
    return number * 100 if as_fraction else number


def read_flag(value: object) -> bool | None:
    """Yes or no; None if it is neither."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return bool(value) if value in (0, 1) else None
    text = fold(value)
    if text in words("yes"):
        return True
    return False if text in words("no") or not text else None
