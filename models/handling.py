"""Acts of a unit and of the Office that touch more than the task's own row: reports, progress, returns, corrections."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from models import clock, event
from models.calendar import calendar_of
from models.moves import Actor, Move, MoveError, NoSuchTask, move, take_back
from models.organisation import Unit
from models.report import CompletionReport, Evidence, current_report, open_extension
from models.report import Decision as ExtensionDecision
from models.rules import OFFICE_ZONE
from models.task import State, Task, TaskClass, Waiting, is_late, json_value

__all__ = ["Actor", "Move", "MoveError", "accept", "acknowledge", "add_product", "correct", "give_back", "progress",
           "reassign", "report", "undo"]  # fmt: skip


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
    """Report completion. `made_at`: the moment of the message that began it (default now); confirms in passing."""
    at = made_at or clock.now()
    made = CompletionReport(task_id=task_id, by_id=actor.person, made_at=at, words=words, product_number=product_number,
                            product_date=product_date, claimed_on=claimed_on, result=result, nil=nil)  # fmt: skip
    told = {"words": words, "product": product_number, "product_date": json_value(product_date),
            "claimed_on": json_value(claimed_on), "result": result, "nil": nil}  # fmt: skip
    move(session, task_id, "report", actor, values={"reported_at": at}, facts=told)
    session.add(made)
    session.flush()
    if inbox_id is not None:
        session.execute(update(Evidence).where(col(Evidence.inbox_id) == inbox_id)
                        .values(task_id=task_id, report_id=made.id))  # fmt: skip
    return made


def add_product(session: Session, task_id: int, actor: Actor, *, number: str | None = None, day: date | None = None,
                result: str | None = None, nil: bool = False) -> CompletionReport:  # fmt: skip
    """Complete the report that counts with its product's number and date, or one sentence on the result.

    The report keeps its moment. Raises NoSuchTask when there is no report to complete.
    """
    made = current_report(session, task_id)
    task = session.get(Task, task_id)
    if made is None or task is None or task.state is not State.REPORTED:
        raise NoSuchTask("add_product", task)
    made.product_number, made.product_date = number or made.product_number, day or made.product_date
    made.result, made.nil = result or made.result, nil or made.nil
    session.add(made)
    session.flush()
    facts = {"product": number, "product_date": json_value(day), "result": result, "nil": nil}
    event.record(session, f"task:{task_id}", "add_product", actor_id=actor.person_id, facts=facts, channel=actor.channel,
                 task_id=task_id, directive_id=task.directive_id, announced=True)  # fmt: skip
    return made


def undo(session: Session, task_id: int, actor: Actor) -> tuple[Task, str]:
    """Take back one's own last act on a task (moves.take_back); a report taken back is void. (task, verb undone)."""
    task, undone = take_back(session, task_id, actor)
    if undone == "report":
        _void(session, task_id)
    return task, undone


def progress(session: Session, task_id: int, actor: Actor, *, words: str, promised_on: date | None = None,
             waiting: Waiting | None = None, waiting_for: str | None = None, obstacle: bool = False,
             inbox_id: int | None = None) -> Task:  # fmt: skip
    """Keep a unit's last word. A promised day rests the task if it is not after the due date, or within three working
    days when overdue; `waiting` marks đã trình (to whom) or chờ đơn vị phối hợp (which)."""
    task = session.get(Task, task_id)
    if task is None:
        raise NoSuchTask("progress")
    values: dict[str, Any] = {}
    rests = promised_on is not None and _promise_rests(session, task, promised_on)
    if rests:
        values["promised_on"] = promised_on
    if waiting is not None:
        values |= {"waiting": waiting, "waiting_for": waiting_for, "waiting_since": clock.now()}
    facts = {"words": words, "promised_on": json_value(promised_on), "rests": rests, "obstacle": obstacle,
             "waiting": json_value(waiting), "waiting_for": waiting_for}  # fmt: skip
    moved = move(session, task_id, "wait" if waiting else "progress", actor, values=values, facts=facts)
    if inbox_id is not None:
        session.execute(update(Evidence).where(col(Evidence.inbox_id) == inbox_id).values(task_id=task_id))
    return moved


def accept(session: Session, task_id: int, actor: Actor, *, checked: bool = False, objective_cause: str | None = None) -> Task:
    """Confirm completion. A report made after the due date is a late event; `objective_cause` confirms why, in one act."""
    task = session.get(Task, task_id)
    if task is None:
        raise NoSuchTask("accept")
    values: dict[str, Any] = {"completed_at": clock.now()} | _late_counted(session, task)
    if objective_cause:
        values |= {"objective_cause": objective_cause, "objective_confirmed_by": actor.person_id}
    late = is_late(task, calendar_of(session), clock.now())
    moved = move(session, task_id, "accept", actor, values=values, facts={"late": late, "checked": checked})
    made = current_report(session, task_id)
    if made is not None:
        made.accepted_at, made.checked = clock.now(), checked or made.checked
        session.add(made)
        session.flush()
    return moved


def give_back(session: Session, task_id: int, actor: Actor, reason: str) -> Task:
    """Return a report with a reason: it loses its moment, the return is counted, the due date stays."""
    made = current_report(session, task_id)
    task = move(session, task_id, "return", actor, reason=reason)
    if made is not None:
        made.return_reason = reason
    _void(session, task_id)
    return task


def reassign(session: Session, task_id: int, actor: Actor, unit_id: int, *, reason: str | None = None) -> Task:
    """Give a task to another unit. Raises UnitUnknown for a unit that does not exist or has ended."""
    unit, task = session.get(Unit, unit_id), session.get(Task, task_id)
    if unit is None or (unit.valid_to is not None and unit.valid_to < clock.today()):
        raise UnitUnknown("reassign", task)
    _drop_open_extension(session, task_id)
    from_unit = task.unit_id if task else None
    return move(session, task_id, "reassign", actor, values={"unit_id": unit_id}, reason=reason,
                facts={"from_unit": from_unit, "to_unit": unit_id})  # fmt: skip


def correct(session: Session, task_id: int, actor: Actor, reason: str, **columns: Any) -> Task:
    """Put right what was entered wrongly (title, due_on, due_time, internal_due, review_on, deliverables …), with a
    reason. Not an extension; a wrong date's lateness goes with it. Raises BadDate."""
    task = session.get(Task, task_id)
    if task is None:
        raise NoSuchTask("correct")
    due, internal = columns.get("due_on", task.due_on), columns.get("internal_due", task.internal_due)
    if internal is not None and due is not None and internal > due:
        raise BadDate("correct", task, why="internal_after_due")
    values = dict(columns)
    if "due_on" in columns and columns["due_on"] != task.due_on:
        values |= {"due_version": task.due_version + 1, "original_due": columns["due_on"], "promised_on": None}
        if columns["due_on"] is not None and task.task_class is TaskClass.STANDING:
            values |= {"task_class": TaskClass.DATED, "review_on": None}
    return move(session, task_id, "correct", actor, reason=reason, values=values)


def _late_counted(session: Session, task: Task) -> dict[str, Any]:
    """Columns that count the lateness of the present due date, once."""
    if task.late_counted_version == task.due_version or not is_late(task, calendar_of(session), clock.now()):
        return {}
    return {"late_events": task.late_events + 1, "late_counted_version": task.due_version}


def _promise_rests(session: Session, task: Task, promised_on: date) -> bool:
    if task.due_on is None:
        return False
    today, calendar = clock.now().astimezone(OFFICE_ZONE).date(), calendar_of(session)
    if promised_on <= task.due_on:
        return promised_on > today - timedelta(1)
    late = is_late(task, calendar, clock.now())
    return late and calendar.between(today, promised_on) <= calendar.rules.promise_overdue_days


def _void(session: Session, task_id: int) -> None:
    session.execute(
        update(CompletionReport)
        .where(col(CompletionReport.task_id) == task_id, col(CompletionReport.voided_at) == None)  # noqa: E711
        .values(voided_at=clock.now())
    )


def _drop_open_extension(session: Session, task_id: int) -> None:
    asked = open_extension(session, task_id)
    if asked is not None:
        asked.decision = ExtensionDecision.TAKEN_BACK
        session.add(asked)
        session.flush()
