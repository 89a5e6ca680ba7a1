"""Finding tasks by what people type on a phone: without marks, đ as d, each word as the beginning of one.

SQLite: an FTS5 table that triggers keep (it holds no text, only where words are). PostgreSQL: an index of word vectors.
Both are made with the table `task`, by the models as by the migration 0005.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, column, false, func, literal_column, or_, select, table
from sqlmodel import Session

from models.base import connection_of
from models.directive import Directive
from models.organisation import Unit
from models.task import Task
from models.task_indexes import VECTOR

MOST_WORDS, LONGEST_WORD = 12, 40
"""More than this nobody types to find something."""
OFTEN = 10_000
MOST_DIRECTIVES = 500

_found = table("task_search", column("rowid"), column("task_search"))
_task, _unit, _directive = Task.__table__.c, Unit.__table__.c, Directive.__table__.c


def folded(words: str) -> str:
    """Lower case without marks, đ as d: what people type on a phone finds what is written."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def split(words: str) -> list[str]:
    """The words to look for: letters and digits, folded; everything else only parts them."""
    return [one[:LONGEST_WORD] for one in re.findall(r"[^\W_]+", folded(words[:2000]))[:MOST_WORDS]]


def matching(session: Session, words: str) -> ColumnElement[bool]:
    """Condition: tasks whose text or code has every word, or that are of a unit or directive so called."""
    wanted = split(words)
    if not wanted:
        return false()
    if session.get_bind().dialect.name != "sqlite":
        return or_(_on_server(wanted), *_so_called(session, wanted, words, _task.unit_id))
    # What is found often must not lead the way to the rows: a plus keeps SQLite from looking each of them up.
    often = found_often(session, words)
    own = (literal_column("+task.id") if often else _task.id).in_(_hits(wanted))
    return or_(own, *_so_called(session, wanted, words, literal_column("+task.unit_id") if often else _task.unit_id))


def found_often(session: Session, words: str) -> bool:
    """Do the words stand in more than OFTEN tasks? Known on SQLite alone."""
    wanted = split(words)
    if not wanted or session.get_bind().dialect.name != "sqlite":
        return False
    few = _hits(wanted).limit(OFTEN + 1).subquery()
    counted: int = connection_of(session).execute(select(func.count()).select_from(few)).scalar_one()
    return counted > OFTEN


def newest_or_oldest(session: Session, words: str, where: Sequence[Any], newest: bool, offset: int,
                     limit: int) -> list[int]:  # fmt: skip
    """Ids of tasks that have every word, in the order in which they were made: of what is found often, a stretch is
    read from the table of words alone (SQLite). Units and directives so called are left out of it."""
    rowid = _found.c.rowid
    query = (
        _hits(split(words)).select_from(_found.join(Task.__table__, _task.id == rowid)).where(*where)
        .order_by(rowid.desc() if newest else rowid).offset(offset).limit(limit)
    )  # fmt: skip
    return list(connection_of(session).execute(query).scalars())


def _so_called(session: Session, wanted: list[str], words: str, unit_id: Any) -> Iterator[ColumnElement[bool]]:
    units = [unit for unit, name in _unit_names(session) if _begins(wanted, name)]
    if units:
        yield unit_id.in_(units)
    # A number has digits; a code of a task is none.
    if any(one.isdecimal() for one in wanted):
        query = _directives(words).limit(MOST_DIRECTIVES)
        directives = list(connection_of(session).execute(query).scalars())
        if directives:
            yield _task.directive_id.in_(directives)


def _on_server(wanted: list[str]) -> ColumnElement[bool]:
    asked = " & ".join(f"{one}:*" for one in wanted)
    vector: ColumnElement[Any] = literal_column(VECTOR.replace("title", "task.title").replace(" text)", " task.text)"))
    code = _task.number == int(wanted[0][2:]) if re.fullmatch(r"nv\d{1,9}", wanted[0]) else false()
    return or_(vector.op("@@")(func.to_tsquery("simple", asked)), code)


def _hits(wanted: list[str]) -> Any:
    """The rows of SQLite's table of words that hold every one of them."""
    asked = " AND ".join(f'"{one}"*' for one in wanted)
    return select(_found.c.rowid).where(_found.c.task_search.op("MATCH")(asked))


def _unit_names(session: Session) -> list[tuple[int, list[str]]]:
    rows = connection_of(session).execute(select(_unit.id, _unit.code, _unit.name))
    return [(unit_id, split(f"{code} {name}")) for unit_id, code, name in rows]


def _begins(wanted: list[str], name: list[str]) -> bool:
    return all(any(part.startswith(one) for part in name) for one in wanted)


def _directives(words: str) -> Any:
    """Ids of the directives whose number holds what was typed, đ or d: "88/qd" finds "788/QĐ-UBND"."""
    number = func.lower(func.replace(func.replace(_directive.number, "Đ", "d"), "đ", "d"))
    asked = folded(words[:80]).strip().encode("utf-8", "ignore").decode()
    return select(_directive.id).where(number.contains(asked, autoescape=True))
