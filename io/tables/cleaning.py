"""Takes from the texts of cells what can't be seen or is not meant, and parts lists in them."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPED = re.compile("_x000[dD]_")
_MOJIBAKE = re.compile("[ÃÂâÅÄ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")
_MARKUP = re.compile(r"</(?:p|div|li|ul|ol|b|i|em|strong|a|span|h\d)>|<br\s*/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|ul|ol|h\d|tr)>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL)
_GAPS = re.compile(r"\n{3,}")
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_LONGEST_QUOTED = 5_000
"""Characters of a list of tags in which quotes are looked for."""
_TAG_MARK = re.compile(r"[,;\n]")
_TAG = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;\n"]*))\s*([,;\n]|$)')


def clean_text(value: Any) -> str:
    """The content of a cell as text, with plain line ends, without control characters and hard blanks."""
    if type(value) is str and value.isascii() and value.isprintable() and "_x000" not in value:
        return value
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        value = int(value)
    text = _ESCAPED.sub("", str(value))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else _CONTROL.sub("", text)


def is_mojibake(text: str) -> bool:
    """Whether the text looks like UTF-8 that was read as something else."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def repaired(text: str) -> str:
    """What the text probably was before it was read in the wrong encoding."""
    return text.encode("cp1252", "ignore").decode("utf-8", "ignore")


def is_error(text: str) -> bool:
    """Whether the text is what a spreadsheet shows where a formula fails."""
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


def without_markup(text: str) -> str:
    """The text of a piece of HTML, its paragraphs and lists on lines of their own; other text as it is."""
    if "<" not in text or not _MARKUP.search(text):
        return text
    text = _ITEM.sub("\n- ", _BREAK.sub("\n", text))
    lines = (" ".join(line.split()) for line in html.unescape(_TAGS.sub("", text)).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def split_tags(text: str) -> list[str]:
    """Tags between commas, semicolons or lines; one with such a mark in it stands in quotes."""
    if '"' not in text or len(text) > _LONGEST_QUOTED:
        return [tag for tag in map(str.strip, _TAG_MARK.split(text)) if tag]
    tags: list[str] = []
    at = 0
    while at < len(text):
        match = _TAG.match(text, at)
        if match is None:
            return [*tags, text[at:].strip()]
        tag = match[1].replace('""', '"') if match[1] is not None else match[2].strip()
        if tag:
            tags.append(tag)
        at = match.end()
    return tags


def reference_text(value: Any) -> str:
    """A cell of dependencies as text; a number typed as such without its `.0`."""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    text = str(value)
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
