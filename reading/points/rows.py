"""A row of a table of duties, and the item it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reading.deadlines import find_due
from reading.naming import named
from reading.points.duties import Found
from reading.words import rx, squeeze

STARTS = r"\s*(?:(?:bắt đầu|thực hiện)\s+)?(?:kể )?từ\s+(?![^;]*(?:đến|tới|[-–]))"  # a day from which, none by which
ALONE = r"Sở|Bộ|UBND|Phòng|Các"  # each the first word of a name, none the last of another
AGENDA = r"\s*(?:từ\s+)?\d{1,2}\s?(?:h|g|giờ|:)\s?\d{0,2}"  # the hours of a timetable oblige nobody


@dataclass(frozen=True)
class Row:
    """`start` and `end` hold what is to be done; the other cells are as printed."""

    label: str
    start: int
    end: int
    lead: str
    co: str
    due: str


def label_of(group: str, number: str) -> str:
    """ "PL.II.3"; a printed decimal number says its own parents."""
    return ".".join(part for part in ("PL", group, number.strip(". )")) if part)


def one_cell(lines: list[str]) -> str:
    """The lines of a cell in one; "Sở Y tế" over "Sở Nội vụ" are two names, though nothing but the line parts them."""
    said = ""
    for line in lines:
        head = rx(rf"(?:{ALONE})(?= \w)").match(line)
        last = rx(rf"(?:^|; )({ALONE}) [^;]*\w$").search(said)
        said += f"; {line}" if head and last and head.group() in (last.group(1), "Các") else f" {line}"
        said = said.strip()
    return said


def rows_to_items(rows: list[Row], text: str, issued_on: date | None) -> list[Found]:
    """Rows with an addressee; a row without one obliges nobody."""
    found = []
    for row in rows:
        leads, helpers = named.lead_and_co(row.lead)
        words = squeeze(text[row.start : row.end])
        if not leads or len(words) < 4 or rx(AGENDA).match(row.due):
            continue
        co = dict.fromkeys((*helpers, *named.units(row.co)))
        starts = rx(STARTS, re.I).match(row.due)
        due = () if starts else find_due(row.due, issued_on, labelled=True) or find_due(words, issued_on)
        found.append(
            Found(row.label, row.start, row.end, words, leads, tuple(n for n in co if n not in leads), due, words)
        )
    return found
