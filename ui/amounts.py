"""Numbers and amounts of money as people read them: `1,200.5`, `€ 1,200`."""

from __future__ import annotations

from ..model.field import Field

SIGNS = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "KRW": "₩",
    "ILS": "₪",
    "UAH": "₴",
}
"""What stands for a currency; others are written by their code."""
CURRENCIES = (
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "BRL", "SEK", "NOK", "DKK", "PLN", "CZK",
    "TRY", "ZAR", "SGD", "KRW", "AED",
)  # fmt: skip
"""Those that are offered; any other code can be typed."""
_MOST = 6


def number_text(value: float, decimals: int | None, *, computed: bool = False) -> str:
    """A number with its thousands parted; without `decimals` as many as it has, of a computed one two."""
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    text = f"{value:,.{2 if computed else _MOST}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def amount_text(value: float, currency: str, decimals: int | None, *, computed: bool = False) -> str:
    """An amount of money; without `decimals` two, or none where a whole one was entered."""
    whole = float(value).is_integer() and not computed
    places = (0 if whole else 2) if decimals is None else decimals
    number = f"{abs(value):,.{places}f}"
    sign = "-" if value < 0 and any(letter in number for letter in "123456789") else ""
    unit = SIGNS.get(currency, currency)
    return f"{sign}{unit}\u00a0{number}" if unit else f"{sign}{number}"


def own_number_text(field: Field, value: float) -> str:
    """A number or an amount of one of the plan's own fields, in its form."""
    assert field.own is not None
    computed = field.formula is not None
    if field.kind == "currency":
        return amount_text(value, field.own.currency, field.own.decimals, computed=computed)
    return number_text(value, field.own.decimals, computed=computed)
