"""A file that somebody sends → a sheet that is kept, as it was read, until its rows are taken or it is thrown away."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from models import clock
from models.sheet import SheetImport
from reading.errors import ReadingError
from reading.sheet import read_sheets
from takeover.columns import FIELDS, Layout, laid_out

__all__ = ["Layout", "ReadingError", "keep", "name_columns", "open_sheet"]


def open_sheet(name: str, data: bytes) -> Layout:
    """The sheet of the file that has the office's tasks. Raises a ReadingError; never in a transaction."""
    return laid_out(read_sheets(name, data))


def keep(session: Session, layout: Layout, source: str, person_id: int) -> int:
    """Keep its rows as they were read; the id under which they are shown."""
    columns: dict[str, Any] = {"sheet": layout.sheet.name, "headings": list(layout.headings), "fields": layout.fields,
                               "states": {}, "left": []}  # fmt: skip
    rows = [{"row": number, "cells": list(cells)} for number, cells in layout.sheet.rows[layout.head :]]
    sheet = SheetImport(source=source, by_id=person_id, at=clock.now(), columns=columns, rows=rows)
    session.add(sheet)
    session.flush()
    assert sheet.id is not None
    return sheet.id


def name_columns(session: Session, sheet: SheetImport, fields: dict[str, int], states: dict[str, str]) -> None:
    """What a person says of the columns and of words for a state."""
    width = len(sheet.columns["headings"])
    fields = {name: at for name, at in fields.items() if name in FIELDS and 0 <= at < width}
    states = {words: state for words, state in states.items() if state in ("open", "done")}
    sheet.columns = {**sheet.columns, "fields": fields, "states": {**sheet.columns["states"], **states}}
    session.add(sheet)
    session.flush()
