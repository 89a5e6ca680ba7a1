"""A paper as PDF: pages laid out here, by the widths of `measure.py`, with Tinos embedded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from papers.decree.layout import (
    BOTTOM,
    LEFT,
    NUMBER_AT,
    NUMBER_SIZE,
    RIGHT,
    TOP,
    Align,
    Beside,
    Block,
    Break,
    Paper,
    Paragraph,
    Rule,
    Section,
    Table,
)
from papers.decree.measure import ASCENT, FACES, MM, SINGLE, Line, Style, font_file, line_height, lines_of, width_of
from papers.decree.pdf_table import TableRows

if TYPE_CHECKING:
    from fpdf import FPDF

THIN = 0.2
FAMILY = "Tinos"


def pdf(paper: Paper, made_at: datetime) -> bytes:
    """The file. `made_at`: the moment in its properties (aware)."""
    from fpdf import FPDF  # half a second and 30 MB, and only papers need it

    file = FPDF(unit="mm", format="A4")
    file.set_auto_page_break(False)
    file.set_title(paper.title)
    file.set_author(paper.author)
    file.set_lang(paper.language)
    file.set_creation_date(made_at)
    file.set_line_width(THIN)
    for bold, italic in FACES:
        style = ("B" if bold else "") + ("I" if italic else "")
        file.add_font(FAMILY, style, font_file(bold, italic))
    for section in paper.sections:
        Pages(file, section).draw()
    return bytes(file.output())


class Pages:
    """The pages of one section, filled from above."""

    def __init__(self, file: FPDF, section: Section) -> None:
        self.file, self.section = file, section
        self.width = section.width
        self.end = section.sheet[1] - BOTTOM
        self.y, self.page = TOP, 0
        self.style: Style | None = None

    def draw(self) -> None:
        """All blocks."""
        self.turn()
        blocks = self.section.blocks
        for place, block in enumerate(blocks):
            if self.y > TOP and self.y + self.least(blocks, place) > self.end:
                self.turn()
            self._block(block)

    def turn(self) -> None:
        """A new page; its number stands on it from the second on."""
        self.file.add_page(orientation="landscape" if self.section.landscape else "portrait")
        self.page, self.y, self.style = self.page + 1, TOP, None
        if self.page > 1:
            text = str(self.page)
            style = Style(False, False, NUMBER_SIZE)
            left = (self.section.sheet[0] + LEFT - RIGHT - width_of(text, style)) / 2
            self.say(text, style, left, NUMBER_AT + ASCENT * NUMBER_SIZE * MM)

    def least(self, blocks: Sequence[Block], place: int) -> float:
        """How much of what begins here must stand on one page: all that is kept together, and its first lines."""
        if place >= len(blocks):
            return 0
        block = blocks[place]
        if isinstance(block, Beside):
            return self._beside_height(block)
        if isinstance(block, Table):
            return TableRows(self, block).least()
        if isinstance(block, Paragraph):
            height = self._height(block, self.width)
            if block.keep:
                return height + self.least(blocks, place + 1)
            return min(height, 2 * line_height(block.size, block.line) + (block.before + block.after) * MM)
        return 0

    def say(self, text: str, style: Style, x: float, foot: float) -> None:
        """Letters on the page, their feet at `foot`."""
        if style != self.style:
            kind = ("B" if style.bold else "") + ("I" if style.italic else "")
            self.file.set_font(FAMILY, kind, style.size)
            self.style = style
        self.file.text(x, foot, text)

    def lines(self, lines: Sequence[Line], align: Align, size: float, multiple: float,
              left: float, width: float, first: float = 0) -> None:  # fmt: skip
        """Lines one beneath the other, from `self.y` on."""
        height = line_height(size, multiple)
        for number, line in enumerate(lines):
            if self.y + height > self.end + 0.01:
                self.turn()
            indent = first if number == 0 else 0
            foot = self.y + height - (SINGLE - ASCENT) * size * MM
            self.line(line, align, left + indent, width - indent, foot)
            self.y += height

    def line(self, line: Line, align: Align, left: float, width: float, foot: float) -> None:
        """One line with its feet at `foot`."""
        room = width - line.width
        x = left + {"center": room / 2, "right": room}.get(align, 0)
        gaps = len(line.words) - 1
        stretch = room / gaps if align == "justify" and gaps and not line.last and room > 0 else 0
        pending, at, style = "", x, None
        for word in line.words:
            for place, (letters, kind) in enumerate(word.pieces):
                if pending and style is not None and (kind != style or stretch):
                    self.say(pending, style, at, foot)
                    pending = ""
                if not pending:
                    at = x
                style = kind
                pending += letters
                x += width_of(letters, kind)
                if place == len(word.pieces) - 1:
                    pending += " "
                    x += width_of(" ", word.pieces[0][1]) + stretch
        if style is not None:
            self.say(pending.rstrip(" "), style, at, foot)

    def _block(self, block: Block) -> None:
        if isinstance(block, Break):
            self.turn()
        elif isinstance(block, Paragraph):
            self.paragraph(block, LEFT, self.width)
        elif isinstance(block, Rule):
            self.rule(block, LEFT, self.width)
        elif isinstance(block, Beside):
            self._beside(block)
        else:
            TableRows(self, block).draw()

    def paragraph(self, one: Paragraph, left: float, width: float) -> None:
        """A paragraph between these edges."""
        self.y += one.before * MM
        left, width = left + one.left, width - one.left
        lines = lines_of(one.runs, one.size, width, one.first)
        self.lines(lines, one.align, one.size, one.line, left, width, one.first)
        self.y += one.after * MM

    def rule(self, one: Rule, left: float, width: float) -> None:
        """A line in the middle between these edges."""
        self.y += one.before * MM
        start = left + (width - one.length) / 2
        self.file.line(start, self.y, start + one.length, self.y)
        self.y += MM

    def _beside(self, block: Beside) -> None:
        self.y += block.before * MM
        top, left, foot = self.y, LEFT, self.y
        for width, cell in zip(block.widths, block.cells, strict=True):
            self.y = top
            for one in cell:
                if isinstance(one, Rule):
                    self.rule(one, left, width)
                else:
                    self.paragraph(one, left, width)
            foot = max(foot, self.y)
            left += width
        self.y = foot

    def _beside_height(self, block: Beside) -> float:
        heights = [
            sum(one.before * MM + MM if isinstance(one, Rule) else self._height(one, width) for one in cell)
            for width, cell in zip(block.widths, block.cells, strict=True)
        ]
        return max(heights) + block.before * MM

    def _height(self, one: Paragraph, width: float) -> float:
        lines = lines_of(one.runs, one.size, width - one.left, one.first)
        return len(lines) * line_height(one.size, one.line) + (one.before + one.after) * MM
