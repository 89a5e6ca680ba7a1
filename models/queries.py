"""Read-only questions that jobs, bot, board and command line ask: one door to figures, lists and histories."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import clock
from models.base import rules_of
from models.calendar import Calendar, calendar_of
from models.directive import Directive, DirectiveState
from models.event import Event
from models.figures import Figures, by_unit, figures
from models.lateness import OPEN, can_be_late, held, leaders_units, past_due
from models.message import WAITING_MESSAGES, Message, MessageState, Notice
from models.organisation import Contact, ContactState, Person, Post, Role, Unit
from models.owing import Block, Owed, Owing, due_between, owed, refused, reviews_due, silent
from models.owing import for_office as reports_to_accept
from models.report import Decision, Extension
from models.spoken import Word, last_word, last_words, reminded, reminders
from models.task import Category, CoUnit, DueSetBy, State, Task, TaskClass, category, json_value, late_events, parent_state

__all__ = ["Block", "Figures", "Ledger", "OfficeDesk", "Owed", "Owing", "Word", "by_unit", "due_between", "figures", "history",
           "last_word", "last_words", "ledger", "messages_about", "official_category", "owed", "reminded", "reminders",
           "reviews_due", "silent", "task_rows", "unreachable", "waiting_for_office"]  # fmt: skip

PART = 500  # SQLite takes so many values in one IN without complaint


@dataclass(frozen=True)
class OfficeDesk:
    """What waits for the Office: reports, requests for more time, refusals, drafts (id, number or file name)."""

    reports: Block
    extensions: tuple[tuple[Task, Extension], ...]
    refusals: Block
    drafts: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Ledger:
    """A day's messages, replies left out: planned = sent + refused + waiting (no answer counts as waiting)."""

    planned: int
    sent: int
    refused: int
    waiting: int


def official_category(task: Task, calendar: Calendar, now: datetime, leaders: Sequence[int | None]) -> Category | None:
    """The category as it is reported: a monitor task or one of the leaders' (`leaders`: their units) is never late."""
    found = category(task, calendar, now)
    if task.task_class is TaskClass.MONITOR or task.unit_id in leaders:
        return {Category.OVERDUE: Category.IN_TIME, Category.DONE_LATE: Category.DONE_ON_TIME}.get(found, found)  # type: ignore[call-overload,no-any-return]
    return found


def task_rows(session: Session, *, overdue: bool = False, unit: str | None = None, directive_id: int | None = None,
              limit: int | None = None, offset: int = 0) -> list[dict[str, Any]]:  # fmt: skip
    """Tasks as `dondoc tasks --json` shows them, by number, parents included (but in no list of overdue ones)."""
    now, calendar = clock.now(), calendar_of(session)
    query = select(Task).order_by(col(Task.number))
    if overdue:
        # The category's own words: reported late counts, asked for more time in time does not.
        query = query.where(OPEN, past_due(calendar, now), can_be_late(session), col(Task.id).not_in(held(session, now)))
    if unit is not None:
        query = query.join(Unit, col(Unit.id) == Task.unit_id).where(Unit.code == unit)
    if directive_id is not None:
        query = query.where(Task.directive_id == directive_id)
    tasks = list(session.exec(query.limit(limit).offset(offset)))
    rows = []
    for start in range(0, len(tasks), PART):
        rows += _rows(session, tasks[start : start + PART], calendar, now)
    return [row for row in rows if row["category"] == Category.OVERDUE.value] if overdue else rows


def _rows(session: Session, tasks: Sequence[Task], calendar: Calendar, now: datetime) -> list[dict[str, Any]]:
    units = {unit.id: unit.code for unit in session.exec(select(Unit))}
    leaders = leaders_units(session)
    ids = [task.id for task in tasks]
    numbers = {d: (number or source) for d, number, source in session.exec(
        select(Directive.id, Directive.number, Directive.source).where(col(Directive.id).in_({t.directive_id for t in tasks})))}  # fmt: skip
    co_units: dict[int, list[str]] = defaultdict(list)
    for co_unit in session.exec(select(CoUnit).where(col(CoUnit.task_id).in_(ids)).order_by(col(CoUnit.unit_id))):
        co_units[co_unit.task_id].append(units[co_unit.unit_id])
    children: dict[int | None, list[Task]] = defaultdict(list)
    parent_ids = [task.id for task in tasks if task.is_parent]
    if parent_ids:
        for child in session.exec(select(Task).where(col(Task.parent_id).in_(parent_ids)).order_by(col(Task.number))):
            children[child.parent_id].append(child)
    parent_numbers = {row.id: row.number for row in tasks if row.is_parent}
    missing = {task.parent_id for task in tasks if task.parent_id} - parent_numbers.keys()
    if missing:
        parent_numbers |= dict(session.execute(select(Task.id, Task.number).where(col(Task.id).in_(missing))).all())  # type: ignore[arg-type]
    rows = []
    for task in tasks:
        found = official_category(task, calendar, now, leaders)
        parent = parent_numbers.get(task.parent_id)
        state = parent_state(children[task.id]) if task.is_parent else task.state
        rows.append({
            "code": task.code, "title": task.title, "unit": units.get(task.unit_id), "co_units": co_units[task.id or 0],
            "state": state.value, "class": task.task_class.value, "category": found.value if found else None,
            "due": json_value(task.due_on), "due_time": task.due_time.strftime("%H:%M") if task.due_time else None,
            "internal_due": json_value(task.internal_due), "due_set_by": task.due_set_by.value,
            "original_due": json_value(task.original_due), "review_on": json_value(task.review_on),
            "late_events": late_events(task, calendar, now) if found is not None else task.late_events,
            "returns": task.returns, "extensions": task.extensions, "directive": numbers.get(task.directive_id),
            "item": task.item, "parent": f"NV{parent}" if parent else None,
            "children": [child.code for child in children[task.id]],
        })  # fmt: skip
    return rows


def waiting_for_office(session: Session, now: datetime, limit: int = 60) -> OfficeDesk:
    """Everything on the Office's own desk, the longest waiting first."""
    asked = session.execute(
        select(Task, Extension)
        .join(Extension, col(Extension.task_id) == Task.id)
        .where(Extension.decision == Decision.OPEN, (col(Task.due_set_by) == DueSetBy.OFFICE) | (col(Extension.forwarded_at) == None))  # noqa: E711
        .order_by(col(Extension.id))
        .limit(limit)
    )
    drafts = session.execute(
        select(Directive.id, Directive.number, Directive.source).where(Directive.state == DirectiveState.DRAFT).limit(limit)
    )
    return OfficeDesk(
        reports=reports_to_accept(session, now, limit=limit),
        extensions=tuple((task, extension) for task, extension in asked),
        refusals=refused(session, now, limit=limit),
        drafts=tuple((draft_id, number or source) for draft_id, number, source in drafts),
    )


def unreachable(session: Session, day: date) -> list[tuple[Person, str]]:
    """People who hold a post on `day` and have no chat that takes messages, with their unit's code."""
    linked = select(Contact.person_id).where(Contact.state == ContactState.ACTIVE)
    query = (
        select(Person, Unit.code)
        .join(Post, col(Post.person_id) == Person.id)
        .join(Unit, col(Unit.id) == Post.unit_id)
        .where(
            col(Person.id).not_in(linked),
            col(Post.role).in_([Role.LEADER, Role.HEAD, Role.DEPUTY, Role.OFFICE]),
            (col(Post.valid_from) == None) | (col(Post.valid_from) <= day),  # noqa: E711
            (col(Post.valid_to) == None) | (col(Post.valid_to) >= day),  # noqa: E711
        )
        .order_by(col(Post.id))
    )
    return list({person.id: (person, code) for person, code in session.execute(query)}.values())


def messages_about(session: Session, task_id: int) -> list[tuple[Notice, Message | None]]:
    """Every notice about a task with the message that carried it, oldest first; dropped ones say why."""
    query = select(Notice, Message).outerjoin(Message, col(Message.id) == Notice.message_id)
    return [(notice, message) for notice, message in
            session.execute(query.where(Notice.task_id == task_id).order_by(col(Notice.id)))]  # fmt: skip


def history(session: Session, task_id: int) -> Sequence[Event]:
    """What happened to a task, oldest first."""
    return session.exec(select(Event).where(Event.subject == f"task:{task_id}").order_by(col(Event.seq))).all()


def ledger(session: Session, day: date) -> Ledger:
    """What became of the messages made on a day of the office."""
    start = clock.at_local(day, time(0))
    query = select(Message.state, func.count()).where(
        col(Message.created_at) >= start, col(Message.created_at) < start + timedelta(1), col(Message.inbox_id) == None  # noqa: E711
    )  # fmt: skip
    counts: dict[MessageState, int] = dict(session.execute(query.group_by(Message.state)).all())  # type: ignore[arg-type]
    sent, failed = counts.get(MessageState.SENT, 0), counts.get(MessageState.FAILED, 0)
    waiting = sum(counts.get(state, 0) for state in (*WAITING_MESSAGES, MessageState.UNKNOWN))
    return Ledger(sent + failed + waiting, sent, failed, waiting)
