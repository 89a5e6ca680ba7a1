"""To the desk that a task waits at: a leader who has it for signature, or a unit whose part is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.rendering.view import Detail, Section, View, codes, two
from models.message import Notice
from models.rules import OFFICE_ZONE
from models.task import CoUnit, Task, Waiting, overdue_days

FOR_ROLE = "desk"


def of_desk(notice: Notice) -> bool:
    """Is it for the desk that the task waits at, not for its unit?"""
    return bool(notice.facts.get("for_role") == FOR_ROLE)


def desk(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """Who waits for the reader since when, with what, until when. A leader answers in words; a unit beside the one that
    owns the task has nothing to report, so that no number is offered."""
    meant = {notice.task_id: notice.told_id for notice in notices}
    tasks = sorted((view.tasks[task_id] for task_id in meant), key=lambda task: (_group(view, task), task.number))
    lines: list[str] = []
    for _, found in groupby(tasks[: detail.most], key=lambda task: _group(view, task)):
        group = list(found)
        lines += [_head(view, group[0], meant[group[0].id]), *(_item(view, task, detail) for task in group)]
    lines += view.more(len(tasks) - detail.most)
    kind = "co_unit" if tasks[0].waiting is Waiting.CO_UNIT else "submitted"
    if view.is_leader:
        lines.append(view.t("desk.please"))
    elif tasks[0].waiting is Waiting.CO_UNIT:
        helping = codes(task for task in tasks if _may_add(view, task))
        lines += [view.t("desk.help"), *([view.t("desk.add", code=helping[0])] if helping else [])]
    numbers = tuple(task.number for task in tasks)
    return Section(notices[0].kind, view.t(f"title.desk.{kind}"), tuple(lines), numbers,
                   "direct" if view.is_leader else None)  # fmt: skip


def _group(view: View, task: Task) -> tuple[str, int, str]:
    return task.waiting or "", task.unit_id or 0, _since(view, task)


def _since(view: View, task: Task) -> str:
    """thứ Ba 01/12: the year stands on the due date."""
    return view.day(task.waiting_since.astimezone(OFFICE_ZONE).date())[:-5] if task.waiting_since else ""


def _head(view: View, task: Task, told_id: int | None) -> str:
    unit, since = view.unit(task), _since(view, task)
    if task.waiting is Waiting.CO_UNIT:
        found = view.directory.unit_called(task.waiting_for)
        whom = view.addressed(found.id) if found else task.waiting_for
        return view.t("desk.co_unit", unit=unit, whom=whom, since=since)
    whom = view.comrade(told_id) if told_id is not None else view.you
    return view.t("desk.submitted", unit=unit, whom=whom, since=since)


def _item(view: View, task: Task, detail: Detail) -> str:
    """NV32 · …, hạn UBND tỉnh giao thứ Tư 02/12/2026 (hôm nay)."""
    day = task.reminded_due
    internal = day is not None and day != task.due_on
    due = view.due(day, None if internal else task.due_time)
    key = "internal" if internal else "above" if view.by_authority(task) else "set"
    late, left = overdue_days(task, view.calendar, view.at), view.calendar.between(view.today, day) if day else 0
    if late:
        state = view.t("overdue.days", days=two(late))
    elif day == view.today:
        state = view.t("today")
    else:
        state = view.t("desk.left", days=two(left)) if left > 0 else ""
    said = view.t(f"desk.due.{key}", due=due, issuer=view.issuer(task)) + (f" ({state})" if state else "")
    return f"{view.label(task, detail)}, {said}."


def _may_add(view: View, task: Task) -> bool:
    """Is the reader's unit a co-operating one, whose progress is taken?"""
    return any(view.session.get(CoUnit, (task.id, unit_id)) for unit_id in view.own_units if unit_id)
