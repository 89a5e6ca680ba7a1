"""Tables that extraction flattened into one cell, or one fragment of a cell, per line.

A row begins at its number. Its lines are shared out among the columns in their order so that each column gets what it
is for: names under "chủ trì", a time under "thời hạn". Empty cells leave no line, so counting lines would not do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from reading.naming import names
from reading.points.body import begins_annex, begins_tail, ends_body
from reading.points.columns import columns_of, joined
from reading.points.paragraphs import MARKER, Line
from reading.points.rows import Row, label_of
from reading.words import UPPER, rx

NUMBER = r"\d{1,3}(?:\.\d{1,2})*[.)]?"
GROUP = r"(?:[IVX]{1,5}|[A-H])[.)]?"
AFTER = (
    rf"(?:[IVX]{{1,5}}|[A-H])\s?[.)/]\s+\S|Điều\s+\d|"
    r"(?:PHẦN|Phần|CHƯƠNG|Chương|Mục|MỤC)\s+(?:thứ|THỨ|[IVXLC]+\b|\d)|"
    rf"\d{{1,2}}[.)]\s+[{UPPER}]"
)
TIME = (
    r"(?:(?:(?:nhiệm vụ )?thực hiện|nhiệm vụ|trước|trong|từ|đến|hoàn thành|xong|"
    r"chậm nhất|muộn nhất|ngay|sau|cả|đầu|cuối|giữa)\s+)*(?:ngày|tháng|quý|"
    r"năm|tuần|"
    r"thường xuyên|định kỳ|hằng|hàng|theo|khi|\d{1,2}[/.-]\d|\d{1,2}\s+ngày|giai đoạn|20\d\d|sau khi|\d+h)"
)
FIRST = r"(?:S?TT|Số TT|Số thứ tự)\.?"
# A cell does not end so.
OPEN = (
    r"(?:[,–-]|\b(?:và|của|các|với|trước|ngày|tháng|quý|năm|nhất|hết|bộ|sở|ban|thực|cơ|cơ quan|ủy|ủy ban|uỷ ban|phòng|"
    r"trung|văn|nhân|thành|địa|ngoại|hoàn|xây|báo|theo|trong|đến|từ|cho|về|cấp))$"
)
LONGEST_GROUP = 5  # lines of the title of a part of the table
MOST_LINES = 60  # of one row; longer is no row
LONGEST_CELL = 90  # characters of a name's or a time's line


@dataclass
class Block:
    """The lines of one row, after its number."""

    group: str
    number: str
    lines: list[Line] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # of these lines, or of the line that holds the number too

    def take(self, line: Line, place: int) -> None:
        self.lines.append(line)
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
    last = 0
    joins = joined_number(lines[at], 0) is not None
    while at < len(lines):
        line = lines[at]
        if [one.text for one in lines[at : at + len(titles)]] == titles:
            at += len(titles)  # printed anew on the next page, maybe inside a row
            continue
        if again := _head(lines, at):
            columns, at = again
            continue
        bare = line.text.strip(" .)")
        if rx(rf"{GROUP}|{NUMBER}").fullmatch(line.text) and block.number.isdigit() and not block.lines:
            last = int(block.number) - 1  # the number of a page was taken for a row's
        if begun := _begins(lines, at, block.group, last, joins):
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
    shown = Shown(lines)
    best: list[tuple[float, Shares]] = [(0.0, ()), *[NEVER] * count]
    for name in columns:
        following = [NEVER] * (count + 1)
        for begin, (so_far, shares) in enumerate(best):
            if so_far == float("-inf"):
                continue
            for end in range(begin, count + 1):
                total = so_far + fit(name, shown, begin, end)
                if total > following[end][0]:
                    following[end] = (total, (*shares, (begin, end)))
        best = following
    # Lines left over at the end belong to what follows the table.
    ends = [(total - 1.5 * (count - end), shares) for end, (total, shares) in enumerate(best)]
    return list(max(ends, key=lambda one: one[0])[1]) or [(0, 0)] * len(columns)


class Shown:
    """What each line shows, looked at once: "Bộ", "Nội", "vụ," may be three lines of one name."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        ahead = [" ".join(lines[n : n + 4]) for n in range(len(lines))]
        self.time = [bool(rx(TIME, re.I).match(words)) for words in ahead]
        self.name = [names.head_at(words, 0, co=True) for words in ahead]
        self.capital = [bool(rx(f"[{UPPER}]").match(line)) for line in lines]
        self.open = [bool(rx(OPEN, re.I).search(line.rstrip())) for line in lines]
        self.long = _sums(len(line) > LONGEST_CELL for line in lines)
        self.wide = _sums(len(line) > LONGEST_CELL / 2 for line in lines)
        self.names = _sums(
            self.capital[n] and names.head_at(ahead[n], 0) and not lines[n - 1].rstrip().endswith((",", ";", "-"))
            for n in range(len(lines))
        )


def _sums(marks: Iterable[bool]) -> list[int]:
    """How many of the first n are true, for each n."""
    return [0, *accumulate(map(int, marks))]


def fit(name: str, shown: Shown, begin: int, end: int) -> float:
    """How well lines [begin, end) are the cell of this column."""
    if begin == end:
        return -6.0 if name in ("content", "lead") else -1.0
    score = -0.1 * (end - begin)
    first, time = shown.lines[begin], shown.time[begin]
    if begin and shown.open[begin - 1]:
        score -= 4.0
    if name in ("lead", "co"):
        named = shown.name[begin] or len(first.split()) <= 3
        score += (3.0 if shown.name[begin] else 0.5) if named else -3.0
        # A second agency on a line of its own belongs to the next column, unless the first line is open.
        score -= 1.5 * (shown.names[end] - shown.names[begin + 1])
        score -= 2.0 * (shown.long[end] - shown.long[begin])
        score -= 3.0 * time
    elif name == "due":
        score += 3.0 if time and len(first) < LONGEST_CELL else -3.0
        score -= 2.0 * (shown.wide[end] - shown.wide[begin + 1])
    else:
        score += 1.0 if name == "content" else 0.0
        score -= 2.0 * (time or shown.name[begin]) if name != "content" else 0.0
    if first[:1].islower():
        score -= 2.5  # mostly the rest of a wrapped line
    return score
