"""Sheets of Excel: headings that stay, columns as wide as they need, dates that are dates.

The library makes the workbook with its heads; the rows are spelled here and put between them, for through the library
each cell costs ten times as much, and an office's list has millions. Text is always written as text: a title that
begins with "=" is no formula.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape

from models.rules import OFFICE_ZONE

DAY, MOMENT, HOUR = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm"
LONGEST = 32_767
"""Characters that one cell of Excel holds."""
NOT_IN_XML = {n: None for n in (*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF) if chr(n) not in "\t\n"}
DAY_ZERO = date(1899, 12, 30).toordinal()
LEVEL = 2
"""Of compression: more takes longer than all the rest and saves a fifth."""
END_OF_ROWS = b"</sheetData>"
Cell = str | int | float | date | datetime | time | None
Write = Callable[[Sequence[Cell]], None]


@dataclass(frozen=True)
class Sheet:
    """The head of one sheet. `columns`: heading and width in characters. `above`: lines over the table."""

    name: str
    columns: Sequence[tuple[str, int]]
    above: Sequence[str] = ()


def write_workbook(path: Path, sheets: Sequence[tuple[Sheet, Iterable[Sequence[Cell]]]]) -> None:
    """Write the sheets with their rows, one after the other."""
    with workbook(path, [sheet for sheet, _ in sheets]) as writes:
        for write, (_, rows) in zip(writes, sheets, strict=True):
            for row in rows:
                write(row)


@contextmanager
def workbook(path: Path, sheets: Sequence[Sheet]) -> Iterator[list[Write]]:
    """For each sheet a function that writes its next row. Memory does not grow with the rows."""
    heads, styles = _heads(sheets)
    with ExitStack() as open_files:
        pages = [_Page(open_files.enter_context(TemporaryFile(dir=path.parent)), sheet, styles) for sheet in sheets]
        yield [page.write for page in pages]
        _put_together(path, heads, pages)


def _put_together(path: Path, heads: IO[bytes], pages: Sequence[_Page]) -> None:
    """The library's workbook, each sheet with its rows between those of its head and the end."""
    with zipfile.ZipFile(heads) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as book:
        for part in made.namelist():
            number = part.removeprefix("xl/worksheets/sheet").removesuffix(".xml")
            with book.open(part, "w", force_zip64=True) as target:
                content = made.read(part)
                if number.isdecimal():
                    before, end, after = content.rpartition(END_OF_ROWS)
                    target.write(before)
                    pages[int(number) - 1].copy_to(target)
                    content = end + after
                target.write(content)


def _heads(sheets: Sequence[Sheet]) -> tuple[IO[bytes], dict[str, int]]:
    """The workbook without its rows, and the number of each style in it."""
    import xlsxwriter  # only whoever writes a sheet pays for it

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        plain: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        looks: dict[str, dict[str, Any]] = {
            "text": {"text_wrap": True}, "number": {"num_format": "0"}, "day": {"num_format": DAY},
            "moment": {"num_format": MOMENT}, "hour": {"num_format": HOUR},
        }  # fmt: skip
        formats = {name: book.add_format(plain | look) for name, look in looks.items()}
        head = {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#E8ECF2", "border": 1}
        heading, above = book.add_format(plain | head), book.add_format(plain | {"bold": True, "font_size": 13})
        for sheet in sheets:
            _head(book.add_worksheet(sheet.name), sheet, heading, above)
        # A style that no cell of the head uses would be left out of the file.
        styles = {name: one._get_xf_index() for name, one in formats.items()}
    made.seek(0)
    return made, styles


def _head(page: Any, sheet: Sheet, heading: Any, above: Any) -> None:
    for column, (_, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
    for place, line in enumerate(sheet.above):
        page.write_string(place, 0, line, above)
    top = len(sheet.above)
    for column, (name, _) in enumerate(sheet.columns):
        page.write_string(top, column, name, heading)
    page.freeze_panes(top + 1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)


class _Page:
    """The rows of one sheet, spelled into a file until the workbook is put together."""

    def __init__(self, file: IO[bytes], sheet: Sheet, styles: dict[str, int]) -> None:
        self.file, self.row = file, len(sheet.above) + 1
        self.letters = [_letters(place) for place in range(len(sheet.columns))]
        self.text, self.number, self.day, self.moment, self.hour = (
            f'" s="{styles[name]}"' for name in ("text", "number", "day", "moment", "hour")
        )

    def write(self, values: Sequence[Cell]) -> None:
        """The next row. An instant is written as the office's wall shows it: Excel knows no zones."""
        self.row += 1
        row = self.row
        cells = [f'<row r="{row}">']
        for letters, value in zip(self.letters, values, strict=True):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                clean = value if value.isprintable() else value.translate(NOT_IN_XML)
                cells.append(f'<c r="{letters}{row}{self.text} t="inlineStr"><is><t xml:space="preserve">'
                             f"{escape(clean[:LONGEST])}</t></is></c>")  # fmt: skip
            else:
                style, number = self._number(value)
                cells.append(f'<c r="{letters}{row}{style}><v>{number}</v></c>')
        cells.append("</row>")
        self.file.write("".join(cells).encode())

    def _number(self, value: int | float | date | datetime | time) -> tuple[str, float]:
        """Days since the end of 1899, hours as parts of a day."""
        if isinstance(value, datetime):
            wall = value.astimezone(OFFICE_ZONE)
            return self.moment, wall.toordinal() - DAY_ZERO + _part_of_day(wall)
        if isinstance(value, date):
            return self.day, value.toordinal() - DAY_ZERO
        return (self.hour, _part_of_day(value)) if isinstance(value, time) else (self.number, value)

    def copy_to(self, target: IO[bytes]) -> None:
        """All rows written so far, from the first on."""
        self.file.seek(0)
        shutil.copyfileobj(self.file, target, 1 << 20)


def _part_of_day(at: datetime | time) -> float:
    return (at.hour * 3600 + at.minute * 60 + at.second) / 86_400


def _letters(place: int) -> str:
    """0 → A, 26 → AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
