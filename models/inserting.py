"""Rows without the cost of the unit of work (a third of the time of add and flush) or of the mapper."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from models.base import Table, connection_of

Row = TypeVar("Row", bound=Table)


def looked_at(session: Session, table: type[Row], key: int, columns: Sequence[Any]) -> Row:
    """The row with this id that the session has looked at before, as it was then, or one made of its columns just read.

    The mapper's own way of making it takes three times as long, and every turn of a conversation pays for it. One that
    is made here is detached: add it to the session before changing it.
    """
    kept: Row | None = session.identity_map.get(table.__mapper__.identity_key_from_primary_key((key,)))
    if kept is not None:
        return kept
    made: Row = table.__mapper__.class_manager.new_instance()
    made.__dict__.update(zip(_names(table), columns, strict=True))
    make_transient_to_detached(made)
    return made


def rows_of(session: Session, table: type[Row], statement: Any, **asked: Any) -> list[Row]:
    """The rows of a statement that selects all columns of one table, to be read only: see `looked_at`."""
    found = connection_of(session).execute(statement, asked)
    return [looked_at(session, table, columns.id, columns) for columns in found]


def looked_up(session: Session, table: type[Row], keys: Iterable[int | None]) -> dict[int | None, Row]:
    """Rows by their ids, in one question for those that the session does not hold yet.

    As long as the caller holds them, `session.get` finds them without asking again. No mapper, as in `looked_at`.
    """
    found: dict[int | None, Row] = {}
    missing: list[int] = []
    for key in sorted({key for key in keys if key is not None}):
        kept: Row | None = session.identity_map.get(table.__mapper__.identity_key_from_primary_key((key,)))
        if kept is None:
            missing.append(key)
        else:
            found[key] = kept
    if missing:
        for columns in connection_of(session).execute(_by_ids(table), {"ids": missing}):
            found[columns.id] = made = looked_at(session, table, columns.id, columns)
            session.add(made)
    return found


def by_id(session: Session, table: type[Row], key: int | None) -> Row | None:
    """What `session.get` answers, see `looked_up`."""
    return looked_up(session, table, (key,)).get(key)


def row_of(session: Session, table: type[Row], statement: Any, **asked: Any) -> Row | None:
    """The first row of a statement that selects all columns of one table; the session keeps it, it may be changed."""
    columns = connection_of(session).execute(statement, asked).first()
    if columns is None:
        return None
    found = looked_at(session, table, columns.id, columns)
    session.add(found)
    return found


def insert_new(session: Session, row: Table) -> int:
    """Insert a row that was just made; its id. The session keeps it, as after add and flush.

    Not for a table with a JSON column that may be null: None would be stored as a JSON value.
    """
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns if column.name != "id"}
    result = connection_of(session).execute(_insert(type(row)), values)
    key: int = result.inserted_primary_key[0]  # type: ignore[index]
    set_committed_value(row, "id", key)
    make_transient_to_detached(row)
    session.add(row)
    return key


def insert_once(session: Session, table: type[Table], **values: Any) -> int | None:
    """Insert a row whose unique key may be there already: its id, or None if it was."""
    connection = connection_of(session)
    made: int | None = connection.execute(
        _insert_once(table, connection.dialect.name), _filled(table, values)
    ).scalar_one_or_none()
    return made


def insert_row(session: Session, table: type[Table], **values: Any) -> int:
    """Insert one row; its id."""
    result = connection_of(session).execute(_insert(table), _filled(table, values))
    key: int = result.inserted_primary_key[0]  # type: ignore[index]
    return key


@cache
def _names(table: type[Table]) -> tuple[str, ...]:
    return tuple(table.__table__.columns.keys())


@cache
def _by_ids(table: type[Table]) -> Any:
    made = table.__table__
    return select(made).where(made.c.id.in_(bindparam("ids", expanding=True))).order_by(made.c.id)


@cache
def _insert(table: type[Table]) -> Any:
    return insert(table.__table__)


@cache
def _insert_once(table: type[Table], dialect: str) -> Any:
    made = table.__table__
    make: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return make(made).on_conflict_do_nothing().returning(made.c.id)


def _filled(table: type[Table], values: dict[str, Any]) -> dict[str, Any]:
    """The values with the model's defaults, since the statement does not pass through the model."""
    plain, made = _defaults(table)
    return plain | {name: make() for name, make in made.items() if name not in values} | values


@cache
def _defaults(table: type[Table]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Defaults of the optional columns that have one: plain values, and those that are made anew for each row."""
    plain: dict[str, Any] = {}
    made: dict[str, Callable[[], Any]] = {}
    for name, field in table.model_fields.items():
        if field.default_factory is not None:
            made[name] = cast(Callable[[], Any], field.default_factory)
        elif not field.is_required() and field.default is not None:
            plain[name] = field.default
    return plain, made
