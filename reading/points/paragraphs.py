"""Text → paragraphs with their offsets: wrapped lines joined, page noise left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from reading.words import UPPER, rx, squeeze, unmarked

SIGN = r"[A-ZĐ]{2,}[A-Za-zĐđ]{0,4}[-–]"  # of a document's number: "36/CĐ-TTg"
CITED = r"\b(?:số|ngày|tháng|năm|quý|khoản|điểm|điều)$"  # a line that a number continues: "Công điện số | 36/CĐ-TTg"
NUMBER_GOES_ON = r"\d{1,4}\s?(?:/|[-–]\d|(?:tháng|năm|ngày|của|và|về|đến)\s)"
MARKER = (
    rf"(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVXLC]+|\d+)\b|Điều\s+\d+\s?[.:]|"
    rf"[IVX]{{1,5}}\s?[.)/]|[IVX]{{1,5}}\s?[-–]\s*[{UPPER}]|[A-H][.)/]\s|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?:\s?[.)/]|\s|[-–]\s)|"
    rf"\d{{1,2}}\s?[.)/](?!\d|{SIGN})|\d{{1,2}}-\s|\d{{1,2}}\s?[-–]\s*[{UPPER}]|[a-zđ]\d?\s?[.)/](?!\w)|[a-zđ],\s(?=[{UPPER}])(?!Điều|Khoản)|[a-zđ]\)|"
    rf"[a-zđ]\s?[-–]\s+[{UPPER}]|\((?:\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)|"
    r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là\s?[,:]|Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
    r"(?:\s+là)?\s?[,:]|[-–—−+*•·▪●○◦■□►▶✓✔❖➢➤§\uf000-\uf0ff]\s?|o\s(?=[A-ZĐ]))"
)
NOISE = (
    r"[\W_]+|CÔNG BÁO/.*|(?:Trang|Page)\s+\d+.*|\d+\s*\|\s*Page|A-\s*A\s*A\+.*|Ký bởi:.*|Ngày ký:.*|Thời "
    r"gian ký:.*|\[(?:trang|page).*\]|[•·▪●○*]\s*\d[\d\s:./,|–-]*"
)
# A line that ends so is unfinished, whatever begins the next.
OPEN_END = (
    r"(?:,|\b(?:của|và|với|cho|các|những|về|theo|do|từ|đến|trong|bởi|tại|thuộc|hoặc|cùng|số|ngày|tháng|năm|là|bằng|để|"
    r"trước|sau|trên|dưới|giữa|nhằm|được|bị|phải|không|chưa|đã|sẽ|khi|nếu|mà|cả|mọi|mỗi|từng))$"
)
ANNEXED = r"\(?\s*(?:Ban hành )?[Kk]èm theo (?:Quyết định|Kế hoạch|Công văn|Nghị quyết|Thông báo|Tờ trình)"
BARE_BULLET = r"[-–+•▪●❖➢§\uf000-\uf0ff]"
ENDED = r"[.;:!?…][\"”’')\]]*\s*$|\./\.?\s*$"


LOOK_BACK = 12  # lines
SURELY_BROKEN = 8  # lines that go on in a small letter
SURE = 5  # lines that show how a text is set
FULL_LINE = 50  # characters
SHORTEST_OPEN = 25  # characters; a shorter line is a letterhead's or a table's


@dataclass(frozen=True)
class Line:
    text: str
    start: int  # offset of its first letter
    gap: bool  # a blank line before it

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Paragraph:
    text: str
    start: int
    end: int
    lines: tuple[Line, ...] = ()


def lines_of(text: str) -> list[Line]:
    lines, offset, gap = [], 0, False
    for raw in text.split("\n"):
        stripped = unmarked(raw)
        if not stripped:
            gap = True
        elif rx(BARE_BULLET).fullmatch(stripped) or not rx(NOISE, re.I).fullmatch(stripped):
            lines.append(Line(stripped, offset + raw.index(stripped), gap))
            gap = False
        offset += len(raw) + 1
    # A bullet on a line of its own is one only over the words of its point.
    return [
        line
        for line, below in zip(lines, [*lines[1:], None], strict=True)
        if not rx(BARE_BULLET).fullmatch(line.text) or (below and not rx(MARKER).match(below.text))
    ]


def wrap_width(lines: list[Line]) -> int:
    """How long a line is that was broken by a page, 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0
    width = 120 if lengths[-1] > 160 else max(40, int(lengths[int(len(lengths) * 0.9)] * 0.8))
    broken = sorted(
        len(line.text)
        for line, below in pairwise(lines)
        if below.text[:1].islower() and not below.gap and not rx(f"{ENDED}|\\|").search(line.text)
    )
    # Where many lines are surely broken, they show the width better than a few long ones.
    return min(width, max(40, int(broken[len(broken) // 2] * 0.9))) if len(broken) >= SURELY_BROKEN else width


def spaced(lines: list[Line]) -> bool:
    """Does a blank line part the paragraphs? Then lines without one between them belong together, however short."""
    marked = [line for line in lines if rx(MARKER).match(line.text)]
    broken = sum(line.text[:1].islower() and not line.gap for line in lines)
    return len(marked) >= SURE and broken >= SURE and sum(line.gap for line in marked) >= len(marked) * 2 / 3


def unbroken(group: list[Line], line: Line) -> bool:
    """In a text whose paragraphs are parted by blank lines: is this line the rest of the paragraph before it?"""
    last = group[-1].text
    begun = len(last) > SHORTEST_OPEN or (len(group) == 1 and rx(MARKER).match(last))
    if line.gap or not begun or rx(ENDED).search(last) or line.text.isupper() != last.isupper():
        return False
    return not rx(rf"{MARKER}|\||\d|{ANNEXED}|[^.;,]{{2,40}}:").match(line.text) and "|" not in last


def runs_on(group: list[Line], line: Line) -> bool:
    """ "(2) …" at the head of a line, where "(1) …" stood inside the paragraph: one list, one paragraph."""
    number = rx(r"\((\d)\)").match(line.text)
    if number is None or line.gap or group[0].text.startswith("("):
        return False
    before = f"({int(number.group(1)) - 1})"
    return any(before in one.text for one in group[-LOOK_BACK:])


def continues(previous: Line, line: Line, width: int, wrapped: bool = False) -> bool:
    """Is this line the rest of the one before it? `wrapped`: that one was itself the rest of another."""
    if rx(BARE_BULLET).fullmatch(previous.text):
        return True
    if rx(CITED, re.I).search(previous.text) and not line.gap and rx(NUMBER_GOES_ON).match(line.text):
        return True
    if rx(MARKER).match(line.text) or line.text.startswith("|") or previous.text.startswith("|"):
        return False
    if line.gap and not broken_sentence(previous, line):
        return False
    if rx(MARKER).fullmatch(previous.text):
        return True  # a number on a line of its own
    if rx(ANNEXED).match(line.text):
        return False  # under the title of an annex
    if rx(ENDED).search(previous.text):
        # After ";" a small letter goes on only where the line before was broken by the page.
        broken = wrapped or len(previous.text) >= width
        return line.text[:1].islower() and not previous.text.endswith(":") and (broken or previous.text[-1:] != ";")
    if line.text[:1].islower() or line.text[:1].isdigit() or line.text[:1] in '("“':
        return True
    if line.text.isupper() != previous.text.isupper():
        return False  # a title over its text, or after it
    unfinished = len(previous.text) > SHORTEST_OPEN and rx(OPEN_END).search(previous.text)
    return len(previous.text) >= width or bool(unfinished)


def broken_sentence(previous: Line, line: Line) -> bool:
    """A small letter after an unfinished line goes on, whatever stood between: the end of a page, a picture."""
    if len(previous.text) < FULL_LINE or rx(ENDED).search(previous.text):
        return False
    return line.text[:1].islower() and not line.text.isupper() and not previous.text.isupper()


def paragraphs(text: str, lines: list[Line]) -> list[Paragraph]:
    width, apart = wrap_width(lines), spaced(lines)
    groups: list[list[Line]] = []
    for place, line in enumerate(lines):
        if rx(r"(?!\(\d\)$)[\W_]*\d{1,3}[\W_]*").fullmatch(line.text) and not lone_number(lines, place):
            continue  # a page number
        if groups and (
            continues(groups[-1][-1], line, width, len(groups[-1]) > 1)
            or runs_on(groups[-1], line)
            or (apart and unbroken(groups[-1], line))
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(squeeze(text[g[0].start : g[-1].end]), g[0].start, g[-1].end, tuple(g)) for g in groups]


def lone_number(lines: list[Line], place: int) -> bool:
    """ "3." over the words of its point, not the number of a page."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    ended = place == 0 or bool(rx(ENDED).search(lines[place - 1].text))
    words = after is not None and not after.gap and len(after.text) > SHORTEST_OPEN and after.text[:1].isupper()
    return bool(rx(r"\d{1,2}[.)]").fullmatch(lines[place].text)) and ended and words and lines[place].gap


def is_title(text: str) -> bool:
    """A line of capitals only."""
    return len(text) > 3 and text.isupper()
