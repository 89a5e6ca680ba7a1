"""Everything a task's page shows, as it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import col, select

from models import clock
from models.calendar import calendar_of
from models.directive import Directive, Instruction
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.inserting import looked_up
from models.lateness import leaders_units
from models.organisation import Unit
from models.queries import history, official_category
from models.report import CompletionReport, Evidence, Extension
from models.task import Category, CoUnit, Task, by_number, late_events, overdue_days
from web.asking import Ask, Stop
from web.task.history import TOLD_FACTS as TOLD_FACTS
from web.task.history import DateStep, Step, dates, names_of, steps
from web.task.telling import Outlook, Telling, tellings, untold
from web.viewer import may_see

AROUND = 600
"""Characters of the document shown before and after the source sentence."""


@dataclass(frozen=True)
class Source:
    """The source sentence in its document. `short`: is only a part of the document shown around it?"""

    before: str
    marked: str
    after: str
    whole_before: str
    whole_after: str


@dataclass(frozen=True)
class Aim:
    """An indicator that the task is to bring to its target, with the value known last."""

    indicator: Indicator
    value: Decimal | None
    day: date | None


@dataclass(frozen=True)
class TaskView:
    """A task and all that hangs on it. `history`: oldest first; its last step's `seq` says how far the page has seen.
    `names`: of the people that its rows name."""

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
    instructions: Sequence[Instruction]
    reports: Sequence[tuple[CompletionReport, Sequence[Evidence]]]
    loose_evidence: Sequence[Evidence]
    extensions: Sequence[Extension]
    history: Sequence[Step]
    dates: Sequence[DateStep]
    tellings: Sequence[Telling]
    untold: Sequence[tuple[int | None, datetime]]
    outlook: Outlook
    aims: Sequence[Aim]
    names: Mapping[int | None, str]

    @property
    def seen(self) -> int:
        """How much has happened to the task so far: what a form of the page carries along."""
        return self.history[-1].seq if self.history else 0

    @property
    def steps(self) -> Mapping[int | None, Step]:
        """The history by the ids of its events."""
        return {one.id: one for one in self.history}


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
    units = looked_up(session, Unit, {task.unit_id, *(child.unit_id for child in children)})
    evidence = session.exec(select(Evidence).where(Evidence.task_id == task.id).order_by(col(Evidence.id))).all()
    found = official_category(task, calendar, now, leaders_units(session))
    late = found in (Category.OVERDUE, Category.DONE_LATE)
    events = history(session, task.id or 0)
    told = steps(ask, task, events)
    instructions, reports, extensions = _instructions(ask, task), _reports(ask, task), _extensions(ask, task)
    people = {task.focal_id, task.due_leader_id, *(one.leader_id for one in instructions),
              *(one.by_id for one in reports), *(one.asked_by for one in extensions),
              *(one.decided_by for one in extensions)}  # fmt: skip
    return TaskView(
        task=task, unit=units.get(task.unit_id), category=found,
        days_late=overdue_days(task, calendar, now) if late else 0,
        late_events=late_events(task, calendar, now) if late else task.late_events,
        co_units=co_units, parent=session.get(Task, task.parent_id) if task.parent_id else None,
        children=[(child, units.get(child.unit_id)) for child in children],
        directive=directive, source=_source(task, directive), instructions=instructions,
        reports=[(made, [one for one in evidence if one.report_id == made.id]) for made in reports],
        loose_evidence=[one for one in evidence if one.report_id is None],
        extensions=extensions, history=told, dates=dates(events, told), tellings=tellings(ask, task),
        untold=untold(events), outlook=Outlook(ask, task), aims=_aims(ask, task), names=names_of(ask, people),
    )  # fmt: skip


def name_of(ask: Ask, person_id: int | None) -> str:
    """The person's name; empty for nobody, or for somebody forgotten."""
    return names_of(ask, (person_id,)).get(person_id, "")


def _source(task: Task, directive: Directive | None) -> Source | None:
    if directive is None or task.span_start is None or task.span_end is None:
        return None
    texts = [directive.text, *directive.other_texts]
    if task.file >= len(texts):
        return None
    text = texts[task.file]
    before, after = text[: task.span_start], text[task.span_end :]
    return Source(before[-AROUND:], text[task.span_start : task.span_end], after[:AROUND], before, after)


def _instructions(ask: Ask, task: Task) -> Sequence[Instruction]:
    query = select(Instruction).where(
        (col(Instruction.task_id) == task.id)
        | ((col(Instruction.directive_id) == task.directive_id) & col(Instruction.directive_id).is_not(None))
    )
    return ask.session.exec(query.order_by(col(Instruction.id))).all()


def _reports(ask: Ask, task: Task) -> Sequence[CompletionReport]:
    query = select(CompletionReport).where(CompletionReport.task_id == task.id)
    return ask.session.exec(query.order_by(col(CompletionReport.id).desc())).all()


def _extensions(ask: Ask, task: Task) -> Sequence[Extension]:
    return ask.session.exec(select(Extension).where(Extension.task_id == task.id).order_by(col(Extension.id))).all()


def _aims(ask: Ask, task: Task) -> list[Aim]:
    """The indicators that hang on the task, each with its newest value."""
    query = (
        select(Indicator, IndicatorValue)
        .join(IndicatorTask, col(IndicatorTask.indicator_id) == Indicator.id)
        .outerjoin(IndicatorValue, col(IndicatorValue.indicator_id) == Indicator.id)
        .where(IndicatorTask.task_id == task.id)
        .order_by(col(Indicator.id), col(IndicatorValue.day), col(IndicatorValue.id))
    )
    newest = {one.id: Aim(one, value.value if value else None, value.day if value else None)
              for one, value in ask.session.execute(query)}  # fmt: skip
    return list(newest.values())
