"""Acts of a unit and of the Office that touch more than the task's own row: reports, progress, returns, corrections."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from models import clock, event
from models.calendar import Calendar, calendar_of
from models.counting import late_at, late_counted
from models.inserting import by_id, insert_new
from models.moves import Actor, MoveError, NoSuchTask, NotAllowed, allowed, move
from models.organisation import Unit
from models.report import CompletionReport, Evidence, current_report
from models.rules import OFFICE_ZONE
from models.taking_back import take_back
from models.task import State, Task, TaskClass, Waiting, is_late, json_value


class UnitUnknown(MoveError):
    """The unit named does not exist or has ended."""


class BadDate(MoveError):
    """A date that cannot be: `details["why"]` is earlier, day_off, internal_after_due …"""


def acknowledge(session: Session, task_id: int, actor: Actor, *, words: str = "", thay: bool = False) -> Task:
    """Confirm a task. `thay`: a deputy in the head's stead; recorded in his own name all the same."""
    return move(session, task_id, "acknowledge", actor, facts={"words": words, "thay": thay})


def report(session: Session, task_id: int, actor: Actor, *, made_at: datetime | None = None, words: str = "",
           product_number: str | None = None, product_date: date | None = None, claimed_on: date | None = None,
           result: str | None = None, nil: bool = False, inbox_id: int | None = None) -> CompletionReport:  # fmt: skip
    """Report completion; confirms in passing. `made_at`: the moment of the message that began it (default now), which
    is the report's if it was completed within one working day."""
    at = _moment(calendar_of(session), made_at or clock.now())
    made = CompletionReport(task_id=task_id, by_id=actor.person, made_at=at, words=words, product_number=product_number,
                            product_date=product_date, claimed_on=claimed_on, result=result, nil=nil)  # fmt: skip
    told = {"words": words, "product": product_number, "product_date": json_value(product_date),
            "claimed_on": json_value(claimed_on), "result": result, "nil": nil}  # fmt: skip
    move(session, task_id, "report", actor, values={"reported_at": at}, facts=told)
    insert_new(session, made)
    if inbox_id is not None:
        session.execute(update(Evidence).where(col(Evidence.inbox_id) == inbox_id)
                        .values(task_id=task_id, report_id=made.id))  # fmt: skip
    return made


def add_product(session: Session, task_id: int, actor: Actor, *, number: str | None = None, day: date | None = None,
                result: str | None = None, nil: bool = False) -> CompletionReport:  # fmt: skip
    """Complete the report that counts with its product's number and date, or one sentence on the result.

    The report keeps its moment, unless it said nothing of either and is completed more than one working day later.
    Raises NoSuchTask when there is no report to complete, NotAllowed when this person may not report.
    """
    made = current_report(session, task_id)
    task = by_id(session, Task, task_id)
    if made is None or task is None or task.state is not State.REPORTED:
        raise NoSuchTask("add_product", task)
    if not allowed(session, "report", actor, task):
        raise NotAllowed("add_product", task)
    if not (made.product_number or made.result or made.nil):
        made.made_at = _moment(calendar_of(session), made.made_at)
        session.execute(update(Task).where(col(Task.id) == task_id).values(reported_at=made.made_at))
    made.product_number, made.product_date = number or made.product_number, day or made.product_date
    made.result, made.nil = result or made.result, nil or made.nil
    session.add(made)
    session.flush()
    facts = {"product": number, "product_date": json_value(day), "result": result, "nil": nil}
    event.record(session, f"task:{task_id}", "add_product", actor_id=actor.person_id, facts=facts,
                 channel=actor.channel, task_id=task_id, directive_id=task.directive_id, announced=True)  # fmt: skip
    return made


def undo(session: Session, task_id: int, actor: Actor) -> tuple[Task, str]:
    """Take back one's own last act on a task: (task, verb undone). Raises TooLateToTakeBack."""
    return take_back(session, task_id, actor)


def progress(session: Session, task_id: int, actor: Actor, *, words: str, promised_on: date | None = None,
             waiting: Waiting | None = None, waiting_for: str | None = None, obstacle: bool = False,
             inbox_id: int | None = None) -> Task:  # fmt: skip
    """Keep a unit's last word. A promised day rests the task if it is not after the due date, or within three working
    days when overdue; `waiting` marks đã trình (to whom) or chờ đơn vị phối hợp (which)."""
    rest = promised_on is not None or waiting is not None
    values = _resting(session, task_id, promised_on, waiting, waiting_for) if rest else {}
    facts = {"words": words, "promised_on": json_value(promised_on), "rests": "promised_on" in values,
             "obstacle": obstacle, "waiting": json_value(waiting),
             "waiting_for": values.get("waiting_for")}  # fmt: skip
    moved = move(session, task_id, "wait" if waiting else "progress", actor, values=values, facts=facts)
    if inbox_id is not None:
        session.execute(update(Evidence).where(col(Evidence.inbox_id) == inbox_id).values(task_id=task_id))
    return moved


def accept(session: Session, task_id: int, actor: Actor, *, checked: bool = False,
           objective_cause: str | None = None) -> Task:  # fmt: skip
    """Confirm completion. A report made after the due date is a late event; `objective_cause` confirms why with it."""
    task = by_id(session, Task, task_id)
    if task is None:
        raise NoSuchTask("accept")
    now, calendar = clock.now(), calendar_of(session)
    judged = task.reported_at if calendar.rules.late_judged_on == "report" else now
    late = late_at(session, task, judged or now)
    values: dict[str, Any] = {"completed_at": now} | late_counted(session, task, judged or now)
    if objective_cause:
        values |= {"objective_cause": objective_cause, "objective_confirmed_by": actor.person_id}
    moved = move(session, task_id, "accept", actor, values=values, facts={"late": late, "checked": checked})
    made = current_report(session, task_id)
    if made is not None:
        made.accepted_at, made.checked = now, checked or made.checked
        session.add(made)
        session.flush()
    return moved


def give_back(session: Session, task_id: int, actor: Actor, reason: str) -> Task:
    """Return a report with a reason: it loses its moment, the return is counted, the due date stays."""
    return move(session, task_id, "return", actor, reason=reason)


def reassign(session: Session, task_id: int, actor: Actor, unit_id: int, *, reason: str | None = None,
             request: int | None = None) -> Task:  # fmt: skip
    """Give a task to another unit. Raises UnitUnknown for a unit that does not exist or has ended.

    `request`: the request for more time that ends with it, for an undo to open again.
    """
    unit, task = by_id(session, Unit, unit_id), by_id(session, Task, task_id)
    if unit is None or (unit.valid_to is not None and unit.valid_to < clock.today()):
        raise UnitUnknown("reassign", task)
    from_unit = task.unit_id if task else None
    facts = {"from_unit": from_unit, "to_unit": unit_id} | ({"request": request} if request else {})
    return move(session, task_id, "reassign", actor, values={"unit_id": unit_id}, reason=reason, facts=facts)


def correct(session: Session, task_id: int, actor: Actor, reason: str, **columns: Any) -> Task:
    """Put right what was entered wrongly (title, due_on, due_time, internal_due, review_on, deliverables …), with a
    reason. Not an extension; a wrong date's lateness goes with it. Raises BadDate."""
    task = by_id(session, Task, task_id)
    if task is None:
        raise NoSuchTask("correct")
    due, internal = columns.get("due_on", task.due_on), columns.get("internal_due", task.internal_due)
    if due is None and columns.get("internal_due") is not None:
        raise BadDate("correct", task, why="no_due")
    if due is not None and internal is not None and internal > due:
        raise BadDate("correct", task, why="internal_after_due")
    values = dict(columns)
    if any(columns.get(name, getattr(task, name)) != getattr(task, name) for name in DATES):
        values |= {"due_version": task.due_version + 1, "promised_on": None}
    if due != task.due_on:
        values |= _other_date(session, task, due, columns)
    if "due_version" in values and task.late_counted_version == task.due_version:
        values |= _counted_anew(session, task, due, columns.get("due_time", task.due_time))
    return move(session, task_id, "correct", actor, reason=reason, values=values)


DATES = ("due_on", "due_time", "internal_due")
"""Columns whose change makes new reminders."""


def _other_date(session: Session, task: Task, due: date | None, columns: dict[str, Any]) -> dict[str, Any]:
    """What goes with another due date: a first date put right is the original one; with none, a review date."""
    values: dict[str, Any] = {} if task.extensions else {"original_due": due}
    if due is None:
        review = columns.get("review_on") or calendar_of(session).review_date(clock.today())
        values |= {"internal_due": None, "due_time": None, "review_on": review}
        return values | ({"task_class": TaskClass.STANDING} if task.task_class is TaskClass.DATED else {})
    if task.task_class is TaskClass.STANDING:
        values |= {"task_class": TaskClass.DATED, "review_on": None}
    return values


def _counted_anew(session: Session, task: Task, due: date | None, hour: time | None) -> dict[str, Any]:
    """A late event that was counted by a wrong date, judged again by the right one."""
    calendar, judged = calendar_of(session), task.reported_at
    if calendar.rules.late_judged_on != "report" and task.completed_at is not None:
        judged = task.completed_at
    still_late = due is not None and (judged or clock.now()) >= calendar.overdue_from(due, hour)
    if still_late:
        return {"late_counted_version": task.due_version + 1}
    return {"late_events": task.late_events - 1, "late_counted_version": 0}


def _moment(calendar: Calendar, began: datetime) -> datetime:
    """The moment of a report that is complete now: of the message that began it, for one working day."""
    now = clock.now()
    first, last = (moment.astimezone(OFFICE_ZONE).date() for moment in (began, now))
    return min(began, now) if calendar.between(first, last) <= calendar.rules.report_completion_days else now


def _resting(session: Session, task_id: int, promised_on: date | None, waiting: Waiting | None,
             waiting_for: str | None) -> dict[str, Any]:  # fmt: skip
    """The columns of a promised day that rests the task, and of a wait."""
    task = by_id(session, Task, task_id)
    if task is None:
        raise NoSuchTask("progress")
    values: dict[str, Any] = {}
    if promised_on is not None and _promise_rests(session, task, promised_on):
        values["promised_on"] = promised_on
    if waiting is not None:
        # "Chờ ký" said again names nobody: it is the same wait, with the same leader since the same day.
        same = task.waiting is waiting and waiting_for in (None, task.waiting_for)
        whom, since = (task.waiting_for, task.waiting_since) if same else (waiting_for, clock.now())
        values |= {"waiting": waiting, "waiting_for": whom, "waiting_since": since}
    return values


def _promise_rests(session: Session, task: Task, promised_on: date) -> bool:
    """Not after the due date; when that has passed, within three working days, once: promise upon promise would put off
    for ever what goes up."""
    today, calendar = clock.today(), calendar_of(session)
    if task.due_on is None or promised_on < today:
        return False
    if promised_on <= task.due_on:
        return True
    again = task.promised_on is not None and task.promised_on > task.due_on
    late = is_late(task, calendar, clock.now()) and not again
    return late and calendar.between(today, promised_on) <= calendar.rules.promise_overdue_days
