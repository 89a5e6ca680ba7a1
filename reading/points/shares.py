"""How the lines of a table's row are shared out among its columns, so that each column gets what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from reading.naming import names
from reading.words import UPPER, rx

TIME = (
    r"(?:(?:(?:nhiệm vụ )?thực hiện|nhiệm vụ|trước|trong|từ|đến|hoàn thành|xong|"
    r"chậm nhất|muộn nhất|ngay|sau|cả|đầu|cuối|giữa)\s+)*(?:ngày|tháng|quý|"
    r"năm|tuần|kỳ họp|"
    r"thường xuyên|định kỳ|hằng|hàng|theo|khi|\d{1,2}[/.-]\d|\d{1,2}\s+ngày|giai đoạn|20\d\d|sau khi|\d+h)"
)
# A cell does not end so.
OPEN = (
    r"(?:[,–-]|\b(?:và|của|các|với|trước|nhất|hết|(?<!ngang )(?<!cán )(?<!nội )(?<!toàn )bộ|"
    r"sở|ban|thực|cơ|cơ quan|ủy|ủy ban|uỷ ban|phòng|"
    r"trung|văn|nhân|thành|địa|ngoại|hoàn|xây|báo|theo|trong|đến|từ|cho|về|"
    r"(?<!các )(?<!\d )(?<!hai )(?<!ba )cấp))$"
)
COUNTED = r"(?<!hằng )(?<!hàng )\b(?:ngày|tháng|quý|năm)$"  # open where a number stands in the next line
ROLE = r"^[-–+•*]?\s*(?:(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp|đầu mối|thực hiện)(?: thực hiện)?\s*:|giao\s)\s*"
LONGEST_CELL = 90  # characters of a name's or a time's line

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
        ahead = [rx(ROLE, re.I).sub("", " ".join(lines[n : n + 4])) for n in range(len(lines))]
        self.time = [bool(rx(TIME, re.I).match(words)) for words in ahead]
        self.name = [names.head_at(words, 0, co=True) for words in ahead]
        self.capital = [bool(rx(f"[{UPPER}]").match(line)) for line in lines]
        pairs = [" ".join(lines[max(0, n - 1) : n + 1]) for n in range(len(lines))]
        self.open = [unfinished(words, lines[n + 1 : n + 2]) for n, words in enumerate(pairs)]
        # A capital that goes on with no open line and begins no name: the first line of another cell.
        self.new = _sums(
            n > 0 and self.capital[n] and not self.open[n - 1] and not self.name[n] and not lines[n - 1].endswith(".")
            for n in range(len(lines))
        )
        self.long = _sums(len(line) > LONGEST_CELL for line in lines)
        self.wide = _sums(len(line) > LONGEST_CELL / 2 for line in lines)
        self.names = _sums(
            self.capital[n] and names.head_at(ahead[n], 0) and not lines[n - 1].rstrip().endswith((",", ";", "-"))
            for n in range(len(lines))
        )
        self.agencies = _sums(
            n > 0 and ahead[n][:1].isupper() and names.head_at(ahead[n], 0) and not self.open[n - 1]
            for n in range(len(lines))
        )


def unfinished(words: str, following: tuple[str, ...]) -> bool:
    """Do the last words of a line want more?"""
    counts = bool(following) and bool(rx(r"\d|[IVX]+\b").match(following[0])) and rx(COUNTED, re.I).search(words)
    return bool(counts or rx(OPEN, re.I).search(words.rstrip()))


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
        score -= (1.7 if name == "lead" else 1.5) * (shown.names[end] - shown.names[begin + 1])
        score -= 1.2 * (shown.new[end] - shown.new[begin + 1])
        score -= 2.0 * (shown.long[end] - shown.long[begin])
        score -= 3.0 * time
    elif name == "due":
        score += 3.0 if time and len(first) < LONGEST_CELL else -3.0
        score -= 2.0 * (shown.wide[end] - shown.wide[begin + 1])
        score -= 1.2 * (shown.new[end] - shown.new[begin + 1])
    else:
        if name == "content":  # an agency that begins a line of its own is hardly one that the content speaks of
            score += 1.0 - 1.5 * (shown.agencies[end] - shown.agencies[begin + 1])
        score -= 2.0 * (time or shown.name[begin]) if name != "content" else 0.0
    if first[:1].islower():
        score -= 2.5  # mostly the rest of a wrapped line
    return score
