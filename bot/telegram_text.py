"""Plain text cut into parts that a chat takes, and dressed as Telegram's HTML."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator

_FAR = 64
"""Letters looked back for a place between two graphemes: a tower of marks higher than that is cut anyway."""


def units(text: str) -> int:
    """UTF-16 units, which is what services count: a letter beyond the basic plane is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit` units: cut after a paragraph, else after a line, else between words, else
    between graphemes. A line is broken only when it is longer than a part, so the last line stays whole on the last
    part. The same text is always cut alike: that is how parts that have arrived are known. Blank text is one part.
    """
    return list(_pieces(text.strip(), limit)) or [""]


def _pieces(text: str, limit: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = _reach(text, start, limit)
        if end < len(text):
            end = _cut(text, start, end)
        yield text[start:end].rstrip()
        start = end
        while start < len(text) and text[start].isspace():
            start += 1


def _reach(text: str, start: int, limit: int) -> int:
    """How far `limit` units go from `start`."""
    end = min(start + limit, len(text))
    while (over := units(text[start:end]) - limit) > 0:
        end -= (over + 1) // 2
    return end


def _cut(text: str, start: int, end: int) -> int:
    paragraph = text.rfind("\n\n", start + 1, end)
    if paragraph - start > (end - start) // 2:
        return paragraph
    # One letter further: a part may end exactly where its line or word ends.
    for mark in ("\n", " "):
        if (at := text.rfind(mark, start + 1, end + 1)) > start:
            return at
    for back in range(min(_FAR, end - start - 1)):
        if not _joined(text, end - back):
            return end - back
    return end


def _joined(text: str, at: int) -> bool:
    """Do the letters before and after this place make one sign?"""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or after == "\u200d" or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag(after) and _flags_before(text, at) % 2 == 1


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    count = 0
    while at - count > 0 and _is_flag(text[at - count - 1]):
        count += 1
    return count


def dressed(part: str, *, first: bool) -> str:
    """Telegram's HTML of a part: everything escaped, and the heading of the message in bold."""
    if not first:
        return html.escape(part, quote=False)
    heading, newline, rest = part.partition("\n")
    escaped = html.escape(heading, quote=False)
    if is_heading(heading):
        escaped = f"<b>{escaped}</b>"
    return escaped + newline + html.escape(rest, quote=False)


def is_heading(line: str) -> bool:
    """VĂN PHÒNG SỞ · NHẮC VIỆC, thứ Sáu 27/11/2026: two words or more in capitals, before a comma if there is one."""
    head = line.partition(",")[0]
    return head.isupper() and sum(word.isalpha() for word in head.split()) >= 2
