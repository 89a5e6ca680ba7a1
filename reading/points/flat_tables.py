"""Tables that extraction flattened into one cell, or one fragment of a cell, per line.

A row begins at its number. Its lines are shared out among the columns in their order so that each column gets what it
is for: names under "chủ trì", a time under "thời hạn". Empty cells leave no line, so counting lines would not do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reading.points.body import begins_annex, begins_tail, ends_body
from reading.points.columns import columns_of, joined
from reading.points.paragraphs import MARKER, Line
from reading.points.rows import Row, label_of, one_cell
from reading.points.shares import share_out
from reading.words import UPPER, rx

NUMBER = r"\d{1,3}(?:\.\d{1,2})*[.)]?"
GROUP = r"(?:[IVX]{1,5}|[A-H])[.)]?"
AFTER = (
    rf"(?:[IVX]{{1,5}}|[A-H])\s?[.)/]\s+\S|Điều\s+\d|"
    r"(?:PHẦN|Phần|CHƯƠNG|Chương|Mục|MỤC)\s+(?:thứ|THỨ|[IVXLC]+\b|\d)|"
    rf"\d{{1,2}}[.)]\s+[{UPPER}]"
)
FIRST = r"(?:S?TT|Số TT|Số thứ tự)\.?"
MISSING = 3  # rows that extraction or a page may have lost between two
LONGEST_GROUP = 5  # lines of the title of a part of the table
MOST_LINES = 60  # of one row; longer is no row
WHOLE_LINES = 30  # of a row that a number far from its own may follow


@dataclass
class Block:
    """The lines of one row, after its number."""

    group: str
    number: str
    lines: list[Line] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # of these lines, or of the line that holds the number too

    def take(self, line: Line, place: int) -> None:
        for part in rx(r"(?:(?!\s{2}).)+").finditer(line.text):  # "Các sở  Sở Tư pháp": two cells in one line
            words = part.group().strip()
            if not rx(r"[\W_]*").fullmatch(words):
                self.lines.append(Line(words, line.start + part.start() + part.group().index(words), False))
                self.places.append(place)


def take(text: str, lines: list[Line], place: int) -> tuple[list[Row], int] | None:
    """(rows, the first line after the table), None where no such table begins."""
    head = _head(lines, place)
    if head is None:
        return None
    columns, at = head
    titles = [line.text for line in lines[place:at]]
    rows: list[Row] = []
    block = Block("", "")
    last, missing = 0, 0
    joins = joined_number(lines[at], 0) is not None
    while at < len(lines):
        line = lines[at]
        if [one.text for one in lines[at : at + len(titles)]] == titles:
            at += len(titles)  # printed anew on the next page, maybe inside a row
            missing = MISSING
            continue
        if again := _head(lines, at):
            columns, at = again
            continue
        bare = line.text.strip(" .)")
        if rx(rf"{GROUP}|{NUMBER}").fullmatch(line.text) and block.number.isdigit() and not block.lines:
            last = int(block.number) - 1  # the number of a page was taken for a row's
        begun = _begins(lines, at, block.group, last, joins) or _skips(lines, at, block.group, last, missing)
        begun = begun or _left_out(lines, at, columns, block, last)
        missing = 0
        if begun:
            rows += _row(columns, block)[0]
            block, at, last = begun
            continue
        if _ends(line, columns, block):
            break
        if not rx(r"\d{1,3}").fullmatch(bare):  # else the number of a page
            block.take(line, at)
        at += 1
    more, used = _row(columns, block)
    if block.number and used < len(block.lines):  # what no cell takes is the text after the table
        at = block.places[used]
    return rows + more, at


def _begins(lines: list[Line], at: int, group: str, last: int, joins: bool) -> tuple[Block, int, int] | None:
    """(a new row or part of the table, its first line, the number of its row), where one begins."""
    text = lines[at].text
    bare = text.strip(" .)")
    if _next_number(text, last):
        return Block(group, bare), at + 1, last if "." in bare else int(bare)
    if rx(GROUP).fullmatch(text) and not text.islower():
        return Block(bare, ""), at + 1, last
    if title := _group(lines, at, last):
        return Block(title[0], ""), title[1], int(title[0]) if title[0].isdigit() else last
    if joins and (content := joined_number(lines[at], last)):
        block = Block(group, str(last + 1))
        block.take(content, at)
        return block, at + 1, last + 1
    return None


def _skips(lines: list[Line], at: int, group: str, last: int, missing: int) -> tuple[Block, int, int] | None:
    """A row after some that were lost: its number stands first on a new page, or two blanks before its content."""
    for number in range(last + 1, last + 2 + MISSING):
        if missing and lines[at].text.strip(" .)") == str(number):
            return Block(group, str(number)), at + 1, number
        if rx(r"\d{1,3}[.)]?\s{2}").match(lines[at].text) and (content := joined_number(lines[at], number - 1)):
            block = Block(group, str(number))
            block.take(content, at)
            return block, at + 1, number
    return None


def _left_out(lines: list[Line], at: int, columns: list[str], block: Block, last: int) -> tuple[Block, int, int] | None:
    """A row after some that an extract leaves out: its number stands after a whole row, over words of its own."""
    bare = lines[at].text.strip(" .)")
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    if not (bare.isascii() and bare.isdigit() and last + 1 < int(bare) <= last + 1 + MISSING and after[:1].isupper()):
        return None
    rows, used = _row(columns, block) if len(block.lines) <= WHOLE_LINES else ([], 0)
    if not rows or used != len(block.lines) or not _timed(rows, columns) or _head(lines, at + 1):
        return None
    ahead = Block(block.group, bare)  # a page may have its number there: what follows must make a row too
    for place in range(at + 1, min(len(lines), at + 1 + MOST_LINES)):
        if rx(rf"{GROUP}|{NUMBER}").fullmatch(lines[place].text) or _head(lines, place):
            break
        ahead.take(lines[place], place)
    return (Block(block.group, bare), at + 1, int(bare)) if _timed(_row(columns, ahead)[0], columns) else None


def _timed(rows: list[Row], columns: list[str]) -> bool:
    return bool(rows) and (bool(rows[0].due) or "due" not in columns)


def joined_number(line: Line, last: int) -> Line | None:
    """ "2. Số hóa hồ sơ": the content of the next row, with its number in one line."""
    mark = rx(rf"(\d{{1,3}})[.)]?\s+(?=[{UPPER}])").match(line.text)
    if mark is None or int(mark[1]) != last + 1:
        return None
    return Line(line.text[mark.end() :], line.start + mark.end(), line.gap)


def _next_number(line: str, last: int) -> bool:
    bare = line.strip(" .)")
    return bool(rx(NUMBER).fullmatch(line)) and ("." in bare or int(bare) in (last + 1, 1))


def _group(lines: list[Line], at: int, last: int) -> tuple[str, int] | None:
    """(its mark, where its first row begins) of "II. Hoàn thiện thể chế" over rows; such a title has no cells."""
    mark = rx(r"(?P<m>[IVX]{1,5}|[A-H]|\d{1,2})\s?[.)]\s+\S").match(lines[at].text)
    if mark is None:
        return None
    for below in range(at + 1, min(len(lines), at + 1 + LONGEST_GROUP)):
        line = lines[below].text
        if rx(NUMBER).fullmatch(line):
            if mark.group("m").isdigit():
                return (mark.group("m"), below) if line.startswith(f"{mark.group('m')}.1") else None
            return (mark.group("m"), below) if _next_number(line, last) else None
        if rx(MARKER).match(line):
            return None
    return None


def _ends(line: Line, columns: list[str], block: Block) -> bool:
    """Does the document go on here after its table?"""
    if begins_tail(line.text) or begins_annex(line.text) or ends_body(line.text):
        return True
    return len(block.lines) >= len(columns) - 2 and bool(rx(AFTER).match(line.text))


def _head(lines: list[Line], place: int) -> tuple[list[str], int] | None:
    """The titles after a line "TT", and where the first row begins."""
    if not rx(FIRST, re.I).fullmatch(lines[place].text):
        return None
    at = place + 1
    begins = rf"{GROUP}|{NUMBER}|(?i:{FIRST})|(?:[IVX]{{1,5}}|[A-H]|1)[.)]\s+\S.*"
    while at < min(len(lines), place + 24) and not rx(begins).fullmatch(lines[at].text):
        at += 1
    columns = columns_of(joined([line.text for line in lines[place + 1 : at]]))
    return (columns, at) if columns and at < len(lines) else None


def _row(columns: list[str], block: Block) -> tuple[list[Row], int]:
    """(the row if it has its content and its lead, how many lines of the block it takes)."""
    if not block.number or len(block.lines) < 2:
        return [], 0
    shares = share_out(tuple(columns), tuple(line.text for line in block.lines[:MOST_LINES]))
    said = {name: block.lines[a:b] for name, (a, b) in zip(columns, shares, strict=True) if a < b}
    if "content" not in said or "lead" not in said:
        return [], 0
    cells = {name: one_cell([line.text for line in part]) for name, part in said.items()}
    content = said["content"]
    label = label_of("" if "." in block.number else block.group, block.number)
    row = Row(label, content[0].start, content[-1].end, cells["lead"], cells.get("co", ""), cells.get("due", ""))
    return [row], max(b for _, b in shares)
