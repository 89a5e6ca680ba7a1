"""The scoring aid as sheets: each unit's figures of a period, and the duties that they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import catalogue
from models.scoring import Period, Score
from papers.sheets import Cell, Sheet
from papers.words import moment, text

COLUMNS = ("tasks", "on_time", "done_late", "overdue", "in_time", "no_due", "late_events", "returns", "caused")
LISTED = (("unit", 32), ("code", 9), ("task", 60), ("due", 13), ("category", 28), ("late_events", 10), ("returns", 10),
          ("objective_cause", 40))  # fmt: skip


def scoring_sheets(
    units: Sequence[tuple[str, str, Score]], duties: Mapping[str, Sequence[Any]], period: Period, at: datetime,
    language: str,
) -> list[tuple[Sheet, list[Sequence[Cell]]]]:  # fmt: skip
    """`duties`: unit code → the rows of `models.scoring.listed`."""
    above = (
        text("scoring.title", language),
        text("scoring.period", language, start=f"{period.start:%d/%m/%Y}", end=f"{period.end:%d/%m/%Y}"),
        text("sheet.as_of", language, at=moment(at, language)),
    )
    figures = [(text("sheet.col.unit", language), 36)]
    figures += [(text(f"scoring.{name}", language), 14) for name in COLUMNS]
    lines: list[Sequence[Cell]] = [(name, *(getattr(score, one) for one in COLUMNS)) for _, name, score in units]
    names = {code: name for code, name, _ in units}
    listed: list[Sequence[Cell]] = [
        (names[code], f"NV{row.number}", row.title, row.due_on,
         catalogue.text(f"web.category.{row.category}", language), row.late_events, row.returns, row.objective_cause)
        for code, rows in duties.items() for row in rows
    ]  # fmt: skip
    return [
        (Sheet(text("scoring.sheet", language), figures, above), lines),
        (Sheet(text("scoring.tasks_sheet", language),
               [(text(f"sheet.col.{key}", language), width) for key, width in LISTED], above), listed),
    ]  # fmt: skip
