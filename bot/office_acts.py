"""What the Office decides and puts right: reports, owners, suspensions, corrections; and reminders on request."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlmodel import col, select

from bot import texts
from bot.acts import Act
from bot.tell import tell
from bot.turn import Turn
from models import clock, handling
from models.calendar import calendar_of
from models.message import Kind
from models.moves import move
from models.organisation import Unit
from models.recipients import Directory
from models.report import current_report
from models.task import category

CAUSE = re.compile(r"(?i)nguy[eê]n nh[aâ]n(?:\s+kh[aá]ch\s+quan)?\s*[:,]?\s*(?:l[aà]\s+|do\s+)?(.{3,})$")


def accept(turn: Turn, act: Act) -> None:
    """Confirm completion; a reason given with it is the objective cause of lateness, confirmed in the same act."""
    said = CAUSE.search(turn.words(act))
    cause = act.reason or (said.group(1).strip() if said else None)
    for row in turn.named_rows(act):
        with turn.refusing():
            made = current_report(turn.session, row.id)
            task = handling.accept(turn.session, row.id, turn.actor(), objective_cause=cause)
            turn.acted.add(row.number)
            found = category(task, calendar_of(turn.session), clock.now())
            at = texts.moment(made.made_at, turn.language) if made else ""
            turn.say(
                "accept.done",
                task=turn.label(row),
                category=turn.text(f"accept.{found.value if found else 'khong_han'}"),
                at=at,
            )
            if cause:
                turn.say("accept.cause", reason=cause)


def give_back(turn: Turn, act: Act) -> None:
    """Return a report; never without a reason."""
    if not act.reason:
        turn.say("ask.return_reason", codes=texts.codes(act.tasks))
        turn.ask("ask_reason", act.tasks, act)
        return
    for row in turn.named_rows(act):
        with turn.refusing():
            handling.give_back(turn.session, row.id, turn.actor(), act.reason)
            turn.acted.add(row.number)
            turn.say("return.done", task=turn.label(row), reason=act.reason, due=turn.due(row))


def reassign(turn: Turn, act: Act) -> None:
    """Give tasks to another unit, after the read-back."""
    unit_id = turn.session.exec(select(Unit.id).where(Unit.code == act.unit, col(Unit.valid_to) == None)).first()  # noqa: E711
    for row in turn.named_rows(act):
        with turn.refusing():
            handling.reassign(turn.session, row.id, turn.actor(), unit_id or 0, reason=act.reason)
            turn.acted.add(row.number)
            turn.say("reassign.done", task=turn.label(row), unit=turn.unit_name(act.unit) or "", before=row.unit_name)


def suspend(turn: Turn, act: Act) -> None:
    """Stop a task for the time being, with a reason."""
    _with_reason(turn, act, "suspend")


def withdraw(turn: Turn, act: Act) -> None:
    """Take a task back for good, with a reason."""
    _with_reason(turn, act, "withdraw")


def reopen(turn: Turn, act: Act) -> None:
    """Open a completed task again, with a reason."""
    _with_reason(turn, act, "reopen", reported_at=None)


def resume(turn: Turn, act: Act) -> None:
    """Let a suspended task go on from where it stood."""
    for row in turn.named_rows(act):
        with turn.refusing():
            move(turn.session, row.id, "resume", turn.actor(), facts={"words": turn.words(act)})
            turn.acted.add(row.number)
            turn.say("resume.done", task=turn.label(row), due=turn.due(row))


def correct(turn: Turn, act: Act) -> None:
    """Put a wrongly entered date right, with a reason; not an extension."""
    if not act.reason:
        turn.say("ask.correct_reason", codes=texts.codes(act.tasks))
        turn.ask("ask_reason", act.tasks, act)
        return
    for row in turn.named_rows(act):
        with turn.refusing():
            columns: dict[str, Any] = {"due_on": act.date, "due_time": act.time} if act.date else {}
            handling.correct(turn.session, row.id, turn.actor(), act.reason, **columns)
            turn.acted.add(row.number)
            turn.say("correct.done", task=turn.label(row), due=turn.due(turn.again(row.number)), reason=act.reason)


def hold(turn: Turn, act: Act) -> None:
    """What would go up to the leader waits until a working day (the next one, when none is named)."""
    calendar = calendar_of(turn.session)
    until = calendar.next_working(act.date) if act.date else calendar.add(clock.today(), 1)
    for row in turn.named_rows(act):
        with turn.refusing():
            move(
                turn.session,
                row.id,
                "hold",
                turn.actor(),
                values={"hold_until": until},
                facts={"words": turn.words(act)},
            )
            turn.acted.add(row.number)
            turn.say("hold.done", task=turn.label(row), day=turn.day(until))


def remind(turn: Turn, act: Act) -> None:
    """Remind a unit now; when a leader says so, the Office is told who ordered it."""
    for row in turn.named_rows(act):
        with turn.refusing():
            move(turn.session, row.id, "remind", turn.actor(), facts={"words": turn.words(act)})
            turn.acted.add(row.number)
            turn.say("remind.done", task=turn.label(row), unit=row.unit_name)
            if turn.speaker.role == "leader":
                tell_office(turn, "remind", row.id, name=turn.speaker.name, task=turn.label(row), unit=row.unit_name)


def tell_office(turn: Turn, key: str, task_id: int | None = None, **values: Any) -> None:
    """Each person of the Office learns of it with the next message."""
    for person in Directory(turn.session, clock.today()).for_office():
        tell(
            turn.session,
            f"chat:{turn.inbox_id}:{key}:{task_id or ''}",
            Kind.DAILY_OFFICE,
            person.person_id,
            key,
            task_id=task_id,
            facts={"for_role": "office"},
            **values,
        )


def _with_reason(turn: Turn, act: Act, verb: str, **columns: date | None) -> None:
    if not act.reason:
        turn.say(f"ask.{verb}_reason", codes=texts.codes(act.tasks))
        turn.ask("ask_reason", act.tasks, act)
        return
    for row in turn.named_rows(act):
        with turn.refusing():
            move(
                turn.session,
                row.id,
                verb,
                turn.actor(),
                reason=act.reason,
                facts={"words": turn.words(act)},
                values=dict(columns),
            )
            turn.acted.add(row.number)
            turn.say(f"{verb}.done", task=turn.label(row), reason=act.reason)
