"""The data folder and its database: made, migrated and founded when there is none, locked while a service runs."""

from __future__ import annotations

import fcntl
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import migrations
from config import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from models.base import Database

LOCK, OPENING = "lock", "opening"
T = TypeVar("T")
Rows = Callable[[str, dict[str, Any]], Iterable[Any]]


class StorageError(Exception):
    """The data cannot be used as it is; `why`: newer (schema), broken, locked, folder, schema (no version in it)."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why, self.detail = why, detail


def open_database(settings: Settings) -> Database:
    """The database of the settings, whole: its folder made, the schema brought up to date, the department of
    config.toml loaded if there is none yet. Raises StorageError and changes nothing when the schema is newer than ours.
    """
    import founding
    from models.base import Database

    make_folder(settings.data_dir)
    database = Database(settings.database_url, settings.rules)
    try:
        with _one_at_a_time(settings.data_dir):
            migrate(database)
            with database.read() as session:
                founded = founding.is_founded(session)
            if not founded:
                with database.write() as session:
                    founding.found(session, settings.department, settings.days_off, settings.workdays)
    except BaseException as error:
        database.close()
        if "file is not a database" in str(error):
            raise StorageError("broken", str(sqlite_file(settings))) from None
        raise
    return database


def sqlite_file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None for any other database."""
    prefix = "sqlite:///"
    return Path(settings.database_url.removeprefix(prefix)) if settings.database_url.startswith(prefix) else None


def exists(settings: Settings) -> bool:
    """Is there a database already? True for a server's, which only connecting could tell."""
    file = sqlite_file(settings)
    return file is None or file.is_file()


def glance(settings: Settings, ask: Callable[[Rows], T]) -> T | None:
    """Ask an SQLite file something in plain SQL, without the half second that the models take to import.

    `ask` gets a function that runs one SELECT with named values. None when there is no file yet, or nothing in it.
    Raises StorageError.
    """
    file = sqlite_file(settings)
    if file is None or not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'department'").fetchone()
            return ask(connection.execute) if made else None
    except sqlite3.DatabaseError:
        raise StorageError("broken", file.name) from None


def make_folder(folder: Path) -> None:
    """Make the data folder, for its owner alone: it will hold people's names and words. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError("folder", f"{folder} ({error.strerror})") from None


def revision(connection: Connection) -> str | None:
    """The schema's revision in this database, None when it holds none of our tables. Raises StorageError."""
    from sqlalchemy import inspect, text

    inspector = inspect(connection)
    if not inspector.has_table("alembic_version"):
        if inspector.has_table("task"):
            raise StorageError("schema")
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found


def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the schema up to date, all or nothing: (revision before, revision now). Raises StorageError."""
    known = migrations.revisions()
    with database.engine.connect() as connection:
        before = revision(connection)
    if before is not None and before not in known:
        raise StorageError("newer", before)
    if before != known[-1]:
        _upgrade(database)
    return before, known[-1]


def _upgrade(database: Database) -> None:
    """All migrations in one transaction that locks the database.

    SQLite: a batch migration drops and renames tables, which foreign keys would forbid or follow; they can only be
    switched off outside a transaction, and are checked before the commit instead.
    """
    from models.base import begin_sqlite

    sqlite = database.engine.dialect.name == "sqlite"
    with database.engine.connect() as connection:
        if sqlite:
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                begin_sqlite(connection, "BEGIN IMMEDIATE")
                run_alembic(connection, "head")
                if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise StorageError("broken", str(broken[0]))
        finally:
            if sqlite:
                _foreign_keys(connection, on=True)


def run_alembic(connection: Connection, target: str) -> None:
    """Run the migrations up to `target` (a revision or "head") on a connection whose transaction the caller holds."""
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # a dozen lines about itself
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    cursor.close()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Those that open the database at the same moment take turns.

    Two that switch a new SQLite file to WAL at once do not wait for each other, whatever the time-out says: one gets
    "database is locked" (measured: 65 of 2,400).
    """
    with (folder / OPENING).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the data folder for one service. Raises StorageError `locked` at once if another holds it.

    The kernel gives the lock back when its process ends, however it ends: a restart takes over at once.
    """
    make_folder(folder)
    with (folder / LOCK).open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageError("locked", str(folder)) from None
        yield
