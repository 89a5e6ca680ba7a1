r"""Tables of RTF: a row is declared by the right edges of its cells (\cellx), which tell what is merged with what."""

from __future__ import annotations

from dataclasses import dataclass, field

from reading.formats.flow import Block, Cell, Table

MERGED = frozenset({"clvmrg", "clvmgf", "clmrg", "clmgf"})
WIDEST = 200  # edges of one row


@dataclass
class _Row:
    cells: list[list[Block]]
    edges: list[tuple[int, frozenset[str]]]  # (right edge, merging) of each cell


@dataclass
class Rows:
    """Gathers paragraphs, cells and rows in the order of the file."""

    _blocks: list[Block] = field(default_factory=list)
    _table: list[_Row] = field(default_factory=list)
    _cell: list[Block] = field(default_factory=list)
    _row: list[list[Block]] = field(default_factory=list)
    _edges: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    _merging: set[str] = field(default_factory=set)

    def paragraph(self, text: str, in_table: bool) -> None:
        if in_table:
            self._cell.append(text)
        else:
            self._end_table()
            self._blocks.append(text)

    def enter_box(self, before: str) -> None:
        """A text box begins; what stood before it in its paragraph is a line."""
        if before.strip():
            (self._cell if self._cell or self._row else self._blocks).append(before)

    def define(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self._edges, self._merging = [], set()
        elif word == "cellx" and len(self._edges) < WIDEST:
            self._edges.append((number or 0, frozenset(self._merging)))
            self._merging = set()
        elif word in MERGED:
            self._merging.add(word)

    def end_cell(self, text: str) -> None:
        if len(self._row) < WIDEST:
            self._row.append([*self._cell, text])
        self._cell = []

    def end_row(self) -> None:
        if self._row:
            self._table.append(_Row(self._row, list(self._edges)))
        self._row, self._cell = [], []

    def ended(self) -> list[Block]:
        self.end_row()
        self._end_table()
        return self._blocks

    def _end_table(self) -> None:
        if self._row or self._cell:  # a row that was never ended
            self._table.append(_Row([*self._row, *([self._cell] if self._cell else [])], []))
            self._row, self._cell = [], []
        if self._table:
            edges = sorted({edge for row in self._table for edge, _ in row.edges})
            self._blocks.append(
                Table([_cells(row, {edge: n + 1 for n, edge in enumerate(edges)}) for row in self._table])
            )
            self._table = []


def _cells(row: _Row, columns: dict[int, int]) -> list[Cell]:
    """Cells with the columns that they cover, by where the edges of all rows fall."""
    cells: list[Cell] = []
    begin = 0
    for place, blocks in enumerate(row.cells):
        edge, merging = row.edges[place] if place < len(row.edges) else (0, frozenset[str]())
        end = max(columns.get(edge, begin + 1), begin + 1)
        if "clmrg" in merging and cells:
            cells[-1].across += end - begin
        else:
            cells.append(Cell(blocks, end - begin, "clvmrg" in merging))
        begin = end
    return cells
