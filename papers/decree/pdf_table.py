"""Tables of a PDF: heads again on each page, and rows that are longer than a page cut where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from papers.decree.layout import BREAKS_IN_ROWS, CELL_PAD, LEFT, Align, Column, Row, Run, Span, Table
from papers.decree.measure import ASCENT, MM, Line, line_height, lines_of

if TYPE_CHECKING:
    from papers.decree.pdf import Pages


class TableRows:
    """A table on the pages of a section."""

    def __init__(self, pages: Pages, table: Table) -> None:
        self.pages, self.table = pages, table
        self.height = line_height(table.size)
        self.whole = [Column("", sum(column.width for column in table.columns))]
        self.heads: list[list[list[Line]]] = [self._cells([column.name for column in table.columns], bold=True)]
        if table.numbered:
            self.heads.append(self._cells([f"({n})" for n in range(1, len(table.columns) + 1)]))

    def least(self) -> float:
        """The heads and what must follow them."""
        return sum(map(self._tall, self.heads)) + self._least_row(0)

    def draw(self) -> None:
        """The heads, then each row; the heads again on each page."""
        self._draw_heads()
        for place, row in enumerate(self.table.rows):
            cells = self._row(row)
            if self.pages.y + self._least_row(place, cells) > self.pages.end:
                self._turn()
            self._draw_row(cells, self.whole if isinstance(row, Span) else self.table.columns)

    def _row(self, row: Row) -> list[list[Line]]:
        return [self._span_lines(row)] if isinstance(row, Span) else self._cells(row)

    def _least_row(self, place: int, cells: list[list[Line]] | None = None) -> float:
        """How much of a row must stand on one page: all of it, unless it is longer than a page or holds long texts; of
        a row over the whole table also what it heads. `cells`: its lines, if they are known already."""
        if place >= len(self.table.rows):
            return 0
        row = self.table.rows[place]
        if max(map(len, [row.text] if isinstance(row, Span) else row), default=0) > BREAKS_IN_ROWS:
            return self.height * 2 + 2 * CELL_PAD
        tall = self._tall(cells or self._row(row))
        return tall + self._least_row(place + 1) if isinstance(row, Span) else tall

    def _tall(self, cells: list[list[Line]]) -> float:
        return max(max(map(len, cells)) * self.height + 2 * CELL_PAD, self.table.least)

    def _cells(self, texts: Sequence[str], *, bold: bool = False) -> list[list[Line]]:
        return [
            lines_of((Run(text, bold),), self.table.size, column.width - 2 * CELL_PAD)
            for text, column in zip(texts, self.table.columns, strict=True)
        ]

    def _span_lines(self, row: Span) -> list[Line]:
        return lines_of((Run(row.text, bold=True),), self.table.size, self.whole[0].width - 2 * CELL_PAD)

    def _turn(self) -> None:
        self.pages.turn()
        self._draw_heads()

    def _draw_heads(self) -> None:
        for head in self.heads:
            self._draw_part(head, self.table.columns, centred=True)

    def _draw_row(self, cells: list[list[Line]], columns: Sequence[Column]) -> None:
        """A row, in as many parts as pages need."""
        while True:
            room = self.pages.end - self.pages.y
            fits = max(int((room - 2 * CELL_PAD + 0.01) / self.height), 1)
            self._draw_part([lines[:fits] for lines in cells], columns)
            cells = [lines[fits:] for lines in cells]
            if not any(cells):
                return
            self._turn()

    def _draw_part(self, cells: list[list[Line]], columns: Sequence[Column], *, centred: bool = False) -> None:
        top, left, tall = self.pages.y, LEFT, self._tall(cells)
        for lines, column in zip(cells, columns, strict=True):
            over = (tall - 2 * CELL_PAD - len(lines) * self.height) / 2 if centred else 0
            foot = top + over + CELL_PAD + ASCENT * self.table.size * MM
            for line in lines:
                align: Align = "center" if centred else column.align
                self.pages.line(line, align, left + CELL_PAD, column.width - 2 * CELL_PAD, foot)
                foot += self.height
            self.pages.file.rect(left, top, column.width, tall)
            left += column.width
        self.pages.y = top + tall
