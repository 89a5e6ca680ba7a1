"""Engine, sessions and column types.

SQLite hands back a wall-clock time with its zone lost, Python's driver begins no transaction before a SELECT (two
processes that read, add one and write lose updates without any error), and enums are stored by NAME unless told
otherwise. Each of these was met and is closed here, once.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy
from sqlalchemy import CheckConstraint, Connection, DateTime, Engine, MetaData, String, TypeDecorator, event
from sqlalchemy.orm import Mapper
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from models.rules import Rules

# Names from day one: without them no migration can later drop or alter a constraint on SQLite.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


canonical_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""The one spelling of a JSON value: in its column, and under the hash of an event."""


class Table(SQLModel):
    """Base of every table here. Rows are changed by statements that name their columns, not by whole-row saves."""

    if TYPE_CHECKING:
        __table__: ClassVar[sqlalchemy.Table]
        __mapper__: ClassVar[Mapper[Any]]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as UTC, read back aware. A naive value is refused: nobody knows which day it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[StrEnum]):
    """A StrEnum stored by its value, as text; the CHECK beside it (`one_of`) refuses what is no member."""

    impl = String(24)
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else self.members(value).value

    def process_result_value(self, value: Any, dialect: Any) -> StrEnum | None:
        return None if value is None else self.members(value)


def one_of(column: str, members: type[StrEnum]) -> CheckConstraint:
    """The database's own guard of a Code column."""
    values = ", ".join(f"'{member.value}'" for member in members)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


class Database:
    """One database and the rules that moves in it go by.

    `write()` and `read()` give a session in one transaction each; a write transaction begins IMMEDIATE on SQLite, so
    two writers queue instead of losing an update. Synchronous on purpose: callers on the event loop use a thread.
    `engine`: one that is there already, with the statements it has compiled (2 ms each).
    """

    def __init__(self, url: str, rules: Rules | None = None, engine: Engine | None = None) -> None:
        self.url = url
        self.rules = rules or Rules()
        self.engine = engine or _engine(url)
        # SQLite lets a writer who finds another at work sleep for milliseconds before it looks again; threads of one
        # process need not look, they can queue. Other databases have writers side by side.
        self._writing: AbstractContextManager[Any] = threading.RLock() if url.startswith("sqlite") else nullcontext()
        # A database in memory has one connection for all threads, and so one transaction at a time, readers too.
        self._reading: AbstractContextManager[Any] = self._writing if url == "sqlite://" else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at the end of the block and rolls back on any error."""
        with self._writing, self.engine.begin() as connection:
            begin_sqlite(connection, "BEGIN IMMEDIATE")
            with self._session(connection) as session:
                session.info["writes"] = True
                yield session
                session.flush()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for questions; whatever it did is rolled back."""
        with self._reading, self.engine.connect() as connection:
            begin_sqlite(connection, "BEGIN")
            with self._session(connection) as session:
                yield session

    def _session(self, connection: Connection) -> Session:
        """A session inside a connection's transaction: one that holds its own costs three times as much."""
        session = Session(connection, expire_on_commit=False, autoflush=False)
        session.info["database"], session.info["connection"] = self, connection
        return session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def writes(session: Session) -> bool:
    """Is this a session to write, which sees what nobody else does and may yet roll back?"""
    return bool(session.info.get("writes"))


def rules_of(session: Session) -> Rules:
    """The rules of the database this session belongs to."""
    return database_of(session).rules


def database_of(session: Session) -> Database:
    """The database this session belongs to."""
    database: Database = session.info["database"]
    return database


def connection_of(session: Session) -> Connection:
    """The connection whose transaction this session works in, for statements of plain columns.

    `session.connection()` is the same one, but asking for it makes the session begin a transaction of its own beside
    it: a tenth of what a chat turn costs.
    """
    connection: Connection = session.info["connection"]
    return connection


def begin_sqlite(connection: Connection, statement: str) -> None:
    """Begin the transaction that SQLAlchemy only thinks it has begun; other databases need no such help.

    Said here and not in a listener to "begin": with any listener at all, each statement takes a third longer. Said to
    the driver: passed through SQLAlchemy these two words cost as much as a query.
    """
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.dbapi_connection
        driver.execute(statement)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return sqlalchemy.create_engine(url, json_serializer=canonical_json)
    memory = url in ("sqlite://", "sqlite:///:memory:")
    arguments: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
    if memory:
        arguments["poolclass"] = StaticPool
    engine = sqlalchemy.create_engine(url, json_serializer=canonical_json, **arguments)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own implicit BEGIN would come too late
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
