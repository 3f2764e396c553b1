"""How a part of the program says no: by a code and values; the words are in resources/strings."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for can't be done; `code` names the reason, `values` fill its words."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code
