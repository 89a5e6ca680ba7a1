"""Lines of all pages → one text: paragraphs whole again, running heads, page numbers and signature stamps left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

from reading.extracted import Extracted
from reading.formats.fragments import Line, Word
from reading.points.paragraphs import ENDED, MARKER
from reading.secrecy import bears_mark
from reading.words import fold, rx

MARGIN = 0.12  # of the page's height, above and below, where heads and page numbers stand
SAME_PLACE = 4.0  # points
PAGE_NUMBER = r"[\W_]*(?:(?:Trang|Page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[\W_]*"
LEADS_ON = r"\b(?:ngày|tháng|năm|quý|số|điều|khoản|điểm|mục|từ|đến|và|của|các|[\dIVX]+\s*[-–,])$"
SIGNED = r"(?:Ký bởi|Người ký|Ký số bởi|Được ký bởi|Signature (?:Not Verified|valid)|(?:Digitally )?[Ss]igned by)\b.*"
SIGNED_DETAIL = r"(?:E-?mail|Cơ quan|Thời gian ký|Ngày ký|Ngày giờ ký|Chức vụ|Tổ chức|Date|Reason|Location|DN)\s*:.*"


@dataclass(frozen=True)
class Page:
    """The lines of one page in reading order, and the page's height in points."""

    lines: list[Line]
    height: float
    recognised: bool = False


def assemble(pages: Sequence[Page]) -> Extracted:
    """The text of the document, with the spans of the words that recognition doubts."""
    text = ""
    doubtful: list[tuple[int, int]] = []
    kept = _tables_continued([_without_stamps(lines) for lines in _without_heads(pages)])
    for before, line in _separated(kept):
        text += before if text else ""
        for number, cell in enumerate(line.cells):
            text += "\t" if number else ""
            for place, word in enumerate(cell):
                text += " " if place else ""
                if not word.sure:
                    doubtful.append((len(text), len(text) + len(word.text)))
                text += word.text
    return Extracted(text, tuple(doubtful), any(page.recognised for page in pages))


# -- what stands on the page but is no part of the text ----------------------------------------------------------------
def _without_heads(pages: Sequence[Page]) -> list[list[Line]]:
    heads = Counter(key for page in pages for key in {_key(line) for line in _edge_lines(page)})
    marked: set[str] = set()
    kept: list[list[Line]] = []
    for number, page in enumerate(pages):
        least = max(3, 0.6 * len(pages)) if number == 0 else max(2, 0.4 * len(pages))  # page 1 has the letterhead
        edges = _edge_lines(page)
        lines = []
        for line in page.lines:
            key = _key(line)
            # Seen again a little higher or lower it is still the same head.
            seen = sum(heads[key[0], key[1] + shift] for shift in (-1, 0, 1))
            dropped = line in edges and (rx(PAGE_NUMBER).fullmatch(line.text) or seen >= least)
            if dropped and bears_mark(line.text):
                dropped = line.text in marked
            marked.add(line.text)
            if not dropped:
                lines.append(line)
        kept.append(lines)
    return kept


def _edge_lines(page: Page) -> list[Line]:
    """Lines in the upper and lower margin; of numbers alone only those that stand in the middle or to the right."""
    top, bottom = MARGIN * page.height, (1 - MARGIN) * page.height
    lines = [line for line in page.lines if not line.table]
    left = min((line.left for line in page.lines), default=0.0)
    right = max((line.right for line in page.lines), default=0.0)
    inner = left + 0.3 * (right - left)
    edges = [line for line in lines if line.bottom < top or line.top > bottom]
    return [line for line in edges if line.left > inner or not rx(PAGE_NUMBER).fullmatch(line.text)]


def _key(line: Line) -> tuple[str, int]:
    return rx(r"\d+").sub("#", fold(line.text)), round(line.top / SAME_PLACE)


def _without_stamps(lines: list[Line]) -> list[Line]:
    """Without the block of a digital signature: its first words, its labelled lines, and what they wrap into."""
    kept: list[Line] = []
    stamp: Line | None = None
    for line in lines:
        if rx(SIGNED).match(line.text) or (stamp and rx(SIGNED_DETAIL).match(line.text)):
            stamp = line
        elif stamp and _wraps(stamp, line):
            stamp = replace(line, block=stamp.block)
        else:
            stamp = None
            kept.append(line)
    return kept


def _wraps(stamp: Line, line: Line) -> bool:
    height = stamp.words[0].height
    return (
        0.85 * height < line.words[0].height < 1.15 * height
        and 0 < line.top - stamp.top < 1.6 * height
        and abs(line.left - stamp.left) < height
        and not rx(MARKER).match(line.text)
    )


# -- tables that go on over the page -----------------------------------------------------------------------------------
def _tables_continued(pages: list[list[Line]]) -> list[list[Line]]:
    """The repeated head row dropped; a row that the page cut in two made whole."""
    head: Line | None = None  # of the table that the page before ended in
    last: list[Line] = []
    for lines in pages:
        if head and lines and lines[0].table and len(lines[0].cells) == len(head.cells):
            if _alike(lines[0].text, head.text):
                del lines[0]
            if lines and lines[0].table and not lines[0].cells[0] and last[-1].cells[0]:
                parts = zip(last[-1].cells, lines[0].cells, strict=True)
                last[-1] = replace(last[-1], cells=tuple(above + below for above, below in parts))
                del lines[0]
        else:
            head = None
        for place, line in enumerate(lines):
            if line.table and ((place == 0 and head is None) or (place and not lines[place - 1].table)):
                head = line
        if lines:
            head = head if lines[-1].table else None
            last = lines
    return pages


def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, fold(one), fold(other)).ratio() > 0.9


# -- paragraphs --------------------------------------------------------------------------------------------------------
def _separated(pages: list[list[Line]]) -> Iterator[tuple[str, Line]]:
    """(what stands before it, line): a blank within a paragraph, else an end of line, else an empty line."""
    above: Line | None = None
    above_margins: dict[int, Margins] = {}
    first = True  # is `above` the first line of its paragraph?
    for lines in pages:
        margins = _margins(lines)
        for place, line in enumerate(lines):
            if above is None:
                before = ""
            elif place == 0:
                apart = above.table or line.table or above.column or line.column
                own = None if apart else (above_margins[above.block], margins[line.block])
                before = " " if own and _goes_on(above, line, *own, first) else "\n"
            else:
                before = _within_page(above, line, margins, first)
            if before == " " and above is not None and _cut_at_hyphen(above.words[-1], line.words[0]):
                before = ""
            first = before in ("\n", "\n\n") or above is None
            above, above_margins = line, margins
            yield before, line


def _cut_at_hyphen(last: Word, word: Word) -> bool:
    """ "19/TB-" / "UBND": a hyphen that hangs on a number's or sign's letters is no dash between words."""
    return bool(rx(r"\S*[\dA-ZĐ][-/]").fullmatch(last.text)) and word.text[:1].isalnum() and "/" in last.text


@dataclass(frozen=True)
class Margins:
    """Of one block: where its lines begin and end, how far they stand apart, whether a first line is indented."""

    left: float
    right: float
    step: float
    indented: bool


def _margins(lines: list[Line]) -> dict[int, Margins]:
    found: dict[int, Margins] = {}
    for block in {line.block for line in lines}:
        own = [line for line in lines if line.block == block and not line.table]
        if own:
            steps = [b.top - a.top for a, b in pairwise(own) if b.top > a.top]
            height = median(line.words[0].height for line in own)
            usual = min(median(steps), 2.2 * height) if steps else 1.4 * height
            left, right = min(line.left for line in own), max(line.right for line in own)
            # What follows a short line is a first line.
            firsts = [b.left - left > 0.8 * height for a, b in pairwise(own) if a.right < right - 3 * height]
            found[block] = Margins(left, right, usual, sum(firsts) > len(firsts) / 2)
    return found


def _within_page(above: Line, line: Line, margins: dict[int, Margins], first: bool) -> str:
    if line.table and above.table:
        return "\n"
    if line.table or above.table or line.block != above.block:
        return "\n\n"
    own = margins[line.block]
    if line.top - above.top > 1.75 * own.step:
        return "\n\n"
    close = line.top - above.top < 1.4 * own.step
    return " " if close and not line.column and _goes_on(above, line, own, own, first) else "\n"


def _goes_on(above: Line, line: Line, above_margins: Margins, margins: Margins, first: bool) -> bool:
    """Is the line the rest of the paragraph above? By the full line above, the indent, and the enumerators."""
    height = line.words[0].height
    letters = sum(c.isalpha() for c in line.text)
    if line.text.isupper() != above.text.isupper() and letters > 6:  # a heading; "I/2026." is none
        return False
    word = line.words[0]
    if above.right + (word.right - word.left) + 0.8 * height < above_margins.right:
        return False  # the first word would have had room above
    indent, above_indent = line.left - margins.left, above.left - above_margins.left
    if rx(MARKER).match(line.text):  # "quý" / "I/2026", "ngày" / "25), …" are no enumerators
        unfinished = margins.indented and not rx(ENDED).search(above.text)
        return indent <= 0.8 * height and (unfinished or bool(rx(LEADS_ON, re.I).search(above.text)))
    if indent <= 0.8 * height:
        told = margins.indented or above_indent > 0.8 * height or line.text[:1].islower()
        return told or not rx(ENDED).search(above.text)
    if first:  # a hanging indent, as Word sets its lists
        return bool(rx(MARKER).match(above.text)) and 0.3 * height < indent - above_indent < 3.5 * height
    return abs(indent - above_indent) < 0.5 * height
