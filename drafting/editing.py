"""What a clerk sets in one item: each column with what follows from it, and which questions it answers."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from models.directive import Directive, DraftItem
from models.task import TaskClass

OF_TIME = ("due", "several", "past")


class InternalAfterDue(Exception):
    """The inner date is after the date itself."""


def set_units(item: DraftItem, unit_ids: list[int], grouped: bool, by: int | None) -> None:
    """Who leads. A unit that leads does not co-operate; the question of the owner is answered, or open again."""
    item.unit_ids, item.grouped = unit_ids, grouped
    item.co_unit_ids = [one for one in item.co_unit_ids if one not in unit_ids]
    _given(item, ["owner"], bool(unit_ids), by)


def set_co_units(item: DraftItem, unit_ids: list[int]) -> None:
    """Who co-operates; the leading units do not."""
    item.co_unit_ids = [one for one in unit_ids if one not in item.unit_ids]


def set_due(item: DraftItem, day: date | None, at: time | None, by: int | None) -> None:
    """A date, or none. Given by a person, it answers what the words left open about time."""
    item.due_on, item.due_time = day, at if day is not None else None
    item.recurrence = None if day is not None else item.recurrence
    if day is not None and item.task_class in (TaskClass.STANDING.value, TaskClass.RECURRING.value):
        item.task_class = TaskClass.DATED.value  # a date was given: "thường xuyên" no longer says when
    elif day is None and item.task_class == TaskClass.DATED.value:
        item.task_class = TaskClass.STANDING.value
    _given(item, _time_questions(item), day is not None, by)


def set_series(item: DraftItem, recurrence: dict[str, Any], at: time | None, by: int | None) -> None:
    """A series with its day: no single date any more."""
    item.due_on, item.due_time, item.recurrence = None, at, recurrence
    item.task_class = TaskClass.RECURRING.value
    _given(item, _time_questions(item), True, by)


def set_class(item: DraftItem, task_class: str) -> None:
    """The class. Only a series can recur; a class without a date takes none away that stands."""
    if task_class == TaskClass.RECURRING.value and item.recurrence is None:
        return
    item.task_class = task_class


def answer(item: DraftItem, key: str, words: str, by: int | None) -> None:
    """Answer a question in words; no words: it is open again."""
    if words:
        _close(item, key, {"answer": words, "by": by})
    else:
        _open(item, key)


def waive(item: DraftItem, key: str, by: int | None) -> None:
    """Leave a question open, in one's own name."""
    _close(item, key, {"waived_by": by})


def reopen(item: DraftItem, key: str) -> None:
    """Ask a waived question again."""
    _open(item, key)


def take(item: DraftItem) -> None:
    """Another agency's item becomes ours. What its words leave open is asked now."""
    item.ours = True
    if not item.unit_ids and "owner" not in item.questions:
        item.questions = {**item.questions, "owner": _owner_question(item)}


def leave(item: DraftItem) -> None:
    """An item of ours is another agency's after all: context, no task."""
    item.ours = False


def check(item: DraftItem) -> None:
    """Raise InternalAfterDue."""
    if item.internal_due is not None and item.due_on is not None and item.internal_due > item.due_on:
        raise InternalAfterDue


def open_questions(items: list[DraftItem], directive: Directive) -> int:
    """How many questions stand in the way of assigning, those about the whole document included."""
    of_items = sum(len(one.open_questions()) for one in items if one.ours is not False)
    unasked = sum(not one.unit_ids and "owner" not in one.questions for one in items
                  if one.ours is not False and not one.dropped)  # fmt: skip
    return of_items + unasked + len(directive.open_questions())


def _time_questions(item: DraftItem) -> list[str]:
    return [key for key in item.questions if key in OF_TIME or key.startswith("due:")]


def _given(item: DraftItem, keys: list[str], given: bool, by: int | None) -> None:
    """A value given answers its questions; taken away again, only those that it had answered are open."""
    for key in keys:
        if given and key in item.questions:
            before = item.answers.get(key)
            if not isinstance(before, dict) or "answer" not in before:
                _close(item, key, {"given": True, "by": by})
        elif not given and isinstance(item.answers.get(key), dict) and "given" in item.answers[key]:
            _open(item, key)
    if not given and keys == ["owner"] and "owner" not in item.questions:
        item.questions = {**item.questions, "owner": _owner_question(item)}


def _owner_question(item: DraftItem) -> str:
    return f"Mục {item.label}: chưa rõ đơn vị chủ trì"


def _close(item: DraftItem, key: str, how: dict[str, Any]) -> None:
    if key in item.questions and item.answers.get(key) != how:
        item.answers = {**item.answers, key: how}


def _open(item: DraftItem, key: str) -> None:
    if key in item.answers:
        item.answers = {name: value for name, value in item.answers.items() if name != key}
