"""Other programs that join in: tokens of the API, calendar feeds, signed webhooks and what is to be delivered to them.

Secrets of others' programs are kept only as an HMAC, but for a webhook's: each delivery must be signed with it anew.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text, update
from sqlmodel import Field, Session, col, select

from models import clock
from models.base import Code, Table, UtcDateTime, one_of


class TokenRole(StrEnum):
    """What a program may do: read everything, read one unit's own, or act as the Office does."""

    READ = "read"
    UNIT = "unit"
    OFFICE = "office"


class ApiToken(Table, table=True):
    """A program's key. `unit_id` only for the role `unit`. An act through it is `made_by`'s, by channel `api`."""

    __tablename__ = "api_token"
    __table_args__ = (one_of("role", TokenRole),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    role: TokenRole = Field(sa_type=Code(TokenRole))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    digest: str = Field(unique=True, max_length=64)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiAct(Table, table=True):
    """What a program did under a key of its own choice: asked again with the same key, it gets the same answer and
    nothing is done twice. `asked`: SHA-256 of the address and the body."""

    __tablename__ = "api_act"
    __table_args__ = (UniqueConstraint("token_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    token_id: int = Field(foreign_key="api_token.id")
    key: str = Field(max_length=120)
    asked: str = Field(max_length=64)
    answer: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class CalendarFeed(Table, table=True):
    """A person's secret address of the calendar of their tasks; a new one ends the old."""

    __tablename__ = "calendar_feed"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime)


class Webhook(Table, table=True):
    """An address that is told of changes, signed with `secret`. Only events after `after_event_id` are told."""

    __tablename__ = "webhook"
    id: int | None = Field(default=None, primary_key=True)
    url: str
    secret: str = Field(max_length=64)
    after_event_id: int = 0
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DeliveryState(StrEnum):
    """queued → sending → sent | failed (given up after the last try)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


_TO_SEND = text("state IN ('queued','sending')")


class WebhookDelivery(Table, table=True):
    """One event to be told to one webhook; claimed as a message is, by token and end."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        one_of("state", DeliveryState),
        Index("ix_webhook_delivery_to_send", "not_before", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
    )
    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    event_id: int = Field(foreign_key="event.id", index=True)
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=Code(DeliveryState))
    not_before: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    claim_token: str | None = Field(default=None, max_length=32)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str | None = Field(default=None, max_length=40)
    """The last answer: an HTTP status or the name of what went wrong."""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def digest(secret: bytes, purpose: str, token: str) -> str:
    """What a secret of somebody else's program is kept as. The purpose is in it: a key to one thing opens nothing
    else."""
    return hmac.new(secret, f"joining:{purpose}:{token}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


KEY = "key"
A_MINUTE = 300
"""Requests of one key: a page of 200 tasks every second still fits."""
SEEN_EVERY = timedelta(minutes=1)
"""So often it is noted that a key is used: not with every request."""


def new_key(session: Session, secret: bytes, *, name: str, role: TokenRole, unit_id: int | None, by: int) -> str:
    """A new key for a program; the only time that it is seen."""
    key = f"dd_{secrets.token_urlsafe(32)}"
    session.add(ApiToken(name=name, role=role, unit_id=unit_id if role is TokenRole.UNIT else None, made_by=by,
                         digest=digest(secret, KEY, key), made_at=clock.now()))  # fmt: skip
    session.flush()
    return key


def holder_of(session: Session, secret: bytes, key: str) -> ApiToken | None:
    """Whose key this is; None when it is none, or was revoked."""
    return session.exec(
        select(ApiToken).where(ApiToken.digest == digest(secret, KEY, key), col(ApiToken.revoked_at).is_(None))
    ).first()


def keys(session: Session) -> Sequence[ApiToken]:
    """Every key there ever was, the newest first."""
    return session.exec(select(ApiToken).order_by(col(ApiToken.id).desc())).all()


def revoke(session: Session, token_id: int) -> bool:
    """End a key; False when there is none, or it has ended."""
    good = (col(ApiToken.id) == token_id, col(ApiToken.revoked_at).is_(None))
    ended = session.execute(update(ApiToken).where(*good).values(revoked_at=clock.now()))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def note_use(session: Session, token_id: int) -> None:
    """The key is in use now."""
    session.execute(update(ApiToken).where(col(ApiToken.id) == token_id).values(used_at=clock.now()))
