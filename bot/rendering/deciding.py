"""What somebody must decide: reports to accept, requests for more time (M8), tasks that a unit hands back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, func, select

from bot.rendering.view import Detail, Section, View, two
from models.event import Event
from models.message import Kind, Notice
from models.report import CompletionReport, Evidence, Extension, current_report, open_extension
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Task, Waiting, is_late, overdue_days

Notices = Sequence[Notice]


def reported(view: View, notices: Notices, detail: Detail) -> Section:
    """A unit reports completion: in time or not, product, evidence."""
    tasks = _tasks(view, notices)
    lines: list[str] = []
    for task in tasks[: detail.most]:
        report = current_report(view.session, task.id or 0)
        lines.append(
            view.t(
                "reported.item",
                unit=view.unit(task),
                task=view.label(task, detail),
                timing=_timing(view, task),
                at=view.moment(report.made_at if report else view.at),
            )
        )
        lines.append(product(view, report) + _evidence(view, report))
        lines += _cause(view, task)
    lines += view.more(len(tasks) - detail.most)
    return Section(Kind.REPORTED, view.t("title.reported"), tuple(lines), _numbers(tasks), "accept")


def _timing(view: View, task: Task) -> str:
    """đúng hạn, quá hạn 02 ngày làm việc, or nothing for a task without a date."""
    if task.due_on is None:
        return ""
    if not is_late(task, view.calendar, view.at):
        return view.t("reported.in_time", due=view.due(task.due_on, task.due_time))
    days = overdue_days(task, view.calendar, view.at)
    return view.t(
        "reported.late" if days else "reported.late_now", due=view.due(task.due_on, task.due_time), days=two(days)
    )


def product(view: View, report: CompletionReport | None) -> str:
    """Sản phẩm: 145/BC-QLVH ngày 27/11/2026; one sentence on the result; không phát sinh; or that nothing was given."""
    if report is None:
        return ""
    if report.nil:
        return view.t("product.nil")
    if report.product_number:
        day = view.t("product.day", day=f"{report.product_date:%d/%m/%Y}") if report.product_date else ""
        return view.t("product", number=report.product_number, day=day)
    result = (report.result or "").strip().rstrip(".")
    return view.t("product.result", result=result) if result else view.t("product.none")


def _cause(view: View, task: Task) -> list[str]:
    """A late report of what was submitted in time: the wait is offered as an objective cause, confirmed in one act."""
    due = task.internal_due or task.due_on
    if due is None or not is_late(task, view.calendar, view.at):
        return []
    query = select(Event).where(Event.task_id == task.id, Event.verb == "wait").order_by(col(Event.id))
    for event in view.session.exec(query):
        day = event.at.astimezone(OFFICE_ZONE).date()
        if (event.facts or {}).get("waiting") == Waiting.SUBMITTED.value and day <= due:
            return [view.t("reported.cause", day=f"{day:%d/%m}", code=task.code)]
    return []


def _evidence(view: View, report: CompletionReport | None) -> str:
    if report is None:
        return ""
    count = view.session.exec(select(func.count()).where(Evidence.report_id == report.id)).one()
    return view.t("product.evidence", count=two(count)) if count else ""


def extension_asked(view: View, notices: Notices, detail: Detail) -> Section:
    """M8: to whoever set the date; to the Office, which adds its opinion; of an authority's date, which is not ours."""
    tasks = _tasks(view, notices)
    lines: list[str] = []
    asks = {task.number: _answer(view, task) for task in tasks}
    for task in tasks[: detail.most]:
        asked = open_extension(view.session, task.id or 0)
        if asked is None:
            continue
        lines.append(request_line(view, task, asked, detail))
        if asked.opinion and view.is_leader:
            lines.append(view.t("extension.opinion", opinion=asked.opinion.strip().rstrip(".")))
        if asked.claim:
            lines.append(view.t("extension.claim", claim=asked.claim))
        lines += _what_now(view, task, asks[task.number])
    lines += view.more(len(tasks) - detail.most)
    answer = next((kind for kind in ("decide", "forward", "above", "direct") if kind in asks.values()), None)
    return Section(Kind.EXTENSION_ASKED, view.t("title.extension_asked"), tuple(lines), _numbers(tasks), answer)


def _answer(view: View, task: Task) -> str:
    """decide: the reader set the date; forward: the Office passes it on; above: nobody here; direct: words."""
    if task.due_set_by is DueSetBy.AUTHORITY:
        return "above"
    if view.is_leader:
        return "decide" if task.due_leader_id == view.person_id else "direct"
    return "forward" if task.due_set_by is DueSetBy.LEADER else "decide"


def _what_now(view: View, task: Task, answer: str) -> list[str]:
    """What the reader can do where 8 and 9 do not settle it."""
    if answer == "above":
        key = "extension.above_leader" if view.is_leader else "extension.above_office"
        return [view.t("extension.above", issuer=view.issuer(task)), view.t(key, code=task.code)]
    if answer == "forward":
        return [view.t("extension.forward", leader=view.comrade(task.due_leader_id, named=False), code=task.code)]
    return [view.t("escalated.please")] if answer == "direct" else []


def request_line(view: View, task: Task, asked: Extension, detail: Detail) -> str:
    """Who asks for which task from when to when, for which time, and why."""
    reason = (
        view.t("extension.reason", reason=asked.reason.strip().rstrip("."))
        if asked.reason
        else view.t("extension.no_reason")
    )
    return view.t(
        "extension.request",
        unit=view.unit(task),
        task=view.label(task, detail),
        old=_short(view, asked.from_due),
        new=view.due(asked.to_due, asked.to_time),
        ordinal=ordinal(view, asked.ordinal),
        reason=reason,
    )


def _short(view: View, day: date) -> str:
    """thứ Sáu 04/12: the year stands on the later date."""
    return view.day(day)[:-5]


def ordinal(view: View, number: int) -> str:
    """lần thứ nhất, lần thứ hai …"""
    return view.t(f"ordinal.{number}") if number <= 3 else view.t("ordinal.more", number=number)


def refused(view: View, notices: Notices, detail: Detail) -> Section:
    """A unit asks that somebody else does it: the Office chooses who."""
    tasks = _tasks(view, notices)
    reasons = {notice.task_id: str(notice.facts.get("reason") or "").strip().rstrip(".") for notice in notices}
    lines = [
        view.t(
            "refused.item",
            unit=view.unit(task),
            task=view.label(task, detail),
            reason=reasons.get(task.id) or view.t("none"),
        )
        for task in tasks[: detail.most]
    ]
    lines += [*view.more(len(tasks) - detail.most), view.t("refused.please", code=tasks[0].code)]
    return Section(Kind.REFUSED, view.t("title.refused"), tuple(lines), _numbers(tasks), "place")


def _tasks(view: View, notices: Notices) -> list[Task]:
    found = {notice.task_id: view.tasks[notice.task_id] for notice in notices}
    return sorted(found.values(), key=lambda task: task.number)


def _numbers(tasks: Sequence[Task]) -> tuple[int, ...]:
    return tuple(task.number for task in tasks)
