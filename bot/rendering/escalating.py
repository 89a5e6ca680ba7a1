"""What goes up: to the Office when a unit is silent, before a leader is told, and to the leader in charge (M9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.rendering.deciding import request_line
from bot.rendering.view import Detail, Section, View, two
from models.calendar import Calendar
from models.message import Kind, Notice
from models.owing import Owing, owings
from models.report import open_extension
from models.rules import OFFICE_ZONE
from models.spoken import Word
from models.task import Task, overdue_days

Lines = list[str]


def pre_notice(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """To the Office at 07:30: what will be reported at 13:30, and how to hold it."""
    rows = _rows(view, notices)
    lines: Lines = []
    for leader_id, group in _by_leader(view, rows).items():
        at = view.hour(view.calendar.last_slot(view.today).astimezone(OFFICE_ZONE).time())
        items = [
            view.t("pre_notice.item", code=row.code, unit=row.unit, days=two(row.days), word=word(view, row.word))
            for row in group[: detail.most]
        ]
        lines.append(view.t("pre_notice", hour=at, leader=view.comrade(leader_id), tasks="; ".join(items)))
        lines += view.more(len(group) - len(items))
    lines.append(view.t("pre_notice.hold", code=rows[0].code))
    return Section(Kind.PRE_NOTICE, view.t("title.pre_notice"), tuple(lines), tuple(row.number for row in rows), "hold")


def escalated(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """One block for each reason: overdue, unconfirmed, an authority's date tomorrow, a request nobody decided."""
    groups: dict[str, list[Notice]] = {"L": [], "U": [], "A": [], "X": []}
    for notice in notices:
        groups[str(notice.facts.get("rung", "L"))[:1]].append(notice)
    tellers: dict[str, Callable[[View, list[Notice], Detail], Lines]] = {
        "L": _overdue,
        "U": _unconfirmed,
        "A": _authority,
        "X": _undecided,
    }
    blocks = [tellers[key](view, group, detail) for key, group in groups.items() if group]
    lines = [line for number, block in enumerate(blocks) for line in ([""] if number else []) + block]
    if view.is_leader:
        lines.append(view.t("escalated.please"))
    numbers = tuple(sorted({view.tasks[notice.task_id].number for notice in notices}))
    return Section(
        Kind.ESCALATED, view.t("title.escalated"), tuple(lines), numbers, "direct" if view.is_leader else "call"
    )


def _overdue(view: View, notices: list[Notice], detail: Detail) -> Lines:
    rows = _rows(view, notices)
    lines: Lines = []
    by_days: dict[int, list[Owing]] = {}
    for row in rows:
        by_days.setdefault(row.days, []).append(row)
    for days, group in sorted(by_days.items(), reverse=True):
        lines.append(
            view.t("escalated.overdue" if days else "escalated.overdue_now", count=two(len(group)), days=two(days))
        )
        for row in group[: detail.most]:
            lines += [_item(view, row, detail), _reminded(view, row)]
        lines += view.more(len(group) - detail.most)
    return lines


def _unconfirmed(view: View, notices: list[Notice], detail: Detail) -> Lines:
    rows = _rows(view, notices)
    lines = [view.t("escalated.unconfirmed", count=two(len(rows)))]
    for row in rows[: detail.most]:
        item = view.t(
            "escalated.unconfirmed_item",
            code=row.code,
            unit=row.unit_name,
            assigned=f"{row.assigned_on:%d/%m}",
            term=view.t("due.short", due=view.due_of(_task(view, row))) if row.due_on else view.t("standing"),
        )
        lines.append(item + _dates(view, row.reminded))
    lines += view.more(len(rows) - detail.most)
    if not view.is_leader:
        lines.append(view.t("escalated.call", code=rows[0].code))
    return lines


def _authority(view: View, notices: list[Notice], detail: Detail) -> Lines:
    rows = _rows(view, notices)
    lines = [view.t("escalated.authority", count=two(len(rows)))]
    for row in rows[: detail.most]:
        lines += [_item(view, row, detail), view.t("escalated.word", word=word(view, row.word))]
    lines += view.more(len(rows) - detail.most)
    return lines if view.is_leader else [*lines, view.t("escalated.note", code=rows[0].code)]


def _undecided(view: View, notices: list[Notice], detail: Detail) -> Lines:
    days = view.calendar.rules.extension_unanswered_days
    lines = [view.t("escalated.undecided", days=two(days))]
    for notice in notices[: detail.most]:
        task = view.tasks[notice.task_id]
        asked = open_extension(view.session, task.id or 0)
        if asked is not None:
            lines.append(request_line(view, task, asked, detail))
    return lines + view.more(len(notices) - detail.most)


def _item(view: View, row: Owing, detail: Detail) -> str:
    task = _task(view, row)
    return view.t(
        "escalated.item",
        code=row.code,
        unit=row.unit_name,
        due=view.due_of(task),
        title=view.label(task, detail).removeprefix(f"{row.code} · "),
    )


def _reminded(view: View, row: Owing) -> str:
    return view.t("escalated.reminded", dates=_days(row.reminded) or view.t("none"), word=word(view, row.word))


def word(view: View, said: Word | None) -> str:
    """The unit's last word with its day; chưa có thông tin when there is none."""
    if said is None:
        return view.t("word.none")
    key = "word.behalf" if said.behalf else "word"
    return view.t(key, day=f"{said.at.astimezone(OFFICE_ZONE):%d/%m}", words=said.words.strip().rstrip("."))


def _dates(view: View, days: Sequence[date]) -> str:
    return view.t("escalated.dates", dates=_days(days)) if days else ""


def _days(days: Sequence[date]) -> str:
    return ", ".join(f"{day:%d/%m}" for day in days[-5:])


def _rows(view: View, notices: Sequence[Notice]) -> list[Owing]:
    tasks = {notice.task_id: view.tasks[notice.task_id] for notice in notices}
    in_order = sorted(tasks.values(), key=lambda task: task.number)
    return list(owings(view.session, in_order, _late(view.calendar, view.at)))


def _late(calendar: Calendar, at: datetime) -> Callable[[Task], int]:
    return lambda task: overdue_days(task, calendar, at)


def _task(view: View, row: Owing) -> Task:
    return view.tasks[row.id]


def _by_leader(view: View, rows: list[Owing]) -> dict[int | None, list[Owing]]:
    groups: dict[int | None, list[Owing]] = {}
    for row in rows:
        groups.setdefault(row.leader_id, []).append(row)
    return groups
