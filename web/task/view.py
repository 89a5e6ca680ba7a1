"""Everything a task's page shows, as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models import clock
from models.calendar import calendar_of
from models.directive import Directive, Instruction
from models.event import Event
from models.lateness import leaders_units
from models.message import NoticeState
from models.organisation import Person, Unit
from models.queries import history, messages_about, official_category
from models.report import CompletionReport, Evidence, Extension
from models.task import Category, CoUnit, Task, by_number, late_events, overdue_days
from web.asking import Ask, Stop
from web.viewer import may_see

AROUND = 600
"""Characters of the document shown before and after the source sentence."""
TOLD_FACTS = ("words", "reason", "reason_given", "product", "product_date", "claimed_on", "result", "promised_on",
              "waiting_for", "to_due", "old_due", "due_on", "due_time", "internal_due", "review_on", "title", "permit",
              "opinion", "claim", "hold_until", "objective_cause", "said_by", "how", "undone")  # fmt: skip


@dataclass(frozen=True)
class Source:
    """The source sentence in its document. `short`: is only a part of the document shown around it?"""

    before: str
    marked: str
    after: str
    whole_before: str
    whole_after: str


@dataclass(frozen=True)
class Step:
    """One line of the history. `told`: (fact name, value) worth showing, in a fixed order."""

    at: datetime
    verb: str
    who: str
    channel: str
    behalf: bool
    told: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Telling:
    """A message about the task: to whom, of what kind, what became of it and why."""

    to: str
    kind: str
    due_at: datetime
    state: str
    reason: str | None
    sent_at: datetime | None


@dataclass(frozen=True)
class TaskView:
    """A task and all that hangs on it."""

    task: Task
    unit: Unit | None
    category: Category | None
    days_late: int
    late_events: int
    co_units: Sequence[Unit]
    parent: Task | None
    children: Sequence[tuple[Task, Unit | None]]
    directive: Directive | None
    source: Source | None
    instructions: Sequence[tuple[Instruction, str]]
    reports: Sequence[tuple[CompletionReport, str, Sequence[Evidence]]]
    loose_evidence: Sequence[Evidence]
    extensions: Sequence[tuple[Extension, str, str]]
    history: Sequence[Step]
    tellings: Sequence[Telling]
    focal: str
    setter: str


def task_asked_for(ask: Ask) -> Task:
    """The task of the address. Raises Stop: 404 for no such task, 403 for one that this person may not see."""
    task = by_number(ask.session, ask.number("number"))
    if task is None:
        raise Stop(404, "web.stop.no_task", code=f"NV{ask.request.path_params['number']}")
    if not may_see(ask.session, ask.me, task):
        raise Stop(403, "web.stop.other_unit", code=task.code)
    return task


def view_of(ask: Ask, task: Task) -> TaskView:
    """Gather the page of one task."""
    session, calendar, now = ask.session, calendar_of(ask.session), clock.now()
    directive = session.get(Directive, task.directive_id) if task.directive_id else None
    co_units = session.exec(
        select(Unit).join(CoUnit, col(CoUnit.unit_id) == Unit.id).where(CoUnit.task_id == task.id)
    ).all()
    children = session.exec(select(Task).where(Task.parent_id == task.id).order_by(col(Task.number))).all()
    evidence = session.exec(select(Evidence).where(Evidence.task_id == task.id).order_by(col(Evidence.id))).all()
    found = official_category(task, calendar, now, leaders_units(session))
    late = found in (Category.OVERDUE, Category.DONE_LATE)
    return TaskView(
        task=task,
        unit=session.get(Unit, task.unit_id) if task.unit_id else None,
        category=found,
        days_late=overdue_days(task, calendar, now) if late else 0,
        late_events=late_events(task, calendar, now) if late else task.late_events,
        co_units=co_units,
        parent=session.get(Task, task.parent_id) if task.parent_id else None,
        children=[(child, session.get(Unit, child.unit_id) if child.unit_id else None) for child in children],
        directive=directive,
        source=_source(task, directive),
        instructions=_instructions(ask, task),
        reports=_reports(ask, task, evidence),
        loose_evidence=[one for one in evidence if one.report_id is None],
        extensions=_extensions(ask, task),
        history=[_step(ask, one) for one in reversed(history(session, task.id or 0))],
        tellings=_tellings(ask, task),
        focal=name_of(ask, task.focal_id),
        setter=name_of(ask, task.due_leader_id),
    )


def name_of(ask: Ask, person_id: int | None) -> str:
    """The person's name; empty for nobody, or for somebody forgotten."""
    person = ask.session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _source(task: Task, directive: Directive | None) -> Source | None:
    if directive is None or task.span_start is None or task.span_end is None:
        return None
    texts = [directive.text, *directive.other_texts]
    if task.file >= len(texts):
        return None
    text = texts[task.file]
    before, after = text[: task.span_start], text[task.span_end :]
    return Source(before[-AROUND:], text[task.span_start : task.span_end], after[:AROUND], before, after)


def _instructions(ask: Ask, task: Task) -> list[tuple[Instruction, str]]:
    query = select(Instruction).where(
        (col(Instruction.task_id) == task.id)
        | ((col(Instruction.directive_id) == task.directive_id) & col(Instruction.directive_id).is_not(None))
    )
    return [(one, name_of(ask, one.leader_id)) for one in ask.session.exec(query.order_by(col(Instruction.id)))]


def _reports(ask: Ask, task: Task, evidence: Sequence[Evidence]) -> list[tuple[CompletionReport, str, list[Evidence]]]:
    query = (
        select(CompletionReport).where(CompletionReport.task_id == task.id).order_by(col(CompletionReport.id).desc())
    )
    return [(made, name_of(ask, made.by_id), [e for e in evidence if e.report_id == made.id])
            for made in ask.session.exec(query)]  # fmt: skip


def _extensions(ask: Ask, task: Task) -> list[tuple[Extension, str, str]]:
    query = select(Extension).where(Extension.task_id == task.id).order_by(col(Extension.id))
    return [(one, name_of(ask, one.asked_by), name_of(ask, one.decided_by)) for one in ask.session.exec(query)]


def _step(ask: Ask, happened: Event) -> Step:
    facts = happened.facts or {}
    told = tuple((name, facts[name]) for name in TOLD_FACTS if facts.get(name) not in (None, "", [], False))
    return Step(happened.at, happened.verb, name_of(ask, happened.actor_id), happened.channel,
                bool(facts.get("behalf")), told)  # fmt: skip


def _tellings(ask: Ask, task: Task) -> list[Telling]:
    found = []
    for notice, message in reversed(messages_about(ask.session, task.id or 0)):
        dropped = notice.state is NoticeState.DROPPED
        state = notice.state.value if message is None or dropped else message.state.value
        reason = notice.reason or (message.reason if message is not None else None)
        sent_at = message.sent_at if message is not None and not dropped else None
        found.append(Telling(name_of(ask, notice.person_id), notice.kind.value, notice.due_at, state, reason, sent_at))
    return found
