"""Leases: who may poll, send and tick. One holder at a time, by a row and the database's own clock."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy
from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, or_

from models import clock
from models.base import Database, Table, UtcDateTime, connection_of


class Lease(Table, table=True):
    """Who holds what, until when (database time)."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True, max_length=60)
    holder: str = Field(max_length=60)
    until: datetime = Field(sa_type=UtcDateTime)


class Mark(Table, table=True):
    """A moment that a loop has got to: `planned` (the last slot planned), `sealed`, `tick:<name>` (heartbeats)."""

    __tablename__ = "mark"
    name: str = Field(primary_key=True, max_length=60)
    at: datetime = Field(sa_type=UtcDateTime)


# Built once, of plain columns: every look of the timer asks these, and putting a statement together costs as much as
# running it.
_mark = Mark.__table__
_MARK = sqlalchemy.select(_mark.c.at).where(_mark.c.name == bindparam("name"))
_MOVE = update(_mark).where(_mark.c.name == bindparam("mark"))
_INSERT = insert(_mark)


def new_holder() -> str:
    """A name for this process that no other has."""
    return secrets.token_hex(8)


def hold(database: Database, name: str, holder: str, seconds: float) -> bool:
    """Take or renew a lease; True if it is ours now."""
    try:
        with database.write() as session:
            at = clock.database_time(session)
            until = at + timedelta(seconds=seconds)
            changed = session.execute(
                update(Lease)
                .where(col(Lease.name) == name, or_(col(Lease.holder) == holder, col(Lease.until) <= at))
                .values(holder=holder, until=until)
            )
            if changed.rowcount == 0 and session.get(Lease, name) is None:  # type: ignore[attr-defined]
                session.execute(insert(Lease).values(name=name, holder=holder, until=until))
                return True
            return bool(changed.rowcount == 1)  # type: ignore[attr-defined]
    except IntegrityError:  # another process made the row between our look and our insert
        return False


def release(database: Database, name: str, holder: str) -> None:
    """Give a lease back at once, so that a restart need not wait for its end."""
    with database.write() as session:
        session.execute(delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))


def mark(session: Session, name: str) -> datetime | None:
    """The moment a loop has got to, or None."""
    at: datetime | None = connection_of(session).execute(_MARK, {"name": name}).scalar_one_or_none()
    return at


def set_mark(session: Session, name: str, at: datetime) -> None:
    """Move a loop's mark."""
    connection = connection_of(session)
    if connection.execute(_MOVE, {"mark": name, "at": at}).rowcount == 0:
        connection.execute(_INSERT, {"name": name, "at": at})
