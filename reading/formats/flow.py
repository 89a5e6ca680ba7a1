"""A page as HTML, RTF and DOCX give it (paragraphs and tables) → the lines that a clerk reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from reading.formats import legacy
from reading.marks.stamps import plain
from reading.secrecy import DEGREE, LABEL, bears_mark
from reading.words import rx, squeeze

# What stands in the tables without borders that hold the letterhead, the addressees and the signature (Decree 30/2020,
# annex I): no table of duties has it.
LETTERHEAD = (
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]|ĐẢNG CỘNG SẢN|^\W*Nơi (?:nhận|gửi)|^\W*Kính gửi|^(?:TM|KT|TL|TUQ|Q)\.\s*\w|"
    r"^Số\s*:|^[ỦU][YỶ] BAN NHÂN DÂN|^UBND (?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG)"
)
TITLES = (
    r"^(?:s?tt|số tt)\W*$|nội dung|nhiệm vụ|công việc|hoạt động|đơn vị|cơ quan|chủ trì|phối hợp|thực hiện|"
    r"thời (?:gian|hạn)|tiến độ|hoàn thành|sản phẩm|kết quả|ghi chú|người|chỉ tiêu|ngày|buổi|tên|số lượng|căn cứ"
)
LONGEST_TITLE = 80  # characters in the head of a column
PAGE_AREA = 12  # a cell of more paragraphs is a part of the page, not a value


@dataclass
class Cell:
    blocks: list[Block] = field(default_factory=list)
    across: int = 1  # columns it covers
    below: bool = False  # covered by the cell above it: empty


@dataclass
class Table:
    rows: list[list[Cell]] = field(default_factory=list)
    printed: list[str] | None = None  # kept, or tables in tables would be printed over and over


Block: TypeAlias = "str | Table"  # a paragraph (soft line breaks as \n), or a table


def print_page(blocks: Iterable[Block], elsewhere: Iterable[str] = ()) -> str:
    """The text of a page. Of `elsewhere` (page headers and footers, hidden text) only secrecy stamps are kept, on top.

    A stamp stands at the head or the foot of every page; it must be seen before anything of the document is stored.
    """
    rest = [line for text in elsewhere for line in legacy.repair(text).split("\n")]
    lines = [*dict.fromkeys(squeeze(plain(line)) for line in rest if is_stamp(line))]
    if not bears_mark("\n".join(lines)):
        lines = [line.strip() for line in rest if len(line.strip()) == 1]  # letters that stand one over the other
        lines = lines if bears_mark("\n".join(lines)) else []
    for line in _lines(blocks):
        if line or (lines and lines[-1]):
            lines.append(line)
    return unicodedata.normalize("NFC", legacy.repair("\n".join(lines).strip("\n") + "\n"))


def is_stamp(line: str) -> bool:
    """Does it hold MẬT in capitals, or by itself, or a label? reading.secrecy decides whether that is a stamp."""
    if len(line) > 200:
        return False
    line = plain(line)
    alone = rx(rf"\W*{DEGREE}\W*|.*{LABEL}.*", re.I).fullmatch(line)
    return alone is not None or rx(rf"(?<!\w){DEGREE}(?!\w)").search(line) is not None


def paragraphs(blocks: Iterable[Block]) -> list[str]:
    """Every paragraph, those in tables too."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            found += [line for row in block.rows for cell in row for line in paragraphs(cell.blocks)]
        else:
            found.append(block)
    return found


def _lines(blocks: Iterable[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines.extend(_table(block))
        else:
            lines.extend(_paragraph(line) for line in block.split("\n"))
    return lines


def _paragraph(line: str) -> str:
    """Blanks at the ends are layout, and so is the tab after an enumerator or a bullet."""
    line = line.strip(" \t\r\u00a0")
    return re.sub(r"^([-–+*•]|\(?\w{1,4}[.)]|\w{1,3}(?:\.\w{1,3}){1,3}\.?)[ \u00a0]*\t\s*", r"\1 ", line)


def _table(table: Table) -> list[str]:
    if table.printed is None:
        table.printed = _print_table(table)
    return table.printed


def _print_table(table: Table) -> list[str]:
    rows = [row for row in table.rows if any(_value(cell) for cell in row)]
    grid = [[text for cell in row for text in (_value(cell), *[""] * (cell.across - 1))] for row in rows]
    width = max(map(len, grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid]
    used = [place for place in range(width) if any(row[place] for row in grid)]
    if _is_layout(rows, [[row[place] for place in used] for row in grid]):
        return _unfold(rows, width)
    counted = rx(r"(?:s?tt|số tt)\W*", re.I).fullmatch(grid[0][used[0]]) is not None
    return ["\t".join(_heading([row[place] for place in used], counted)) for row in grid]


def _heading(row: list[str], counted: bool) -> list[str]:
    """ "I. Nhóm nhiệm vụ" over the whole width: under a column "TT" its number stands there, the words beside it."""
    number = rx(r"((?:[IVX]{1,5}|[A-H]|\d{1,2})[.)])\s+(.+)").fullmatch(row[0])
    if not counted or number is None or any(row[1:]):
        return row
    return [number[1], number[2], *row[2:]]


def _value(cell: Cell) -> str:
    """All of a cell on one line."""
    return "" if cell.below else squeeze(" ".join(_lines(cell.blocks)))


def _is_layout(rows: list[list[Cell]], grid: list[list[str]]) -> bool:
    """Is the table there only to set paragraphs side by side?"""
    width = len(grid[0]) if grid else 0
    if width < 2 or len(grid) < 2:
        return True
    heads = [value for value in grid[0] if value and len(value) <= LONGEST_TITLE]
    titled = sum(rx(TITLES, re.I).search(head) is not None for head in heads)
    if titled >= 2 and not any(rx(LETTERHEAD).search(head) for head in heads):
        return False
    if width <= 3 and any(rx(LETTERHEAD).search(value) for row in grid for value in row):
        return True
    return any(_is_area(cell) for row in rows for cell in row) or (width == 2 and len(grid) == 2)


def _is_area(cell: Cell) -> bool:
    return len(cell.blocks) > PAGE_AREA or any(isinstance(block, Table) and _table(block)[1:] for block in cell.blocks)


def _unfold(rows: list[list[Cell]], width: int) -> list[str]:
    """Column by column between the rows that go across; row by row where the cells are areas of the page."""
    by_row = any(_is_area(cell) for row in rows for cell in row)
    lines: list[str] = []
    columns: dict[int, list[Block]] = {}
    for row in rows:
        if by_row or (row[0].across >= width > 1):
            lines += [line for place in sorted(columns) for line in _lines(columns[place])]
            columns = {}
        place = 0
        for cell in row:
            columns.setdefault(place, []).extend(cell.blocks)
            place += cell.across
    return lines + [line for place in sorted(columns) for line in _lines(columns[place])]
