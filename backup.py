"""A copy of the whole database in one file, while the service runs; and back again, while it does not.

Evidence, messages and history all lie in the database, so one file is everything but the secret, which a restored
office makes anew (its people sign in again).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import migrations
from storage import StorageError, lock_folder

SIDE_FILES = ("-wal", "-shm")


def backup(database: Path, target: Path) -> None:
    """Copy the database into `target`, whole or not at all.

    Raises FileExistsError rather than overwrite, FileNotFoundError when there is no database, StorageError when the
    copy is not sound.
    """
    if not database.is_file():
        raise FileNotFoundError(database)
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(_connect(database)) as source, closing(_connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file: nothing may be left in a log beside it
        examine(part)
        _sync(part)
        os.link(part, target)  # unlike a rename, refuses to replace a file made in the meantime
    finally:
        part.unlink(missing_ok=True)
    _sync(target.parent)


def examine(file: Path) -> str:
    """The schema's revision of a database file that is sound and of a schema we know. Raises StorageError."""
    try:
        with closing(_connect(file)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise StorageError("broken", file.name)
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        raise StorageError("broken", file.name) from None
    if found is None or found[0] not in migrations.revisions():
        raise StorageError("newer" if found else "broken", found[0] if found else file.name)
    return str(found[0])


def restore(source: Path, database: Path, folder: Path, now: datetime) -> Path | None:
    """Put the copy `source` in the place of `database`; where the old one is kept, None if there was none.

    Raises StorageError: a service holds the folder, somebody holds a lease, or the copy is not sound. `now`: office
    time, for the name under which the old database is kept.
    """
    examine(source)
    with lock_folder(folder):
        database.parent.mkdir(parents=True, exist_ok=True)
        part = database.with_name(f".{database.name}.part")
        shutil.copyfile(source, part)
        part.chmod(0o600)
        _sync(part)
        kept = _set_aside(database, now) if database.exists() else None
        part.rename(database)
        _sync(database.parent)
    return kept


def _set_aside(database: Path, now: datetime) -> Path:
    """Keep the old database with its log: a log left behind would be played into the new one."""
    if _held(database):
        raise StorageError("locked", str(database.parent))
    kept = database.with_name(f"{database.name}.{now:%Y%m%d-%H%M%S}")
    for end in ("", *SIDE_FILES):
        beside = database.with_name(database.name + end)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + end))
    return kept


def _held(database: Path) -> bool:
    """Does a process that shares the folder (`run --only`) hold a lease? A database that cannot be read holds none."""
    try:
        with closing(_connect(database)) as connection:
            query = "SELECT 1 FROM lease WHERE until > strftime('%Y-%m-%d %H:%M:%f', 'now') LIMIT 1"
            return connection.execute(query).fetchone() is not None
    except sqlite3.DatabaseError:
        return False  # broken is a reason to restore, not to refuse


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
