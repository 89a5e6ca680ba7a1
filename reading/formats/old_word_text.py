"""What catdoc prints of a .doc → the lines of a page.

catdoc ends a cell with a tab and a row with a line end, but a paragraph inside a cell ends a line too, and fields and
drawings leave rubbish behind.
"""

from __future__ import annotations

import re

from reading.formats.flow import LETTERHEAD, TITLES
from reading.words import rx, squeeze

FIELD = r"\s*(?:PAGE|NUMPAGES|DATE|TIME)\b(?:\s*\\\*?\s*\w+)*\s*\d*\s*"
LINK = r"HYPERLINK\s+(?:\\l\s+)?\"[^\"]*\"(?:\s+\\o\s+\"[^\"]*\")?\s*"
FOREIGN = r"[^\s\x20-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u2044\u2190-\u22ff\u25a0-\u27bf]"
ROW = (
    r"\s*(?:(?:\d{1,3}|[IVX]{1,5}|[A-H]|\d+\.\d+)[.)]?)?\t"  # a number and its tab, or the empty cell of a counted row
)
DRAWING = 4  # lines in a row so short, with letters of no script in use here, are what is left of a drawing
SHORT = 8
LONGEST_CELL = 12  # paragraphs


def shape(printed: str) -> str:
    """Rows of tables on one line each, letterhead and signature with one column after the other."""
    lines = [re.sub(LINK, "", line) for line in printed.replace("\f", "\n").replace("\r", "\n").split("\n")]
    lines = _without_drawings([line for line in lines if not rx(FIELD).fullmatch(line)])
    shaped: list[str] = []
    at = 0
    while at < len(lines):
        rows, after = _table(lines, at)
        if rows:
            shaped += rows
            at = after
        else:
            shaped += _beside(lines[at])
            at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shaped)).strip("\n") + "\n"


def _without_drawings(lines: list[str]) -> list[str]:
    kept: list[str] = []
    short: list[str] = []
    for line in [*lines, "\u0000end of the text"]:
        if line.strip() and len(line.strip()) <= SHORT and "\t" not in line:
            short.append(line)
            continue
        is_drawing = len(short) >= DRAWING and any(rx(FOREIGN).search(part) for part in short)
        kept += [part for part in short if not (is_drawing and _is_rubbish(part.strip()))]
        short = []
        kept.append(line)
    return kept[:-1]


def _is_rubbish(line: str) -> bool:
    return rx(FOREIGN).search(line) is not None or (len(line) <= 2 and not line.isdigit())


def _beside(line: str) -> list[str]:
    """The last line of a left column and the first of a right one stand on one line: "Lưu: VT. ⇥ GIÁM ĐỐC"."""
    parts = [part.strip() for part in re.split(r"\t+", line.strip())]
    if len(parts) == 2 and (rx(LETTERHEAD).search(parts[1]) or (parts[1].isupper() and len(parts[1]) > 3)):
        return parts
    return [line.strip()]


def _table(lines: list[str], at: int) -> tuple[list[str], int]:
    """(rows of the table that begins here, the line after it); no rows where none begins."""
    head, after = _head(lines, at)
    if not head:
        return [], at
    width = len(head)
    rows = ["\t".join(head)]
    while after < len(lines):
        taken = _row(lines, after, width)
        if taken == 0:
            break
        cells = [squeeze(c) for c in " ".join(lines[after : after + taken]).split("\t")]
        rows.append("\t".join(cells + [""] * (width - len(cells))))
        after += taken
    return (rows, after) if len(rows) > 1 else ([], at)


def _head(lines: list[str], at: int) -> tuple[list[str], int]:
    """Titles of columns, which may be broken into paragraphs; with a column "TT" they reach to the row "1"."""
    if "\t" not in lines[at]:
        return [], at
    after = at + 1
    if rx(r"\s*S?TT\.?\s*\t", re.I).match(lines[at]):
        ends = (n for n in range(at + 1, min(at + LONGEST_CELL, len(lines))) if rx(ROW).match(lines[n]))
        after = next(ends, at + 1)
    cells = [squeeze(cell) for cell in " ".join(lines[at:after]).split("\t")]
    titled = sum(rx(TITLES, re.I).search(cell) is not None and len(cell) < 80 for cell in cells)
    return (cells, after) if len(cells) >= 3 and titled >= 2 else ([], at)


def _row(lines: list[str], at: int, width: int) -> int:
    """How many lines the row takes that begins here, 0 when the table has ended."""
    tabs = 0
    for place in range(at, min(at + width * LONGEST_CELL, len(lines))):
        line = lines[place]
        if not line.strip() or (place > at and rx(ROW).match(line)):
            # The row was shorter (a merged one), or nothing but words without a cell.
            return place - at if tabs else 0
        tabs += line.count("\t")
        if tabs >= width - 1:
            return place - at + 1 + _rest_of_cell(lines, place + 1)
    return 0


def _rest_of_cell(lines: list[str], at: int) -> int:
    """Paragraphs of the last cell after its first: only sure when a numbered row follows them."""
    for place in range(at, min(at + LONGEST_CELL, len(lines))):
        if "\t" in lines[place]:
            return place - at if rx(ROW).match(lines[place]) else 0
        if not lines[place].strip():
            return 0
    return 0
