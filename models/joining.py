"""Other programs that join in: tokens of the API, calendar feeds, signed webhooks and what is to be delivered to them.

Secrets of others' programs are kept only as an HMAC, but for a webhook's: each delivery must be signed with it anew.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

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
