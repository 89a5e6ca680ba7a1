"""Who is named in a cell or after a label, where nothing but names stands: no word of them is lost."""

from __future__ import annotations

import re

from reading.naming import names
from reading.naming.lexicon import STRONG
from reading.words import UPPER, rx, squeeze

# What a cell says before the names, and between those who lead and those who help.
ROLE = r"\s*(?:[-–+•*]\s*)?(?:(?:cơ quan |đơn vị )?(?:chủ trì|đầu mối|thực hiện)\s*:|giao\s)\s*"
WITH = r"(?:^|[;,.(/]\s*|\s[-–+]\s*|\s)(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?: thực hiện)?(?:\s*:|\s+với\b|\s+cùng\b)?\s*"
LONGEST_ODD_NAME = 8  # words of a name that begins with no word we know ("TTVH", "Toàn ngành")


def units(cell: str) -> tuple[str, ...]:
    """The names in the cell's order."""
    role = rx(ROLE, re.I).match(cell)
    text = cell[role.end() if role else 0 : 2000].strip(" .;|")
    if numbered := _numbered(text):
        return numbered
    found: list[str] = []
    for piece in rx(rf"\s*[;\n]\s*|(?:^|(?<=[.;,])\s+)[-–+•]\s+(?=[{UPPER}])").split(text):
        found += _names(piece.strip(" -–+•.,"))
    return tuple(dict.fromkeys(found))


def _numbered(text: str) -> tuple[str, ...]:
    """ "1. Bộ Công an xây dựng …  2. Các bộ lập …": one after another, each with its part of the work."""
    marks = [*rx(rf"(?:^|\s)(?P<n>\d)[.)]\s+(?=[{UPPER}])").finditer(text)]
    if not marks or marks[0].start() or [m.group("n") for m in marks] != [str(n + 1) for n in range(len(marks))]:
        return ()
    ends = [*(m.start() for m in marks[1:]), len(text)]
    parts = (names.scan(text[m.end() : end].strip(" .;"), 0) for m, end in zip(marks, ends, strict=True))
    return tuple(dict.fromkeys(name for part in parts if part for name in part.units))


def lead_and_co(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One column for both: "Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", "Sở Y tế chủ trì, Sở Nội vụ phối hợp"."""
    split = rx(WITH, re.I).search(cell)
    if split is None:
        return units(cell), ()
    after = cell[split.end() :].strip(" .;)")
    if after:
        return units(cell[: split.start()]), units(after)
    both = rx(r"(.+?)\(?chủ trì\)?\s*[,;]\s*(.+)", re.I).fullmatch(cell[: split.start()])
    return (units(both.group(1)), units(both.group(2))) if both else (units(cell[: split.start()]), ())


def _names(piece: str) -> list[str]:
    """A piece without semicolons; where the grammar of sentences sees a verb, the name goes on to the next agency."""
    said: list[str] = []
    at = 0
    while found := names.scan(piece, at, co=True):
        said += found.units
        rest = piece[found.end :].lstrip()
        if not rest or rx(rf"(?:\(?chủ trì|{STRONG})(?!\w)", re.I).match(rest):
            break
        following = (m for m in rx(r",\s+|\s+và\s+").finditer(piece, found.end) if names.head_at(piece, m.end()))
        until = next(following, None)
        comma = "," if piece[: found.end].rstrip().endswith(",") else ""
        more = piece[found.end : until.start() if until else len(piece)]
        said[-1] = squeeze(f"{said[-1]}{comma} {more}").strip(" ,;.")
        if until is None:
            break
        at = until.end()
    if not said and rx(rf"[{UPPER}]").match(piece) and len(piece.split()) <= LONGEST_ODD_NAME:
        return [piece]
    return said
