"""Which encoding a text is in: by its mark, by where its zeros stand, by what can be decoded."""

from __future__ import annotations

import re

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KANA = re.compile("[\u3041-\u30ff]")


def looks_like_text(head: bytes) -> bool:
    """Whether these first bytes of a file can be text in one of the encodings that tables come in."""
    if any(head.startswith(mark) for mark, _ in _BOMS):
        return True
    if b"\0" in head:
        return bool(_wide_encoding(head[: len(head) // 4 * 4]) or _wide_encoding(head[: len(head) // 2 * 2]))
    strange = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27) for byte in head)
    return strange <= 2 + len(head) // 100


def decode(data: bytes) -> tuple[str, str, bool]:
    """The text, the encoding it was in, and whether that is beyond doubt."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding, True
    if wide := _wide_encoding(data):
        return data.decode(wide, "replace"), wide, True
    try:
        return data.decode("utf-8"), "utf-8", True
    except UnicodeDecodeError:
        pass
    try:
        japanese = data.decode("cp932")
    except UnicodeDecodeError:
        japanese = ""
    if len(_KANA.findall(japanese)) > len(japanese) / 50:
        return japanese, "Shift-JIS", False
    try:
        return data.decode("cp1252"), "Windows-1252", False
    except UnicodeDecodeError:
        return data.decode("latin-1"), "ISO 8859-1", False


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where the zeros of plain letters stand."""
    head = data[:4000]
    if len(data) < 4 or b"\0" not in head:
        return ""
    if len(data) % 4 == 0:
        zeros = [head[place::4].count(0) / max(1, len(head[place::4])) for place in range(4)]
        if zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.1:
            return "utf-32-be"
        if zeros[3] > 0.9 and zeros[2] > 0.9 and zeros[0] < 0.1:
            return "utf-32-le"
    if len(data) % 2 == 0:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if even > 2 * odd and even > len(head) / 8:
            return "utf-16-be"
        if odd > 2 * even and odd > len(head) / 8:
            return "utf-16-le"
    return ""
