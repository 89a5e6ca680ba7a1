"""The migrations make what the models say, and a filled database of the first version comes through whole."""

from __future__ import annotations

import gzip
import pkgutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel, select

import config
import migrations
import models
import storage
from models import event
from models.base import Database
from models.directive import Directive
from models.draft_change import DraftChange
from models.remembered import RememberedName
from models.report import Evidence

FIRST = Path(__file__).parent / "data" / "first_version.sql.gz"

FILLED = """task event directive draft_item person post completion_report extension evidence blob_chunk co_unit absence
    seal series contact indicator_value notice message inbox link_code instruction"""


def settings(folder: Path) -> config.Settings:
    return config.load(config.HOME / "config.toml", {"DONDOC_DATA_DIR": str(folder / "var")})


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Database]:
    """A database made by the migrations alone."""
    database = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    storage.migrate(database)
    yield database
    database.close()


@pytest.fixture
def modelled(tmp_path: Path) -> Iterator[Database]:
    """A database made by the models alone."""
    migrations.load_models()
    database = Database(f"sqlite:///{tmp_path / 'modelled.db'}")
    SQLModel.metadata.create_all(database.engine)
    yield database
    database.close()


def shape(database: Database) -> dict[str, dict[str, Any]]:
    """Everything that the database itself tells of its tables, in an order of its own."""
    found = inspect(database.engine)
    return {
        table: {
            "columns": {one["name"]: (str(one["type"]), one["nullable"], one["default"])
                        for one in found.get_columns(table)},
            "key": found.get_pk_constraint(table),
            "checks": sorted((one["name"], one["sqltext"]) for one in found.get_check_constraints(table)),
            "unique": sorted((one["name"], one["column_names"]) for one in found.get_unique_constraints(table)),
            "links": sorted((one["name"], one["constrained_columns"], one["referred_table"], one["referred_columns"])
                            for one in found.get_foreign_keys(table)),
            "indexes": sorted((one["name"], one["column_names"], bool(one["unique"]),
                               str(one.get("dialect_options", {}).get("sqlite_where")))
                              for one in found.get_indexes(table)),
        }
        for table in found.get_table_names() if table != "alembic_version"
    }  # fmt: skip


def not_of_search(name: str | None, kind: str, _parents: object) -> bool:
    """SQLite's table of words is no table that Alembic knows of; triggers keep it (models/task_indexes.py)."""
    return not (kind == "table" and str(name).startswith("task_search"))


def made_for_search(database: Database) -> list[tuple[str, str]]:
    """The table of words and its triggers, as they were made."""
    with database.engine.connect() as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE name LIKE 'task_search%' AND sql IS NOT NULL ORDER BY name"
        return [(name, sql) for name, sql in connection.exec_driver_sql(query)]


def test_search_is_kept_as_the_models_say(migrated: Database, modelled: Database) -> None:
    assert len(made_for_search(migrated)) >= 4
    assert made_for_search(migrated) == made_for_search(modelled)


def test_alembic_finds_nothing_to_do(migrated: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    migrations.load_models()
    with migrated.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": not_of_search}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_tables_columns_checks_links_and_partial_indexes_are_those_of_the_models(
    migrated: Database, modelled: Database
) -> None:
    from_migrations, from_models = shape(migrated), shape(modelled)
    assert from_migrations.keys() == from_models.keys()
    for table, told in from_models.items():
        assert from_migrations[table] == told, table


def test_the_comparison_sees_a_check_and_a_partial_index(modelled: Database) -> None:
    task = shape(modelled)["task"]
    assert any("withdrawn" in sql for _, sql in task["checks"])
    assert any("next_notice_at IS NOT NULL" in where for *_, where in task["indexes"])


def test_every_module_with_a_table_is_known_to_the_migrations() -> None:
    with_tables = set()
    for module in pkgutil.iter_modules(models.__path__):
        found = import_module(f"models.{module.name}")
        own = [one for one in vars(found).values() if isinstance(one, type) and one.__module__ == found.__name__]
        if any(hasattr(one, "__table__") for one in own):
            with_tables.add(module.name)
    assert with_tables == set(migrations.WITH_TABLES)


def test_the_file_names_give_the_revisions_that_alembic_knows() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    setup = Config()
    setup.set_main_option("script_location", str(migrations.HERE))
    setup.set_main_option("path_separator", "os")
    known = [one.revision for one in ScriptDirectory.from_config(setup).walk_revisions()]
    assert known == list(reversed(migrations.revisions()))


def first_version(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Make `file` from the dump of a filled database of the first version; its rows by table."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(gzip.decompress(FIRST.read_bytes()).decode())
        connection.commit()
        return rows(connection)


def rows(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """table → its rows as (column, value) pairs, so that a later column is no difference."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in tables:
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        found[table] = [tuple(zip(names, row, strict=True)) for row in cursor]
    return found


def test_the_first_version_was_filled_by_real_work(tmp_path: Path) -> None:
    found = first_version(tmp_path / "old.db")
    assert found.pop("alembic_version") == [(("version_num", "0001"),)]
    for table in FILLED.split():
        assert found[table], table


def test_a_filled_database_of_the_first_version_keeps_every_row(tmp_path: Path) -> None:
    file = tmp_path / "var" / "dondoc.db"
    file.parent.mkdir()
    before = first_version(file)
    database = storage.open_database(settings(tmp_path))
    with database.read() as session:
        assert list(event.broken(session)) == []
        assert storage.revision(session.connection()) == migrations.revisions()[-1]
    database.close()
    with closing(sqlite3.connect(file)) as connection:
        after = rows(connection)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    del before["alembic_version"]
    for table, old in before.items():
        assert len(after[table]) >= len(old), table
        kept = {frozenset(row) for row in after[table]}
        assert all(any(set(row) <= whole for whole in kept) for row in old), table


def test_what_a_later_version_added_is_empty_in_a_database_of_the_first(tmp_path: Path) -> None:
    first_version(tmp_path / "old.db")
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database)
    with database.read() as session:
        for row in session.exec(select(Directive)):
            assert (row.doubtful, row.questions, row.answers, row.continues, row.recalled_by) == ([], {}, {}, {}, None)
        assert {one.instruction_id for one in session.exec(select(Evidence))} == {None}
        assert session.exec(select(RememberedName)).all() == session.exec(select(DraftChange)).all() == []
    database.close()


def test_an_upgraded_database_has_the_shape_of_the_models(tmp_path: Path, modelled: Database) -> None:
    first_version(tmp_path / "old.db")
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database)
    assert shape(database) == shape(modelled) and made_for_search(database) == made_for_search(modelled)
    database.close()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    storage.open_database(settings(tmp_path)).close()
    file = tmp_path / "var" / "dondoc.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        whole = rows(connection)
    with pytest.raises(storage.StorageError, match="newer 9999"):
        storage.open_database(settings(tmp_path))
    with closing(sqlite3.connect(file)) as connection:
        assert rows(connection) == whole


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = storage.run_alembic

    def fails_at_the_end(connection: Any, target: str) -> None:
        run(connection, target)
        raise RuntimeError("power cut")

    monkeypatch.setattr(storage, "run_alembic", fails_at_the_end)
    database = Database(f"sqlite:///{tmp_path / 'half.db'}")
    with pytest.raises(RuntimeError, match="power cut"):
        storage.migrate(database)
    assert inspect(database.engine).get_table_names() == []
    monkeypatch.undo()
    assert storage.migrate(database) == (None, migrations.revisions()[-1])
    database.close()


def test_foreign_keys_are_watched_again_after_a_migration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    storage.migrate(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_four_that_start_together_make_one_department(tmp_path: Path) -> None:
    opened: list[Database] = []

    def open_it() -> None:
        opened.append(storage.open_database(settings(tmp_path)))

    started = [threading.Thread(target=open_it) for _ in range(4)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    with closing(sqlite3.connect(tmp_path / "var" / "dondoc.db")) as connection:
        assert connection.execute("SELECT count(*) FROM department").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM unit").fetchone() == (13,)
    assert len(opened) == 4
    for database in opened:
        database.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "dondoc.db").write_text("not a database, but long enough to be looked at " * 100)
    with pytest.raises(storage.StorageError, match="broken"):
        storage.open_database(settings(tmp_path))


def test_a_folder_is_held_by_one_service_at_a_time(tmp_path: Path) -> None:
    refused = pytest.raises(storage.StorageError, match="locked")
    with storage.lock_folder(tmp_path), refused, storage.lock_folder(tmp_path):
        pass
    with storage.lock_folder(tmp_path):
        pass
