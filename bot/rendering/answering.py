"""Answers to a unit's acts (M7, M8) and news that change its work: accepted, returned, decided, moved, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from bot.rendering.deciding import ordinal, product
from bot.rendering.view import Detail, Section, View
from models.message import Kind, Notice
from models.organisation import Role
from models.recipients import posts_of
from models.report import CompletionReport, current_report
from models.task import Task

Notices = Sequence[Notice]


def accepted(view: View, notices: Notices, detail: Detail) -> Section:
    """M7: confirmed, in time or late, with the report's moment and product."""
    lines = []
    for notice in notices[: detail.most]:
        task = view.tasks[notice.task_id]
        report = current_report(view.session, task.id or 0)
        timing = (
            "" if task.due_on is None else view.t("accepted.late" if notice.facts.get("late") else "accepted.in_time")
        )
        at = view.moment(report.made_at if report else view.at)
        made = product(view, report).rstrip(".") if report and _says_what(report) else ""
        lines.append(
            view.t(
                "accepted",
                who=_capital(_decider(view, notice)),
                code=task.code,
                timing=timing,
                at=at,
                product=f"; {made[:1].lower()}{made[1:]}" if made else "",
            )
        )
    lines += view.more(len(notices) - detail.most)
    lines[-1] += f" {view.t('accepted.thanks')}"
    return Section(Kind.ACCEPTED, view.t("title.accepted"), tuple(lines), _numbers(view, notices))


def _says_what(report: CompletionReport) -> bool:
    return bool(report.product_number or report.result or report.nil)


def returned(view: View, notices: Notices, detail: Detail) -> Section:
    """M7: what is missing; the date stays. Also a completed task that is opened again."""
    lines = []
    for notice in notices[: detail.most]:
        task = view.tasks[notice.task_id]
        key = "returned.reopened" if notice.facts.get("from") == "completed" else "returned.item"
        lines.append(view.t(key, task=view.label(task, detail), reason=_reason(view, notice)))
        lines.append(
            view.t(
                "returned.please" if task.due_on else "returned.please_no_due",
                unit=view.noun(task),
                due=view.due_of(task),
            )
        )
    lines += view.more(len(notices) - detail.most)
    return Section(Kind.RETURNED, view.t("title.returned"), tuple(lines), _numbers(view, notices), "complete")


def extension_decided(view: View, notices: Notices, detail: Detail) -> Section:
    """M8: granted with the original date kept, or declined: the date stands."""
    lines = []
    for notice in notices[: detail.most]:
        task, facts = view.tasks[notice.task_id], notice.facts
        who = _capital(_decider(view, notice))
        if facts.get("due_on"):
            lines.append(view.t("extension.granted", code=task.code, **_granted(view, notice)))
        else:
            lines.append(
                view.t("extension.declined", who=who, code=task.code, due=view.due(task.due_on, task.due_time))
            )
            if len(str(facts.get("words") or "")) > len(view.t("tap.9.decide")):  # more than a bare no
                lines.append(view.t("extension.words", words=str(facts["words"]).strip()))
    lines += view.more(len(notices) - detail.most)
    return Section(Kind.EXTENSION_DECIDED, view.t("title.extension_decided"), tuple(lines), _numbers(view, notices))


def _granted(view: View, notice: Notice) -> dict[str, str]:
    """Who moved a date until when, by which document, for which time, and the date kept from the beginning."""
    facts, original = notice.facts, view.tasks[notice.task_id].original_due
    return {
        "who": _capital(_decider(view, notice)),
        "due": _due(view, facts),
        "permit": view.t("extension.by_permit", permit=facts["permit"]) if facts.get("permit") else "",
        "ordinal": ordinal(view, int(facts.get("ordinal") or 1)),
        "original": f"{original:%d/%m/%Y}" if original else "",
    }


def due_changed(view: View, notices: Notices, detail: Detail) -> Section:
    """A date that was moved without a request, or put right."""
    lines = []
    for notice in notices[: detail.most]:
        task, facts = view.tasks[notice.task_id], notice.facts
        label = view.label(task, detail)
        if "old_due" in facts:
            lines.append(
                view.t(
                    "due_changed.moved",
                    task=label,
                    old=view.due(_date(facts["old_due"])),
                    **_granted(view, notice),
                )
            )
        else:
            inner = view.t("assigned.internal", day=view.day(task.internal_due)) if task.internal_due else ""
            lines.append(
                view.t(
                    "due_changed.corrected",
                    task=label,
                    due=view.due(task.due_on, task.due_time),
                    inner=inner,
                    reason=_reason(view, notice),
                )
            )
    lines += view.more(len(notices) - detail.most)
    return Section(Kind.DUE_CHANGED, view.t("title.due_changed"), tuple(lines), _numbers(view, notices))


def instructs(notice: Notice) -> bool:
    """Does it bring a leader's words, and no other date?"""
    dates = {"old_due", "due_on", "due_time", "internal_due"}
    return notice.kind is Kind.DUE_CHANGED and not dates & notice.facts.keys()


def instructed(view: View, notices: Notices, detail: Detail) -> Section:
    """A leader's words on a task, verbatim, with who and when."""
    lines = []
    for notice in notices[: detail.most]:
        event = view.events.get(notice.event_id)
        lines.append(
            view.t(
                "instructed",
                who=_decider(view, notice, named=True),
                task=view.label(view.tasks[notice.task_id], detail),
                words=notice.facts.get("words", ""),
                at=view.moment(event.at if event else view.at),
            )
        )
    lines += view.more(len(notices) - detail.most)
    return Section(Kind.DUE_CHANGED, view.t("title.instructed"), tuple(lines), _numbers(view, notices))


def moved(view: View, notices: Notices, detail: Detail) -> Section:
    """Taken from a unit, rested, resumed or withdrawn: one line each, with the reason."""
    kind = notices[0].kind
    lines = []
    for notice in notices[: detail.most]:
        task = view.tasks[notice.task_id]
        unit = view.unit_name(notice.facts.get("from_unit") if kind is Kind.REASSIGNED else task.unit_id)
        lines.append(
            view.t(
                kind.value,
                task=view.label(task, detail),
                unit=unit,
                to_unit=view.unit(task),
                due=view.t("resumed.due", due=view.due_of(task)) if task.due_on else "",
            )
        )
        if notice.facts.get("reason"):
            lines.append(view.t("reason", reason=_reason(view, notice)))
    lines += view.more(len(notices) - detail.most)
    return Section(kind, view.t(f"title.{kind.value}"), tuple(lines), _numbers(view, notices))


def _decider(view: View, notice: Notice, *, named: bool = False) -> str:
    """Who decided: Văn phòng Sở, or đồng chí Giám đốc."""
    event = view.events.get(notice.event_id)
    actor = event.actor_id if event else None
    if actor is not None and any(post.role is Role.LEADER for post in posts_of(view.session, actor, view.today)):
        return view.comrade(actor, named=named)
    return view.t("office")


def _reason(view: View, notice: Notice) -> str:
    return str(notice.facts.get("reason") or "").strip().rstrip(".") or view.t("none")


def _due(view: View, facts: dict[str, object]) -> str:
    hour = facts.get("due_time")
    return view.due(_date(facts.get("due_on")), time.fromisoformat(str(hour)) if hour else None)


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _numbers(view: View, notices: Notices) -> tuple[int, ...]:
    return tuple(_task(view, notice).number for notice in notices)


def _task(view: View, notice: Notice) -> Task:
    return view.tasks[notice.task_id]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
