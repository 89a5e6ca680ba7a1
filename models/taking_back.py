"""Undoing one's own last act: the same person, ten minutes, nobody acted since."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import clock
from models.base import rules_of
from models.event import Event
from models.inserting import by_id
from models.move_table import UNTOLD
from models.moves import MOVES, Actor, NoSuchTask, TooLateToTakeBack, move
from models.report import void_reports
from models.task import State, Task, Waiting

DAYS = ("due_on", "original_due", "internal_due", "review_on", "promised_on", "hold_until", "updated_there_on",
        "authority_confirmed_on")  # fmt: skip
"""Columns that hold a day."""


def take_back(session: Session, task_id: int, actor: Actor) -> tuple[Task, str]:
    """Undo the same person's last act on a task within ten minutes, if nobody acted since: (task, the verb undone).

    Every column the act set stands as before; a report taken back is void; the act is not announced any more.
    """
    task = by_id(session, Task, task_id)
    if task is None:
        raise NoSuchTask("take_back")
    last = last_own_act(session, task_id, actor.person_id)
    window = timedelta(minutes=rules_of(session).take_back_minutes)
    # At the very end of the ten minutes the act may be announced already: what was told is not taken back.
    told = last is not None and last.announced_at is not None and last.verb not in UNTOLD
    if last is None or told or clock.now() > last.at + window:
        raise TooLateToTakeBack("take_back", task)
    values = before(last)
    task = move(session, task_id, "take_back", actor, values=values, facts={"undone": last.verb})
    unannounced = update(Event).where(col(Event.id) == last.id, col(Event.announced_at) == None)  # noqa: E711
    session.execute(unannounced.values(announced_at=clock.now()))
    if last.verb == "report":
        void_reports(session, task_id)
    return task, last.verb


def last_own_act(session: Session, task_id: int, person_id: int | None) -> Event | None:
    """The act that can be taken back: the last such one, if everything since is the same person's own."""
    newest_first = select(Event).where(Event.subject == f"task:{task_id}").order_by(col(Event.seq).desc())
    for done in session.exec(newest_first.limit(10)):
        if done.actor_id != person_id or done.verb == "take_back":
            return None
        if done.verb in MOVES and MOVES[done.verb].take_back:
            return done
    return None


def before(done: Event) -> dict[str, Any]:
    """The columns that an act set, as they stood before it."""
    return {name: _from_json(name, value) for name, value in (done.facts or {}).get("before", {}).items()}


def _from_json(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("state", "state_before"):
        return State(value)
    if name == "waiting":
        return Waiting(value)
    if name == "due_time":
        return time.fromisoformat(value)
    if name.endswith(("_at", "_since")):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and name in DAYS else value
