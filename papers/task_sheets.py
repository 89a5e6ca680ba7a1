"""The three sheets that an office hands on: what is late, how everything goes, and all tasks with all that is known.

The first two have the columns of the lists that leaders already read (annexes I and II of 624/TB-VPCP).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import catalogue
from models.exporting import Line
from models.task import Category, DueSetBy, State, TaskClass
from papers.sheets import Cell, Sheet, workbook
from papers.words import moment, text

LATE = (("order", 6), ("code", 9), ("task", 60), ("directive", 28), ("unit", 32), ("due", 13), ("days_late", 12))
PROGRESS = (("order", 6), ("code", 9), ("task", 60), ("unit", 32), ("due", 13), ("result", 44), ("progress", 28))
ALL = (
    ("code", 9), ("task", 60), ("directive", 28), ("issued_on", 13), ("item", 8), ("unit", 32), ("co_units", 32),
    ("class", 16), ("state", 24), ("category", 28), ("days_late", 12), ("due", 13), ("due_time", 8),
    ("original_due", 13), ("set_by", 28), ("assigned_at", 17), ("acknowledged_at", 17), ("reported_at", 17),
    ("completed_at", 17), ("product", 24), ("product_date", 13), ("result", 44), ("extensions", 10),
    ("late_events", 10), ("returns", 10), ("objective_cause", 36), ("authority_code", 18), ("updated_there_on", 13),
    ("authority_confirmed_on", 13),
)  # fmt: skip
EVERY = 1000
"""Tasks after which progress is told."""


def write_tasks(path: Path, lines: Iterable[Line], at: datetime, language: str, told: Callable[[int], None]) -> None:
    """Late list, progress list and all tasks, from one reading of the lines. `told`: how many have been written."""
    words, late_ones = Words(language), 0
    with workbook(path, [_head("late", LATE, at, language), _head("progress", PROGRESS, at, language),
                         _head("all", ALL, at, language)]) as (late, progress, every):  # fmt: skip
        for place, line in enumerate(lines, 1):
            if line.category is Category.OVERDUE:
                late_ones += 1
                late((late_ones, line.code, line.title, words.directive(line), line.unit, line.due_on, line.days_late))
            progress((place, line.code, line.title, line.unit, line.due_on, words.result(line), words.progress(line)))
            every(_whole(line, words))
            if place % EVERY == 0:
                told(place)


def whole_sheet(lines: Iterable[Line] | None, at: datetime, language: str) -> tuple[Sheet, Iterator[Sequence[Cell]]]:
    """All tasks as one sheet; without lines it says where they are."""
    head, words = _head("all", ALL, at, language), Words(language)
    if lines is None:
        return replace(head, above=(*head.above, text("sheet.all_elsewhere", language))), iter(())
    return head, (_whole(line, words) for line in lines)


def _head(name: str, columns: Sequence[tuple[str, int]], at: datetime, language: str) -> Sheet:
    above = text(f"sheet.{name}_title", language), text("sheet.as_of", language, at=moment(at, language))
    headed = [(text(f"sheet.col.{key}", language), width) for key, width in columns]
    return Sheet(text(f"sheet.{name}", language), headed, above)


def _whole(line: Line, words: Words) -> Sequence[Cell]:
    return (
        line.code, line.title, line.directive, line.issued_on, line.item, line.unit, line.co_units,
        words.classes[line.task_class], words.states[line.state],
        words.categories[line.category] if line.category else None, line.days_late or None, line.due_on, line.due_time,
        line.original_due, words.set_by(line), line.assigned_at, line.acknowledged_at, line.reported_at,
        line.completed_at, line.product, line.product_date, line.result, line.extensions, line.late_events,
        line.returns, line.objective_cause, line.authority_code, line.updated_there_on, line.authority_confirmed_on,
    )  # fmt: skip


class Words:
    """What a line says in one language; each word is looked up once, not once a row."""

    def __init__(self, language: str) -> None:
        say = partial(catalogue.text, language=language)
        self.categories = {one: say(f"web.category.{one.value}") for one in Category}
        self.states = {one: say(f"web.state.{one.value}") for one in State}
        self.classes = {one: say(f"web.class.{one.value}") for one in TaskClass}
        self.language = language
        self._setters: dict[tuple[DueSetBy, str], str] = {}

    def result(self, line: Line) -> str:
        """Kết quả thực hiện: the product's number and date, or what was reported."""
        return self._dated(line.product, line.product_date) if line.product else line.result

    def progress(self, line: Line) -> str:
        """Tiến độ: the official category; what is in none, or waits to be confirmed, says where it stands."""
        if line.category is None or line.category is Category.NO_DUE or line.state is State.REPORTED:
            return self.states[line.state]
        return self.categories[line.category]

    def directive(self, line: Line) -> str:
        """788/SVHTTDL-VP ngày 23/07/2023."""
        return self._dated(line.directive, line.issued_on)

    def set_by(self, line: Line) -> str | None:
        """Who set the date; nothing without one."""
        if line.due_on is None:
            return None
        key = line.set_by, line.setter
        if key not in self._setters:
            said = catalogue.text(f"web.set_by.{line.set_by.value}", self.language, who=line.setter)
            self._setters[key] = said
        return self._setters[key]

    def _dated(self, number: str, day: date | None) -> str:
        return f"{number} {text('sheet.product_of', self.language, day=f'{day:%d/%m/%Y}')}" if day else number
