"""Tables that extraction flattened into one cell, or one fragment of a cell, per line.

A row begins at its number. Its lines are shared out among the columns in their order so that each column gets what it
is for: names under "chủ trì", a time under "thời hạn". Empty cells leave no line, so counting lines would not do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reading import names
from reading.body import begins_annex, begins_tail, ends_body
from reading.columns import columns_of, joined
from reading.paragraphs import Line
from reading.rows import Row, label_of
from reading.words import UPPER, rx

NUMBER = r"\d{1,3}(?:\.\d{1,2})*[.)]?"
GROUP = r"(?:[IVX]{1,5}|[A-H])[.)]?"
AFTER = (
    rf"(?:[IVX]{{1,5}}|[A-H])\s?[.)/]\s+\S|Điều\s+\d|(?:PHẦN|Phần|CHƯƠNG|Chương|Mục|MỤC)\s|\d{{1,2}}[.)]\s+[{UPPER}]"
)
TIME = (
    r"(?:(?:trước|trong|từ|đến|hoàn thành|xong|chậm nhất|muộn nhất|ngay|sau|cả|đầu|cuối|giữa)\s+)*(?:ngày|tháng|quý|"
    r"năm|tuần|"
    r"thường xuyên|định kỳ|hằng|hàng|theo|khi|\d{1,2}[/.-]\d|\d{1,2}\s+ngày|giai đoạn|20\d\d|sau khi|\d+h)"
)
FIRST = r"(?:S?TT|Số TT|Số thứ tự)\.?"
MOST_LINES = 60  # of one row; longer is no row
LONGEST_CELL = 90  # characters of a name's or a time's line


@dataclass
class Block:
    """The lines of one row, after its number."""

    group: str
    number: str
    lines: list[Line] = field(default_factory=list)


def take(text: str, lines: list[Line], place: int) -> tuple[list[Row], int] | None:
    """(rows, the first line after the table), None where no such table begins."""
    head = _head(lines, place)
    if head is None:
        return None
    columns, at = head
    rows: list[Row] = []
    block = Block("", "")
    last = 0
    while at < len(lines):
        line, again = lines[at], _head(lines, at)
        if again:
            columns, at = again
            continue
        bare = line.text.strip(" .")
        if rx(rf"{GROUP}|{NUMBER}").fullmatch(line.text) and block.number.isdigit() and not block.lines:
            last = int(block.number) - 1  # the number of a page was taken for a row's
        if rx(NUMBER).fullmatch(line.text) and ("." in bare or int(bare) in (last + 1, 1)):
            rows += _row(columns, block)[0]
            block = Block(block.group, bare)
            last = last if "." in bare else int(bare)
        elif rx(GROUP).fullmatch(line.text) and not line.text.islower():
            rows += _row(columns, block)[0]
            block = Block(bare, "")
        elif _ends(line, columns, block):
            break
        elif not rx(r"\d{1,3}").fullmatch(bare):  # else the number of a page
            block.lines.append(line)
        at += 1
    more, used = _row(columns, block)
    if block.number and used < len(block.lines):  # what no cell takes is the text after the table
        at = next(n for n in range(at - 1, place, -1) if lines[n] is block.lines[used])
    return rows + more, at


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
    while at < min(len(lines), place + 24) and not rx(rf"{GROUP}|{NUMBER}|(?i:{FIRST})").fullmatch(lines[at].text):
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
    cells = {name: " ".join(line.text for line in part) for name, part in said.items()}
    content = said["content"]
    label = label_of("" if "." in block.number else block.group, block.number)
    row = Row(label, content[0].start, content[-1].end, cells["lead"], cells.get("co", ""), cells.get("due", ""))
    return [row], max(b for _, b in shares)


Shares = tuple[tuple[int, int], ...]
NEVER: tuple[float, Shares] = (float("-inf"), ())


def share_out(columns: tuple[str, ...], lines: tuple[str, ...]) -> list[tuple[int, int]]:
    """For each column the lines [a, b) that are its cell, by the best total of `fit`; a = b where it is empty."""
    count = len(lines)
    best: list[tuple[float, Shares]] = [(0.0, ()), *[NEVER] * count]
    for name in columns:
        following = [NEVER] * (count + 1)
        for begin, (so_far, shares) in enumerate(best):
            if so_far == float("-inf"):
                continue
            for end in range(begin, count + 1):
                total = so_far + fit(name, lines, begin, end)
                if total > following[end][0]:
                    following[end] = (total, (*shares, (begin, end)))
        best = following
    # Lines left over at the end belong to what follows the table.
    ends = [(total - 1.5 * (count - end), shares) for end, (total, shares) in enumerate(best)]
    return list(max(ends, key=lambda one: one[0])[1]) or [(0, 0)] * len(columns)


def fit(name: str, lines: tuple[str, ...], begin: int, end: int) -> float:
    """How well lines [begin, end) are the cell of this column."""
    if begin == end:
        return -6.0 if name in ("content", "lead") else -1.0
    score = -0.1 * (end - begin)
    first = lines[begin]
    time = bool(rx(TIME, re.I).match(" ".join(lines[begin : min(end, begin + 3)])))
    if begin and rx(r"(?:[,–-]|\b(?:và|của|các|với|trước|ngày|tháng|quý|năm|nhất|hết))$", re.I).search(
        lines[begin - 1].rstrip()
    ):
        score -= 4.0
    if name in ("lead", "co"):
        named = names.head_at(first, 0, co=True) or len(first.split()) <= 3
        score += (3.0 if names.head_at(first, 0, co=True) else 0.5) if named else -3.0
        # A second agency on a line of its own belongs to the next column, unless the first line is open.
        score -= sum(_new_name(lines[n - 1], lines[n]) for n in range(begin + 1, end))
        score -= 2.0 * sum(len(line) > LONGEST_CELL for line in lines[begin:end])
        score -= 3.0 * time
    elif name == "due":
        score += 3.0 if time and len(first) < LONGEST_CELL else -3.0
        score -= 2.0 * sum(len(line) > LONGEST_CELL / 2 for line in lines[begin + 1 : end])
    else:
        score += 1.0 if name == "content" else 0.0
        score -= 2.0 * time if name != "content" else 0.0
    if first[:1].islower():
        score -= 2.5  # mostly the rest of a wrapped line
    return score


def _new_name(above: str, line: str) -> float:
    opens = rx(rf"[{UPPER}]").match(line) and names.head_at(line, 0)
    return 1.5 if opens and not above.rstrip().endswith((",", ";", "-")) else 0.0
