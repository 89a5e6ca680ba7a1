"""The weekly report as sheets of Excel, from the frozen report alone: what is late, how things go, what comes, the
units and what moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import catalogue
from models.exporting import Line
from models.figures import Figures
from models.owing import Owing
from models.task import DueSetBy
from papers.sheets import Cell, Sheet, write_workbook
from papers.task_sheets import whole_sheet
from papers.weekly.frozen import Digest, Source, less
from papers.weekly.owed import DAYS, reminded
from papers.words import moment, text

LATE = (("order", 6), ("code", 9), ("task", 60), ("directive", 28), ("unit", 32), ("due", 13), ("due_time", 8),
        ("days_late", 12), ("where", 26), ("reminded", 44), ("word", 44), ("word_at", 17))  # fmt: skip
PROGRESS = (("order", 6), ("code", 9), ("task", 60), ("unit", 32), ("due", 13), ("due_time", 8), ("result", 44),
            ("progress", 28))  # fmt: skip
WEEK = (("order", 6), ("code", 9), ("task", 60), ("directive", 28), ("unit", 32), ("due", 13), ("due_time", 8),
        ("above", 14))  # fmt: skip
PARTS = ("done_on_time", "done_late", "in_time", "overdue", "no_due", "completed", "duties", "came_due")
OWN = {"completed", "duties", "came_due"}
"""Of these the words are our own; the others are the official categories."""
UNITS = (("unit_name", 40), *((part, 14) for part in PARTS), ("late_by", 14))
CHANGE = (("figure", 36), ("then", 14), ("now", 14), ("by", 14))


def write_weekly(path: Path, digest: Digest, tasks: Sequence[Line] | None, language: str = "vi") -> None:
    """Write the workbook: late list, progress list, due this week, units, change, all tasks (where they are kept)."""
    names = {"late": LATE, "progress": PROGRESS, "week": WEEK, "units": UNITS, "change": CHANGE}
    rows = {"late": _late, "progress": _progress, "week": _week, "units": _units, "change": _change}
    sheets = [(_head(name, columns, digest, language), rows[name](digest, language)) for name, columns in names.items()]
    write_workbook(path, [*sheets, whole_sheet(tasks, digest.at, language)])


def _head(name: str, columns: Sequence[tuple[str, int]], digest: Digest, language: str) -> Sheet:
    key = name if name in ("late", "progress") else f"weekly_{name}"
    above = [text(f"sheet.{key}_title", language), text("sheet.as_of", language, at=moment(digest.at, language))]
    if name == "late" and digest.total.overdue > len(digest.overdue.tasks) + len(digest.beside.tasks):
        above.append(text("sheet.weekly_cut", language, count=digest.total.overdue))
    headed = [(_heading(column, language), width) for column, width in columns]
    return Sheet(text(f"sheet.{key}", language), headed, above)


def _heading(column: str, language: str) -> str:
    return text(f"part.{column}" if column in PARTS and column not in OWN else f"sheet.col.{column}", language)


def _late(digest: Digest, language: str) -> Iterator[Sequence[Cell]]:
    """What units owe, then what is late and lies elsewhere."""
    tasks = (*digest.overdue.tasks, *digest.beside.tasks)
    for order, task in enumerate(tasks, 1):
        why = digest.beside_why.get(task.code, "unit")
        word = task.word
        yield (*_begun(order, task, digest, language), task.unit_name, task.due_on, task.due_time, task.days,
               text(f"sheet.where.{why}", language), reminded(digest, task, language, DAYS * 10),
               word.words if word else None, word.at if word else None)  # fmt: skip


def _progress(digest: Digest, language: str) -> Iterator[Sequence[Cell]]:
    for order, one in enumerate(digest.progress, 1):
        dated = text("sheet.product_of", language, day=f"{one.product_date:%d/%m/%Y}") if one.product_date else ""
        result = f"{one.product} {dated}".strip() if one.product else one.result
        yield (order, one.code, one.title, one.unit, one.due_on, one.due_time, result,
               catalogue.text(f"web.category.{one.category}", language))  # fmt: skip


def _week(digest: Digest, language: str) -> Iterator[Sequence[Cell]]:
    for order, task in enumerate(digest.due_week.tasks, 1):
        above = text("sheet.above", language) if task.due_set_by is DueSetBy.AUTHORITY else None
        yield (*_begun(order, task, digest, language), task.unit_name, task.due_on, task.due_time, above)


def _begun(order: int, task: Owing, digest: Digest, language: str) -> tuple[Cell, ...]:
    return order, task.code, task.title, _directive(digest.sources.get(task.code), language)


def _directive(source: Source | None, language: str) -> str | None:
    """788/SVHTTDL-VP ngày 23/07/2023."""
    if source is None or source.number is None:
        return None
    day = text("sheet.product_of", language, day=f"{source.issued_on:%d/%m/%Y}") if source.issued_on else ""
    return f"{source.number} {day}".strip()


def _units(digest: Digest, language: str) -> Iterator[Sequence[Cell]]:
    moved = digest.last.units if digest.last else {}
    for line in digest.units:
        by = moved[line.code].overdue if line.code in moved else None
        yield (line.name, *_figures(line.figures), by)
    whole = digest.last.total.overdue if digest.last else None
    yield (text("sheet.col.total", language), *_figures(digest.total), whole)


def _figures(figures: Figures) -> list[Any]:
    return [getattr(figures, part) for part in PARTS]


def _change(digest: Digest, language: str) -> Iterator[Sequence[Cell]]:
    """Each figure then and now; of a first report only now."""
    then = less(digest.total, digest.last.total) if digest.last else None
    for part in PARTS:
        before, now = getattr(then, part, None), getattr(digest.total, part)
        yield _heading(part, language), before, now, now - before if before is not None else None
    for name in ("new_overdue", "no_longer_overdue"):
        codes = getattr(digest.last, name, ())
        yield f"{text(f'sheet.{name}', language)} {', '.join(codes)}", None, len(codes) if digest.last else None, None
