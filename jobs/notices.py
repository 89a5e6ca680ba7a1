"""Making notices: one row per person and occasion, never twice, and the message that carries it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.message import Kind, Message, Notice, NoticeState, insert_once, insert_row
from models.recipients import Recipient
from models.task import Task

# Built once, of plain columns: putting a statement together costs as much as running it.
_OF_NOTICES = update(Notice.__table__).where(Notice.__table__.c.id.in_(bindparam("ids", expanding=True)))
_CARRY = _OF_NOTICES.values(state=NoticeState.CARRIED, message_id=bindparam("carrier"))
_DROP = _OF_NOTICES.values(state=NoticeState.DROPPED, reason=bindparam("why"))
REMINDS = (Kind.UNCONFIRMED, Kind.OVERDUE, Kind.DUE_TODAY, Kind.DUE_SOON, Kind.REVIEW)
"""What a reminder may be, by where the task stands."""


@dataclass(frozen=True)
class Occasion:
    """Something to be learnt: `key` names the occasion, one notice is made of it for each recipient.

    `due_at`: the slot (UTC) from which it may go. `at_once`: in working hours it does not wait for a slot.
    `any_hour`: not even for the morning (HỎA TỐC, alarms).
    """

    key: str
    kind: Kind
    due_at: datetime
    task: Task | None = None
    event_id: int | None = None
    at_once: bool = False
    any_hour: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AtOnce:
    """Notices that wait for no slot, gathered: one person gets one message for all news of one kind, and one for all
    reminders. `into_slot`: a slot's messages are made next, and these go in them: one person gets one."""

    into_slot: bool = False
    groups: dict[tuple[int, Kind | None, bool], dict[str, int]] = field(default_factory=dict)
    """(person, kind or None for reminders, at any hour) → key and id of each notice, in order."""

    def carry(self, session: Session) -> None:
        """Queue their messages, each under the key of its first notice."""
        for (person_id, _, any_hour), notices in self.groups.items():
            carry(session, next(iter(notices)), person_id, list(notices.values()), not_before=clock.now(),
                  any_hour=any_hour)  # fmt: skip


def plan(session: Session, occasion: Occasion, recipients: Iterable[Recipient], for_role: str,
         gathered: AtOnce | None = None) -> int:  # fmt: skip
    """Make the notices that are not there yet; how many were made. Those at once get their message in this step, or
    are added to `gathered`, whose owner carries them in the same transaction."""
    news = gathered or AtOnce()
    made = 0
    for recipient in recipients:
        facts = {**occasion.facts, "for_role": for_role} | ({"why": recipient.why} if recipient.why else {})
        key = f"{occasion.key}:{recipient.person_id}"
        apart = occasion.any_hour or (occasion.at_once and calendar_of(session).in_working_hours(clock.now()))
        at_once = apart and not news.into_slot
        notice_id = insert_once(
            session, Notice, key=key, kind=occasion.kind, person_id=recipient.person_id, told_id=recipient.meant_for,
            task_id=occasion.task.id if occasion.task else None, event_id=occasion.event_id,
            due_version=occasion.task.due_version if occasion.task else None, due_at=occasion.due_at,
            at_once=at_once, any_hour=occasion.any_hour, facts=facts,
        )  # fmt: skip
        if notice_id is None:
            continue  # an ordinary outcome: this person has, or will have, heard of this occasion
        made += 1
        if at_once:
            kind = None if occasion.kind in REMINDS else occasion.kind
            news.groups.setdefault((recipient.person_id, kind, occasion.any_hour), {})[key] = notice_id
    if gathered is None:
        news.carry(session)
    return made


def carry(session: Session, key: str, person_id: int, notice_ids: list[int], *, not_before: datetime,
          slot_at: datetime | None = None, any_hour: bool = False) -> None:  # fmt: skip
    """Queue one message for these notices. Its text is rendered when it is claimed."""
    message_id = insert_row(session, Message, key=key, person_id=person_id, slot_at=slot_at, not_before=not_before,
                            any_hour=any_hour, created_at=clock.now())  # fmt: skip
    connection_of(session).execute(_CARRY, {"ids": notice_ids, "carrier": message_id})


def drop(session: Session, notice_ids: list[int], reason: str) -> None:
    """These will not be told; the reason stands on the task's page."""
    connection_of(session).execute(_DROP, {"ids": notice_ids, "why": reason})
