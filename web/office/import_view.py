"""Rows and columns of a sheet in words, for the page that shows what would be taken of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafting import units
from models import clock
from models.sheet import SheetImport
from takeover.checking import Row
from web.asking import Ask


@dataclass(frozen=True)
class Shown:
    """A row with the words for its units, and the sentences about it."""

    row: Row
    units: str
    co_units: str
    why: str
    notes: Sequence[str]


def shown(ask: Ask, rows: Sequence[Row]) -> list[Shown]:
    """Rows of one page in words."""
    names = units.known_names(ask.session, clock.today())
    called = {one.unit_ids[0]: one.name for one in names if not one.group}

    def of(ids: tuple[int, ...], grouped: bool = False) -> str:
        group = units.group_of(ids, names) if grouped else None
        return group.name if group else "; ".join(called.get(one, "") for one in ids)

    return [
        Shown(row, of(row.unit_ids, row.grouped), of(row.co_unit_ids),
              ask.text(f"web.import.row.{row.why[0]}", **row.why[1]) if row.why else "",
              [ask.text(f"web.import.row.{key}", **values) for key, values in row.notes])
        for row in rows
    ]  # fmt: skip


def heading_of(ask: Ask, sheet: SheetImport, at: int) -> str:
    """The heading of a column; one without is called as Excel calls it."""
    headings = sheet.columns["headings"]
    letters, rest = "", at + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    said = headings[at] if at < len(headings) else ""
    return ask.text("web.import.column_named", letter=letters, heading=said) if said else (
        ask.text("web.import.column", letter=letters))  # fmt: skip
