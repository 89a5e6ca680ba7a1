"""Text → paragraphs with their offsets: wrapped lines joined, page noise left out, only what lies in the body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reading import signature
from reading.words import rx, squeeze, unmarked

MARKER = (
    r"(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVXLC]+|\d+)\b|Điều\s+\d+\.|"
    r"[IVX]{1,5}\s?[.)/]|[A-H][.)]\s|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s|"
    r"\d{1,2}\s?[.)/](?!\d)|\d{1,2}-\s|\d{1,2}\.(?=\S)|[a-zđ]\d?\s?[.)/](?!\w)|[a-zđ]\)|\((?:\d{1,2}|"
    r"[a-zđ]|[ivx]{1,4})\)|[-–—−+*•·▪●○◦✓❖➢]\s?|o\s(?=[A-ZĐ]))"
)
NOISE = (
    r"[\W_]+|CÔNG BÁO/.*|(?:Trang|Page)\s+\d+.*|\d+\s*\|\s*Page|A-\s*A\s*A\+.*|Ký bởi:.*|Ngày ký:.*|Thời "
    r"gian ký:.*|\[(?:trang|page).*\]"
)
ENDED = r"[.;:!?…][\"”’')\]]*\s*$|\./\.?\s*$"


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
        elif not rx(NOISE, re.I).fullmatch(stripped):
            lines.append(Line(stripped, offset + raw.index(stripped), gap))
            gap = False
        offset += len(raw) + 1
    return lines


def wrap_width(lines: list[Line]) -> int:
    """How long a line is that was broken by a page, 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0
    return 120 if lengths[-1] > 160 else max(40, int(lengths[int(len(lengths) * 0.9)] * 0.8))


def continues(previous: Line, line: Line, width: int) -> bool:
    """Is this line the rest of the one before it?"""
    if line.gap or rx(MARKER).match(line.text) or line.text.startswith("|") or previous.text.startswith("|"):
        return False
    if rx(ENDED).search(previous.text):
        return previous.text.rstrip().endswith((";", ":")) is False and line.text[:1].islower()
    if line.text[:1].islower() or line.text[:1].isdigit() or line.text[:1] in '("“':
        return True
    return len(previous.text) >= width and not (line.text.isupper() and not previous.text.isupper())


def paragraphs(text: str, lines: list[Line]) -> list[Paragraph]:
    width = wrap_width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if rx(r"[\W_]*\d{1,3}[\W_]*").fullmatch(line.text):
            continue  # a page number
        if groups and continues(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(squeeze(text[g[0].start : g[-1].end]), g[0].start, g[-1].end, tuple(g)) for g in groups]


def body(found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs where duties may stand: after the letterhead, before "./." and the signature, and in annexes."""
    kept: list[Paragraph] = []
    inside = True
    for paragraph in found[address_end(found) :]:
        if not inside and signature.begins_annex(paragraph.text):
            inside = True
        if inside and kept and signature.begins_tail(paragraph.text):
            inside = False
        if inside:
            kept.append(paragraph)
            inside = not signature.ends_body(paragraph.text)
    return kept


def address_end(found: list[Paragraph]) -> int:
    """How many paragraphs the letterhead takes, down to the last name of the "Kính gửi" block."""
    for place, paragraph in enumerate(found[:40]):
        if rx(r"(?:Kính gửi|Gửi)\s*:|.{3,90}\sđiện\s*:\s*$", re.I).match(paragraph.text):
            place += 1
            while (
                place < len(found)
                and rx(r"[-–+]\s*\S").match(found[place].text)
                and len(found[place].text) < 160
                and rx(r"[;.,]\s*$").search(found[place].text)
            ):
                place += 1
            return place
    return 0


def is_title(text: str) -> bool:
    """A line of capitals only."""
    return len(text) > 3 and text.isupper()
