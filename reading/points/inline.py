"""Points numbered inside one paragraph: "Giao: (1) Sở Nội vụ …; (2) Sở Tư pháp …"."""

from __future__ import annotations

from reading.naming import names
from reading.words import LONGEST_POINT, rx

NUMBERED = r"(?:(?<=[:;.,])|(?<=và)|^)\s*(?P<label>\((?P<m>\d{1,2}|[a-zđ])\)|(?P<m2>\d{1,2})\))\s*(?=\S)"
ORDER = r"(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị)\s+"


def points(text: str) -> list[tuple[int, int, str]]:
    """(where the label begins, where the words begin, the mark) of each point, if they have addressees of their own.

    A numbered list of duties of one and the same unit stays one point.
    """
    found: list[tuple[int, int, str]] = []
    for m in rx(NUMBERED).finditer(text[:LONGEST_POINT]):
        mark = m.group("m") or m.group("m2")
        if mark == (_following(found[-1][2]) if found else "a" if mark.isalpha() else "1"):
            found.append((m.start("label"), m.end(), mark))
    named = sum(_named(text, begin) for _, begin, _ in found)
    stem = text[: found[0][0]].rstrip() if found else ""
    return found if len(found) > 1 and named == len(found) and (not stem or stem.endswith(":")) else []


def _named(text: str, begin: int) -> bool:
    order = rx(ORDER).match(text, begin)
    return names.head_at(text, order.end() if order else begin, co=order is not None)


def _following(mark: str) -> str:
    letters = "abcdđeghiklmn"
    return str(int(mark) + 1) if mark.isdigit() else letters[letters.find(mark) + 1 : letters.find(mark) + 2]
