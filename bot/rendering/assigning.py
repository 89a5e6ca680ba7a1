"""Assigned: what a unit is given, by which document, with the leader's words on it and the date as it was set."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, or_, select

from bot.rendering.view import Detail, Section, View, shortened, two
from models.directive import Directive, Instruction
from models.message import Kind, Notice
from models.task import CoUnit, DueSetBy, Task, TaskClass

_said, _co_unit = Instruction.__table__.c, CoUnit.__table__.c
_SAID = (
    select(_said.leader_id, _said.said_on, _said.words)
    .where(or_(_said.directive_id == bindparam("directive"), _said.task_id == bindparam("task")))
    .order_by(_said.said_on, _said.id)
)
_CO_UNITS = select(_co_unit.unit_id).where(_co_unit.task_id == bindparam("task"))
KINDS_OF_DOCUMENT = ("cong_van", "chi_thi", "ke_hoach", "thong_bao", "cong_dien", "quyet_dinh")


def assigned(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """One section whatever number of directives: grouped by directive, the newest instruction verbatim."""
    tasks = sorted((view.tasks[notice.task_id] for notice in notices), key=lambda task: task.number)
    from_units = {notice.task_id: notice.facts.get("from_unit") for notice in notices}
    shown = tasks[: detail.most]
    lines: list[str] = []
    for (directive_id, unit_id), group in groupby(sorted(shown, key=_place), key=_place):
        of_group = list(group)
        whole = [task for task in tasks if _place(task) == (directive_id, unit_id)]
        if lines:
            lines.append("")
        lines += _head(view, of_group[0], len(whole), detail) + _items(view, of_group, from_units, detail)
    lines += view.more(len(tasks) - len(shown))
    return Section(
        Kind.ASSIGNED, view.t("title.assigned"), tuple(lines), tuple(task.number for task in tasks), "confirm"
    )


def _place(task: Task) -> tuple[int, int]:
    return task.directive_id or 0, task.unit_id or 0


def document(view: View, directive: Directive) -> str:
    """Công văn số 1788/SVHTTDL-VP ngày 20/11/2026."""
    kind = directive.kind if directive.kind in KINDS_OF_DOCUMENT else "other"
    words = view.t(f"document.{kind}")
    if directive.number:
        words = view.t("document.number", document=words, number=directive.number)
    if directive.issued_on:
        words = view.t("document.day", document=words, day=f"{directive.issued_on:%d/%m/%Y}")
    return words


def _head(view: View, task: Task, count: int, detail: Detail) -> list[str]:
    directive = view.directives.get(task.directive_id)
    unit, urgency = view.addressed(task.unit_id), [task.urgency] if task.urgency else []
    said = _instructions(view, task, detail)
    if directive is None:
        return [*urgency, *said, view.t("assigned.alone", unit=unit, count=two(count))]
    whole = document(view, directive) + _whose(view, task, directive)
    if not said and not directive.from_above:
        return [*urgency, view.t("assigned.head", document=whole, unit=unit, count=two(count))]
    given = view.t("assigned.given", unit=unit, count=two(count))
    return [*urgency, view.t("assigned.document", document=whole), *said, given]


def _whose(view: View, task: Task, directive: Directive) -> str:
    """Whose document: the leader's who signs for the office, or the issuer above with the arrival number."""
    if directive.from_above:
        words = view.t("document.of", whose=view.issuer(task)) if directive.issuer else ""
        if directive.arrival_number:
            words += view.t(
                "document.arrival", number=directive.arrival_number, day=f"{directive.received_on:%d/%m/%Y}"
            )
        return words
    title = view.title(task.due_leader_id) if task.due_set_by is DueSetBy.LEADER else ""
    return view.t("document.of_leader", title=title) if title else ""


def _instructions(view: View, task: Task, detail: Detail) -> list[str]:
    """What leaders wrote on the document or on this task, verbatim."""
    found = view.office.answer(_SAID, directive=task.directive_id, task=task.id)
    return [
        view.t(
            "instruction",
            who=view.comrade(one.leader_id, named=False),
            day=f"{one.said_on:%d/%m}",
            words=shortened(one.words, 4 * detail.width) if detail.width < 60 else one.words.strip(),
        )
        for one in found
    ]


def _items(view: View, tasks: list[Task], from_units: dict[int | None, Any], detail: Detail) -> list[str]:
    """Each task on a line; what is the same for all is said once, below."""
    terms = {task.id: _terms(view, task) for task in tasks}
    same = len(set(terms.values())) == 1
    lines = []
    for task in tasks:
        notes = [view.t("assigned.item", item=task.item)] if task.item else []
        notes += [period(view, task.period)] if task.period else []
        if from_units.get(task.id):
            notes.append(view.t("assigned.from_unit", unit=view.unit_name(from_units[task.id])))
        line = view.label(task, detail) + (f" ({', '.join(notes)})" if notes else "")
        lines.append(f"{line}." if same else f"{line}. {terms[task.id]}")
        lines += _co_units(view, task)
    return [*lines, terms[tasks[0].id]] if same else lines


def _terms(view: View, task: Task) -> str:
    """Until when: M1 without a date, M2 with one."""
    if task.due_on is None:
        review = view.t("assigned.review", day=view.day(task.review_on)) if task.review_on else ""
        return view.t("assigned.no_due") + review
    kind = view.t("assigned.recurring") if task.task_class is TaskClass.RECURRING else ""
    due = view.due(task.due_on, task.due_time)
    if view.by_authority(task):
        words = view.t("assigned.due_above", issuer=view.issuer(task), due=due)
    else:
        words = view.t("assigned.due", due=due)
    inner = view.t("assigned.internal", day=view.day(task.internal_due)) if task.internal_due else ""
    return kind + words + inner


def _co_units(view: View, task: Task) -> list[str]:
    rows = view.office.answer(_CO_UNITS, task=task.id)
    units = ", ".join(view.unit_name(row.unit_id) for row in rows)
    return [view.t("assigned.co_units", units=units)] if rows else []


def period(view: View, name: str) -> str:
    """2026-11 → tháng 11/2026; 2026-W48, 2026-Q4, 2026-H2, 2026."""
    year, _, part = name.partition("-")
    if not part:
        return view.t("period.year", year=year)
    kind = {"W": "week", "Q": "quarter", "H": f"half{part[-1]}"}.get(part[0], "month")
    return view.t(f"period.{kind}", year=year, part=part.lstrip("WQH").zfill(2))
