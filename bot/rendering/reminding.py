"""Reminders: unconfirmed, due, overdue and reviews, for a head, the focal point, and the deputy in neutral words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.rendering.view import Detail, Section, View, codes, two
from models.ladder import rungs
from models.message import Kind, Notice
from models.rules import OFFICE_ZONE
from models.task import Task, overdue_days

Notices = Sequence[Notice]


def unconfirmed(view: View, notices: Notices, detail: Detail) -> Section:
    """M3, and the deputy's copy, which names no one at fault."""
    head, copies = _split(view, notices)
    lines: list[str] = []
    for unit_tasks in _by_unit(head):
        shown = [_unconfirmed_item(view, task) for task in unit_tasks[: detail.most]]
        lines.append(
            view.t(
                "unconfirmed.head",
                unit=_capital(view.noun(unit_tasks[0])),
                count=two(len(unit_tasks)),
                tasks=view.joined(shown),
            )
        )
        lines += view.more(len(unit_tasks) - len(shown))
    for unit_tasks in _by_unit(copies):
        items = [
            task.code + (f" ({view.t('due.short', due=view.due_of(task))})" if task.due_on else "")
            for task in unit_tasks[: detail.most]
        ]
        head_title = _head_title(view, unit_tasks[0])
        short = view.t("head.room") if head_title.startswith(view.t("head.room")) else head_title
        lines.append(view.t("unconfirmed.deputy", tasks=", ".join(items), head=head_title, short=short))
        lines += view.more(len(unit_tasks) - len(items))
    tasks = [*head, *copies]
    return Section(
        Kind.UNCONFIRMED,
        view.t("title.unconfirmed"),
        tuple(lines),
        _numbers(tasks),
        "confirm" if head else "confirm_for",
    )


def _unconfirmed_item(view: View, task: Task) -> str:
    given = f"{task.assigned_at.astimezone(OFFICE_ZONE):%d/%m}"
    term = view.t("due.short", due=view.due_of(task)) if task.due_on else view.t("standing")
    return view.t("unconfirmed.item", code=task.code, assigned=given, term=term)


def due(view: View, notices: Notices, detail: Detail) -> Section:
    """M4: due today first, then how many working days are left."""
    tasks = sorted(_tasks(view, notices), key=lambda task: (task.reminded_due or view.today, task.number))
    lines = [_due_line(view, task, detail) for task in tasks[: detail.most]] + view.more(len(tasks) - detail.most)
    kind = Kind.DUE_TODAY if any(notice.kind is Kind.DUE_TODAY for notice in notices) else Kind.DUE_SOON
    return Section(kind, view.t("title.due", day=view.day(view.today)), tuple(lines), _numbers(tasks), "work")


def _due_line(view: View, task: Task, detail: Detail) -> str:
    day = task.reminded_due or view.today
    label = _owned_label(view, task, detail)
    internal = task.internal_due is not None and task.internal_due != task.due_on
    left = view.calendar.between(view.today, day)
    if day == view.today:
        hour = f" ({view.hour(task.due_time)})" if task.due_time and not internal else ""
        line = view.t("due.today_internal" if internal else "due.today", task=label, hour=hour)
    elif left <= 0:  # due on a day off: no working day is left before it
        line = view.t("due.day_off", task=label, due=view.due(day, task.due_time))
    else:
        key = "due.left_internal" if internal else "due.left"
        line = view.t(key, task=label, days=two(left), due=view.due(day, None if internal else task.due_time))
    return line + (view.t("due.above", issuer=view.issuer(task)) if view.by_authority(task) else "")


def overdue(view: View, notices: Notices, detail: Detail) -> Section:
    """M5: how late, what is asked for, and the moment from which a leader will know."""
    head, copies = _split(view, notices)
    tasks = [*head, *copies]
    lines = []
    if copies and not head:
        lines.append(view.t("overdue.deputy", head=_head_title(view, copies[0])))
    shown = tasks[: detail.most]
    for task in shown:
        days = overdue_days(task, view.calendar, view.at)
        late = view.t("overdue.days", days=two(days)) if days else view.t("overdue.now")
        lines.append(view.t("overdue.item", task=_owned_label(view, task, detail), due=view.due_of(task), late=late))
    lines += view.more(len(tasks) - len(shown))
    lines.append(view.t("overdue.please", unit=view.noun(tasks[0])))
    lines += _going_up(view, tasks)
    return Section(Kind.OVERDUE, view.t("title.overdue"), tuple(lines), _numbers(tasks), "late")


def _going_up(view: View, tasks: list[Task]) -> list[str]:
    """When the leader in charge will be told, by moment and leader; nothing once that is past."""
    moments: dict[tuple[datetime, int | None], list[Task]] = {}
    for task in tasks:
        for rung in rungs(task, view.calendar):
            if rung.kind is Kind.ESCALATED and rung.name == "L+up":
                unit = view.units.get(task.unit_id)
                if rung.at > view.at:
                    moments.setdefault((rung.at, unit.leader_id if unit else None), []).append(task)
                break
    alone = len(tasks) == 1
    return [
        view.t(
            "overdue.going_up" if alone else "overdue.going_up_of",
            moment=view.slot(at),
            leader=view.title(leader),
            tasks=", ".join(codes(named)),
        )
        for (at, leader), named in sorted(moments.items(), key=lambda pair: pair[0][0])
    ]


def review(view: View, notices: Notices, detail: Detail) -> Section:
    """A standing task's review: one line is asked for."""
    tasks = _tasks(view, notices)
    lines = [view.t("review.head", unit=view.noun(tasks[0]), day=view.day(view.today))]
    lines += [_owned_label(view, task, detail) for task in tasks[: detail.most]] + view.more(len(tasks) - detail.most)
    return Section(Kind.REVIEW, view.t("title.review"), tuple(lines), _numbers(tasks), "review")


def _split(view: View, notices: Notices) -> tuple[list[Task], list[Task]]:
    """Tasks told as to the head, and those of which the deputy gets his own neutral copy."""
    copies = [n for n in notices if n.facts.get("for_role") == "deputy" and n.told_id is None]
    heads = [n for n in notices if n not in copies]
    seen = {notice.task_id for notice in heads}
    return _tasks(view, heads), _tasks(view, [n for n in copies if n.task_id not in seen])


def _tasks(view: View, notices: Notices) -> list[Task]:
    """The tasks of notices, each once, by number."""
    found = {notice.task_id: view.tasks[notice.task_id] for notice in notices}
    return sorted(found.values(), key=lambda task: task.number)


def _by_unit(tasks: list[Task]) -> list[list[Task]]:
    groups: dict[int | None, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.unit_id, []).append(task)
    return list(groups.values())


def _owned_label(view: View, task: Task, detail: Detail) -> str:
    """The label, with the unit for a reader of another one (the Office in a unit's stead)."""
    label = view.label(task, detail)
    return label if view.own(task) else f"{label} ({view.unit(task)})"


def _head_title(view: View, task: Task) -> str:
    return view.title(view.directory.head(task.unit_id or 0)) or view.t("head")


def _numbers(tasks: Sequence[Task]) -> tuple[int, ...]:
    return tuple(task.number for task in tasks)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
