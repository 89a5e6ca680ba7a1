"""Tasks as the command line lists them, as JSON and for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select

from catalogue import text
from models import clock
from models.calendar import Calendar, calendar_of
from models.directive import Directive
from models.organisation import Unit
from models.task import Category, CoUnit, State, Task, category, json_value, late_events, parent_state


def tasks(session: Session, *, overdue: bool = False, unit: str | None = None) -> list[dict[str, Any]]:
    """Every task in the order of its number, in the shape of `dondoc tasks --json`; parents are listed too.

    `overdue`: only those in the category qua_han. `unit`: only those of the unit with this code.
    """
    rows = session.exec(select(Task).order_by(col(Task.number))).all()
    facts = _Facts(session, rows)
    found = [facts.of(task) for task in rows]
    if overdue:
        found = [one for one in found if one["category"] == Category.OVERDUE.value]
    return [one for one in found if unit is None or one["unit"] == unit]


def unit_code(session: Session, given: str) -> str | None:
    """The code of the unit that is called so (its code in any case of letters, or its name); None if there is none."""
    for unit in session.exec(select(Unit).order_by(col(Unit.valid_to).is_not(None), col(Unit.position))):
        if given.casefold() in (unit.code.casefold(), unit.name.casefold()):
            return unit.code
    return None


class _Facts:
    """What the rows of all tasks refer to, asked once."""

    def __init__(self, session: Session, rows: Sequence[Task]) -> None:
        self.calendar: Calendar = calendar_of(session)
        self.now = clock.now()
        self.units = {unit.id: unit.code for unit in session.exec(select(Unit))}
        self.directives = {one.id: one.number or one.source for one in session.exec(select(Directive))}
        self.codes = {task.id: task.code for task in rows}
        self.children: dict[int, list[Task]] = {}
        for task in rows:
            if task.parent_id is not None:
                self.children.setdefault(task.parent_id, []).append(task)
        self.co_units: dict[int, list[str]] = {}
        for one in session.exec(select(CoUnit).order_by(col(CoUnit.unit_id))):
            self.co_units.setdefault(one.task_id, []).append(self.units[one.unit_id])

    def of(self, task: Task) -> dict[str, Any]:
        """One task; a parent's state is what its children make of it."""
        children = self.children.get(task.id or 0, [])
        official = category(task, self.calendar, self.now)
        return {
            "code": task.code, "title": task.title, "unit": self.units.get(task.unit_id),
            "co_units": self.co_units.get(task.id or 0, []),
            "state": (parent_state(children) if task.is_parent else State(task.state)).value,
            "class": task.task_class.value, "category": official.value if official else None,
            "due": json_value(task.due_on), "due_time": f"{task.due_time:%H:%M}" if task.due_time else None,
            "internal_due": json_value(task.internal_due), "due_set_by": task.due_set_by.value,
            "original_due": json_value(task.original_due), "review_on": json_value(task.review_on),
            "late_events": late_events(task, self.calendar, self.now), "returns": task.returns,
            "extensions": task.extensions, "directive": self.directives.get(task.directive_id), "item": task.item,
            "parent": self.codes.get(task.parent_id), "children": [child.code for child in children],
        }  # fmt: skip


def task_lines(found: Sequence[dict[str, Any]], language: str) -> Iterator[str]:
    """One line a task: code, unit, where it stands, date, title."""
    for one in found:
        official = text(f"cli.category.{one['category']}", language) if one["category"] else "-"
        due = text("cli.task.due", language, date=shown_day(one["due"])) if one["due"] else ""
        unit = one["unit"] or ", ".join(one["children"])
        yield "  ".join(part for part in (f"{one['code']:<6}", f"{unit:<6}", official, due, one["title"]) if part)


def shown_day(iso: str) -> str:
    """2023-07-23 → 23/07/2023."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
