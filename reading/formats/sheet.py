"""XLSX: the filled rows of each sheet as a person reads them, for what an office kept in a table until now.

Cells are what Excel last showed of them (`data_only`): a formula that was never computed is empty. A merged cell counts
for all the cells that it covers, for so its reader takes it: one document number beside seven tasks is the number of
all seven.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from reading.errors import EmptyDocument, OversizedDocument
from reading.opening.guards import refuse_archive
from reading.sheet import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, squeezed

MOST_LETTERS = 10_000_000
MOST_MERGED = 20_000
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def read(data: bytes) -> str:
    """JSON: [{"name": …, "rows": [[number, [cell, …]], …]}] of the visible sheets. Raises a ReadingError."""
    refuse_archive(data, ("xl/",))
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found, letters = [], 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in shown[:MOST_SHEETS]:
            rows = _rows(sheet)
            _spread(rows, archive.read(sheet._worksheet_path.lstrip("/")))
            letters += sum(len(cell) for cells in rows.values() for cell in cells)
            if letters > MOST_LETTERS:
                raise OversizedDocument()
            found.append({"name": sheet.title, "rows": [[number, cells] for number, cells in rows.items()]})
    if not any(one["rows"] for one in found):
        raise EmptyDocument()
    return json.dumps(found, ensure_ascii=False)


def _rows(sheet: Any) -> dict[int, list[str]]:
    """Row number → its cells. Raises OversizedDocument rather than leave rows or columns out."""
    sheet.reset_dimensions()  # what the file says of its size is often wrong, and rows would be missing
    rows: dict[int, list[str]] = {}
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_words(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        rows[number] = cells
        if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise OversizedDocument()
    return rows


def _spread(rows: dict[int, list[str]], part: bytes) -> None:
    """What stands in a merged cell, into each cell that it covers and that belongs to a row which has something."""
    for n, (left, top, right, bottom) in enumerate(MERGED.findall(part)):
        first, last = _column(left), min(_column(right), MOST_COLUMNS - 1)
        cells = rows.get(int(top), [])
        said = cells[first] if first < len(cells) else ""
        if n >= MOST_MERGED or not said:
            continue
        for number in range(int(top), min(int(bottom), int(top) + MOST_ROWS) + 1):
            if number in rows:
                row = rows[number]
                row += [""] * (last + 1 - len(row))
                row[first : last + 1] = [said] * (last + 1 - first)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _words(value: Any) -> str:
    """A value as it is read on the screen: 15/08/2026, not a number of days; 145, not 145.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time(0) else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    return squeezed(str(value))
