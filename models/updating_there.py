"""What stands in the system of the higher authority: the task's code there, when its result was entered (đã cập nhật)
and when the authority confirmed it (cấp trên xác nhận)."""

from datetime import date

from sqlmodel import Session

from models import clock
from models.handling import BadDate
from models.inserting import by_id
from models.moves import Actor, NoSuchTask, move
from models.task import Task


def name_code(session: Session, task_id: int, actor: Actor, code: str | None) -> Task:
    """Keep the task's code in the authority's system (80 letters at most); None: it has none."""
    return move(session, task_id, "name_code", actor, values={"authority_code": code or None})


def updated_there(session: Session, task_id: int, actor: Actor, day: date | None = None) -> Task:
    """The result was entered there on `day` (today). Raises BadDate for a day to come."""
    task, day = _task(session, task_id, "update_there"), day or clock.today()
    if day > clock.today():
        raise BadDate("update_there", task, why="future", due=day)
    return move(session, task_id, "update_there", actor, values={"updated_there_on": day})


def confirmed_there(session: Session, task_id: int, actor: Actor, day: date | None = None) -> Task:
    """The authority confirmed it on `day` (today). What nobody had entered as updated was so by then.

    Raises BadDate for a day to come, or before it was updated there.
    """
    task, day = _task(session, task_id, "confirm_there"), day or clock.today()
    if day > clock.today():
        raise BadDate("confirm_there", task, why="future", due=day)
    if task.updated_there_on is not None and day < task.updated_there_on:
        raise BadDate("confirm_there", task, why="before_updated", due=task.updated_there_on)
    values = {"authority_confirmed_on": day, "updated_there_on": task.updated_there_on or day}
    return move(session, task_id, "confirm_there", actor, values=values)


def _task(session: Session, task_id: int, verb: str) -> Task:
    task = by_id(session, Task, task_id)
    if task is None:
        raise NoSuchTask(verb)
    return task
