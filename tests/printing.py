"""A document's text set on A4 sheets, as an office prints it: letterhead and signature in two columns, tables ruled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import ImageFont

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 78.0, 42.0, 57.0, 57.0  # the margins of Decree 30/2020
SIZE, LEADING, INDENT = 11.0, 1.45, 28.0
FONTS = Path("/usr/share/fonts/truetype/dejavu")
OF_RIGHT = re.compile(r"CỘNG H(?:ÒA|OÀ)|Độc lập|ĐẢNG CỘNG SẢN|[^\d:;]{2,40}, ngày .*tháng")
COLUMNS = re.compile(r"\t|\||\s{4,}")
OPENS_BODY = re.compile(
    r"Kính gửi|.{110}|(?:CHỈ THỊ|KẾ HOẠCH|THÔNG BÁO|QUYẾT ĐỊNH|CÔNG ĐIỆN|BÁO CÁO|KẾT LUẬN|CHƯƠNG TRÌNH|HƯỚNG DẪN|"
    r"GIẤY MỜI|NGHỊ QUYẾT|TỜ TRÌNH|PHƯƠNG ÁN|ĐỀ ÁN)\b"
)


@dataclass(frozen=True)
class Piece:
    """One word: its place is the left end of its base line, in points from the upper left corner."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass
class Sheet:
    """What is printed on one side; rules are (x, y, x, y)."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def font_file(bold: bool) -> Path:
    return FONTS / ("DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf")


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(bold)), 100)


@cache
def width_of(word: str, size: float, bold: bool) -> float:
    return _font(bold).getlength(word) * size / 100


def wrapped(text: str, width: float, size: float, bold: bool = False, indent: float = 0.0) -> list[list[str]]:
    """Words line by line, the first line narrower by the indent."""
    lines: list[list[str]] = [[]]
    room = width - indent
    for word in text.split():
        needed = width_of(word, size, bold) + (width_of(" ", size, bold) if lines[-1] else 0)
        if lines[-1] and needed > room:
            lines.append([])
            room, needed = width, width_of(word, size, bold)
        lines[-1].append(word)
        room -= needed
    return lines


class Printer:
    """Sets paragraphs, columns and tables one below the other."""

    def __init__(self) -> None:
        self.sheets = [Sheet()]
        self.y = TOP

    def _room(self, height: float) -> None:
        if self.y + height > HEIGHT - BOTTOM:
            self.sheets.append(Sheet())
            self.y = TOP
            number = str(len(self.sheets))
            self.sheets[-1].pieces.append(Piece(number, WIDTH / 2 - 4, 36, SIZE, False))

    def line(
        self, words: list[str], x: float, size: float, bold: bool = False, fill: float = 0.0, y: float | None = None
    ) -> None:
        """One line; `fill` stretches its blanks to that width."""
        own = sum(width_of(word, size, bold) for word in words)
        blank = (fill - own) / (len(words) - 1) if fill and len(words) > 1 else width_of(" ", size, bold)
        for word in words:
            self.sheets[-1].pieces.append(Piece(word, x, (self.y if y is None else y) + size, size, bold))
            x += width_of(word, size, bold) + blank

    def paragraph(self, text: str) -> None:
        width = WIDTH - LEFT - RIGHT
        centred = text.isupper() and len(text) < 160
        lines = wrapped(text, width, SIZE, centred, 0 if centred else INDENT)
        for number, words in enumerate(lines):
            self._room(SIZE * LEADING)
            first, last = number == 0, number == len(lines) - 1
            indent = INDENT if first and not centred else 0.0
            if centred:
                own = width_of(" ".join(words), SIZE, True)
                self.line(words, LEFT + (width - own) / 2, SIZE, True)
            else:
                self.line(words, LEFT + indent, SIZE, fill=0.0 if last else width - indent)
            self.y += SIZE * LEADING
        self.y += 4

    def columns(self, left: list[str], right: list[str], size: float = 10.0, flush: bool = False) -> None:
        """Two columns, centred lines; the left one flush if asked."""
        height = size * 1.35
        sides = [(left, LEFT - 20, 205.0, flush), (right, LEFT + 200, 300.0, False)]
        set_lines = [[line for text in texts for line in wrapped(text, width, size)] for texts, _, width, _ in sides]
        self._room(height * max(map(len, set_lines)))
        for lines, (_, x, width, at_left) in zip(set_lines, sides, strict=True):
            for number, words in enumerate(lines):
                own = width_of(" ".join(words), size, False)
                self.line(words, x if at_left else x + (width - own) / 2, size, y=self.y + number * height)
        self.y += height * max(map(len, set_lines)) + 12

    def table(self, rows: list[list[str]]) -> None:
        """Ruled; the head row again on every new sheet."""
        size, count = 9.0, max(map(len, rows))
        rows = [[*row, *[""] * (count - len(row))] for row in rows]
        words = [[word for row in rows for word in (row[n] or "-").split()] for n in range(count)]
        least = [max(width_of(word, size, False) for word in column) + 10 for column in words]
        weights = [min(max(max(len(row[n]) for row in rows), 9), 60) for n in range(count)]
        free = WIDTH - LEFT - RIGHT - sum(least)
        widths = [narrow + free * weight / sum(weights) for narrow, weight in zip(least, weights, strict=True)]
        for number, row in enumerate(rows):
            sheets = len(self.sheets)
            cells = [wrapped(cell, width - 8, size) if cell else [] for cell, width in zip(row, widths, strict=True)]
            self._room(max(map(len, cells)) * size * 1.3 + 6)
            if number and len(self.sheets) > sheets:
                self._row([wrapped(c, w - 8, size) for c, w in zip(rows[0], widths, strict=True)], widths, size)
            self._row(cells, widths, size)
        self.y += 10

    def _row(self, cells: list[list[list[str]]], widths: list[float], size: float) -> None:
        height = max(map(len, cells)) * size * 1.3 + 6
        x, bottom = LEFT, self.y + height
        rules = self.sheets[-1].rules
        for lines, width in zip(cells, widths, strict=True):
            for number, words in enumerate(lines):
                self.line(words, x + 4, size, y=self.y + 2 + number * size * 1.3)
            rules.append((x, self.y, x, bottom))
            x += width
        rules += [(x, self.y, x, bottom), (LEFT, self.y, x, self.y), (LEFT, bottom, x, bottom)]
        self.y = bottom


def printed(text: str) -> list[Sheet]:
    """The document on its sheets."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    printer = Printer()
    at = _letterhead(printer, lines)
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith("Nơi nhận"):
            at = _signature(printer, lines, at)
            continue
        rows = list(_rows(lines[at:]))
        if len(rows) > 1:
            printer.table(rows)
            at += len(rows)
            continue
        if line:
            printer.paragraph(line)
        else:
            printer.y += 5
        at += 1
    return printer.sheets


def _rows(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        if "\t" not in line and not line.startswith("|"):
            return
        yield [cell.strip() for cell in re.split(r"\t|\|", line.strip().strip("|") if line.startswith("|") else line)]


def _letterhead(printer: Printer, lines: list[str]) -> int:
    end = next((n for n, line in enumerate(lines[:40]) if OPENS_BODY.match(line.strip())), 0)
    head = [part.strip() for line in lines[:end] for part in COLUMNS.split(line) if re.search(r"\w", part)]
    if not any(OF_RIGHT.match(line) for line in head):
        return 0
    printer.columns([x for x in head if not OF_RIGHT.match(x)], [x for x in head if OF_RIGHT.match(x)])
    return end


def _signature(printer: Printer, lines: list[str], at: int) -> int:
    left, *right = COLUMNS.split(lines[at].strip())
    column = [left]
    at += 1
    while at < len(lines) and (re.match(r"\s*[-+*]", lines[at]) or not lines[at].strip()):
        first, *rest = COLUMNS.split(lines[at].strip())
        column += [first] if first else []
        right += rest
        at += 1
    while at < len(lines) and len(lines[at]) < 60 and not re.match(r"PHỤ LỤC|Phụ lục|DANH MỤC", lines[at].strip()):
        right += [lines[at].strip()] if lines[at].strip() else []
        at += 1
    printer.columns(column, right, 9.0, flush=True)
    return at
