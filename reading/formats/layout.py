"""Words with their places on a page → lines in the order a person reads them.

A letterhead and a signature block are two columns side by side; read straight across they become "UBND TỈNH … CỘNG HÒA
XÃ HỘI …", which no later rule can take apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from reading.formats.fragments import NATION, Fragment, Line, Word, fragments_of, rows_of
from reading.words import rx

COLUMN_GAP = 3.0  # of a line's height: one row alone is two columns only with so much between them
BODY = r"Kính gửi|Căn cứ\b|[IVX]{1,4}[.)]\s|\d{1,2}[.)]\s"  # where the columns of a letterhead are over


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The words of a page, tables taken out, as lines: column after column where there are two, else row by row."""
    rows = rows_of(fragments_of(words))
    lines: list[Line] = []
    block, at = 0, 0
    while at < len(rows):
        zone = _zone(rows, at)
        if zone is None:
            lines.append(Line((tuple(word for part in rows[at] for word in part.words),), block))
            at += 1
            continue
        first, after, gutter = zone
        # Rows above that already went out belong to the zone's columns if the zone reaches back to them.
        del lines[len(lines) - (at - first) :]
        for side in _sides(rows[first:after], gutter):
            block += 1
            lines += [Line((tuple(word for part in row for word in part.words),), block, column=True) for row in side]
        block, at = block + 1, after
    return lines


def _zone(rows: list[list[Fragment]], at: int) -> tuple[int, int, float] | None:
    """(first row, row after the last, x of the gutter) of two columns that a row with a wide gap reveals."""
    start = _widest_gap(rows[at])
    if start is None:
        return None
    gutter, last, two_sided = start, at, 1
    for place in range(at + 1, len(rows)):
        narrowed = _narrow(gutter, rows[place])
        if narrowed is None or _distance(rows[place - 1], rows[place]) > 8 or rx(BODY).match(rows[place][0].text):
            break
        left, right = _split(rows[place], narrowed)
        if left and right:
            two_sided, last = two_sided + 1, place
        elif not _aligned(rows[at : last + 1], rows[place], narrowed):
            if _distance(rows[last], rows[place]) > 3 or not _more_below(rows, place, narrowed):
                break
        else:
            last = place
        gutter = narrowed
    if two_sided == 1 and gutter[1] - gutter[0] < COLUMN_GAP * rows[at][0].height and not _forced(rows[at]):
        return None
    first = at
    while first > 0 and _reaches_back(rows, first, gutter):
        first -= 1
    return first, last + 1, (gutter[0] + gutter[1]) / 2


def _widest_gap(row: list[Fragment]) -> tuple[float, float] | None:
    if len(row) != 2 and not (len(row) > 2 and _forced(row)):
        return None
    if len(row) == 2 and row[0].text.rstrip().endswith(("Số:", "số:", "Số")):
        return None  # the blank left for the number
    gaps = [(a.right, b.left) for a, b in pairwise(row)]
    return max(gaps, key=lambda gap: gap[1] - gap[0])


def _forced(row: list[Fragment]) -> bool:
    return any(rx(NATION).match(part.text) for part in row[1:])


def _narrow(gutter: tuple[float, float], row: list[Fragment]) -> tuple[float, float] | None:
    """What is left of the gutter beside this row; None if the row runs across it."""
    low, high = gutter
    for part in row:
        if (part.left + part.right) / 2 < (low + high) / 2:
            low = max(low, part.right)
        else:
            high = min(high, part.left)
    return (low, high) if high - low > 1 else None


def _split(row: list[Fragment], gutter: tuple[float, float]) -> tuple[list[Fragment], list[Fragment]]:
    middle = (gutter[0] + gutter[1]) / 2
    return [p for p in row if p.right <= middle], [p for p in row if p.right > middle]


def _distance(above: list[Fragment], below: list[Fragment]) -> float:
    """In line heights, from middle to middle."""
    return (below[0].middle - above[0].middle) / max(above[0].height, below[0].height)


def _aligned(rows: list[list[Fragment]], row: list[Fragment], gutter: tuple[float, float]) -> bool:
    """Does a one-sided row stand under its column, flush or centred? Body text after a letterhead does not."""
    part = row[0]
    side = 0 if _split(row, gutter)[0] else 1
    column = [p for above in rows for p in _split(above, gutter)[side]]
    near = [p for p in column if part.middle - p.middle < 2.2 * max(p.height, part.height)]
    centre = (part.left + part.right) / 2
    return any(
        abs(p.left - part.left) < 0.8 * p.height or abs((p.left + p.right) / 2 - centre) < p.height for p in near
    )


def _more_below(rows: list[list[Fragment]], place: int, gutter: tuple[float, float]) -> bool:
    """Further two-sided rows close by: the row between them is part of the columns."""
    for row in rows[place + 1 : place + 4]:
        narrowed = _narrow(gutter, row)
        if narrowed is None:
            return False
        if all(_split(row, narrowed)):
            return True
    return False


def _reaches_back(rows: list[list[Fragment]], first: int, gutter: tuple[float, float]) -> bool:
    row = rows[first - 1]
    if len(row) != 1 or _narrow(gutter, row) is None or _distance(row, rows[first]) > 2.5:
        return False
    if rx(r"[a-zđ\d]|.*[.;,]$").match(row[0].text):  # the short last line of a paragraph
        return False
    side = 0 if _split(row, gutter)[0] else 1
    centre = (row[0].left + row[0].right) / 2
    return any(abs((p.left + p.right) / 2 - centre) < p.height for p in _split(rows[first], gutter)[side])


def _sides(rows: list[list[Fragment]], gutter: float) -> list[list[list[Fragment]]]:
    sides: list[list[list[Fragment]]] = [[], []]
    for row in rows:
        for side, parts in enumerate(_split(row, (gutter, gutter))):
            if parts:
                sides[side].append(parts)
    return sides
