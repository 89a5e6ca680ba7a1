"""Read-only questions that jobs, bot, board and command line ask: one door to figures, lists and histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models import clock
from models.base import connection_of
from models.directive import Directive, DirectiveState
from models.event import Event
from models.figures import Figures, by_unit, figures
from models.listing import official_category, task_rows
from models.message import WAITING_MESSAGES, Message, MessageState, Notice
from models.owing import Block, Owed, Owing, due_between, owed, refused, reviews_due, silent
from models.owing import for_office as reports_to_accept
from models.report import OPEN_REQUEST, Extension
from models.spoken import Word, last_word, last_words, reminded, reminders
from models.task import DueSetBy, Task
from models.unreached import unreachable

__all__ = ["Block", "Figures", "Ledger", "OfficeDesk", "Owed", "Owing", "Word", "by_unit", "due_between", "figures",
           "history", "last_word", "last_words", "ledger", "messages_about", "official_category", "owed", "reminded",
           "reminders", "reviews_due", "silent", "task_rows", "unreachable", "waiting_for_office"]  # fmt: skip

# Built once, of plain columns where the rows are only counted or named: putting a statement together, or passing it
# through the mapper, costs as much as running it.
_task, _extension, _directive = Task.__table__.c, Extension.__table__.c, Directive.__table__.c
_message = Message.__table__.c
_LIMIT: Any = bindparam("limit")
_ASKED = (
    select_columns(Task, Extension)
    .join(Extension, _extension.task_id == _task.id)
    .where(OPEN_REQUEST)
    .where((_task.due_set_by == DueSetBy.OFFICE) | _extension.forwarded_at.is_(None))
    .order_by(_extension.id)
    .limit(_LIMIT)
)
_DRAFTS = (
    select_columns(_directive.id, _directive.number, _directive.source)
    .where(_directive.state == DirectiveState.DRAFT)
    .limit(_LIMIT)
)
_LEDGER = (
    select_columns(_message.state, func.count())
    .where(_message.created_at >= bindparam("start"), _message.created_at < bindparam("end"))
    .where(func.coalesce(_message.inbox_id, 0) == 0)  # a plain IS NULL would read every message there ever was
    .group_by(_message.state)
)


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


def waiting_for_office(session: Session, now: datetime, limit: int = 60) -> OfficeDesk:
    """Everything on the Office's own desk, the longest waiting first."""
    asked = session.execute(_ASKED, {"limit": limit})
    drafts = connection_of(session).execute(_DRAFTS, {"limit": limit})
    return OfficeDesk(
        reports=reports_to_accept(session, now, limit=limit),
        extensions=tuple((task, extension) for task, extension in asked),
        refusals=refused(session, now, limit=limit),
        drafts=tuple((draft_id, number or source) for draft_id, number, source in drafts),
    )


def messages_about(session: Session, task_id: int) -> list[tuple[Notice, Message | None]]:
    """Every notice about a task with the message that carried it, oldest first; dropped ones say why."""
    query = select(Notice, Message).outerjoin(Message, col(Message.id) == Notice.message_id)
    return [(notice, message) for notice, message in
            session.execute(query.where(Notice.task_id == task_id).order_by(col(Notice.id)))]  # fmt: skip


def history(session: Session, task_id: int) -> Sequence[Event]:
    """What happened to a task, oldest first."""
    return session.exec(select(Event).where(Event.subject == f"task:{task_id}").order_by(col(Event.seq))).all()


def ledger(session: Session, day: date, until: date | None = None) -> Ledger:
    """What became of the messages made on a day of the office, or from `day` to `until` (both included)."""
    start, end = clock.at_local(day, time(0)), clock.at_local((until or day) + timedelta(1), time(0))
    counts: dict[MessageState, int] = dict(connection_of(session).execute(_LEDGER, {"start": start, "end": end}).all())
    sent, failed = counts.get(MessageState.SENT, 0), counts.get(MessageState.FAILED, 0)
    waiting = sum(counts.get(state, 0) for state in (*WAITING_MESSAGES, MessageState.UNKNOWN))
    return Ledger(sent + failed + waiting, sent, failed, waiting)
