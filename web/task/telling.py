"""The messages about a task, and why: who was told what and when, over which chat, with what outcome; why somebody was
not told; and what will be said next, to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col, select

from models import clock
from models.calendar import calendar_of
from models.event import Event
from models.inserting import by_id
from models.ladder import Audience, Rung, rungs
from models.message import Attempt, Message, MessageState, Notice, NoticeState
from models.organisation import Contact, ContactState, Unit
from models.recipients import Directory, Recipient
from models.rules import OFFICE_ZONE
from models.task import WITH_UNIT, State, Task, TaskClass
from models.unreached import cut_off
from web.asking import Ask
from web.task.history import names_of

_message = Message.__table__.c
MOST = 200
"""Notices shown; of a task that was followed up for years, the newest."""
AHEAD = 4
"""Rungs shown of what will be said."""
RUNGS = {"D-0": "d0", "D-0h": "d0h", "L+up": "l_up", "A-1": "a1"}
"""Rungs that there is one of; the others bear a number or a day."""
WITH_FOCAL = ("due_soon", "due_today", "overdue", "review")


@dataclass(frozen=True)
class Try:
    """One attempt to send it: when, over which channel, the outcome, and what the channel's service said."""

    at: datetime
    channel: str
    outcome: str
    error: str | None


@dataclass(frozen=True)
class Telling:
    """A notice about the task. `meant_for`: whom it reaches `to` in the stead of, and `instead` why. `rung`: the step
    of a ladder it comes from, in words, or `event`, the act it tells of. `state` and `reason`: what became of it."""

    to: str
    meant_for: str
    instead: str
    role: str
    kind: str
    rung: str
    event: int | None
    due_at: datetime
    state: str
    reason: str | None
    sent_at: datetime | None
    tries: tuple[Try, ...]


@dataclass(frozen=True)
class Ahead:
    """What will be said if nothing changes: when, what, by which rung, to whom (name, whom for, why, channel)."""

    at: datetime
    kind: str
    rung: str
    to: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Reach:
    """Somebody who hears of the task: role, name, the channel that is tried first (empty: none), on leave today, and
    whether that channel is down or used up."""

    role: str
    name: str
    channel: str
    absent: bool
    silent: bool


def tellings(ask: Ask, task: Task) -> list[Telling]:
    """What was planned to be said about the task, newest first."""
    query = (
        select_columns(Notice, _message.id, _message.state, _message.reason, _message.sent_at)
        .outerjoin(Message, col(Message.id) == Notice.message_id)
        .where(col(Notice.task_id) == task.id)
        .order_by(col(Notice.id).desc())
        .limit(MOST)
    )
    rows = ask.session.execute(query).all()
    tries = _tries(ask, {row[1] for row in rows if row[1] is not None})
    names = names_of(ask, {person for row in rows for person in (row[0].person_id, row[0].told_id)})
    found = []
    for notice, message_id, state, reason, sent_at in rows:
        dropped = notice.state is NoticeState.DROPPED or message_id is None
        facts = notice.facts
        found.append(Telling(
            names.get(notice.person_id, ""), names.get(notice.told_id, ""), str(facts.get("why") or ""),
            str(facts.get("for_role") or ""), notice.kind.value, rung_words(ask, str(facts.get("rung") or "")),
            notice.event_id,
            notice.due_at, notice.state.value if dropped else state.value,
            notice.reason or (None if dropped and message_id is None else reason), None if dropped else sent_at,
            tuple(tries.get(message_id, ())),
        ))  # fmt: skip
    return found


def _tries(ask: Ask, messages: set[int]) -> dict[int | None, list[Try]]:
    query = (
        select(Attempt, Contact.channel)
        .outerjoin(Contact, col(Contact.id) == Attempt.contact_id)
        .where(col(Attempt.message_id).in_(messages))
        .order_by(col(Attempt.id))
    )
    found: dict[int | None, list[Try]] = {}
    for attempt, channel in ask.session.execute(query) if messages else ():
        outcome = attempt.outcome.value if attempt.outcome else MessageState.SENDING.value
        found.setdefault(attempt.message_id, []).append(Try(attempt.at, channel or "", outcome, attempt.error))
    return found


def untold(events: Sequence[Event]) -> list[tuple[int | None, datetime]]:
    """Acts that nobody was told of yet: the event, and from when it may be said."""
    return [(one.id, one.announce_from) for one in events if one.announced_at is None]


def rung_words(ask: Ask, name: str) -> str:
    """What a rung of a ladder (`models/ladder.py`) is, in words: "nhắc trước hạn 3 ngày làm việc"; empty for none."""
    if name in RUNGS:
        return ask.text(f"web.told.rung.{RUNGS[name]}")
    if dated := re.fullmatch(r"([UWPRX])@.*", name):
        return ask.text(f"web.told.rung.{dated[1].lower()}_day")
    if counted := re.fullmatch(r"([DLU])[-+](\d+)", name):
        return ask.text(f"web.told.rung.{counted[1].lower()}", number=int(counted[2]))
    return ""


class Outlook:
    """What will be said about a task, and to whom: asked of today's posts, absences and chats."""

    def __init__(self, ask: Ask, task: Task) -> None:
        self.ask, self.task = ask, task
        self.unit = by_id(ask.session, Unit, task.unit_id)
        self._directories: dict[Any, Directory] = {}
        self._ahead = self._coming()
        people = {one.person_id for _, to in self._ahead for one in to}
        people |= {one.meant_for for _, to in self._ahead for one in to if one.meant_for}
        self._near = self._persons()
        people |= {person for _, person in self._near}
        self._names, self._chats = names_of(ask, people), _chats(ask, people)

    @property
    def silent(self) -> str | None:
        """Why nothing more is said of itself: the state, a task of the leaders, one that the Office follows up; None
        if something will be."""
        if self._ahead:
            return None
        if self.task.is_parent:
            return "parent"
        if self.task.task_class is TaskClass.MONITOR or (self.unit is not None and self.unit.is_leaders):
            return "never"
        return self.task.state.value if self.task.state not in WITH_UNIT else "nothing"

    def ahead(self) -> list[Ahead]:
        """The next rungs, in time order."""
        return [
            Ahead(rung.at, rung.kind.value, rung_words(self.ask, rung.name), tuple(
                (self._names.get(one.person_id, ""), self._names.get(one.meant_for, ""), one.why or "",
                 self._chats.get(one.person_id, "")) for one in to
            ))
            for rung, to in self._ahead
        ]  # fmt: skip

    def reach(self) -> list[Reach]:
        """The people of the task with the chat that is tried first."""
        today, lost = self._directory(clock.now()), cut_off(self.ask.session)
        return [Reach(role, self._names.get(person, ""), self._chats.get(person, ""), today.absent(person),
                      person in lost) for role, person in self._near]  # fmt: skip

    def _coming(self) -> list[tuple[Rung, list[Recipient]]]:
        task, after = self.task, self.task.next_notice_at
        if after is None or task.state is State.SUSPENDED:
            return []
        silent = self.unit is None or self.unit.is_leaders
        calendar = calendar_of(self.ask.session)
        coming = (rung for rung in rungs(task, calendar, silent=silent) if rung.at >= after)
        return [(rung, self._to(rung)) for rung in islice(coming, AHEAD)]

    def _to(self, rung: Rung) -> list[Recipient]:
        directory, unit_id = self._directory(rung.at), self.task.unit_id or 0
        if rung.to is Audience.HEAD:
            people = directory.for_head(unit_id)
            focal = self.task.focal_id
            if rung.kind.value in WITH_FOCAL and focal and focal not in {one.person_id for one in people}:
                return [*people, Recipient(focal)]
            return people
        if rung.to is Audience.DEPUTY:
            return directory.for_deputy(unit_id)
        if rung.to is Audience.OFFICE:
            return directory.for_office()
        if rung.to is Audience.DESK:
            return directory.for_desk(self.task)
        return directory.for_leader(directory.leader_of(unit_id))

    def _directory(self, at: datetime) -> Directory:
        day = at.astimezone(OFFICE_ZONE).date()
        if day not in self._directories:
            self._directories[day] = Directory(self.ask.session, day)
        return self._directories[day]

    def _persons(self) -> list[tuple[str, int]]:
        """Head, deputy, đầu mối and leader in charge of the task, those there are."""
        if self.unit is None or self.unit.id is None:
            return []
        today = self._directory(clock.now())
        near = (("head", today.head(self.unit.id)), ("deputy", today.deputy(self.unit.id)),
                ("focal", self.task.focal_id), ("leader", self.unit.leader_id))  # fmt: skip
        return [(role, person) for role, person in near if person is not None]


def _chats(ask: Ask, people: set[int]) -> dict[int | None, str]:
    """Person → the channel of the chat that is tried first."""
    query = select(Contact.person_id, Contact.channel).where(
        col(Contact.person_id).in_(people), Contact.state == ContactState.ACTIVE
    )
    found: dict[int | None, str] = {}
    for person_id, channel in ask.session.exec(query.order_by(col(Contact.preference), col(Contact.id))):
        # The browser shows what is there; a channel that calls comes before it.
        if person_id not in found or found[person_id] == "web":
            found[person_id] = channel
    return found
