"""Read-only questions that jobs, bot, board and command line ask: one door to figures, lists and histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from models import clock
from models.directive import Directive, DirectiveState
from models.event import Event
from models.figures import Figures, by_unit, figures
from models.listing import official_category, task_rows
from models.message import WAITING_MESSAGES, Message, MessageState, Notice
from models.organisation import Contact, ContactState, Person, Post, Role, Unit
from models.owing import Block, Owed, Owing, due_between, owed, refused, reviews_due, silent
from models.owing import for_office as reports_to_accept
from models.report import Extension
from models.spoken import Word, last_word, last_words, reminded, reminders
from models.task import DueSetBy, Task

__all__ = ["Block", "Figures", "Ledger", "OfficeDesk", "Owed", "Owing", "Word", "by_unit", "due_between", "figures",
           "history", "last_word", "last_words", "ledger", "messages_about", "official_category", "owed", "reminded",
           "reminders", "reviews_due", "silent", "task_rows", "unreachable", "waiting_for_office"]  # fmt: skip

_OPEN_REQUEST = text("extension.decision = 'open'")  # literal, for the partial index


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
    asked = session.execute(
        select(Task, Extension)
        .join(Extension, col(Extension.task_id) == Task.id)
        .where(_OPEN_REQUEST, (col(Task.due_set_by) == DueSetBy.OFFICE) | (col(Extension.forwarded_at) == None))  # noqa: E711
        .order_by(col(Extension.id))
        .limit(limit)
    )
    unchecked = select(Directive.id, Directive.number, Directive.source).where(Directive.state == DirectiveState.DRAFT)
    drafts = session.execute(unchecked.limit(limit))
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


def ledger(session: Session, day: date, until: date | None = None) -> Ledger:
    """What became of the messages made on a day of the office, or from `day` to `until` (both included)."""
    start, end = clock.at_local(day, time(0)), clock.at_local((until or day) + timedelta(1), time(0))
    no_reply = func.coalesce(Message.inbox_id, 0) == 0  # a plain IS NULL would read every message there ever was
    query = select(Message.state, func.count()).where(
        col(Message.created_at) >= start, col(Message.created_at) < end, no_reply
    )
    counts = dict(session.exec(query.group_by(col(Message.state))).all())
    sent, failed = counts.get(MessageState.SENT, 0), counts.get(MessageState.FAILED, 0)
    waiting = sum(counts.get(state, 0) for state in (*WAITING_MESSAGES, MessageState.UNKNOWN))
    return Ledger(sent + failed + waiting, sent, failed, waiting)
