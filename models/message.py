"""What comes in and what goes out: Inbox, Notice, Message, Attempt, and the open questions of a chat.

A Notice is something a person must learn, unique by its key. A Message is what goes to one person in one slot (or at
once), rendered when it is claimed from the notices that still hold. An Attempt is one try on one contact.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from models.base import Code, Table, UtcDateTime, one_of
from models.inserting import insert_once as insert_once
from models.inserting import insert_row as insert_row


class Kind(StrEnum):
    """Kinds of notice, in the order in which a message is named after the first of its kinds."""

    ALARM = "alarm"
    DIGEST = "digest"
    ESCALATED = "escalated"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    UNCONFIRMED = "unconfirmed"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    EXTENSION_DECIDED = "extension_decided"
    PRE_NOTICE = "pre_notice"
    DIGEST_DRAFT = "digest_draft"
    REPORTED = "reported"
    EXTENSION_ASKED = "extension_asked"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    REASSIGNED = "reassigned"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    DUE_CHANGED = "due_changed"
    HANDOVER = "handover"
    REVIEW = "review"
    COORDINATION = "coordination"
    DUE_SOON = "due_soon"
    DAILY_OFFICE = "daily_office"
    REPLY = "reply"


KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


class InboxState(StrEnum):
    """received → done | failed."""

    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"


class Inbox(Table, table=True):
    """An incoming update, raw, committed before anything is done about it."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "message_key"),
        one_of("state", InboxState),
        Index("ix_inbox_waiting", "id", sqlite_where=text("state = 'received'"),
              postgresql_where=text("state = 'received'")),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=24)
    bot: str = Field(default="", max_length=60)
    message_key: str = Field(max_length=120)
    chat_id: str = Field(default="", max_length=120)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    received_at: datetime = Field(sa_type=UtcDateTime)
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """{"text", "press": {"prompt", "number", "task"}, "reply_to", "attachments": [evidence ids or kinds], …}"""
    state: InboxState = Field(default=InboxState.RECEIVED, sa_type=Code(InboxState))
    tries: int = 0
    error: str | None = Field(default=None, max_length=200)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Pictures that come together come one by one: the first waits for the others until then (database time)."""


class NoticeState(StrEnum):
    """planned → carried (by a message) | dropped (with a reason)."""

    PLANNED = "planned"
    CARRIED = "carried"
    DROPPED = "dropped"


class Notice(Table, table=True):
    """Something a person must learn. `due_at`: not before this moment. `at_once`: does not wait for the slot.

    `told_id`: the person it was meant for, when it reaches `person_id` in their stead (leave, not linked).
    """

    __tablename__ = "notice"
    __table_args__ = (
        one_of("state", NoticeState),
        one_of("kind", Kind),
        Index("ix_notice_planned", "due_at", sqlite_where=text("state = 'planned'"),
              postgresql_where=text("state = 'planned'")),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=160)
    kind: Kind = Field(sa_type=Code(Kind))
    person_id: int = Field(foreign_key="person.id", index=True)
    told_id: int | None = Field(default=None, foreign_key="person.id")
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    event_id: int | None = Field(default=None, foreign_key="event.id")
    due_version: int | None = None
    due_at: datetime = Field(sa_type=UtcDateTime)
    at_once: bool = False
    any_hour: bool = False
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: NoticeState = Field(default=NoticeState.PLANNED, sa_type=Code(NoticeState))
    reason: str | None = Field(default=None, max_length=40)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)


class MessageState(StrEnum):
    """queued → sending → sent | unknown | failed | dropped."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    DROPPED = "dropped"


WAITING_MESSAGES = (MessageState.QUEUED, MessageState.SENDING)
_TO_SEND = text("state IN ('queued','sending')")


class Message(Table, table=True):
    """What goes to one person: in one slot, at once, or as the reply to what they wrote (`inbox_id`).

    A claim carries `claim_token` and ends at `claimed_until`; settling needs the token. `text` and `buttons` are kept
    as sent. `kinds`, `tasks`: what it carries, the first kind names it.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("state", MessageState),
        Index("ix_message_to_send", "not_before", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
        Index("ix_message_person", "person_id", "id"),
        Index("ix_message_created_at", "created_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=160)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None only for a reply to somebody who is not linked."""
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    channel: str | None = Field(default=None, max_length=24)
    chat_id: str | None = Field(default=None, max_length=120)
    """Where a reply goes: the chat it answers. Empty: the person's contacts in their order."""
    slot_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    any_hour: bool = False
    kinds: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    tasks: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Numbers of the tasks it names (NVn)."""
    text: str | None = None
    buttons: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    prompt_id: int | None = None
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=Code(MessageState))
    reason: str | None = Field(default=None, max_length=40)
    tries: int = 0
    claim_token: str | None = Field(default=None, max_length=32)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Outcome(StrEnum):
    """sent; later (a limit or a passing fault); refused (for good); unknown (no answer: it may have arrived)."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Attempt(Table, table=True):
    """One try to send a message to one contact."""

    __tablename__ = "attempt"
    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    at: datetime = Field(sa_type=UtcDateTime)
    token: str = Field(max_length=32)
    outcome: Outcome | None = Field(default=None, sa_type=Code(Outcome))
    channel_message_id: str | None = Field(default=None, max_length=120)
    error: str | None = Field(default=None, max_length=120)


class Prompt(Table, table=True):
    """An open question to one person: what a bare number or a short answer is about. Survives restarts.

    `kind`: a message's kind, or a step of a dialogue (see bot/acts.py). `tasks`: NV numbers it names. `version`:
    task number → the task's version when it was asked, so that a stale button is recognised.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        Index("ix_prompt_open", "person_id", sqlite_where=text("closed_at IS NULL"),
              postgresql_where=text("closed_at IS NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    kind: str = Field(max_length=24)
    tasks: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    about: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    opened_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
